/* Which parts are read how, and which make the bodies.
 * In: mails written here. Out: TAP. */
#include "reader/lines.h"
#include "reader/mime.h"

#include <string.h>

#define MIXED "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
#define CALENDAR                                                                                                                           \
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20211122T101500Z\nDTSTART:20211123T101500Z\n"         \
        "SUMMARY:Works\nEND:VEVENT\nEND:VCALENDAR\n"

static struct mail *read_lines(const char *text)
{
        g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
        struct mail *mail = mime_read(bytes);

        lines_read(mail);
        return mail;
}

static void assert_lines(const char *lines, const char *expected)
{
        g_autofree char *trimmed = lines ? g_strchomp(g_strdup(lines)) : NULL;

        g_assert_cmpstr(trimmed, ==, expected);
}

static void test_bodies(void)
{
        static const struct {
                const char *name, *parts, *html, *text;
        } row[] = {
                {"alternatives", "--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>rich</p>\n", "rich", "plain"},
                {"joined", "--b\n\none\n--b\nContent-Type: image/png\n\nx\n--b\n\ntwo\n", NULL, "one\ntwo"},
                {"html joined", "--b\nContent-Type: text/html\n\n<p>one\n--b\nContent-Type: text/html\n\n<p>two\n", "one\ntwo", NULL},
                {"attached text is no body", "--b\n\none\n--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\ntwo\n", NULL,
                 "one"},
                {"nor attached html", "--b\n\none\n--b\nContent-Type: text/html\nContent-Disposition: attachment\n\ntwo\n", NULL, "one"},
                {"but where nothing else is",
                 "--b\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>one\n"
                 "--b\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>two\n",
                 "one", NULL},
                {"nor bytes with a name", "--b\n\none\n--b\nContent-Type: application/octet-stream; name=a.txt\n\ntwo\n", NULL, "one"},
                {"html that claims to be plain", "--b\nContent-Type: text/plain\n\n<html><body><p>rich</body></html>\n", "rich", NULL},
                {"flowed", "--b\nContent-Type: text/plain; format=flowed\n\none \ntwo\n", NULL, "one two"},
                {"table", "--b\nContent-Type: text/csv\n\na,b\n", NULL, NULL},
                {"nothing", "--b\nContent-Type: image/png\n\nx\n", NULL, NULL},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autofree char *text = g_strconcat(MIXED, row[i].parts, "--b--\n", NULL);
                struct mail *mail = read_lines(text);
                g_test_message("%s", row[i].name);
                assert_lines(mail->body[BODY_HTML], row[i].html);
                assert_lines(mail->body[BODY_TEXT], row[i].text);
                g_assert_null(mail->body[BODY_ICS]);
                mail_free(mail);
        }
}

static void test_forms(void)
{
        static const struct {
                const char *header, *content, *lines;
        } row[] = {
                {"Content-Type: text/csv", "a;b\n1;\"2\"", "a\tb\n1\t2"},
                {"Content-Type: text/plain; name=Circuits.CSV", "a,b", "a\tb"},
                {"Content-Type: application/vnd.ms-excel; name=a.csv", "a,b", "a\tb"},
                {"Content-Type: application/octet-stream; name=a.csv\nContent-Transfer-Encoding: base64",
                 "//5hACwA6QA=", "a\té"}, /* UTF-16 */
                {"Content-Type: application/octet-stream; name=a.html", "<p>x", "x"},
                {"Content-Type: application/octet-stream; name=a.log", " x  y ", "x y"},
                {"Content-Type: message/delivery-status", "Status: 5.0.0", "Status: 5.0.0"},
                {"Content-Type: text/x-anything", "x", "x"},
                {"Content-Type: application/pdf; name=a.pdf", "%PDF", NULL},
                {"Content-Type: application/ms-tnef; name=winmail.dat", "x", NULL},
                {"Content-Type: application/octet-stream; name=a.xlsx", "PK no workbook", NULL},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
                g_autofree char *text = g_strdup_printf(MIXED "--b\n%s\n\n%s\n--b--\n", row[i].header, row[i].content);
                struct mail *mail = read_lines(text);
                g_test_message("%s", row[i].header);
                g_assert_cmpuint(mail->parts->len, ==, 1);
                assert_lines(((const struct part *)g_ptr_array_index(mail->parts, 0))->lines, row[i].lines);
                g_assert_cmpuint(mail->notes->len, ==, strstr(row[i].header, "xlsx") ? 1 : 0);
                mail_free(mail);
        }
}

/* A calendar is one by its bytes, whatever its type; sent twice it is read once. */
static void test_calendars(void)
{
        static const char *const headers[] = {"Content-Type: text/calendar", "Content-Type: text/plain",
                                              "Content-Type: application/octet-stream",
                                              "Content-Type: application/ics\nContent-Disposition: attachment; filename=a.ics"};

        for (gsize i = 0; i < G_N_ELEMENTS(headers); i++) {
                g_autofree char *text = g_strconcat(MIXED "--b\n\nhello\n--b\n", headers[i], "\n\n" CALENDAR "--b\n", headers[i],
                                                    "\n\n" CALENDAR "--b--\n", NULL);
                struct mail *mail = read_lines(text);
                const struct part *part = g_ptr_array_index(mail->parts, 1);
                g_assert_nonnull(part->calendar);
                g_assert_true(mail->calendar == part->calendar);
                assert_lines(mail->body[BODY_TEXT], "hello");
                g_assert_cmpstr(mail->body[BODY_ICS], ==, part->lines);
                g_assert_nonnull(strstr(part->lines, "SUMMARY:Works"));
                mail_free(mail);
        }
}

static void test_broken_calendar(void)
{
        struct mail *mail = read_lines(MIXED "--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Works\n--b--\n");

        g_assert_null(mail->calendar);
        g_assert_cmpuint(mail->notes->len, ==, 1);
        g_assert_true(g_str_has_prefix(g_ptr_array_index(mail->notes, 0), "text/calendar: "));
        mail_free(mail);
}

static void test_enclosed(void)
{
        struct mail *mail =
                read_lines(MIXED "--b\n\nouter\n--b\nContent-Type: message/rfc822\n\nContent-Type: text/html\n\n<p>inner\n--b--\n");
        const struct mail *enclosed = g_ptr_array_index(mail->enclosed, 0);

        assert_lines(mail->body[BODY_TEXT], "outer");
        g_assert_null(mail->body[BODY_HTML]);
        assert_lines(enclosed->body[BODY_HTML], "inner");
        mail_free(mail);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        mime_init();
        g_test_add_func("/lines/bodies", test_bodies);
        g_test_add_func("/lines/forms", test_forms);
        g_test_add_func("/lines/calendars", test_calendars);
        g_test_add_func("/lines/broken-calendar", test_broken_calendar);
        g_test_add_func("/lines/enclosed", test_enclosed);
        return g_test_run();
}
