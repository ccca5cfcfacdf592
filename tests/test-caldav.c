/* What answers of CalDAV servers mean (CALENDAR.md 3), whose lines a merged event keeps, and where requests may go. */
#include "out/answer.h"
#include "out/caldav.h"
#include "out/dav.h"
#include "out/theirs.h"

#include <string.h>

#define UID "3b029db7-cfa8-5a61-b96a-9330d6588c9b"

static struct answer make_answer(int status, const char *header, const char *value, const char *body)
{
        struct answer answer = {status, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free), g_strdup(body)};
        if (header)
                g_hash_table_insert(answer.headers, g_strdup(header), g_strdup(value));
        return answer;
}

static void test_told(void)
{
        static const char conflict[] = "<?xml version='1.0'?><D:error xmlns:D='DAV:'><C:no-uid-conflict xmlns:C='urn:x'/></D:error>";
        static const struct {
                int status;
                const char *body;
                enum told told;
        } rows[] = {
                {200, "", TOLD_OK},
                {201, "", TOLD_OK},
                {204, "", TOLD_OK},
                {202, "", TOLD_NEVER},
                {207, "", TOLD_NEVER},
                {301, "", TOLD_NEVER},
                {400, "Calendar object with uid already exists in this calendar collection.", TOLD_UID},
                {400, "Deleted calendar object with uid already exists in this calendar collection.", TOLD_NEVER},
                {400, "", TOLD_NEVER},
                {401, "", TOLD_LOGIN},
                {403, "", TOLD_NEVER},
                {403, conflict, TOLD_UID},
                {403, "{\"reason\": \"rateLimitExceeded\"}", TOLD_BUSY},
                {404, "", TOLD_GONE},
                {405, "", TOLD_NEVER},
                {408, "", TOLD_LATER},
                {409, conflict, TOLD_UID},
                {409, "", TOLD_NEVER},
                {410, "", TOLD_GONE},
                {412, "", TOLD_CONFLICT},
                {413, "", TOLD_NEVER},
                {415, "", TOLD_NEVER},
                {422, "", TOLD_NEVER},
                {423, "", TOLD_LATER},
                {425, "", TOLD_LATER},
                {429, "", TOLD_BUSY},
                {500, "", TOLD_LATER},
                {503, "", TOLD_BUSY},
                {507, "", TOLD_LATER},
                {207, conflict, TOLD_UID},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct answer answer = make_answer(rows[i].status, NULL, NULL, rows[i].body);
                if (answer_told(&answer) != rows[i].told)
                        g_test_message("HTTP %d", rows[i].status);
                g_assert_cmpint(answer_told(&answer), ==, rows[i].told);
                answer_release(&answer);
        }
}

/* RFC 9110 5.6.7 and 10.2.3; 784111777 is its example date. */
static void test_retry_after(void)
{
        static const struct {
                const char *text;
                gint64 now, wait;
        } rows[] = {
                {"120", 0, 120},
                {"0", 0, 0},
                {"99999999999999999999999", 0, 3600},
                {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777 - 30, 30},
                {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777 + 30, 0},
                {"Sun, 06 Nov 1994 08:49:37 GMT", 0, 3600},
                {"Sun, 06 ovD 1994 08:49:37 GMT", 0, -1},
                {"Sun, 31 Feb 1994 08:49:37 GMT", 0, -1},
                {"-1", 0, -1},
                {"soon", 0, -1},
                {"", 0, -1},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct answer answer = make_answer(503, "retry-after", rows[i].text, "");
                g_assert_cmpint(answer_retry_after(&answer, rows[i].now), ==, rows[i].wait);
                answer_release(&answer);
        }
}

static void test_etag(void)
{
        struct answer strong = make_answer(200, "etag", "\"a\"", ""), weak = make_answer(200, "etag", "W/\"a\"", "");
        g_autofree char *etag = answer_etag(&strong);
        g_assert_cmpstr(etag, ==, "\"a\"");
        g_assert_null(answer_etag(&weak));
        answer_release(&strong);
        answer_release(&weak);
}

/* What a server says is shown, not obeyed. */
static void test_why(void)
{
        struct answer answer = make_answer(403, NULL, NULL, "<p>no\x1b[31m\n&nbsp;way</p>");
        const struct request request = {.method = "PUT", .url = "https://a.example/x"};
        g_autofree char *why = answer_why(&answer, &request);
        g_assert_cmpstr(why, ==, "PUT https://a.example/x: HTTP 403: no<U+001B>[31m &nbsp;way");
        answer_release(&answer);
}

