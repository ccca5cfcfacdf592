/* What the tests of mailboxes share: a directory with made-up files, and what must come out of them. */
#include "mailbox-fixture.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"

#include <glib/gstdio.h>

void fixture_set_up(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        f->directory = g_dir_make_tmp("test-mbox-XXXXXX", NULL);
        g_assert_nonnull(f->directory);
}

static void remove_tree(const char *path)
{
        g_autoptr(GDir) directory = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
        const char *name;

        while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
                g_autofree char *inner = g_build_filename(path, name, NULL);

                remove_tree(inner);
        }
        g_assert_cmpint(g_remove(path), ==, 0);
}

void fixture_tear_down(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        mailbox_free(f->mailbox);
        remove_tree(f->directory);
        g_free(f->directory);
}

char *fixture_path_of(struct fixture *f, const char *name)
{
        return g_build_filename(f->directory, name, NULL);
}

void fixture_put_bytes(struct fixture *f, const char *name, const char *bytes, gsize length)
{
        g_autofree char *path = fixture_path_of(f, name);
        g_autofree char *directory = g_path_get_dirname(path);

        g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
        g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

void fixture_put(struct fixture *f, const char *name, const char *text)
{
        fixture_put_bytes(f, name, text, strlen(text));
}

void fixture_open_mailbox(struct fixture *f, const char *name)
{
        g_autofree char *path = fixture_path_of(f, name);
        const char *paths[] = {path, NULL};

        mailbox_free(f->mailbox);
        f->mailbox = mailbox_new(paths);
}

void fixture_expect_mail(struct fixture *f, const char *name, gint64 offset, const char *text, const char *note)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *path = fixture_path_of(f, name);
        g_autoptr(GBytes) bytes = NULL;
        struct raw_mail *mail = mailbox_next(f->mailbox, &error);

        g_assert_no_error(error);
        g_assert_nonnull(mail);
        bytes = g_bytes_new_static(text, strlen(text));
        g_assert_true(g_bytes_equal(mail->bytes, bytes));
        g_assert_cmpstr(mail->file, ==, path);
        g_assert_cmpint(mail->offset, ==, offset);
        g_assert_cmpstr(mail->note, ==, note);
        raw_mail_free(mail);
}

void fixture_expect_end(struct fixture *f)
{
        g_autoptr(GError) error = NULL;

        g_assert_null(mailbox_next(f->mailbox, &error));
        g_assert_no_error(error);
}

void fixture_expect_error(struct fixture *f, int code, const char *what)
{
        g_autoptr(GError) error = NULL;

        g_assert_null(mailbox_next(f->mailbox, &error));
        g_assert_error(error, FAIL, code);
        if (strstr(error->message, what) == NULL)
                g_error("'%s' is not in '%s'", what, error->message);
}

void fixture_put_at(struct fixture *f, const char *name, gint64 place, const char *text)
{
        g_autofree char *path = fixture_path_of(f, name);
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

        g_assert_cmpint(pwrite(fd, text, strlen(text), place), ==, (gssize)strlen(text));
        close(fd);
}
