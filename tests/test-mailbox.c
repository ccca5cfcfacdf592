/* Mailboxes of many files: Maildirs, directories, packed files, and paths that cannot be read. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "mailbox-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static GBytes *gzipped(const char *text)
{
        g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
        gsize taken, n;
        char packed[4096];

        g_assert_cmpint(g_converter_convert(G_CONVERTER(compressor), text, strlen(text), packed, sizeof packed, G_CONVERTER_INPUT_AT_END,
                                            &taken, &n, NULL),
                        ==, G_CONVERTER_FINISHED);
        g_assert_cmpuint(taken, ==, strlen(text));
        return g_bytes_new(packed, n);
}

/* Two members after one another, as gzip -c >> makes them, and NULs behind, as tapes did. */
static void test_gzip(struct fixture *f, gconstpointer unused)
{
        g_autoptr(GBytes) one = gzipped(FROM_A "Subject: 1\n\none\n\n"), two = gzipped(FROM_B "Subject: 2\n\ntwo\n");
        g_autoptr(GByteArray) both = g_byte_array_new();
        static const guint8 padding[700];

        (void)unused;
        g_byte_array_append(both, g_bytes_get_data(one, NULL), (guint)g_bytes_get_size(one));
        g_byte_array_append(both, g_bytes_get_data(two, NULL), (guint)g_bytes_get_size(two));
        g_byte_array_append(both, padding, sizeof padding);
        fixture_put_bytes(f, "x.mbox.gz", (const char *)both->data, both->len);
        fixture_open_mailbox(f, "x.mbox.gz");
        fixture_expect_mail(f, "x.mbox.gz", 0, "Subject: 1\n\none\n", NULL);
        fixture_expect_mail(f, "x.mbox.gz", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\ntwo\n", NULL);
        fixture_expect_end(f);
}

static void test_gzip_broken(struct fixture *f, gconstpointer unused)
{
        static const char text[] = FROM_A "Subject: 1\n\none\n\n" FROM_B "Subject: 2\n\ntwo\n";
        g_autoptr(GBytes) packed = gzipped(text);
        g_autofree char *damaged = g_memdup2(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
        gsize length = g_bytes_get_size(packed);

        (void)unused;
        fixture_put_bytes(f, "cut.gz", damaged, length - 8); /* the trailer is missing, the data whole (RFC 1952 2.3) */
        fixture_open_mailbox(f, "cut.gz");
        fixture_expect_mail(f, "cut.gz", 0, "Subject: 1\n\none\n", NULL);
        fixture_expect_mail(f, "cut.gz", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\ntwo\n",
                            "the file could not be read to the end of this mail");
        fixture_expect_error(f, FAIL_DATA, "cut.gz: the gzip data is cut short");
        fixture_expect_end(f);
        damaged[10] = '\x07'; /* a block of the type that is reserved (RFC 1951 3.2.3) */
        fixture_put_bytes(f, "damaged.gz", damaged, length);
        fixture_open_mailbox(f, "damaged.gz");
        fixture_expect_error(f, FAIL_DATA, "damaged.gz: the gzip data is damaged");
        fixture_expect_end(f);
}

static void test_maildir(struct fixture *f, gconstpointer unused)
{
        g_autofree char *old = fixture_path_of(f, "M/cur/no-time-in-its-name");
        struct timespec times[2] = {{.tv_sec = 1500000000}, {.tv_sec = 1500000000}};

        (void)unused;
        fixture_put(f, "M/cur/1600000000.M9P1.host:2,S", "Subject: 2\n\n");
        fixture_put(f, "M/new/1600000000.M10P1.host", "Subject: 3\n\n");
        fixture_put(f, "M/new/999999999.P1.host", "Subject: 0\n\n");
        fixture_put(f, "M/cur/no-time-in-its-name", "Subject: 1\n\n>From x\n");
        fixture_put(f, "M/cur/.hidden", "Subject: none\n\n");
        fixture_put(f, "M/tmp/1500000000.M1P1.host", "Subject: none\n\n");
        g_assert_cmpint(utimensat(AT_FDCWD, old, times, 0), ==, 0);
        fixture_open_mailbox(f, "M");
        fixture_expect_mail(f, "M/new/999999999.P1.host", 0, "Subject: 0\n\n", NULL);
        fixture_expect_mail(f, "M/cur/no-time-in-its-name", 0, "Subject: 1\n\n>From x\n", NULL);
        fixture_expect_mail(f, "M/cur/1600000000.M9P1.host:2,S", 0, "Subject: 2\n\n", NULL);
        fixture_expect_mail(f, "M/new/1600000000.M10P1.host", 0, "Subject: 3\n\n", NULL);
        fixture_expect_end(f);
}

static void test_directory(struct fixture *f, gconstpointer unused)
{
        g_autofree char *loop = fixture_path_of(f, "d/loop/loop");

        (void)unused;
        fixture_put(f, "d/b.eml", "Subject: b\n\n");
        fixture_put(f, "d/a/z.eml", "Subject: az\n\n");
        fixture_put(f, "d/a/2021.mbox", FROM_A "Subject: 1\n\none\n");
        fixture_put(f, "d/a/notes.txt", "Subject: no\n\n");
        fixture_put(f, "d/.hidden/x.eml", "Subject: no\n\n");
        fixture_put(f, "d/m/new/1.x", "Subject: m\n\n");
        fixture_open_mailbox(f, "d");
        fixture_expect_mail(f, "d/a/2021.mbox", 0, "Subject: 1\n\none\n", NULL);
        fixture_expect_mail(f, "d/a/z.eml", 0, "Subject: az\n\n", NULL);
        fixture_expect_mail(f, "d/b.eml", 0, "Subject: b\n\n", NULL);
        fixture_expect_mail(f, "d/m/new/1.x", 0, "Subject: m\n\n", NULL);
        fixture_expect_end(f);
        fixture_put(f, "d/loop/y", "");
        g_assert_cmpint(symlink(".", loop), ==, 0);
        fixture_open_mailbox(f, "d/loop");
        fixture_expect_error(f, FAIL_INPUT, "too many directories within one another");
        fixture_expect_end(f);
}

static void test_bad_paths(struct fixture *f, gconstpointer unused)
{
        g_autofree char *gone = fixture_path_of(f, "gone"), *empty = fixture_path_of(f, "empty"), *good = fixture_path_of(f, "good");
        const char *paths[] = {gone, empty, good, NULL};

        (void)unused;
        g_assert_cmpint(g_mkdir(empty, 0700), ==, 0);
        fixture_put(f, "good", "Subject: 1\n\n");
        f->mailbox = mailbox_new(paths);
        fixture_expect_error(f, FAIL_INPUT, "gone: No such file");
        fixture_expect_error(f, FAIL_INPUT, "empty: neither a Maildir nor a directory");
        fixture_expect_mail(f, "good", 0, "Subject: 1\n\n", NULL);
        fixture_expect_end(f);
}

static void test_progress(struct fixture *f, gconstpointer unused)
{
        guint64 done, total;

        (void)unused;
        fixture_put(f, "d/a.eml", "Subject: a\n\n");
        fixture_put(f, "d/b.eml", "Subject: bb\n\n");
        fixture_open_mailbox(f, "d");
        mailbox_progress(f->mailbox, &done, &total);
        g_assert_cmpuint(done, ==, 0);
        g_assert_cmpuint(total, ==, 25);
        fixture_expect_mail(f, "d/a.eml", 0, "Subject: a\n\n", NULL);
        mailbox_progress(f->mailbox, &done, &total);
        g_assert_cmpuint(done, ==, 12);
        fixture_expect_mail(f, "d/b.eml", 0, "Subject: bb\n\n", NULL);
        fixture_expect_end(f);
        mailbox_progress(f->mailbox, &done, &total);
        g_assert_cmpuint(done, ==, 25);
}

static const struct {
        const char *name;
        void (*test)(struct fixture *, gconstpointer);
} tests[] = {
        {"/mailbox/gzip", test_gzip},           {"/mailbox/gzip-broken", test_gzip_broken}, {"/mailbox/maildir", test_maildir},
        {"/mailbox/directory", test_directory}, {"/mailbox/bad-paths", test_bad_paths},     {"/mailbox/progress", test_progress},
};

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
                g_test_add(tests[i].name, struct fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
        return g_test_run();
}
