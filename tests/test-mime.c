/* Mails as they should be, and as they are. Expectations come from the RFC named, or from what the text plainly says.
 * In: mails written here. Out: TAP. */
#include "base/limits.h"
#include "reader/mime.h"

#include <string.h>

static struct mail *read_bytes(const char *text, gsize length)
{
        g_autoptr(GBytes) bytes = g_bytes_new(text, length);

        return mime_read(bytes);
}

static struct mail *read_text(const char *text)
{
        return read_bytes(text, strlen(text));
}

static const struct part *part_at(const struct mail *mail, guint i)
{
        g_assert_cmpuint(i, <, mail->parts->len);
        return g_ptr_array_index(mail->parts, i);
}

static char *part_text(const struct mail *mail, guint i)
{
        gsize length = 0;
        const char *text = g_bytes_get_data(part_at(mail, i)->bytes, &length);

        return g_strndup(text ? text : "", length);
}

static void assert_part(const struct mail *mail, guint i, const char *type, const char *expected)
{
        g_autofree char *text = part_text(mail, i);

        g_assert_cmpstr(part_at(mail, i)->type, ==, type);
        g_assert_cmpstr(g_strstrip(text), ==, expected);
}

static gboolean has_note(const struct mail *mail, const char *words)
{
        for (guint i = 0; i < mail->notes->len; i++)
                if (strstr(g_ptr_array_index(mail->notes, i), words))
                        return TRUE;
        return FALSE;
}

static void test_plain(void)
{
        struct mail *mail =
                read_text("From: noc@example.net\r\nTo: root@example.org\r\nSubject: Works\r\n tonight\r\n"
                          "Date: Fri, 21 Nov 1997 09:55:06 -0600\r\nMessage-ID: <1234@local.machine.example>\r\n\r\nHello.\r\n");

        g_assert_cmpstr(mail->subject, ==, "Works tonight");
        g_assert_cmpstr(mail->message_id, ==, "1234@local.machine.example");
        g_assert_cmpint(mail->date, ==, 880127706);
        g_assert_cmpint(mail->received, ==, MAIL_NO_DATE);
        g_assert_cmpstr(mail_header(mail, "to"), ==, "root@example.org");
        assert_part(mail, 0, "text/plain", "Hello.");
        g_assert_cmpuint(mail->notes->len, ==, 0);
        mail_free(mail);
}

/* RFC 2047 8, and what mail programs make of it. */
static void test_subjects(void)
{
        static const struct {
                const char *raw, *decoded;
        } row[] = {
                {"=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
                 "If you can read this you understand the example."},
                {"(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"},
                {"=?utf-8?Q?M=C3=BCnchen_?= =?utf-8?B?4oCTIDEyOjAw?=", "München – 12:00"},
                {"=?UTF-8?Q?caf=C3?= =?UTF-8?Q?=A9?=", "café"},   /* a letter cut in two */
                {"=?utf-8?q?two words?= here", "two words here"}, /* a blank inside is forbidden, and common */
                {"caf\xc3\xa9", "café"},
                {"caf\xe9", "café"},
                {"a\x01\x1b[31mb\x7f", "a [31mb"},
                {"  wide   blanks  stay ", "wide   blanks  stay"},
                {"", ""},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autofree char *text = g_strdup_printf("Subject: %s\nFrom: a@example.net\n\nx\n", row[i].raw);
                struct mail *mail = read_text(text);
                g_assert_cmpstr(mail->subject, ==, row[i].decoded);
                mail_free(mail);
        }
}

/* A sender must not write what reads like our own server's words. */
static void test_encoded_results(void)
{
        struct mail *mail =
                read_text("Authentication-Results: mx.example.org; spf=pass\n smtp.mailfrom==?utf-8?q?x=3B_dkim=3Dpass?=@example.net\n"
                          "From: a@example.net\n\nx\n");

        g_assert_cmpstr(mail_header(mail, "Authentication-Results"), ==,
                        "mx.example.org; spf=pass smtp.mailfrom==?utf-8?q?x=3B_dkim=3Dpass?=@example.net");
        mail_free(mail);
}

