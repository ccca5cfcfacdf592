/* decide/silence, out/roundup, out/digest, out/report: what is handed over, in words and as a page.
 * In: times, roundups made here. Out: TAP. */
#include "decide/silence.h"
#include "out/digest.h"
#include "out/report.h"
#include "out/tell.h"

#include <string.h>

enum { DAY = 24 * 60 * 60 };

static const gint64 now = 1930000000; /* 2031-02-27 23:06:40 */

/* Whether somebody who wrote so many days ago (descending, ending in -1) is silent. */
static bool is_silent(const int *days_ago, struct silence *silence)
{
        g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(gint64));
        for (; *days_ago >= 0; days_ago++) {
                gint64 time = now - (gint64)*days_ago * DAY;
                g_array_append_val(times, time);
        }
        return silence_of(times, now, silence);
}

static void test_silence(void)
{
        struct silence silence;
        g_assert_true(is_silent((int[]){70, 63, 56, 49, 42, -1}, &silence)); /* weekly, then nothing for six weeks */
        g_assert_cmpint(silence.last, ==, now - 42 * DAY);
        g_assert_cmpint(silence.usual, ==, 7 * DAY);
        g_assert_true(is_silent((int[]){42, 70, 56, 63, 49, -1}, &silence));      /* in any order */
        g_assert_false(is_silent((int[]){70, 63, 56, 49, 13, -1}, &silence));     /* two weeks are nobody's silence */
        g_assert_false(is_silent((int[]){300, 240, 180, 120, 60, -1}, &silence)); /* every two months */
        g_assert_true(is_silent((int[]){360, 340, 320, 300, 280, -1}, &silence));
        g_assert_false(is_silent((int[]){360, 340, 320, 300, 200, -1}, &silence)); /* twice as long as one pause was */
        g_assert_false(is_silent((int[]){63, 56, 49, 42, -1}, &silence));          /* too few to have a habit */
        g_assert_false(is_silent((int[]){428, 421, 414, 407, 400, -1}, &silence)); /* no news any more */
        g_assert_false(is_silent((int[]){60, 60, 60, 60, 60, 60, -1}, &silence));  /* all of one day */
}

static struct roundup_mail *mail(enum resolution resolution, const char *subject, const char *link)
{
        struct roundup_mail *made = g_new0(struct roundup_mail, 1);
        made->date = now - DAY;
        made->resolution = resolution;
        made->done = resolution_phrase(resolution);
        made->vendor = g_strdup("tidewater");
        made->subject = g_strdup(subject);
        made->why = g_strdup("a person must look");
        made->link = g_strdup(link);
        return made;
}

static void add_window(struct roundup *roundup, const char *key, int start, int end)
{
        struct roundup_window *window = g_new0(struct roundup_window, 1);
        window->start = now + start;
        window->end = now + end;
        window->key = g_strdup(key);
        window->title = g_strdup_printf("Work of %s", key);
        window->is_checked = true;
        g_ptr_array_add(roundup->windows, window);
}

static struct roundup *made_roundup(void)
{
        struct roundup *roundup = roundup_new(now - 7 * DAY, now);
        roundup->name = g_strdup("Clinic of <b>us</b>");
        g_ptr_array_add(roundup->queue, mail(RESOLUTION_REVIEW, "](javascript:x) *bold* <script>", "javascript:alert(1)"));
        g_ptr_array_add(roundup->handled, mail(RESOLUTION_CALENDAR, "Cable work", "https://posts.example/1"));
        g_ptr_array_add(roundup->handled, mail(RESOLUTION_NONE, "Turn\xE2\x80\xAEing", "https://posts.example/2"));
        add_window(roundup, "b", 7200, 9000);
        add_window(roundup, "a", 3600, 7300);
        add_window(roundup, "a", 7250, 7260);
        add_window(roundup, "c", 9000, 9900);
        roundup->duty = g_strdup("Ada");
        roundup->duty_next = g_strdup("Grace, from Monday 2031-03-03 on");
        roundup_order(roundup);
        return roundup;
}

static void test_overlaps(void)
{
        struct roundup *roundup = made_roundup();
        static const struct {
                const char *key;
                guint overlaps;
        } rows[] = {{"a", 1}, {"b", 2}, {"a", 1}, {"c", 0}}; /* one work does not overlap itself; touching is no overlap */
        for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
                const struct roundup_window *window = roundup->windows->pdata[i];
                g_assert_cmpstr(window->key, ==, rows[i].key);
                g_assert_cmpuint(window->overlaps, ==, rows[i].overlaps);
        }
        roundup_free(roundup);
}

