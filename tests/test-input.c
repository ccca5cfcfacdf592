/* What is taken for a mail, what for a bare text, and what is refused.
 * In: files and bytes made up here. Out: TAP. */
#include "in/input.h"

#include "base/fail.h"
#include "base/limits.h"

#include <glib/gstdio.h>
#include <string.h>

static const struct {
        const char *name, *text;
        bool is_mail;
} looks[] = {
        {"plain", "From: a@example.com\nSubject: x\n\nbody\n", true},
        {"crlf", "Return-Path: <a@example.com>\r\n\r\nbody\r\n", true},
        {"mbox-line", "From a@example.com Mon Jan  1 00:00:00 2024\nReceived: by mx.example.com\n\nbody\n", true},
        {"late-field", "X-One: 1\nX-Two: 2\n\tfolded: 3\nTo: b@example.com\n\nbody\n", true},
        {"blank-first", "\nFrom: a@example.com\n\nbody\n", true},
        {"blank-before-colon", "From : a@example.com\n\nbody\n", true},
        {"any-case", "SUBJECT: x\n\nbody\n", true},
        {"sentence", "Dear customer,\n\nFrom: a@example.com\n", false},
        {"labels", "Reference: TW2030-1\nFrom: 2030-03-09 23:00\nTo: 2030-03-10 02:00\n\nSubject: x\n", false},
        {"calendar", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", false},
        {"html", "<html><body>Subject: x</body></html>\n", false},
        {"after-blank", "X-One: 1\n\nFrom: a@example.com\n", false},
        {"nothing", "", false},
};

static void test_is_mail(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(looks); i++) {
                g_autoptr(GBytes) bytes = g_bytes_new_static(looks[i].text, strlen(looks[i].text));
                g_test_message("%s", looks[i].name);
                g_assert_cmpint(input_is_mail(bytes), ==, looks[i].is_mail);
        }
}

static const struct {
        const char *body, *header;
} wraps[] = {
        {"Grüße\n", "Content-Type: text/plain; charset=utf-8\n"},
        {"Gr\xfc\xdf"
         "e\n",
         "Content-Type: text/plain; charset=windows-1252\n"},
        {"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "Content-Type: text/calendar; charset=utf-8\n"},
};

static void test_wrap(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(wraps); i++) {
                g_autoptr(GBytes) body = g_bytes_new_static(wraps[i].body, strlen(wraps[i].body));
                g_autoptr(GBytes) mail = input_wrap(body);
                g_autofree char *text = g_strndup(g_bytes_get_data(mail, NULL), g_bytes_get_size(mail));
                g_assert_true(input_is_mail(mail));
                g_assert_nonnull(strstr(text, wraps[i].header));
                g_assert_cmpstr(strstr(text, "\n\n") + 2, ==, wraps[i].body);
        }
}

static void assert_refused(const char *path, int status, const char *words)
{
        g_autoptr(GError) error = NULL;
        g_assert_null(input_read(path, &error));
        g_assert_cmpint(fail_status(error), ==, status);
        g_assert_true(g_str_has_prefix(error->message, path));
        g_assert_nonnull(strstr(error->message, words));
}

static void test_files(void)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *folder = g_dir_make_tmp("test-input-XXXXXX", &error);
        g_assert_no_error(error);
        g_autofree char *path = g_build_filename(folder, "file", NULL);
        assert_refused(path, EX_NOINPUT, "No such file");
        assert_refused(folder, EX_NOINPUT, "directory");
        g_assert_true(g_file_set_contents(path, "", 0, NULL));
        assert_refused(path, EX_DATAERR, "empty");
        g_assert_true(g_file_set_contents(path,
                                          "\x7f"
                                          "ELF\0\0\0",
                                          7, NULL));
        assert_refused(path, EX_DATAERR, "binary");
        g_autofree char *big = g_strnfill(LIMIT_MAIL + 5000, 'x');
        g_assert_true(g_file_set_contents(path, big, -1, NULL));
        g_autoptr(GBytes) bytes = input_read(path, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(g_bytes_get_size(bytes), ==, LIMIT_MAIL + 1);
        g_unlink(path);
        g_rmdir(folder);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/input/is-mail", test_is_mail);
        g_test_add_func("/input/wrap", test_wrap);
        g_test_add_func("/input/files", test_files);
        return g_test_run();
}
