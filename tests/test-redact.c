/* That no secret gets past redaction, however it is written, and that what is none stays readable. Expectations are made by hand. */
#include "out/redact.h"

#include <string.h>

/* Each text, and what of it must be gone. Made up; tokens have the shape of the services that give them out. */
static const struct {
        const char *text, *secret;
} secrets[] = {
        {"token api-abcdefghijklmnopqrstuvwxyz23 is not valid", "api-abcdefghijklmnopqrstuvwxyz23"},
        {"api-abcdefghijklm\nnopqrstuvwxyz23", "nopqrstuvwxyz23"},
        {"> api-abcdefgh\n> ijklmnopqrstuvwxyz23", "ijklmnopqrstuvwxyz23"},
        {"api-abcdefgh=\nijklmnopqrstuvwxyz23", "ijklmnopqrstuvwxyz23"},
        {"ghp_16C7e42F292c6912E7710c838347Ae178B4a", "16C7e42F292c6912E7710c838347Ae178B4a"},
        {"key AKIAIOSFODNN7EXAMPLE", "IOSFODNN7"},
        {"xoxb-2444333222111-abcdefGHIJKL", "2444333222111"},
        {"glpat-ABCdef_1234567890xyz", "ABCdef_1234567890xyz"},
        {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27u", "dBjftJeZ4CVPmB92K27u"},
        {"password=hunter2", "hunter2"},
        {"Password: hunter2", "hunter2"},
        {"password:\n  hunter2", "hunter2"},
        {"pass\nword=hunter2", "hunter2"},
        {"password=hun\nter2 rest", "ter2"},
        {"passwd = 'two words'", "two words"},
        {"{\"password\": \"a \\u0020b\", \"user\": \"x\"}", "u0020b"},
        {"{\\\"secret\\\":\\\"hunter2\\\"}", "hunter2"},
        {"PGPASSWORD=hunter2 psql -h db", "hunter2"},
        {"export DB_PASSWORD=hunter2", "hunter2"},
        {"api_key=hunter2&x=1", "hunter2"},
        {"https://x.example/?access_token=hunter2", "hunter2"},
        {"https://alice:hunter2@x.example/", "hunter2"},
        {"https://alice:hun/ter2@x.example/", "ter2"},
        {"postgres://u:p%40ss@db.example:5432/x", "p%40ss"},
        {"https://al\nice:hunter2@x.example/", "hunter2"},
        {"https://longtokenuser@x.example/", "longtokenuser"},
        {"mysql -u root -phunter2 -h db", "hunter2"},
        {"mysqldump --password=hunter2 --all", "hunter2"},
        {"tool --password hunter2 --all", "hunter2"},
        {"tool --password \\\n  hunter2 --all", "hunter2"},
        {"tool --password\nhunter2", "hunter2"},
        {"sshpass -p hunter2 ssh x", "hunter2"},
        {"curl -u alice:hunter2 https://x.example/", "hunter2"},
        {"curl -H 'Authorization: Bearer hunter2hunter2' https://x.example/", "hunter2hunter2"},
        {"curl -b 'sid=hunter2; x=y' https://x.example/", "hunter2"},
        {"smbclient //srv/x -U alice%hunter2", "hunter2"},
        {"snmpwalk -v2c -c hunter2 sw1", "hunter2"},
        {"ldapsearch -x -D cn=a -w hunter2", "hunter2"},
        {"htpasswd -b /etc/users alice hunter2", "hunter2"},
        {"echo alice:hunter2 | chpasswd", "hunter2"},
        {"CREATE USER a IDENTIFIED BY 'hunter2';", "hunter2"},
        {"machine x login alice password hunter2", "hunter2"},
        {"Cookie: sid=hunter2; lang=en", "hunter2"},
        {"Set-Cookie: sid=hunter2; Path=/", "hunter2"},
        {"Cookie: lang=en;\n sid=hunter2", "hunter2"},
        {"Cookie: lang=en; si\nd=hunter2", "hunter2"},
        {"Authorization: Basic YWxpY2U6aHVudGVyMg==", "YWxpY2U6aHVudGVyMg"},
        {"Authorization: Digest username=\"a\", response=\"hunter2\"", "hunter2"},
        {"X-Auth-Token: hunter2", "hunter2"},
        {"-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34GkxFhD9\nabc\n-----END RSA PRIVATE KEY-----", "abc"},
        {"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nxyzzy", "xyzzy"},
        {"-----BEGIN PRI\nVATE KEY-----\nxyzzy", "xyzzy"},
        {"Private-Lines: 1\nAAAAgQ\n", "AAAAgQ"},
        {"root:$6$saltsalt$abcdefghijklmnop./:19000:", "abcdefghijklmnop"},
        {"id 0123456789abcdef0123456789abcdef", "0123456789abcdef"},
        {"id 01234567\n89abcdef0123", "89abcdef0123"},
        {"4fzzcq5f-1c1e-4d8b-9b1e-3a7c2f9d8e1a 6f1c2b3a-1c1e-4d8b-9b1e-3a7c2f9d8e1a", "6f1c2b3a"},
        {"cGFzc3dvcmQ9aHVudGVyMg==", "cGFzc3dvcmQ9aHVudGVyMg"},
        {"YWxpY2U6aHVudGVyMg", "YWxpY2U6aHVudGVyMg"},
        {"aHVudGVyMg==", "aHVudGVyMg"},
        {"cGFzc3dv\ncmQ9aHVu\ndGVyMg==", "cmQ9aHVu"},
        {"blob Zk8qR3xvT9mB2wPqL7sN4dYc", "Zk8qR3xvT9mB2wPqL7sN4dYc"},
        {"mail from alice.b@mail.example.org failed", "alice.b"},
};

static const char *const plain[] = {
        "rm: cannot remove '/srv/x y': No such file or directory",
        "/usr/lib/python3/dist-packages/foo/bar.py: line 12",
        "Cron <root@db1001> /usr/local/bin/prune --all",
        "smartd[1234]: Device: /dev/sda [SAT], 8 Currently unreadable (pending) sectors",
        "pam_unix(cron:session): session opened for user root",
        "systemd-tmpfiles-clean.service: Failed with result 'exit-code'.",
        "mkdir -p /srv/backup && cp -p a b",
        "linux-image-6.1.0-28-amd64 linux-headers-6.1.0-28-common",
        "2026-11-25T02:00:00+00:00 db1001 kernel: I/O error, dev sda, sector 123456789012",
        "Failed password for root from 192.0.2.1 port 22 ssh2",
        "md127 : active raid1 sdb1[1](F) sda1[0]\n      1953382464 blocks super 1.2 [2/1] [U_]",
        "wmf-auto-restart-rsyslog.timer: everything well",
        "2001:db8::1 aa:bb:cc:dd:ee:ff",
        "authentication failure; logname= uid=0",
};

static void test_secrets(void)
{
        struct redactor *redactor = redactor_new();
        for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
                g_assert_nonnull(strstr(secrets[i].text, secrets[i].secret));
                g_autofree char *clean = redact(redactor, secrets[i].text);
                if (strstr(clean, secrets[i].secret))
                        g_test_message("'%s' gives '%s'", secrets[i].text, clean);
                g_assert_null(strstr(clean, secrets[i].secret));
        }
        redactor_free(redactor);
}