static void test_dates(void)
{
        static const struct {
                const char *headers;
                gint64 date, received;
        } row[] = {
                {"Date: Thu, 13 Feb 1969 23:32:54 -0330\n", MAIL_NO_DATE, MAIL_NO_DATE}, /* RFC 5322 A.5, but no year of mail */
                {"Date: soon\n", MAIL_NO_DATE, MAIL_NO_DATE},
                {"Date: 21 Nov 97 09:55:06 GMT\n", 880106106, MAIL_NO_DATE}, /* RFC 5322 A.6.2 */
                {"Received: from a by b; Fri, 21 Nov 1997 10:01:22 -0600\nReceived: by c; 21 Nov 1997 09:55:06 -0600\n", MAIL_NO_DATE,
                 880128082},
                {"Received: from a by b; at noon\nReceived: by c; 21 Nov 1997 09:55:06 -0600\n", MAIL_NO_DATE, 880127706},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autofree char *text = g_strconcat(row[i].headers, "From: a@example.net\n\nx\n", NULL);
                struct mail *mail = read_text(text);
                g_assert_cmpint(mail->date, ==, row[i].date);
                g_assert_cmpint(mail->received, ==, row[i].received);
                mail_free(mail);
        }
}

static void test_message_ids(void)
{
        static const struct {
                const char *raw, *id;
        } row[] = {
                {"Message-ID: <a.b@example.net>\n", "a.b@example.net"},
                {"Message-Id:\n <a.b@example.net> (added by x)\n", "a.b@example.net"},
                {"Message-ID: no brackets@example.net\n", "no brackets@example.net"},
                {"Message-ID: <>\n", NULL},
                {"Message-ID:\n", NULL},
                {"", NULL},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autofree char *text = g_strconcat(row[i].raw, "From: a@example.net\n\nx\n", NULL);
                struct mail *mail = read_text(text);
                g_assert_cmpstr(mail->message_id, ==, row[i].id);
                mail_free(mail);
        }
}

/* What stands before a mail in a mailbox, and what Exim and editors put there. */
static void test_envelope(void)
{
        static const char *const before[] = {
                "From noc@example.net Sun Nov 22 19:08:47 2026\n",
                "\xef\xbb\xbf",
                "\n\n",
                ("\xef\xbb\xbf"
                 "From MAILER-DAEMON Sun Nov 22 19:08:47 2026\r\n"),
                ">From noc@example.net Sun Nov 22 19:08:47 2026\n",
        };

        for (gsize i = 0; i < G_N_ELEMENTS(before); i++) {
                g_autofree char *text = g_strconcat(before[i], "Subject: s\n\nbody\n", NULL);
                struct mail *mail = read_text(text);
                g_assert_cmpstr(mail->subject, ==, "s");
                assert_part(mail, 0, "text/plain", "body");
                mail_free(mail);
        }
}

static void test_headerless(void)
{
        struct mail *mail = read_text("disk sda fails\non host example\n");

        assert_part(mail, 0, "text/plain", "disk sda fails\non host example");
        g_assert_true(has_note(mail, "no header"));
        g_assert_cmpstr(mail->subject, ==, "");
        mail_free(mail);
        mail = read_text("");
        g_assert_cmpstr(mail->subject, ==, "");
        mail_free(mail);
}

static void test_multipart(void)
{
        struct mail *mail = read_text(
                "Subject: s\nContent-Type: multipart/mixed; boundary=\"o o\"\n\npreamble\n--o o\n"
                "Content-Type: multipart/alternative; boundary=i\n\n--i\n\nplain\n--i\nContent-Type: TEXT/HTML\n\n<p>html\n--i--\n"
                "--o o\nContent-Type: application/octet-stream; name=\"=?utf-8?Q?caf=C3=A9.bin?=\"\n"
                "Content-Disposition: ATTACHMENT\nContent-Transfer-Encoding: base64\n\nAAH/\n--o o--\nepilogue\n");

        g_assert_cmpuint(mail->parts->len, ==, 3);
        assert_part(mail, 0, "text/plain", "plain");
        assert_part(mail, 1, "text/html", "<p>html");
        g_assert_false(part_at(mail, 1)->is_attachment);
        g_assert_cmpstr(part_at(mail, 2)->name, ==, "café.bin");
        g_assert_true(part_at(mail, 2)->is_attachment);
        g_assert_false(part_at(mail, 2)->is_text);
        g_assert_cmpuint(g_bytes_get_size(part_at(mail, 2)->bytes), ==, 3);
        g_assert_cmpint(memcmp(g_bytes_get_data(part_at(mail, 2)->bytes, NULL), "\0\1\xff", 3), ==, 0);
        mail_free(mail);
}

