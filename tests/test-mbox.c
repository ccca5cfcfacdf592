/* Mailboxes: where one mail ends and the next begins, what is kept of each, and files that are broken, packed, huge or growing. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/limits.h"
#include "in/mailbox.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define FROM_A "From a@example.com Sun Nov 14 08:01:02 2021\n"
#define FROM_B "From b@example.com Mon Nov 15 09:02:03 2021\n"

struct fixture {
        char *directory;
        struct mailbox *mailbox;
};

static void set_up(struct fixture *f, gconstpointer unused)
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

static void tear_down(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        mailbox_free(f->mailbox);
        remove_tree(f->directory);
        g_free(f->directory);
}

static char *path_of(struct fixture *f, const char *name)
{
        return g_build_filename(f->directory, name, NULL);
}

static void put_bytes(struct fixture *f, const char *name, const char *bytes, gsize length)
{
        g_autofree char *path = path_of(f, name);
        g_autofree char *directory = g_path_get_dirname(path);

        g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
        g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void put(struct fixture *f, const char *name, const char *text)
{
        put_bytes(f, name, text, strlen(text));
}

static void open_mailbox(struct fixture *f, const char *name)
{
        g_autofree char *path = path_of(f, name);
        const char *paths[] = {path, NULL};

        mailbox_free(f->mailbox);
        f->mailbox = mailbox_new(paths);
}

/* The next mail must be there, begin at this place of this file, and be this text. */
static void expect_mail(struct fixture *f, const char *name, gint64 offset, const char *text, const char *note)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *path = path_of(f, name);
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

static void expect_end(struct fixture *f)
{
        g_autoptr(GError) error = NULL;

        g_assert_null(mailbox_next(f->mailbox, &error));
        g_assert_no_error(error);
}

static void expect_error(struct fixture *f, int code, const char *what)
{
        g_autoptr(GError) error = NULL;

        g_assert_null(mailbox_next(f->mailbox, &error));
        g_assert_error(error, FAIL, code);
        if (strstr(error->message, what) == NULL)
                g_error("'%s' is not in '%s'", what, error->message);
}

static void test_two_mails(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        put(f, "x.mbox", FROM_A "Subject: 1\n\none\n\n" FROM_B "Subject: 2\n\ntwo\n\n");
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n", NULL);
        expect_mail(f, "x.mbox", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\ntwo\n", NULL);
        expect_end(f);
        expect_end(f);
}

/* mboxrd quotes each `>*From `; mboxo only `From `. */
static void test_quoting(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        put(f, "x.mbox", FROM_A "Subject: 1\n\n>From here\n>>From there\n> From afar\n>>>Fromage\n x >From\n\n");
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 0, "Subject: 1\n\nFrom here\n>From there\n> From afar\n>>>Fromage\n x >From\n", NULL);
        expect_end(f);
}

static void test_single_mail_is_kept(struct fixture *f, gconstpointer unused)
{
        static const char text[] = "Subject: 1\n\n>From here\n\n" FROM_B "Subject: 2\n\n";

        (void)unused;
        put(f, "x.eml", text);
        open_mailbox(f, "x.eml");
        expect_mail(f, "x.eml", 0, text, NULL);
        expect_end(f);
}

static void test_crlf(struct fixture *f, gconstpointer unused)
{
        static const char first[] = "From a@example.com Sun Nov 14 08:01:02 2021\r\nSubject: 1\r\n\r\none\r\n\r\n";
        g_autofree char *text =
                g_strconcat("\r\n", first, "From b@example.com Mon Nov 15 09:02:03 2021\r\nSubject: 2\r\n\r\ntwo\r\n", NULL);

        (void)unused;
        put(f, "x.mbox", text);
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 2, "Subject: 1\r\n\r\none\r\n", NULL);
        expect_mail(f, "x.mbox", 2 + (gint64)strlen(first), "Subject: 2\r\n\r\ntwo\r\n", NULL);
        expect_end(f);
}