static void test_dav(void)
{
        struct dav *dav =
                dav_read("<D:multistatus xmlns:D='DAV:'><D:response><D:href> /a </D:href><D:propstat><D:prop><D:resourcetype>"
                         "<D:collection/></D:resourcetype><C:calendar xmlns:C='u'/></D:prop></D:propstat></D:response>"
                         "<D:response><D:href>/b</D:href><D:resourcetype><calendar/></D:resourcetype></D:response></D:multistatus>");
        const struct dav_member *first = dav->members->pdata[0], *second = dav->members->pdata[1];
        g_assert_cmpstr(first->href, ==, "/a");
        g_assert_false(first->is_calendar);
        g_assert_true(second->is_calendar);
        g_assert_false(dav->is_uid_conflict);
        dav_free(dav);
        dav = dav_read(
                "<error xmlns='DAV:'><unique-scheduling-object-resource><href>/c</href></unique-scheduling-object-resource></error>");
        g_assert_true(dav->is_uid_conflict);
        g_assert_cmpstr(dav->href, ==, "/c");
        dav_free(dav);
        g_assert_null(dav_read(""));
        g_assert_null(dav_read("<html><p>broken"));
        g_assert_null(dav_read("<!DOCTYPE x [<!ENTITY e 'e'>]><error/>"));
}

static const char ours[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" UID "\r\nSEQUENCE:2\r\nDTSTART:20260301T000000Z\r\n"
                           "SUMMARY:Ours\r\nDESCRIPTION:a\\, END:VEVENT\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/* A person moved it, by zone, made it recur with an exception, and added things, one of them over a folded line. */
static const char edited[] = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\nDTSTART:19701025T030000\n"
                             "END:STANDARD\nEND:VTIMEZONE\n"
                             "BEGIN:VEVENT\nUID:" UID "\nRECURRENCE-ID:20260302T000000Z\nSUMMARY:exception\nEND:VEVENT\n"
                             "BEGIN:VEVENT\nuid:" UID "\nSEQUENCE:5\nDTSTART;TZID=Europe/Paris:20260301T020000\nRRULE:FREQ=DAILY\n"
                             "SUMMARY:Theirs\nLOCATION;LANGUAGE=en:Room \n 5\nX-THEIR-TIME;TZID=Europe/Paris:20260301T020000\n"
                             "X-MAINTNOTE-STATUS:COMPLETED\n"
                             "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:ring\nTRIGGER:-PT5M\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";

static void test_merge(void)
{
        g_autoptr(GError) error = NULL;
        struct theirs *theirs = theirs_read(edited, UID, &error);
        g_assert_no_error(error);
        g_assert_cmpint(theirs->sequence, ==, 5);
        g_assert_false(theirs_says(theirs, ours));
        g_autofree char *merged = theirs_merge(theirs, ours);
        g_assert_cmpstr(
                merged, ==,
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" UID "\r\nSEQUENCE:2\r\nDTSTART:20260301T000000Z\r\n"
                "SUMMARY:Ours\r\nDESCRIPTION:a\\, END:VEVENT\r\nSTATUS:CONFIRMED\r\nLOCATION;LANGUAGE=en:Room 5\r\n"
                "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:ring\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        theirs_free(theirs);
}

/* Reordered and refolded by a server, it still says the same; END:VEVENT within a text is text. */
static void test_says(void)
{
        g_autoptr(GError) error = NULL;
        struct theirs *theirs =
                theirs_read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSTATUS:CONFIRMED\r\nDESCRIPTION:a\\,\r\n  END:VEVENT\r\nSUMMARY:Ours\r\n"
                            "DTSTART:20260301T000000Z\r\nUID:" UID "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                            UID, &error);
        g_assert_no_error(error);
        g_assert_true(theirs_says(theirs, ours));
        g_assert_cmpint(theirs->sequence, ==, -1);
        g_assert_cmpuint(theirs->kept->len, ==, 0);
        theirs_free(theirs);
        g_assert_null(theirs_read("<html>Sign in</html>", UID, &error));
        g_assert_nonnull(error);
        g_clear_error(&error);
        g_assert_null(theirs_read(ours, "other", &error));
        g_assert_nonnull(error);
        g_clear_error(&error);
        g_assert_null(theirs_read("", UID, &error));
}

static void test_ways(void)
{
        static const struct {
                const char *url;
                bool may;
        } rows[] = {
                {"https://a.example/x", true},
                {"http://127.0.0.1:5232/x", true},
                {"http://a.example/", false},
                {"http://127.0.0.1.a.example/", false},
                {"http://localhost/", false},
                {"https://user:word@a.example/", false},
                {"http://127.0.0.1@a.example/", false},
                {"file:///etc/passwd", false},
                {"https:///x", false},
                {"ftp://a.example/", false},
                {"a.example/x", false},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autoptr(GError) error = NULL;
                g_assert_cmpint(exchange_may(rows[i].url, &error), ==, rows[i].may);
                g_assert_true(rows[i].may == !error);
        }
        g_assert_cmpint(caldav_usual_mode("https://apidata.googleusercontent.com/caldav/v2/x/events/"), ==, CANCEL_TITLE);
        g_assert_cmpint(caldav_usual_mode("https://cloud.example.org/"), ==, CANCEL_STATUS);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/caldav/told", test_told);
        g_test_add_func("/caldav/retry-after", test_retry_after);
        g_test_add_func("/caldav/etag", test_etag);
        g_test_add_func("/caldav/why", test_why);
        g_test_add_func("/caldav/dav", test_dav);
        g_test_add_func("/caldav/merge", test_merge);
        g_test_add_func("/caldav/says", test_says);
        g_test_add_func("/caldav/ways", test_ways);
        return g_test_run();
}