/* RFC 2231 3 and 4, RFC 3676 4. */
static void test_parameters(void)
{
        struct mail *mail = read_text("Content-Type: text/plain; format=Flowed; delsp=yes; charset*=us-ascii'en'utf-8\n"
                                      "Content-Disposition: attachment; filename*0*=iso-8859-1''%e4%20; filename*1=\"b.txt\"\n\nx\n");

        g_assert_true(part_at(mail, 0)->is_flowed);
        g_assert_true(part_at(mail, 0)->is_delsp);
        g_assert_cmpstr(part_at(mail, 0)->name, ==, "ä b.txt");
        mail_free(mail);
}

static void test_types(void)
{
        static const char *const plain[] = {"", "Content-Type:\n", "Content-Type: text\n", "Content-Type: garbage\n",
                                            "Content-Type: text/plain charset=utf-8\n"};

        for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
                g_autofree char *text = g_strconcat("Subject: s\n", plain[i], "\nwords\n", NULL);
                struct mail *mail = read_text(text);
                g_assert_true(part_at(mail, 0)->is_text);
                assert_part(mail, 0, "text/plain", "words");
                mail_free(mail);
        }
}

#define BYTES(text) text, sizeof text - 1

static void test_charsets(void)
{
        static const struct {
                const char *type, *bytes;
                gsize length;
                const char *text, *note;
        } row[] = {
                {"text/plain; charset=iso-8859-15", BYTES("\xa4 5"), "€ 5", NULL},
                {"text/plain; charset=iso-8859-1", BYTES("\x93quoted\x94"), "“quoted”", NULL}, /* windows-1252 in truth */
                {"text/plain; charset=iso-8859-1", BYTES("M\xc3\xbcnchen"), "München", NULL},  /* UTF-8 in truth */
                {"text/plain; charset=us-ascii", BYTES("M\xfcnchen"), "München", NULL},
                {"text/plain", BYTES("M\xc3\xbcnchen"), "München", NULL},
                {"text/plain", BYTES("M\xfcnchen"), "München", NULL},
                {"text/plain; charset=x-no-such", BYTES("M\xc3\xbcnchen"), "München", NULL},
                {"text/plain; charset=utf-8", BYTES("M\xfcnchen"), "München", NULL},
                {"text/plain; charset=utf-8", BYTES("M\xc3\xbcnchen \xc3\xa9 \xc3"), "München é \xef\xbf\xbd", "1 letters"},
                {"text/plain; charset=koi8-r", BYTES("\xf2\xc1\xc2\xcf\xd4\xd9"), "Работы", NULL},
                {"text/plain; charset=gb2312", BYTES("\xce\xac\xbb\xa4"), "维护", NULL},
                {"text/plain; charset=shift_jis", BYTES("\x8c\x8e"), "月", NULL},
                {"text/plain; charset=euc-kr", BYTES("\xc7\xd1"), "한", NULL},
                {"text/plain; charset=iso-2022-jp", BYTES("\x1b$B7n\x1b(B"), "月", NULL},
                {"text/plain", BYTES("\x1b$B7n\x1b(B"), "月", NULL},
                {"text/plain; charset=utf-16", BYTES("\xfe\xff\0a\0b"), "ab", NULL},
                {"text/plain; charset=utf-8", BYTES("\xff\xfe\x61\0b\0"), "ab", NULL}, /* a BOM cannot err */
                {"text/plain", BYTES("a\0b\0c\0d\0"), "abcd", NULL},
                {"text/html", BYTES("<meta charset=\"koi8-r\">\xf2"), "<meta charset=\"koi8-r\">Р", NULL},
                {"text/html", BYTES("<meta content='text/html; charset=windows-1251'>\xd0"),
                 "<meta content='text/html; charset=windows-1251'>Р", NULL},
                {"text/plain; charset=utf-8", BYTES("a\0\x01\x1b[1mb\x1b[0m\tc"), "ab\tc", NULL},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autoptr(GString) text = g_string_new("Subject: s\nContent-Type: ");
                struct mail *mail;
                g_string_append_printf(text, "%s\n\n", row[i].type);
                g_string_append_len(text, row[i].bytes, (gssize)row[i].length);
                mail = read_bytes(text->str, text->len);
                assert_part(mail, 0, row[i].type[5] == 'h' ? "text/html" : "text/plain", row[i].text);
                g_assert_cmpint(mail->notes->len, ==, row[i].note ? 1 : 0);
                g_assert_true(!row[i].note || has_note(mail, row[i].note));
                mail_free(mail);
        }
}