static void has(const char *text, const char *words)
{
        if (!strstr(text, words))
                g_test_message("no '%s' in:\n%s", words, text);
        g_assert_nonnull(strstr(text, words));
}

static void test_digest(void)
{
        struct roundup *roundup = made_roundup();
        g_autofree char *markdown = digest_text(roundup, DIGEST_MARKDOWN), *plain = digest_text(roundup, DIGEST_PLAIN);
        has(markdown, "- 2031-02-26 tidewater: [Cable work](https://posts.example/1): added to calendar\n");
        has(markdown, "[Turn\\<U+202E\\>ing](https://posts.example/2): no action needed\n");
        has(markdown, "- 2031-02-26 tidewater: \\]\\(javascript:x\\) \\*bold\\* \\<script\\>: needs you, a person must look\n");
        g_assert_null(strstr(markdown, "](javascript"));
        has(plain, "Cable work <https://posts.example/1>: added to calendar\n");
        has(plain, "Now Ada; next Grace, from Monday 2031-03-03 on.\n");
        has(plain, ": Work of b, overlaps 2 others\n");
        g_autofree char *topic = digest_topic(roundup);
        has(topic, "Clinic: 1 wait | next on duty: Grace, from Monday 2031-03-03 on | windows: 4, first 2031-02-28 00:06 UTC Work of a");
        g_assert_null(strchr(topic, '\n'));
        roundup_free(roundup);
}

static void test_mail(void)
{
        struct roundup *roundup = made_roundup();
        g_autofree char *sent = digest_mail(roundup, "clinic@example.org"), *plain = digest_text(roundup, DIGEST_PLAIN);
        const char *body = strstr(sent, "\n\n");
        gsize length;
        g_assert_true(g_str_has_prefix(sent, "To: clinic@example.org\nSubject: Clinic digest 2031-02-20 to 2031-02-27: 1 wait\n"));
        g_assert_nonnull(body);
        for (const char *line = sent; *line; line += strcspn(line, "\n") + 1)
                g_assert_cmpuint(strcspn(line, "\n"), <=, 78);
        g_autofree guchar *text = g_base64_decode(body, &length);
        g_assert_cmpuint(length, ==, strlen(plain));
        g_assert_true(memcmp(text, plain, length) == 0);
        g_assert_true(digest_is_address("a@b.example"));
        static const char *const bad[] = {"a", "@b", "a@", "a@b@c", "a@b\nBcc: x@y", "a b@c", "<a@b>", "a@b,c@d"};
        for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
                g_assert_false(digest_is_address(bad[i]));
        roundup_free(roundup);
}

static void test_report(void)
{
        struct roundup *roundup = made_roundup();
        gsize length;
        g_autofree char *html = report_html(roundup, &length);
        g_assert_cmpuint(strlen(html), ==, length);
        g_assert_null(strstr(html, "<script"));
        g_assert_null(strstr(html, "javascript:alert"));
        g_assert_null(strstr(html, "<b>us"));
        has(html, "<a href=\"https://posts.example/1\">Cable work</a>");
        has(html, "overlaps 2 others");
        has(html, "class=\"bar clash\"");
        has(html, "On clinic duty: Ada; next: Grace");
        roundup_free(roundup);
}

static void test_empty(void)
{
        struct roundup *roundup = roundup_new(now - DAY, now);
        roundup->name = g_strdup("Maintenance");
        roundup_order(roundup);
        g_autofree char *text = digest_text(roundup, DIGEST_MARKDOWN), *html = report_html(roundup, NULL);
        has(text, "Nothing needs you.\n");
        has(text, "Nothing is announced.\n");
        has(text, "No roster is configured.\n");
        has(html, "Nothing is announced.");
        roundup_free(roundup);
}

static void test_tell(void)
{
        g_autofree char *days = tell_age(3 * DAY + 5), *hour = tell_age(3600), *none = tell_age(3), *same = tell_span(0, 3600),
                        *next = tell_span(0, 2 * DAY);
        g_assert_cmpstr(days, ==, "3 days");
        g_assert_cmpstr(hour, ==, "1 hour");
        g_assert_cmpstr(none, ==, "under a minute");
        g_assert_cmpstr(same, ==, "Thu 1970-01-01 00:00 to 01:00");
        g_assert_cmpstr(next, ==, "Thu 1970-01-01 00:00 to Sat 1970-01-03 00:00");
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/handover/silence", test_silence);
        g_test_add_func("/handover/overlaps", test_overlaps);
        g_test_add_func("/handover/digest", test_digest);
        g_test_add_func("/handover/mail", test_mail);
        g_test_add_func("/handover/report", test_report);
        g_test_add_func("/handover/empty", test_empty);
        g_test_add_func("/handover/tell", test_tell);
        return g_test_run();
}