/* Lines that part two mails after an empty line and before a header field, and lines that do not. */
static const struct {
        const char *line, *next;
        bool parts;
} lines[] = {
        {"From b@example.com Mon Nov 15 09:02:03 2021", "Subject: 2", true},
        {"From b@example.com Mon Nov  5 09:02:03 2021", "X-Any-Thing: 2", true},
        {"From b@example.com  Mon Nov 15 09:02 2021", "Subject: 2", true},
        {"From MAILER-DAEMON Mon Nov 15 09:02:03 2021", "Subject : 2", true},
        {"From - Mon Nov 15 09:02:03 2021", "Subject: 2", true},
        {"From b at example.com Mon Nov 15 09:02:03 2021", "Subject: 2", true},
        {"From \"b c\"@example.com Mon Nov 15 09:02:03 2021", "Subject: 2", true},
        {"From 1716@xxx Mon Nov 15 09:02:03 +0000 2021", "Subject: 2", true},
        {"From b@example.com Mon Nov 15 09:02:03 EST 2021", "Subject: 2", true},
        {"From b@example.com Mon Nov 15 09:02:03 2021 +0100", "Subject: 2", true},
        {"From b@example.com Mon Nov 15 09:02:03 2021 remote from host", "Subject: 2", true},
        {"From b@example.com Mon Nov 15 09:02:03 2021", "no header here", false},
        {"From b@example.com Mon Nov 15 09:02:03 2021", ": 2", false},
        {"From b@example.com Mon Nov 15 09:02:03 2021", "", false},
        {"From b@example.com Mon Nov 15 09:02:03", "Subject: 2", false},
        {"From b@example.com Mon Nov 15 29:02:03 2021", "Subject: 2", false},
        {"From b@example.com Mon Foo 15 09:02:03 2021", "Subject: 2", false},
        {"From b@example.com 15 Nov 2021 09:02:03", "Subject: 2", false},
        {"From Monday on the works are as follows", "Start: 09:00", false},
        {"From:b@example.com Mon Nov 15 09:02:03 2021", "Subject: 2", false},
        {"from b@example.com Mon Nov 15 09:02:03 2021", "Subject: 2", false},
};

static void test_from_lines(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
                g_autofree char *head = g_strconcat(FROM_A "Subject: 1\n\none\n\n", NULL);
                g_autofree char *rest = g_strconcat(lines[i].line, "\n", lines[i].next, "\n", NULL);
                g_autofree char *text = g_strconcat(head, rest, NULL), *next = g_strconcat(lines[i].next, "\n", NULL);
                g_autofree char *whole = g_strconcat("Subject: 1\n\none\n\n", rest, NULL);

                g_test_message("%s / %s", lines[i].line, lines[i].next);
                put(f, "x.mbox", text);
                open_mailbox(f, "x.mbox");
                if (*lines[i].next == '\0')
                        whole[strlen(whole) - 1] = '\0';
                expect_mail(f, "x.mbox", 0, lines[i].parts ? "Subject: 1\n\none\n" : whole, NULL);
                if (lines[i].parts)
                        expect_mail(f, "x.mbox", (gint64)strlen(head), next, NULL);
                expect_end(f);
        }
}

static void test_needs_empty_line(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        put(f, "x.mbox", FROM_A "Subject: 1\n\none\n" FROM_B "Subject: 2\n\ntwo\n");
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n" FROM_B "Subject: 2\n\ntwo\n", NULL);
        expect_end(f);
}

/* A Content-Length that lies must neither swallow a mail nor cut one. */
static void test_content_length(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        put(f, "x.mbox", FROM_A "Content-Length: 9999\n\none\n\n" FROM_B "Content-Length: 1\n\ntwo\n\n");
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 0, "Content-Length: 9999\n\none\n", NULL);
        expect_mail(f, "x.mbox", (gint64)strlen(FROM_A "Content-Length: 9999\n\none\n\n"), "Content-Length: 1\n\ntwo\n", NULL);
        expect_end(f);
}

static void test_cut(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        put(f, "x.mbox", FROM_A "Subject: 1\n\none\n\n" FROM_B "Subject: 2\n\nthe last wo");
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n", NULL);
        expect_mail(f, "x.mbox", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\nthe last wo",
                    "the mailbox ends within this mail");
        expect_end(f);
}

static void test_no_mail(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        put(f, "picture", "\x89PNG\r\n\x1a\n and so on\n");
        put(f, "empty", "");
        put(f, "empty.eml", "");
        put(f, "broken.eml", "no header at all\n");
        open_mailbox(f, "picture");
        expect_error(f, FAIL_DATA, "picture: neither an mbox nor a mail");
        expect_end(f);
        open_mailbox(f, "empty");
        expect_end(f);
        open_mailbox(f, "empty.eml");
        expect_mail(f, "empty.eml", 0, "", NULL);
        expect_end(f);
        open_mailbox(f, "broken.eml");
        expect_mail(f, "broken.eml", 0, "no header at all\n", NULL);
        expect_end(f);
}