static void test_enclosed(void)
{
        static const char *const inner[] = {
                "Content-Type: message/rfc822\n\nSubject: inner\nDate: Fri, 21 Nov 1997 09:55:06 -0600\n\ninside\n",
                "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                "U3ViamVjdDogaW5uZXIKRGF0ZTogRnJpLCAyMSBOb3YgMTk5NyAwOTo1NTowNiAtMDYwMAoKaW5zaWRlCg==\n",
        };

        for (gsize i = 0; i < G_N_ELEMENTS(inner); i++) {
                g_autofree char *text = g_strconcat("Subject: outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\noutside\n--b\n",
                                                    inner[i], "--b\n\nafter\n--b--\n", NULL);
                struct mail *mail = read_text(text);
                const struct mail *enclosed;
                g_assert_cmpuint(mail->parts->len, ==, 2);
                assert_part(mail, 1, "text/plain", "after");
                g_assert_cmpuint(mail->enclosed->len, ==, 1);
                enclosed = g_ptr_array_index(mail->enclosed, 0);
                g_assert_cmpstr(enclosed->subject, ==, "inner");
                g_assert_cmpint(enclosed->date, ==, 880127706);
                assert_part(enclosed, 0, "text/plain", "inside");
                mail_free(mail);
        }
}

/* Text that stands in a broken structure is read all the same. */
static void test_broken(void)
{
        static const struct {
                const char *text, *note;
        } row[] = {
                {"Content-Type: multipart/mixed; boundary=a\n\n--b\nContent-Type: text/plain\n\nwords\n--b--\n", "boundary"},
                {"Content-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nwords\n--b--\n", "boundary"},
                {"Content-Type: multipart/mixed; boundary=\"b\n\n--b\nContent-Type: text/plain\n\nwords\n", "boundary"},
                {"Content-Type: multipart/mixed; boundary=b\n\nwords\n", "without parts"},
                {"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nwords", NULL},
                {"Content-Type: multipart/mixed; boundary=b\n\n--b\nwords\n--b--\n", NULL},
                {"Content-Type: multipart/mixed; boundary=b\n--b\nContent-Type: text/plain\n\nwords\n--b--\n", NULL},
                {"Content-Type: text/plain\nContent-Transfer-Encoding: x-none\n\nwords", NULL},
                {"broken line\nX-A: b\n\nwords", NULL},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autofree char *text = g_strconcat("Subject: s\n", row[i].text, NULL);
                struct mail *mail = read_text(text);
                assert_part(mail, 0, "text/plain", "words");
                g_assert_true(row[i].note ? has_note(mail, row[i].note) : mail->notes->len == 0);
                mail_free(mail);
        }
}

static void test_false_base64(void)
{
        struct mail *mail = read_text("Subject: s\nContent-Transfer-Encoding: base64\n\nnot so at all, this is text\n");

        assert_part(mail, 0, "text/plain", "not so at all, this is text");
        g_assert_true(has_note(mail, "base64"));
        mail_free(mail);
}