/* The same at the end of a line among others. */
static void test_secrets_within_text(void)
{
        struct redactor *redactor = redactor_new();
        for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
                g_autofree char *text = g_strdup_printf("Nov 25 02:00:00 db1001 job[12]: it said %s\nand went on\n", secrets[i].text);
                g_autofree char *clean = redact(redactor, text);
                /* Headers stand at the start of a line. */
                if (strstr(clean, secrets[i].secret))
                        g_test_message("'%s' gives '%s'", text, clean);
                g_assert_null(strstr(clean, secrets[i].secret));
                g_assert_nonnull(strstr(clean, "Nov 25 02:00:00 db1001 job[12]"));
        }
        redactor_free(redactor);
}

/* Broken at every place. */
static void test_secrets_split(void)
{
        static const char *const ones[] = {"api-abcdefghijklmnopqrstuvwxyz23", "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                                           "0123456789abcdef0123456789abcdef", "cGFzc3dvcmQ9Y29ycmVjdGhvcnNlYmF0dGVyeQ=="};
        static const char *const breaks[] = {"\n", "\n> ", "\n    ", "=\n", "\\\n"};
        struct redactor *redactor = redactor_new();
        for (gsize i = 0; i < G_N_ELEMENTS(ones); i++)
                for (gsize k = 0; k < G_N_ELEMENTS(breaks); k++)
                        for (gsize at = 1; at < strlen(ones[i]); at++) {
                                g_autofree char *text = g_strdup_printf("see %.*s%s%s end", (int)at, ones[i], breaks[k], ones[i] + at);
                                g_autofree char *clean = redact(redactor, text);
                                if (strcmp(clean, "see [redacted] end") != 0)
                                        g_test_message("'%s' gives '%s'", text, clean);
                                g_assert_cmpstr(clean, ==, "see [redacted] end");
                        }
        redactor_free(redactor);
}

static void test_plain(void)
{
        struct redactor *redactor = redactor_new();
        for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
                g_autofree char *clean = redact(redactor, plain[i]);
                g_assert_cmpstr(clean, ==, plain[i]);
        }
        redactor_free(redactor);
}

/* What is too long to be looked through is cut, never passed on unseen; controls and broken UTF-8 go. */
static void test_odd(void)
{
        struct redactor *redactor = redactor_new();
        g_autofree char *filler = g_strnfill(70000, 'x'), *lines = g_strdup_printf("a\n%s password=hunter2", filler);
        g_autofree char *cut = redact(redactor, lines), *nothing = redact(redactor, NULL);
        g_autofree char *broken = redact(redactor, "a\xff\x01\tb");
        g_assert_cmpstr(cut, ==, "a");
        g_assert_cmpstr(nothing, ==, "");
        g_assert_cmpstr(broken, ==, "a\xef\xbf\xbd\tb");
        redactor_free(redactor);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/redact/secrets", test_secrets);
        g_test_add_func("/redact/within text", test_secrets_within_text);
        g_test_add_func("/redact/split", test_secrets_split);
        g_test_add_func("/redact/plain", test_plain);
        g_test_add_func("/redact/odd", test_odd);
        return g_test_run();
}
