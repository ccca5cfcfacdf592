/* One file of mails: where one ends and the next begins, what is kept of each, and files that are cut, huge or growing. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/limits.h"
#include "mailbox-fixture.h"

static void test_two_mails(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        fixture_put(f, "x.mbox", FROM_A "Subject: 1\n\none\n\n" FROM_B "Subject: 2\n\ntwo\n\n");
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n", NULL);
        fixture_expect_mail(f, "x.mbox", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\ntwo\n", NULL);
        fixture_expect_end(f);
        fixture_expect_end(f);
}

/* mboxrd quotes each `>*From `; mboxo only `From `. */
static void test_quoting(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        fixture_put(f, "x.mbox", FROM_A "Subject: 1\n\n>From here\n>>From there\n> From afar\n>>>Fromage\n x >From\n\n");
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 0, "Subject: 1\n\nFrom here\n>From there\n> From afar\n>>>Fromage\n x >From\n", NULL);
        fixture_expect_end(f);
}

static void test_single_mail_is_kept(struct fixture *f, gconstpointer unused)
{
        static const char text[] = "Subject: 1\n\n>From here\n\n" FROM_B "Subject: 2\n\n";

        (void)unused;
        fixture_put(f, "x.eml", text);
        fixture_open_mailbox(f, "x.eml");
        fixture_expect_mail(f, "x.eml", 0, text, NULL);
        fixture_expect_end(f);
}

static void test_crlf(struct fixture *f, gconstpointer unused)
{
        static const char first[] = "From a@example.com Sun Nov 14 08:01:02 2021\r\nSubject: 1\r\n\r\none\r\n\r\n";
        g_autofree char *text =
                g_strconcat("\r\n", first, "From b@example.com Mon Nov 15 09:02:03 2021\r\nSubject: 2\r\n\r\ntwo\r\n", NULL);

        (void)unused;
        fixture_put(f, "x.mbox", text);
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 2, "Subject: 1\r\n\r\none\r\n", NULL);
        fixture_expect_mail(f, "x.mbox", 2 + (gint64)strlen(first), "Subject: 2\r\n\r\ntwo\r\n", NULL);
        fixture_expect_end(f);
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
                fixture_put(f, "x.mbox", text);
                fixture_open_mailbox(f, "x.mbox");
                if (*lines[i].next == '\0')
                        whole[strlen(whole) - 1] = '\0';
                fixture_expect_mail(f, "x.mbox", 0, lines[i].parts ? "Subject: 1\n\none\n" : whole, NULL);
                if (lines[i].parts)
                        fixture_expect_mail(f, "x.mbox", (gint64)strlen(head), next, NULL);
                fixture_expect_end(f);
        }
}

static void test_needs_empty_line(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        fixture_put(f, "x.mbox", FROM_A "Subject: 1\n\none\n" FROM_B "Subject: 2\n\ntwo\n");
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n" FROM_B "Subject: 2\n\ntwo\n", NULL);
        fixture_expect_end(f);
}

/* A Content-Length that lies must neither swallow a mail nor cut one. */
static void test_content_length(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        fixture_put(f, "x.mbox", FROM_A "Content-Length: 9999\n\none\n\n" FROM_B "Content-Length: 1\n\ntwo\n\n");
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 0, "Content-Length: 9999\n\none\n", NULL);
        fixture_expect_mail(f, "x.mbox", (gint64)strlen(FROM_A "Content-Length: 9999\n\none\n\n"), "Content-Length: 1\n\ntwo\n", NULL);
        fixture_expect_end(f);
}

static void test_cut(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        fixture_put(f, "x.mbox", FROM_A "Subject: 1\n\none\n\n" FROM_B "Subject: 2\n\nthe last wo");
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n", NULL);
        fixture_expect_mail(f, "x.mbox", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n\nthe last wo",
                            "the mailbox ends within this mail");
        fixture_expect_end(f);
}

static void test_no_mail(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        fixture_put(f, "picture", "\x89PNG\r\n\x1a\n and so on\n");
        fixture_put(f, "empty", "");
        fixture_put(f, "empty.eml", "");
        fixture_put(f, "broken.eml", "no header at all\n");
        fixture_open_mailbox(f, "picture");
        fixture_expect_error(f, FAIL_DATA, "picture: neither an mbox nor a mail");
        fixture_expect_end(f);
        fixture_open_mailbox(f, "empty");
        fixture_expect_end(f);
        fixture_open_mailbox(f, "empty.eml");
        fixture_expect_mail(f, "empty.eml", 0, "", NULL);
        fixture_expect_end(f);
        fixture_open_mailbox(f, "broken.eml");
        fixture_expect_mail(f, "broken.eml", 0, "no header at all\n", NULL);
        fixture_expect_end(f);
}