static void test_empty_base64(void)
{
        struct mail *mail = read_text("Subject: s\nContent-Transfer-Encoding: base64\n\n");
        g_assert_cmpuint(mail->parts->len, ==, 1);
        g_assert_cmpuint(mail->notes->len, ==, 0);
        mail_free(mail);
}

static void append_many(GString *text, const char *what, guint n)
{
        while (n--)
                g_string_append(text, what);
}

/* 40,000 nested groups overflow GMime's stack, wherever the field stands. */
static void test_groups(void)
{
        static const char *const before[] = {"", "Subject: s\n\n", "Subject: s\nContent-Type: message/rfc822\n\n",
                                             "Content-Type: multipart/digest; boundary=b\n\n--b\n\n"};
        static const char *const names[] = {"From", "To", "CC", "bcc", "Reply-To", "Sender", "Cc \t"};

        for (gsize i = 0; i < G_N_ELEMENTS(before) * G_N_ELEMENTS(names); i++) {
                g_autoptr(GString) text = g_string_new(before[i / G_N_ELEMENTS(names)]);
                struct mail *mail;
                g_string_append_printf(text, "%s: ", names[i % G_N_ELEMENTS(names)]);
                append_many(text, "a:a:\n ", 40 * 1000);
                g_string_append(text, "\nX-Last: 1\n\nbody\n");
                mail = read_bytes(text->str, text->len);
                g_assert_true(has_note(mail, "64 groups"));
                mail_free(mail);
        }
}

static void test_address_limit(void)
{
        g_autoptr(GString) text = g_string_new("To: ");
        struct mail *mail;

        append_many(text, "a:;", LIMIT_ADDRESS_GROUPS);
        g_string_append(text, "\n\nx\n");
        mail = read_bytes(text->str, text->len);
        g_assert_nonnull(mail_header(mail, "To"));
        g_assert_cmpuint(mail->notes->len, ==, 0);
        mail_free(mail);
        g_string_insert(text, 4, "a:;");
        mail = read_bytes(text->str, text->len);
        g_assert_null(mail_header(mail, "To"));
        g_assert_nonnull(mail_header(mail, "X-To"));
        mail_free(mail);
}

static void check_depth(bool is_multipart, guint depth)
{
        g_autoptr(GString) text = g_string_new(NULL);
        struct mail *mail;

        for (guint i = 0; i < depth && is_multipart; i++)
                g_string_append_printf(text, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
        if (!is_multipart)
                append_many(text, "Content-Type: message/rfc822\n\n", depth);
        g_string_append(text, "Content-Type: text/plain\n\ninnermost\n");
        mail = read_bytes(text->str, text->len);
        g_assert_cmpint(has_note(mail, "nested deeper"), ==, depth > LIMIT_MIME_DEPTH);
        if (is_multipart && depth == LIMIT_MIME_DEPTH)
                assert_part(mail, 0, "text/plain", "innermost");
        mail_free(mail);
}

static void test_depth(void)
{
        static const guint depths[] = {LIMIT_MIME_DEPTH, LIMIT_MIME_DEPTH + 1, 20000};

        for (gsize i = 0; i < G_N_ELEMENTS(depths); i++) {
                check_depth(true, depths[i]);
                check_depth(false, depths[i]);
        }
}

static void test_parts(void)
{
        for (guint more = 0; more < 2; more++) {
                g_autoptr(GString) text = g_string_new("Content-Type: multipart/mixed; boundary=b\n\n");
                struct mail *mail;
                append_many(text, "--b\n\nx\n", LIMIT_PARTS + more * 100000);
                mail = read_bytes(text->str, text->len);
                g_assert_cmpuint(mail->parts->len, ==, LIMIT_PARTS);
                g_assert_cmpint(has_note(mail, "over 1000 parts"), ==, (int)more);
                mail_free(mail);
        }
}

static void test_header_limits(void)
{
        static const struct {
                const char *field;
                guint n;
        } row[] = {{"X-A: b\n", 2 * LIMIT_HEADER_FIELDS},
                   {"X-A: 0123456789012345678901234567890123456789\n\t0123456789\n", LIMIT_HEADERS / 40}};

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autoptr(GString) text = g_string_new("Subject: s\n");
                struct mail *mail;
                append_many(text, row[i].field, row[i].n);
                g_string_append(text, "X-Last: 1\n\nbody\n");
                mail = read_bytes(text->str, text->len);
                g_assert_cmpuint(mail->headers->len, <=, LIMIT_HEADER_FIELDS);
                g_assert_null(mail_header(mail, "X-Last"));
                g_assert_cmpstr(mail->subject, ==, "s");
                g_assert_true(has_note(mail, "256 kB or 1000 fields"));
                assert_part(mail, 0, "text/plain", "body");
                mail_free(mail);
        }
}