/* What looks like a From_ line within a line longer than a piece is text. */
static void test_long_line(struct fixture *f, gconstpointer unused)
{
        g_autofree char *fill = g_strnfill(LIMIT_PIECE, 'x');
        g_autofree char *mail = g_strconcat("Subject: 1\n\n", fill, FROM_B, "A: b\n", fill, ">From x\n", fill, fill, "\n", NULL);
        g_autofree char *text = g_strconcat(FROM_A, mail, "\n", FROM_B "Subject: 2\n\n", fill, NULL);
        g_autofree char *last = g_strconcat("Subject: 2\n\n", fill, NULL);

        (void)unused;
        put(f, "x.mbox", text);
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 0, mail, NULL);
        expect_mail(f, "x.mbox", (gint64)(strlen(FROM_A) + strlen(mail) + 1), last, "the mailbox ends within this mail");
        expect_end(f);
}

static void test_over_limit(struct fixture *f, gconstpointer unused)
{
        gsize size = (gsize)LIMIT_MAIL + 5000000;
        g_autofree char *path = path_of(f, "x.mbox"), *fill = g_strnfill(size, 'x');
        FILE *file = fopen(path, "w");
        struct raw_mail *mail;

        (void)unused;
        for (gsize i = 79; i < size; i += 80)
                fill[i] = '\n';
        g_assert_cmpint(fprintf(file, FROM_A "Subject: 1\n\n%s\n\n" FROM_B "Subject: 2\n\ntwo\n", fill), >, LIMIT_MAIL);
        g_assert_cmpint(fclose(file), ==, 0);
        open_mailbox(f, "x.mbox");
        mail = mailbox_next(f->mailbox, NULL);
        g_assert_nonnull(mail);
        g_assert_cmpuint(g_bytes_get_size(mail->bytes), ==, LIMIT_MAIL + 1);
        g_assert_cmpint(memcmp(g_bytes_get_data(mail->bytes, NULL), "Subject: 1\n\nxxx", 15), ==, 0);
        raw_mail_free(mail);
        expect_mail(f, "x.mbox", (gint64)(strlen(FROM_A "Subject: 1\n\n") + size + 2), "Subject: 2\n\ntwo\n", NULL);
        expect_end(f);
}

/* Write text at a place of a file, and leave a hole before it. */
static void put_at(struct fixture *f, const char *name, gint64 place, const char *text)
{
        g_autofree char *path = path_of(f, name);
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

        g_assert_cmpint(pwrite(fd, text, strlen(text), place), ==, (gssize)strlen(text));
        close(fd);
}

static void test_sparse(struct fixture *f, gconstpointer unused)
{
        g_autofree char *path = path_of(f, "nothing");
        gint64 began = g_get_monotonic_time(), gap = G_GINT64_CONSTANT(10) << 30;

        (void)unused;
        put(f, "nothing", "");
        g_assert_cmpint(truncate(path, gap), ==, 0);
        open_mailbox(f, "nothing");
        expect_error(f, FAIL_DATA, "neither an mbox nor a mail");
        expect_end(f);
        put_at(f, "x.mbox", 0, FROM_A "Subject: 1\n\none\n");
        put_at(f, "x.mbox", gap, "\n\n" FROM_B "Subject: 2\n\ntwo\n");
        put_at(f, "x.mbox", 2 * gap, "\n\n" FROM_A "Subject: 3\n\n");
        open_mailbox(f, "x.mbox");
        for (gint64 i = 0; i < 3; i++) {
                struct raw_mail *mail = mailbox_next(f->mailbox, NULL);

                g_assert_nonnull(mail);
                g_assert_cmpint(mail->offset, ==, i == 0 ? 0 : i * gap + 2);
                g_assert_cmpuint(g_bytes_get_size(mail->bytes), <, 1000000);
                raw_mail_free(mail);
        }
        expect_end(f);
        g_assert_cmpint(g_get_monotonic_time() - began, <, 10 * G_USEC_PER_SEC);
}

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
        put_bytes(f, "x.mbox.gz", (const char *)both->data, both->len);
        open_mailbox(f, "x.mbox.gz");
        expect_mail(f, "x.mbox.gz", 0, "Subject: 1\n\none\n", NULL);
        expect_mail(f, "x.mbox.gz", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\ntwo\n", NULL);
        expect_end(f);
}