/* What looks like a From_ line within a line longer than a piece is text. */
static void test_long_line(struct fixture *f, gconstpointer unused)
{
        g_autofree char *fill = g_strnfill(LIMIT_PIECE, 'x');
        g_autofree char *mail = g_strconcat("Subject: 1\n\n", fill, FROM_B, "A: b\n", fill, ">From x\n", fill, fill, "\n", NULL);
        g_autofree char *text = g_strconcat(FROM_A, mail, "\n", FROM_B "Subject: 2\n\n", fill, NULL);
        g_autofree char *last = g_strconcat("Subject: 2\n\n", fill, NULL);

        (void)unused;
        fixture_put(f, "x.mbox", text);
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 0, mail, NULL);
        fixture_expect_mail(f, "x.mbox", (gint64)(strlen(FROM_A) + strlen(mail) + 1), last, "the mailbox ends within this mail");
        fixture_expect_end(f);
}

static void test_over_limit(struct fixture *f, gconstpointer unused)
{
        gsize size = (gsize)LIMIT_MAIL + 5000000;
        g_autofree char *path = fixture_path_of(f, "x.mbox"), *fill = g_strnfill(size, 'x');
        FILE *file = fopen(path, "w");
        struct raw_mail *mail;

        (void)unused;
        for (gsize i = 79; i < size; i += 80)
                fill[i] = '\n';
        g_assert_cmpint(fprintf(file, FROM_A "Subject: 1\n\n%s\n\n" FROM_B "Subject: 2\n\ntwo\n", fill), >, LIMIT_MAIL);
        g_assert_cmpint(fclose(file), ==, 0);
        fixture_open_mailbox(f, "x.mbox");
        mail = mailbox_next(f->mailbox, NULL);
        g_assert_nonnull(mail);
        g_assert_cmpuint(g_bytes_get_size(mail->bytes), ==, LIMIT_MAIL + 1);
        g_assert_cmpint(memcmp(g_bytes_get_data(mail->bytes, NULL), "Subject: 1\n\nxxx", 15), ==, 0);
        raw_mail_free(mail);
        fixture_expect_mail(f, "x.mbox", (gint64)(strlen(FROM_A "Subject: 1\n\n") + size + 2), "Subject: 2\n\ntwo\n", NULL);
        fixture_expect_end(f);
}

static void test_sparse(struct fixture *f, gconstpointer unused)
{
        g_autofree char *path = fixture_path_of(f, "nothing");
        gint64 began = g_get_monotonic_time(), gap = G_GINT64_CONSTANT(10) << 30;

        (void)unused;
        fixture_put(f, "nothing", "");
        g_assert_cmpint(truncate(path, gap), ==, 0);
        fixture_open_mailbox(f, "nothing");
        fixture_expect_error(f, FAIL_DATA, "neither an mbox nor a mail");
        fixture_expect_end(f);
        fixture_put_at(f, "x.mbox", 0, FROM_A "Subject: 1\n\none\n");
        fixture_put_at(f, "x.mbox", gap, "\n\n" FROM_B "Subject: 2\n\ntwo\n");
        fixture_put_at(f, "x.mbox", 2 * gap, "\n\n" FROM_A "Subject: 3\n\n");
        fixture_open_mailbox(f, "x.mbox");
        for (gint64 i = 0; i < 3; i++) {
                struct raw_mail *mail = mailbox_next(f->mailbox, NULL);

                g_assert_nonnull(mail);
                g_assert_cmpint(mail->offset, ==, i == 0 ? 0 : i * gap + 2);
                g_assert_cmpuint(g_bytes_get_size(mail->bytes), <, 1000000);
                raw_mail_free(mail);
        }
        fixture_expect_end(f);
        g_assert_cmpint(g_get_monotonic_time() - began, <, 10 * G_USEC_PER_SEC);
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
        fixture_put(f, "x.mbox", text->str);
        fixture_open_mailbox(f, "x.mbox");
        fixture_expect_mail(f, "x.mbox", 0, "Subject: 1\n\none\n", NULL);
        fixture_put_at(f, "x.mbox", (gint64)text->len, second);
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
        g_autofree char *path = fixture_path_of(f, "fifo");
        GThread *writer;

        (void)unused;
        g_assert_cmpint(mkfifo(path, 0600), ==, 0);
        writer = g_thread_new("writer", write_slowly, path);
        fixture_open_mailbox(f, "fifo");
        fixture_expect_mail(f, "fifo", 0, "Subject: 1\n\none\n", NULL);
        fixture_expect_mail(f, "fifo", (gint64)strlen(FROM_A "Subject: 1\n\none\n\n"), "Subject: 2\n", NULL);
        fixture_expect_end(f);
        g_thread_join(writer);
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
};

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
                g_test_add(tests[i].name, struct fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
        return g_test_run();
}