static void test_size(void)
{
        g_autoptr(GString) text = g_string_new("Subject: big\n\n");
        struct mail *mail;
        gsize total = 0;

        while (text->len < LIMIT_MAIL + 1)
                g_string_append(text, "0123456789012345678901234567890123456789012345678901234567890\n");
        mail = read_bytes(text->str, text->len);
        g_assert_cmpstr(mail->subject, ==, "big");
        g_assert_true(has_note(mail, "over 25 MB: only the headers were read"));
        for (guint i = 0; i < mail->parts->len; i++)
                total += g_bytes_get_size(part_at(mail, i)->bytes);
        g_assert_cmpuint(total, ==, 0);
        mail_free(mail);
}

/* A part is cut at 1 MB between letters, a mail at 4 MB. */
static void test_text_limits(void)
{
        g_autoptr(GString) text = g_string_new("Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n");
        struct mail *mail;
        gsize total = 0;

        for (int i = 0; i < 6; i++) {
                g_string_append(text, "--b\nContent-Type: text/plain; charset=utf-8\n\nx");
                append_many(text, "é", LIMIT_PART_TEXT / 2 + 10);
                g_string_append(text, "\n");
        }
        mail = read_bytes(text->str, text->len);
        g_assert_cmpuint(mail->parts->len, ==, 6);
        for (guint i = 0; i < mail->parts->len; i++) {
                gsize length = 0;
                const char *bytes = g_bytes_get_data(part_at(mail, i)->bytes, &length);
                g_assert_true(length == 0 || g_utf8_validate_len(bytes, length, NULL));
                total += length;
        }
        g_assert_cmpuint(g_bytes_get_size(part_at(mail, 0)->bytes), ==, LIMIT_PART_TEXT - 1); /* x and whole letters */
        g_assert_cmpuint(total, <=, LIMIT_MAIL_TEXT);
        g_assert_cmpuint(total, >, LIMIT_MAIL_TEXT - 4);
        g_assert_true(has_note(mail, "over 1 MB was cut"));
        g_assert_true(has_note(mail, "over 4 MB of text"));
        mail_free(mail);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        mime_init();
        g_test_add_func("/mime/plain", test_plain);
        g_test_add_func("/mime/subjects", test_subjects);
        g_test_add_func("/mime/encoded-results", test_encoded_results);
        g_test_add_func("/mime/dates", test_dates);
        g_test_add_func("/mime/message-ids", test_message_ids);
        g_test_add_func("/mime/envelope", test_envelope);
        g_test_add_func("/mime/headerless", test_headerless);
        g_test_add_func("/mime/multipart", test_multipart);
        g_test_add_func("/mime/parameters", test_parameters);
        g_test_add_func("/mime/types", test_types);
        g_test_add_func("/mime/charsets", test_charsets);
        g_test_add_func("/mime/enclosed", test_enclosed);
        g_test_add_func("/mime/broken", test_broken);
        g_test_add_func("/mime/false-base64", test_false_base64);
        g_test_add_func("/mime/empty-base64", test_empty_base64);
        g_test_add_func("/mime/groups", test_groups);
        g_test_add_func("/mime/address-limit", test_address_limit);
        g_test_add_func("/mime/depth", test_depth);
        g_test_add_func("/mime/parts", test_parts);
        g_test_add_func("/mime/header-limits", test_header_limits);
        g_test_add_func("/mime/size", test_size);
        g_test_add_func("/mime/text-limits", test_text_limits);
        return g_test_run();
}
