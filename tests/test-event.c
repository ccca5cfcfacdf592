/* An event's iCalendar text and its link for adding by hand: CALENDAR.md 1, RFC 5545 and 7986, checked line by line. */
#include "data/reading.h"
#include "history.h"
#include "ical-text.h"
#include "out/add-link.h"
#include "out/event.h"
#include "out/wording.h"

#include <string.h>

/* A maintenance with one event, 2026-03-01 00:00 to 04:00 UTC. */
static struct maintenance *make(void)
{
        struct maintenance *maintenance = maintenance_new();
        struct event *event = event_new();
        struct post *post = post_new();
        maintenance->key = g_strdup("tidewater:TW1");
        maintenance->vendor = g_strdup("tidewater");
        maintenance->vendor_name = g_strdup("Tidewater");
        maintenance->maintenance_id = g_strdup("TW1");
        maintenance->summary = g_strdup("Fibre repair");
        maintenance->impact = IMPACT_OUTAGE;
        g_ptr_array_add(maintenance->circuits, circuit_new("IC-7 eqiad", IMPACT_OUTAGE));
        event->uid = g_strdup("3b029db7-cfa8-5a61-b96a-9330d6588c9b");
        event->ordinal = 1;
        event->state = STATE_CONFIRMED;
        event->start = NIGHT;
        event->end = NIGHT + LENGTH;
        event->written = g_strdup("1 March, 01:00 to 05:00 CET");
        event->created = event->modified = NIGHT - 9 * DAY;
        g_ptr_array_add(maintenance->events, event);
        post->message_id = g_strdup("1@tidewater.example");
        post->date = NIGHT - 9 * DAY;
        post->link = g_strdup("https://groups.google.com/d/msgid/works/1%40tidewater.example");
        post->change = g_strdup("announced");
        g_ptr_array_add(maintenance->posts, post);
        return maintenance;
}

static struct event *event_of(const struct maintenance *maintenance)
{
        return maintenance->events->pdata[0];
}

static char **lines_of(const struct maintenance *maintenance, const struct event *event, enum cancel_mode mode)
{
        struct listed listed = {maintenance, event};
        g_autofree char *text = event_object(&listed, mode, event->sequence);
        return ical_lines(text);
}

static void set(char **member, const char *text)
{
        g_free(*member);
        *member = g_strdup(text);
}

/* RFC 5545 3.6.1: each line of a plain event. */
static void test_whole(void)
{
        static const char *const expected[] = {
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//mailclinic//mailclinic//EN",
                "BEGIN:VEVENT",
                "UID:3b029db7-cfa8-5a61-b96a-9330d6588c9b",
                "DTSTAMP:20260220T000000Z",
                "CREATED:20260220T000000Z",
                "LAST-MODIFIED:20260220T000000Z",
                "SEQUENCE:0",
                "DTSTART:20260301T000000Z",
                "DTEND:20260301T040000Z",
                "SUMMARY:Tidewater IC-7 eqiad: OUTAGE (TW1)",
                "DESCRIPTION:Vendor: Tidewater\\nReference: TW1\\nStatus: CONFIRMED\\nImpact: OUTAGE\\nCircuits:\\n- IC-7 eqiad: OUTAGE\\n"
                "When: 2026-03-01 00:00 to 04:00 UTC\\nAs written: 1 March\\, 01:00 to 05:00 CET\\nWhat: Fibre repair\\n"
                "Current post: https://groups.google.com/d/msgid/works/1%40tidewater.example\\n"
                "First notice: https://groups.google.com/d/msgid/works/1%40tidewater.example\\nHistory:\\n"
                "2026-02-20 00:00 - announced - https://groups.google.com/d/msgid/works/1%40tidewater.example\\n"
                "Read by: tidewater\\nManaged automatically\\; edits are overwritten.",
                "STATUS:CONFIRMED",
                "URL:https://groups.google.com/d/msgid/works/1%40tidewater.example",
                "CATEGORIES:Maintenance,Tidewater,OUTAGE",
                "COLOR:red",
                "TRANSP:OPAQUE",
                "X-MAINTNOTE-PROVIDER:tidewater",
                "X-MAINTNOTE-MAINTENANCE-ID:TW1",
                "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:IC-7 eqiad",
                "X-MAINTNOTE-IMPACT:OUTAGE",
                "X-MAINTNOTE-STATUS:CONFIRMED",
                "END:VEVENT",
                "END:VCALENDAR",
        };
        struct maintenance *maintenance = make();
        g_auto(GStrv) lines = lines_of(maintenance, event_of(maintenance), CANCEL_STATUS);
        for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
                g_assert_cmpstr(lines[i], ==, expected[i]);
        g_assert_null(lines[G_N_ELEMENTS(expected)]);
        maintenance_free(maintenance);
}

