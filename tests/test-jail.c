/* What the confined child may not do, and what it still must be able to.
 * In: attempts made in place of reading a mail. Out: TAP. */
#include "config.h"

#include "reader/confine.h"

#include "base/re.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SANITIZED
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

enum { PARENT = 3 }; /* the child's descriptor of its parent */

/* What seccomp and Landlock refuse. Each gives 0 where it was let through. */
static int try_read(void)
{
        return open("/etc/passwd", O_RDONLY) < 0;
}

static int try_list(void)
{
        return open("/", O_RDONLY | O_DIRECTORY) < 0;
}

static int try_write(void)
{
        return open("/dev/null", O_WRONLY) < 0;
}

static int try_create(void)
{
        return open("/tmp/mailclinic-was-not-confined", O_RDWR | O_CREAT | O_EXCL, 0600) < 0;
}

static int try_truncate(void)
{
        return open("/usr/share/zoneinfo/UTC", O_RDONLY | O_TRUNC) < 0;
}

static int try_unlink(void)
{
        return unlink("/tmp/mailclinic-was-not-confined") != 0;
}

static int try_socket(void)
{
        return socket(AF_INET, SOCK_STREAM, 0) < 0;
}

static int try_unix_socket(void)
{
        return socket(AF_UNIX, SOCK_DGRAM, 0) < 0;
}

static int try_fork(void)
{
        pid_t pid = fork();
        if (pid == 0)
                _exit(0);
        return pid < 0;
}

static int try_exec(void)
{
        execl("/bin/true", "true", NULL);
        return 1;
}

static int try_kill(void)
{
        return kill(getppid(), 0) != 0;
}

static int try_ptrace(void)
{
        return ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0;
}

static int try_environment(void)
{
        return getenv("PATH") == NULL;
}

static int try_descriptors(void)
{
        struct stat what;
        for (int fd = PARENT + 1; fd < 1024; fd++)
                if (fstat(fd, &what) == 0)
                        return 0;
        return 1;
}

static const struct {
        const char *name;
        int (*is_refused)(void);
        const char *needs; /* of confined_how() */
} attempts[] = {
        {"read a file", try_read, "Landlock ABI"},
        {"list a folder", try_list, "Landlock ABI"},
        {"open for writing", try_write, ""},
        {"create a file", try_create, ""},
        {"empty a file", try_truncate, ""},
        {"remove a file", try_unlink, ""},
        {"open a socket", try_socket, ", seccomp"},
        {"open a local socket", try_unix_socket, ", seccomp"},
        {"fork", try_fork, ", seccomp"},
        {"run a program", try_exec, ""},
        {"signal the parent", try_kill, ", seccomp"},
        {"be traced", try_ptrace, ", seccomp"},
        {"see the environment", try_environment, ""},
        {"see the parent's files", try_descriptors, ""},
};

/* The mail is how the child is held. */
static struct reading *try_all(const void *data, GBytes *mail)
{
        (void)data;
        struct reading *reading = reading_new();
        reading->kind = KIND_NEW;
        const char *how = g_bytes_get_data(mail, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++)
                if (strstr(how, attempts[i].needs) != NULL && !attempts[i].is_refused())
                        reading_reason(reading, "it could %s", attempts[i].name);
        return reading;
}

/* The same word in the charsets of the world's mail, from the mapping tables of unicode.org. */
static const struct {
        const char *charset, *bytes, *text;
} charsets[] = {
        {"ISO-8859-15", "\xa4", "€"},  {"windows-1252", "\x80", "€"},
        {"KOI8-R", "\xc1", "а"},       {"ISO-2022-JP", "\x1b$B$\"\x1b(B", "あ"},
        {"EUC-JP", "\xa4\xa2", "あ"},  {"Shift_JIS", "\x82\xa0", "あ"},
        {"GB18030", "\xd6\xd0", "中"}, {"GBK", "\xd6\xd0", "中"},
        {"BIG5", "\xa4\xa4", "中"},    {"EUC-KR", "\xb0\xa1", "가"},
        {"UTF-16LE", "\xac\x20", "€"},
};

static void decode_all(struct reading *reading)
{
        for (gsize i = 0; i < G_N_ELEMENTS(charsets); i++) {
                g_autoptr(GError) error = NULL;
                g_autofree char *text = g_convert(charsets[i].bytes, -1, "UTF-8", charsets[i].charset, NULL, NULL, &error);
                if (g_strcmp0(text, charsets[i].text) != 0)
                        reading_reason(reading, "%s: %s", charsets[i].charset, text != NULL ? text : error->message);
        }
}

static void use_libraries(struct reading *reading)
{
        g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
        int summer = zone == NULL ? 0 : g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, 1625097600); /* 1 July 2021 */
        if (zone == NULL || g_time_zone_get_offset(zone, summer) != 2 * 3600)
                reading_reason(reading, "no zone data");
        struct re_set *patterns = re_set_new(NULL);
        struct re *pattern = re_set_get(patterns, "^b+$", NULL);
        struct re_match match;
        if (pattern == NULL || re_search(pattern, "a\nbb", 4, 0, &match) != RE_YES)
                reading_reason(reading, "no patterns");
        re_set_free(patterns);
}

static struct reading *use_all(const void *data, GBytes *mail)
{
        (void)data;
        (void)mail;
        struct reading *reading = reading_new();
        reading->kind = KIND_NEW;
        decode_all(reading);
        use_libraries(reading);
        return reading;
}

static struct confined *confine(struct reading *(*read_mail)(const void *data, GBytes *mail))
{
        g_autoptr(GError) error = NULL;
        struct confined *confined = confined_new_with(read_mail, NULL, &error);
        g_assert_no_error(error);
        return confined;
}

static void assert_no_reason(struct confined *confined)
{
        const char *how = confined_how(confined);
        g_autoptr(GBytes) mail = g_bytes_new(how, strlen(how) + 1);
        struct reading *reading = confined_read(confined, mail);
        for (guint i = 0; i < reading->reasons->len; i++)
                g_test_message("%s", (const char *)reading->reasons->pdata[i]);
        g_assert_cmpuint(reading->reasons->len, ==, 0);
        g_assert_cmpint(reading->kind, ==, KIND_NEW);
        reading_free(reading);
}

static void test_refused(void)
{
        struct confined *confined = confine(try_all);
        assert_no_reason(confined);
        confined_free(confined);
}

static void test_allowed(void)
{
        struct confined *confined = confine(use_all);
        assert_no_reason(confined);
        confined_free(confined);
}

/* What this kernel can do is made use of. */
static void test_how(void)
{
        struct confined *confined = confine(try_all);
        const char *how = confined_how(confined);
        bool has_landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
        bool has_seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
        g_test_message("%s", how);
        g_assert_cmpint(g_str_has_prefix(how, "Landlock ABI "), ==, has_landlock);
        g_assert_cmpint(strstr(how, ", seccomp") != NULL, ==, has_seccomp && !IS_SANITIZED);
        g_assert_cmpint(g_str_has_suffix(how, ", limits"), ==, !IS_SANITIZED);
        confined_free(confined);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/jail/how", test_how);
        g_test_add_func("/jail/refused", test_refused);
        g_test_add_func("/jail/allowed", test_allowed);
        return g_test_run();
}