static void test_gzip_broken(struct fixture *f, gconstpointer unused)
{
        static const char text[] = FROM_A "Subject: 1\n\none\n\n" FROM_B "Subject: 2\n\ntwo\n";
        g_autoptr(GBytes) packed = gzipped(text);
        g_autofree char *damaged = g_memdup2(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
        gsize length = g_bytes_get_size(packed);

        (void)unused;
        put_bytes(f, "cut.gz", damaged, length - 8); /* the trailer is missing, the data whole (RFC 1952 2.3) */
        open_mailbox(f, "cut.gz");
        expect_mail(f, "cut.gz", 0, "Subject: 1\n\none\n", NULL);
        expect_mail(f, "cut.gz", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\ntwo\n",
                    "the file could not be read to the end of this mail");
        expect_error(f, FAIL_DATA, "cut.gz: the gzip data is cut short");
        expect_end(f);
        damaged[10] = '\x07'; /* a block of the type that is reserved (RFC 1951 3.2.3) */
        put_bytes(f, "damaged.gz", damaged, length);
        open_mailbox(f, "damaged.gz");
        expect_error(f, FAIL_DATA, "damaged.gz: the gzip data is damaged");
        expect_end(f);
}

static void test_maildir(struct fixture *f, gconstpointer unused)
{
        g_autofree char *old = path_of(f, "M/cur/no-time-in-its-name");
        struct timespec times[2] = {{.tv_sec = 1500000000}, {.tv_sec = 1500000000}};

        (void)unused;
        put(f, "M/cur/1600000000.M9P1.host:2,S", "Subject: 2\n\n");
        put(f, "M/new/1600000000.M10P1.host", "Subject: 3\n\n");
        put(f, "M/new/999999999.P1.host", "Subject: 0\n\n");
        put(f, "M/cur/no-time-in-its-name", "Subject: 1\n\n>From x\n");
        put(f, "M/cur/.hidden", "Subject: none\n\n");
        put(f, "M/tmp/1500000000.M1P1.host", "Subject: none\n\n");
        g_assert_cmpint(utimensat(AT_FDCWD, old, times, 0), ==, 0);
        open_mailbox(f, "M");
        expect_mail(f, "M/new/999999999.P1.host", 0, "Subject: 0\n\n", NULL);
        expect_mail(f, "M/cur/no-time-in-its-name", 0, "Subject: 1\n\n>From x\n", NULL);
        expect_mail(f, "M/cur/1600000000.M9P1.host:2,S", 0, "Subject: 2\n\n", NULL);
        expect_mail(f, "M/new/1600000000.M10P1.host", 0, "Subject: 3\n\n", NULL);
        expect_end(f);
}

static void test_directory(struct fixture *f, gconstpointer unused)
{
        g_autofree char *loop = path_of(f, "d/loop/loop");

        (void)unused;
        put(f, "d/b.eml", "Subject: b\n\n");
        put(f, "d/a/z.eml", "Subject: az\n\n");
        put(f, "d/a/2021.mbox", FROM_A "Subject: 1\n\none\n");
        put(f, "d/a/notes.txt", "Subject: no\n\n");
        put(f, "d/.hidden/x.eml", "Subject: no\n\n");
        put(f, "d/m/new/1.x", "Subject: m\n\n");
        open_mailbox(f, "d");
        expect_mail(f, "d/a/2021.mbox", 0, "Subject: 1\n\none\n", NULL);
        expect_mail(f, "d/a/z.eml", 0, "Subject: az\n\n", NULL);
        expect_mail(f, "d/b.eml", 0, "Subject: b\n\n", NULL);
        expect_mail(f, "d/m/new/1.x", 0, "Subject: m\n\n", NULL);
        expect_end(f);
        put(f, "d/loop/y", "");
        g_assert_cmpint(symlink(".", loop), ==, 0);
        open_mailbox(f, "d/loop");
        expect_error(f, FAIL_INPUT, "too many directories within one another");
        expect_end(f);
}

static void test_bad_paths(struct fixture *f, gconstpointer unused)
{
        g_autofree char *gone = path_of(f, "gone"), *empty = path_of(f, "empty"), *good = path_of(f, "good");
        const char *paths[] = {gone, empty, good, NULL};

        (void)unused;
        g_assert_cmpint(g_mkdir(empty, 0700), ==, 0);
        put(f, "good", "Subject: 1\n\n");
        f->mailbox = mailbox_new(paths);
        expect_error(f, FAIL_INPUT, "gone: No such file");
        expect_error(f, FAIL_INPUT, "empty: neither a Maildir nor a directory");
        expect_mail(f, "good", 0, "Subject: 1\n\n", NULL);
        expect_end(f);
}

/* A mailbox is read as far as it went when it was opened. */
static void test_growing(struct fixture *f, gconstpointer unused)
{
        static const char first[] = FROM_A "Subject: 1\n\none\n\n", second[] = FROM_B "Subject: 2\n\ntwo\n\n";
        g_autoptr(GString) text = g_string_new(NULL);
        guint n = 0;
        struct raw_mail *mail;

        (void)unused;
        for (guint i = 0; i < 20000; i++)
                g_string_append(text, first);
        put(f, "x.mbox", text->str);
        open_mailbox(f, "x.mbox");
        expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n", NULL);
        put_at(f, "x.mbox", (gint64)text->len, second);
        for (; (mail = mailbox_next(f->mailbox, NULL)) != NULL; n++)
                raw_mail_free(mail);
        g_assert_cmpuint(n, ==, 19999);
}

static gpointer write_slowly(gpointer data)
{
        static const char *const pieces[] = {FROM_A "Subj", "ect: 1\n\none\n\nFr",
                                             "om b@example.com Mon Nov 15 09:02:03 2021\nSubject: 2\n", "\n"};
        int fd = open(data, O_WRONLY | O_CLOEXEC);

        for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
                g_assert_cmpint(write(fd, pieces[i], strlen(pieces[i])), ==, (gssize)strlen(pieces[i]));
                g_usleep(10000);
        }
        close(fd);
        return NULL;
}