/* Title, STATUS and TRANSP of each state: CALENDAR.md 1 "STATUS", "Cancel = keep", "Title". */
static void test_states(void)
{
        static const struct {
                enum state state;
                enum role role;
                bool is_checked, is_postponed, is_all_day;
                enum cancel_mode mode;
                const char *title, *status, *transp, *bcop;
        } rows[] = {
                {STATE_TENTATIVE, ROLE_PRIMARY, true, false, false, CANCEL_STATUS, "TENTATIVE: Tidewater IC-7 eqiad: OUTAGE (TW1)",
                 "TENTATIVE", "OPAQUE", "TENTATIVE"},
                {STATE_TENTATIVE, ROLE_BACKUP, true, false, false, CANCEL_STATUS, "TENTATIVE: Tidewater IC-7 eqiad: OUTAGE (TW1) (backup)",
                 "TENTATIVE", "OPAQUE", "TENTATIVE"},
                {STATE_TENTATIVE, ROLE_PRIMARY, true, true, false, CANCEL_STATUS, "POSTPONED: Tidewater IC-7 eqiad: OUTAGE (TW1)",
                 "TENTATIVE", "OPAQUE", "TENTATIVE"},
                {STATE_CONFIRMED, ROLE_PRIMARY, true, false, true, CANCEL_STATUS, "Tidewater IC-7 eqiad: OUTAGE (TW1) (time TBD)",
                 "TENTATIVE", "TRANSPARENT", "CONFIRMED"},
                {STATE_CONFIRMED, ROLE_PRIMARY, false, false, false, CANCEL_STATUS, "CHECK: Tidewater IC-7 eqiad: OUTAGE (TW1)",
                 "CONFIRMED", "OPAQUE", "CONFIRMED"},
                {STATE_REVIEW, ROLE_PRIMARY, false, false, false, CANCEL_STATUS, "CHECK: Tidewater IC-7 eqiad: OUTAGE (TW1)", "TENTATIVE",
                 "OPAQUE", "TENTATIVE"},
                {STATE_IN_PROCESS, ROLE_PRIMARY, true, false, false, CANCEL_STATUS, "Tidewater IC-7 eqiad: OUTAGE (TW1)", "CONFIRMED",
                 "OPAQUE", "IN-PROCESS"},
                {STATE_COMPLETED, ROLE_PRIMARY, true, false, false, CANCEL_STATUS, "Tidewater IC-7 eqiad: OUTAGE (TW1)", "CONFIRMED",
                 "TRANSPARENT", "COMPLETED"},
                {STATE_CANCELLED, ROLE_PRIMARY, true, false, false, CANCEL_STATUS, "CANCELLED: Tidewater IC-7 eqiad: OUTAGE (TW1)",
                 "CANCELLED", "TRANSPARENT", "CANCELLED"},
                {STATE_CANCELLED, ROLE_PRIMARY, true, false, false, CANCEL_TITLE, "CANCELLED: Tidewater IC-7 eqiad: OUTAGE (TW1)",
                 "TENTATIVE", "TRANSPARENT", "CANCELLED"},
                {STATE_CANCELLED, ROLE_PRIMARY, false, false, false, CANCEL_STATUS, "CHECK: CANCELLED: Tidewater IC-7 eqiad: OUTAGE (TW1)",
                 "CANCELLED", "TRANSPARENT", "CANCELLED"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct maintenance *maintenance = make();
                struct event *event = event_of(maintenance);
                event->state = rows[i].state;
                event->role = rows[i].role;
                event->is_checked = rows[i].is_checked;
                event->is_postponed = rows[i].is_postponed;
                event->is_all_day = rows[i].is_all_day;
                g_auto(GStrv) lines = lines_of(maintenance, event, rows[i].mode);
                g_assert_cmpstr(ical_value(lines, "SUMMARY", 0), ==, rows[i].title);
                g_assert_cmpstr(ical_value(lines, "STATUS", 0), ==, rows[i].status);
                g_assert_cmpstr(ical_value(lines, "TRANSP", 0), ==, rows[i].transp);
                g_assert_cmpstr(ical_value(lines, "X-MAINTNOTE-STATUS", 0), ==, rows[i].bcop);
                maintenance_free(maintenance);
        }
}

static void test_impacts(void)
{
        static const struct {
                enum impact impact;
                const char *title, *color, *transp, *bcop, *categories;
        } rows[] = {
                {IMPACT_DEGRADED, "Tidewater Halifax: DEGRADED (TW1)", "orange", "OPAQUE", "DEGRADED",
                 "Maintenance,Tidewater,Halifax,DEGRADED"},
                {IMPACT_REDUCED_REDUNDANCY, "Tidewater Halifax: REDUCED-REDUNDANCY (TW1)", "gold", "TRANSPARENT", "REDUCED-REDUNDANCY",
                 "Maintenance,Tidewater,Halifax,REDUCED-REDUNDANCY"},
                {IMPACT_NO_IMPACT, "Tidewater Halifax: NO-IMPACT (TW1)", "green", "TRANSPARENT", "NO-IMPACT",
                 "Maintenance,Tidewater,Halifax,NO-IMPACT"},
                {IMPACT_NONE, "Tidewater Halifax (TW1)", NULL, "TRANSPARENT", "OUTAGE", "Maintenance,Tidewater,Halifax"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct maintenance *maintenance = make();
                g_ptr_array_set_size(maintenance->circuits, 0);
                maintenance->impact = rows[i].impact;
                set(&maintenance->location, "Halifax");
                g_auto(GStrv) lines = lines_of(maintenance, event_of(maintenance), CANCEL_STATUS);
                g_assert_cmpstr(ical_value(lines, "SUMMARY", 0), ==, rows[i].title);
                g_assert_cmpstr(ical_value(lines, "COLOR", 0), ==, rows[i].color);
                g_assert_cmpstr(ical_value(lines, "TRANSP", 0), ==, rows[i].transp);
                g_assert_cmpstr(ical_value(lines, "X-MAINTNOTE-IMPACT", 0), ==, rows[i].bcop);
                g_assert_cmpstr(ical_value(lines, "CATEGORIES", 0), ==, rows[i].categories);
                maintenance_free(maintenance);
        }
}

/* Without circuit and site: the summary, else what a subject says beside its marks. */
static void test_titles(void)
{
        static const struct {
                const char *summary, *subject, *title;
        } rows[] = {
                {"Fibre repair", "x", "Tidewater Fibre repair: OUTAGE (TW1)"},
                {NULL, "Re: [works] Fwd: Tidewater TW1 - Planned work in Halifax", "Tidewater Planned work in Halifax: OUTAGE (TW1)"},
                {NULL, "[EXT] Planned work (TW1)", "Tidewater Planned work: OUTAGE (TW1)"},
                {NULL, "TW1", "Tidewater: OUTAGE (TW1)"},
                {NULL, "TW12 is another", "Tidewater TW12 is another: OUTAGE (TW1)"},
                {NULL, NULL, "Tidewater: OUTAGE (TW1)"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct maintenance *maintenance = make();
                g_ptr_array_set_size(maintenance->circuits, 0);
                set(&maintenance->summary, rows[i].summary);
                set(&maintenance->subject, rows[i].subject);
                g_autofree char *title = wording_title(maintenance, event_of(maintenance));
                g_assert_cmpstr(title, ==, rows[i].title);
                maintenance_free(maintenance);
        }
}

/* At most 120 characters, cut at a word, what follows kept. */
static void test_long_title(void)
{
        struct maintenance *maintenance = make();
        g_autofree char *long_words = g_strnfill(300, 'w');
        g_ptr_array_set_size(maintenance->circuits, 0);
        for (int i = 5; i < 300; i += 6)
                long_words[i] = ' ';
        set(&maintenance->summary, long_words);
        g_autofree char *title = wording_title(maintenance, event_of(maintenance));
        g_assert_cmpint(g_utf8_strlen(title, -1), <=, 120);
        g_assert_cmpint(g_utf8_strlen(title, -1), >, 110);
        g_assert_true(g_str_has_suffix(title, " wwwww…: OUTAGE (TW1)"));
        for (guint i = 0; i < 3; i++)
                g_ptr_array_add(maintenance->circuits, circuit_new("IC", IMPACT_NONE));
        g_autofree char *several = wording_title(maintenance, event_of(maintenance));
        g_assert_cmpstr(several, ==, "Tidewater IC +2: OUTAGE (TW1)");
        maintenance_free(maintenance);
}

/* RFC 5545 3.3.11 and 3.1: what is escaped comes back, characters of two to four octets are never cut at any place of the fold. */
static void test_text(void)
{
        static const char *const hard[] = {"Example, Inc.; \"A\\B\" \\n: c", "π∑𝄞 grün, 東京; naïve", "\\", ",", ";", ":"};
        for (gsize i = 0; i < G_N_ELEMENTS(hard); i++)
                for (guint shift = 0; shift < 80; shift++) {
                        struct maintenance *maintenance = make();
                        g_autofree char *filler = g_strnfill(shift, 'x');
                        g_autofree char *text = g_strconcat(filler, hard[i], hard[i], NULL);
                        g_autofree char *what = g_strconcat("What: ", text, "\n", NULL);
                        set(&maintenance->summary, text);
                        set(&maintenance->account, text);
                        g_auto(GStrv) lines = lines_of(maintenance, event_of(maintenance), CANCEL_STATUS);
                        g_autofree char *account = ical_text(lines, "X-MAINTNOTE-ACCOUNT", 0);
                        g_autofree char *description = ical_text(lines, "DESCRIPTION", 0);
                        g_assert_cmpstr(account, ==, text);
                        g_assert_nonnull(strstr(description, what));
                        maintenance_free(maintenance);
                }
}

/* Nothing of a mail becomes a line of the calendar, HTML, a control, or an odd character that the writer uses itself. */
static void test_hostile(void)
{
        struct maintenance *maintenance = make();
        set(&maintenance->summary, "a\r\nATTENDEE:mailto:x@example.org\x01\xff <b>bold</b> \xEE\x80\x80 \xE2\x80\xAE");
        set(&maintenance->location, "x\r\nEND:VEVENT, y; z\\");
        set(&maintenance->account, " \n");
        g_auto(GStrv) lines = lines_of(maintenance, event_of(maintenance), CANCEL_STATUS);
        g_autofree char *description = ical_text(lines, "DESCRIPTION", 0);
        g_assert_null(ical_value(lines, "ATTENDEE", 0));
        g_assert_null(ical_value(lines, "X-MAINTNOTE-ACCOUNT", 0));
        g_assert_null(strpbrk(description, "<>"));
        g_assert_nonnull(strstr(description, "What: a ATTENDEE:mailto:x@example.org‹U+0001›\xEF\xBF\xBD ‹b›bold‹/b› ‹U+E000› ‹U+202E›"));
        g_assert_cmpstr(ical_value(lines, "CATEGORIES", 0), ==, "Maintenance,Tidewater,x END:VEVENT  y  z,OUTAGE");
        maintenance_free(maintenance);
}

static void test_empty(void)
{
        struct maintenance *maintenance = maintenance_new();
        struct event *event = event_new();
        event->uid = g_strdup("u");
        event->ordinal = 1;
        event->state = STATE_TENTATIVE;
        event->start = NIGHT;
        g_ptr_array_add(maintenance->events, event);
        g_auto(GStrv) lines = lines_of(maintenance, event, CANCEL_STATUS);
        g_assert_cmpstr(ical_value(lines, "DTSTAMP", 0), ==, "20260301T000000Z");
        g_assert_null(ical_value(lines, "DTEND", 0));
        g_assert_null(ical_value(lines, "URL", 0));
        g_assert_cmpstr(ical_value(lines, "CATEGORIES", 0), ==, "Maintenance");
        g_assert_null(ical_value(lines, "X-MAINTNOTE-PROVIDER", 0));
        event->start = MAINTENANCE_NO_TIME;
        g_assert_false(event_is_datable(event));
        maintenance_free(maintenance);
}

/* DTEND of days is exclusive (RFC 5545 3.6.1); an end before the start has no place in a calendar. */
static void test_times(void)
{
        static const struct {
                gint64 start, end;
                bool is_all_day;
                const char *start_text, *end_text;
        } rows[] = {
                {NIGHT, NIGHT + DAY, true, "20260301", "20260302"},
                {NIGHT, NIGHT + DAY + 1, true, "20260301", "20260303"},
                {NIGHT + HOUR, MAINTENANCE_NO_TIME, true, "20260301", "20260302"},
                {NIGHT - HOUR, NIGHT + HOUR, true, "20260228", "20260302"},
                {NIGHT, NIGHT, false, "20260301T000000Z", NULL},
                {NIGHT, NIGHT - 1, false, "20260301T000000Z", NULL},
                {NIGHT + 1, NIGHT + 40 * DAY, false, "20260301T000001Z", "20260410T000000Z"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                const char *start = rows[i].is_all_day ? "DTSTART;VALUE=DATE" : "DTSTART";
                const char *end = rows[i].is_all_day ? "DTEND;VALUE=DATE" : "DTEND";
                struct maintenance *maintenance = make();
                struct event *event = event_of(maintenance);
                event->start = rows[i].start;
                event->end = rows[i].end;
                event->is_all_day = rows[i].is_all_day;
                g_auto(GStrv) lines = lines_of(maintenance, event, CANCEL_STATUS);
                g_assert_cmpstr(ical_value(lines, start, 0), ==, rows[i].start_text);
                g_assert_cmpstr(ical_value(lines, end, 0), ==, rows[i].end_text);
                maintenance_free(maintenance);
        }
}

static void add_post(struct maintenance *maintenance, int ordinal, const char *change, const char *link)
{
        struct post *post = post_new();
        post->date = NIGHT - DAY;
        post->ordinal = ordinal;
        post->change = g_strdup(change);
        post->link = g_strdup(link);
        g_ptr_array_add(maintenance->posts, post);
}

/* A second window: its own circuits and history, held to the first. */
static void test_sibling(void)
{
        struct maintenance *maintenance = make();
        struct event *second = event_copy(event_of(maintenance));
        set(&second->uid, "second");
        second->ordinal = 2;
        second->sequence = 3;
        g_ptr_array_add(second->circuits, circuit_new("B2", IMPACT_DEGRADED));
        g_ptr_array_add(maintenance->events, second);
        add_post(maintenance, 1, "cancelled", "https://a.example/1");
        add_post(maintenance, 2, "moved", "https://a.example/2");
        add_post(maintenance, 2, "note", "javascript:alert(1)");
        g_auto(GStrv) lines = lines_of(maintenance, second, CANCEL_STATUS);
        g_autofree char *description = ical_text(lines, "DESCRIPTION", 0);
        g_assert_cmpstr(ical_value(lines, "RELATED-TO;RELTYPE=SIBLING", 0), ==, "3b029db7-cfa8-5a61-b96a-9330d6588c9b");
        g_assert_cmpstr(ical_value(lines, "SEQUENCE", 0), ==, "3");
        g_assert_cmpstr(ical_value(lines, "URL", 0), ==, "https://a.example/2");
        g_assert_cmpstr(ical_value(lines, "SUMMARY", 0), ==, "Tidewater B2: DEGRADED (TW1)");
        g_assert_nonnull(strstr(description, "2026-02-28 00:00 - moved - https://a.example/2\n2026-02-28 00:00 - note\n"));
        g_assert_null(strstr(description, "cancelled"));
        maintenance_free(maintenance);
}

static void test_many(void)
{
        struct maintenance *maintenance = make();
        for (guint i = 0; i < 24; i++) {
                g_autofree char *name = g_strdup_printf("C%u", i);
                g_ptr_array_add(maintenance->circuits, circuit_new(name, IMPACT_NONE));
                add_post(maintenance, 0, name, NULL);
        }
        g_autofree char *description = wording_description(maintenance, event_of(maintenance));
        g_assert_nonnull(strstr(description, "- C18\n+5 more\n"));
        g_assert_nonnull(strstr(description, "History:\n+15 earlier\n2026-02-28 00:00 - C14\n"));
        g_assert_nonnull(strstr(description, " - C23\nRead by"));
        maintenance_free(maintenance);
}

static void test_feed(void)
{
        struct maintenance *maintenance = make();
        g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(struct listed));
        struct listed listed = {maintenance, event_of(maintenance)};
        g_array_append_val(events, listed);
        g_autofree char *text = event_feed("Works, all; of them", events), *again = event_feed("Works, all; of them", events);
        g_auto(GStrv) lines = ical_lines(text);
        g_assert_cmpstr(text, ==, again);
        g_assert_cmpstr(ical_value(lines, "X-WR-CALNAME", 0), ==, "Works\\, all\\; of them");
        g_assert_cmpstr(ical_value(lines, "NAME", 0), ==, "Works\\, all\\; of them");
        g_assert_cmpstr(ical_value(lines, "REFRESH-INTERVAL;VALUE=DURATION", 0), ==, "PT1H");
        g_assert_cmpstr(ical_value(lines, "X-PUBLISHED-TTL", 0), ==, "PT1H");
        g_assert_null(ical_value(lines, "METHOD", 0));
        maintenance_free(maintenance);
}

static void test_add_link(void)
{
        struct maintenance *maintenance = make();
        struct event *event = event_of(maintenance);
        struct listed listed = {maintenance, event};
        set(&maintenance->summary, "a & b = c+d #1");
        g_autofree char *link = add_link(&listed);
        g_assert_true(g_str_has_prefix(link, "https://calendar.google.com/calendar/render?action=TEMPLATE"
                                             "&text=Tidewater%20IC-7%20eqiad%3A%20OUTAGE%20%28TW1%29"
                                             "&dates=20260301T000000Z/20260301T040000Z&details=Vendor%3A%20Tidewater%0AReference"));
        g_assert_nonnull(strstr(link, "What%3A%20a%20%26%20b%20%3D%20c%2Bd%20%231%0A"));
        event->is_all_day = true;
        g_autofree char *days = add_link(&listed);
        g_assert_nonnull(strstr(days, "&dates=20260301/20260302&"));
        event->is_all_day = false;
        event->end = MAINTENANCE_NO_TIME;
        g_autofree char *open = add_link(&listed);
        g_assert_nonnull(strstr(open, "&dates=20260301T000000Z/20260301T010000Z&"));
        for (guint i = 0; i < 20; i++) {
                g_autofree char *name = g_strnfill(200, '%');
                g_ptr_array_add(maintenance->circuits, circuit_new(name, IMPACT_NONE));
        }
        for (guint i = 0; i < 10; i++) {
                g_autofree char *change = g_strnfill(200, '%');
                add_post(maintenance, 0, change, NULL);
        }
        g_autofree char *cut = add_link(&listed);
        g_assert_cmpuint(strlen(cut), <=, 16384);
        g_assert_cmpuint(strlen(cut), >, 15000);
        g_assert_true(g_str_has_suffix(cut, "%25"));
        event->start = MAINTENANCE_NO_TIME;
        g_assert_null(add_link(&listed));
        maintenance_free(maintenance);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/event/whole", test_whole);
        g_test_add_func("/event/states", test_states);
        g_test_add_func("/event/impacts", test_impacts);
        g_test_add_func("/event/titles", test_titles);
        g_test_add_func("/event/long-title", test_long_title);
        g_test_add_func("/event/text", test_text);
        g_test_add_func("/event/hostile", test_hostile);
        g_test_add_func("/event/empty", test_empty);
        g_test_add_func("/event/times", test_times);
        g_test_add_func("/event/sibling", test_sibling);
        g_test_add_func("/event/many", test_many);
        g_test_add_func("/event/feed", test_feed);
        g_test_add_func("/event/add-link", test_add_link);
        return g_test_run();
}
