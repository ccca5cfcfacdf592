/* Raw mails and the log: what stays the same mail, header fields of all sorts, the spool, and words of a mail in a log line.
 * In: bytes made up here. Out: TAP. */
#include "base/fail.h"
#include "base/log.h"
#include "ledger/raw.h"
#include "ledger/spool.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define MAIL "Received: by mx.example.org\nSubject: work\nMessage-ID: <a@mail.example>\n\nbody\n"

static char *hash_of(const char *text)
{
        g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
        return raw_hash(bytes);
}

static void test_hash(void)
{
        static const struct {
                const char *text;
                bool is_same;
        } rows[] = {
                {MAIL, true},
                {MAIL "\n", true},
                {"Return-path: <x@mail.example>\nEnvelope-to: a@example.org\nDelivery-date: Sun, 01 Mar 2026 00:00:00 +0000\n" MAIL, true},
                {"envelope-to: a@example.org,\n\tb@example.org\n" MAIL, true},
                {"X-Other: y\n" MAIL, false},
                {"\n" MAIL, false},
                {"Return-path-not: <x@mail.example>\n" MAIL, false},
        };
        g_autofree char *plain = hash_of(MAIL);
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *hash = hash_of(rows[i].text);
                g_assert_cmpint(strcmp(plain, hash) == 0, ==, rows[i].is_same);
        }
        /* printf 'body' | sha256sum */
        g_autofree char *body = hash_of("body\r\n\r\n");
        g_assert_cmpstr(body, ==, "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5");
}

static void test_fields(void)
{
        static const struct {
                const char *text, *name, *value;
        } rows[] = {
                {MAIL, "message-id", "<a@mail.example>"},
                {MAIL, "Subj", NULL},
                {MAIL, "Body", NULL},
                {"Subject: one\n two\n\tthree\nX: y\n\n", "Subject", "one  two  three"},
                {"Subject : old\n\n", "Subject", "old"},
                {"X-Phabricator-Sent-This-Message: Yes\n\n", "X-Phabricator-*", "Yes"},
                {"X-Phab: no\n\n", "X-Phabricator-*", NULL},
                {"A: b\r\n\r\nSubject: body\r\n", "Subject", NULL},
                {"Subject: cut", "Subject", "cut"},
                {"Subject", "Subject", NULL},
                {"Subject:", "Subject", ""},
                {"", "Subject", NULL},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].text, strlen(rows[i].text));
                g_autofree char *value = raw_field(bytes, rows[i].name);
                g_assert_cmpstr(value, ==, rows[i].value);
        }
}

static void test_places(void)
{
        g_autofree char *dated = raw_place("ab", 1772323200), *undated = raw_place("ab", G_MININT64);
        g_assert_cmpstr(dated, ==, "mail/2026/03/ab"); /* date -u -d @1772323200 */
        g_assert_cmpstr(undated, ==, "mail/undated/ab");
}

/* A mail as on standard input. */
static struct spooled *spool(const char *directory, const char *text, GError **error)
{
        int ends[2];
        g_assert_cmpint(pipe(ends), ==, 0);
        g_assert_cmpint(write(ends[1], text, strlen(text)), ==, (gssize)strlen(text));
        close(ends[1]);
        struct spooled *spooled = spool_take(ends[0], directory, error);
        close(ends[0]);
        return spooled;
}

static void test_spool(void)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *directory = g_dir_make_tmp("mailclinic-XXXXXX", NULL), *kept = g_build_filename(directory, "mail/2026/03/x", NULL);
        struct spooled *first = spool(directory, "From a@mail.example Sun Mar  1 00:00:00 2026\n" MAIL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(g_bytes_get_size(first->bytes), ==, strlen(MAIL));
        g_assert_cmpint(first->tries, ==, 0);
        g_assert_true(spool_try(first, NULL));
        spooled_free(first); /* as if it had died */
        g_assert_cmpuint(spool_count(directory).mails, ==, 1);
        struct spooled *again = spool(directory, MAIL "\n", &error);
        g_assert_cmpint(again->tries, ==, 1);
        g_assert_true(spool_try(again, NULL));
        spool_forgive(again);
        spooled_free(again);
        struct spooled *last = spool(directory, MAIL, &error);
        g_assert_cmpint(last->tries, ==, 1);
        g_assert_true(spool_keep(last, "mail/2026/03/x", &error));
        g_assert_true(spool_keep(last, "mail/2026/03/x", &error));
        spool_drop(last);
        spooled_free(last);
        g_assert_cmpuint(spool_count(directory).mails, ==, 0);
        g_autofree char *text = NULL;
        g_assert_true(g_file_get_contents(kept, &text, NULL, NULL));
        g_assert_cmpstr(text, ==, MAIL);
        g_assert_null(spool(directory, "From a@mail.example Sun Mar  1 00:00:00 2026\n", &error));
        g_assert_error(error, FAIL, FAIL_INPUT);
        g_assert_cmpuint(spool_count(directory).unfinished, ==, 0);
        const char *const made[] = {"mail/2026/03/x", "mail/2026/03", "mail/2026", "mail", "spool", ""};
        for (gsize i = 0; i < G_N_ELEMENTS(made); i++) {
                g_autofree char *path = g_build_filename(directory, made[i], NULL);
                g_assert_cmpint(g_remove(path), ==, 0);
        }
}

static void test_log(void)
{
        g_autoptr(GString) line = g_string_new(NULL);
        log_add(line, "a", "plain");
        log_add(line, "b", NULL);
        log_add(line, "c", "");
        log_add(line, "d", "two words");
        log_add(line, "e", "quote \" back \\ slash");
        log_add(line, "f", "line\nbreak\033[31m");
        g_assert_cmpstr(line->str, ==, "a=plain c=\"\" d=\"two words\" e=\"quote \\\" back \\\\ slash\" f=line<U+000A>break<U+001B>[31m");
        g_string_truncate(line, 0);
        g_autofree char *text = g_strnfill(1000, 'x');
        log_add(line, "g", text);
        g_assert_cmpuint(line->len, <, 250);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/raw/hash", test_hash);
        g_test_add_func("/raw/fields", test_fields);
        g_test_add_func("/raw/places", test_places);
        g_test_add_func("/raw/spool", test_spool);
        g_test_add_func("/raw/log", test_log);
        return g_test_run();
}