static void test_fifo(struct fixture *f, gconstpointer unused)
{
        g_autofree char *path = path_of(f, "fifo");
        GThread *writer;

        (void)unused;
        g_assert_cmpint(mkfifo(path, 0600), ==, 0);
        writer = g_thread_new("writer", write_slowly, path);
        open_mailbox(f, "fifo");
        expect_mail(f, "fifo", 0, "Subject: 1\n\none\n", NULL);
        expect_mail(f, "fifo", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n", NULL);
        expect_end(f);
        g_thread_join(writer);
}

static void test_progress(struct fixture *f, gconstpointer unused)
{
        guint64 done, total;

        (void)unused;
        put(f, "d/a.eml", "Subject: a\n\n");
        put(f, "d/b.eml", "Subject: bb\n\n");
        open_mailbox(f, "d");
        mailbox_progress(f->mailbox, &done, &total);
        g_assert_cmpuint(done, ==, 0);
        g_assert_cmpuint(total, ==, 25);
        expect_mail(f, "d/a.eml", 0, "Subject: a\n\n", NULL);
        mailbox_progress(f->mailbox, &done, &total);
        g_assert_cmpuint(done, ==, 12);
        expect_mail(f, "d/b.eml", 0, "Subject: bb\n\n", NULL);
        expect_end(f);
        mailbox_progress(f->mailbox, &done, &total);
        g_assert_cmpuint(done, ==, 25);
}

static const struct {
        const char *name;
        void (*test)(struct fixture *, gconstpointer);
} tests[] = {
        {"/mbox/two-mails", test_two_mails},
        {"/mbox/quoting", test_quoting},
        {"/mbox/single-mail-is-kept", test_single_mail_is_kept},
        {"/mbox/crlf", test_crlf},
        {"/mbox/from-lines", test_from_lines},
        {"/mbox/needs-empty-line", test_needs_empty_line},
        {"/mbox/content-length", test_content_length},
        {"/mbox/cut", test_cut},
        {"/mbox/no-mail", test_no_mail},
        {"/mbox/long-line", test_long_line},
        {"/mbox/over-limit", test_over_limit},
        {"/mbox/sparse", test_sparse},
        {"/mbox/growing", test_growing},
        {"/mbox/fifo", test_fifo},
        {"/mailbox/gzip", test_gzip},
        {"/mailbox/gzip-broken", test_gzip_broken},
        {"/mailbox/maildir", test_maildir},
        {"/mailbox/directory", test_directory},
        {"/mailbox/bad-paths", test_bad_paths},
        {"/mailbox/progress", test_progress},
};

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
                g_test_add(tests[i].name, struct fixture, NULL, set_up, tests[i].test, tear_down);
        return g_test_run();
}
