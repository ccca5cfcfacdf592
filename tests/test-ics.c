/* iCalendar parts: times, zones, recurrences, maintenance properties, mended folding, and what is refused. Times were worked out by hand.
 */
#include "reader/ics.h"

#include "base/limits.h"
#include "data/reading.h"

#include <string.h>

#define EVENT_OPEN        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@example.net\r\n"
#define EVENT_CLOSE       "END:VEVENT\r\nEND:VCALENDAR\r\n"
#define EVENT(properties) EVENT_OPEN properties EVENT_CLOSE

static struct calendar *must_read(const char *text)
{
        g_autoptr(GError) error = NULL;
        struct calendar *calendar = ics_read(text, strlen(text), &error);
        g_assert_no_error(error);
        g_assert_nonnull(calendar);
        return calendar;
}

static const struct calendar_event *event_of(const struct calendar *calendar, guint i)
{
        g_assert_cmpuint(i, <, calendar->events->len);
        return calendar->events->pdata[i];
}

/* "start end" of each event, "-" for none; then the notes. */
static char *times_of(const struct calendar *calendar)
{
        GString *text = g_string_new(NULL);
        for (guint i = 0; i < calendar->events->len; i++) {
                const struct calendar_event *event = event_of(calendar, i);
                g_autofree char *start = instant_text(event->start), *end = instant_text(event->end);
                g_string_append_printf(text, "%s%s %s", i ? ", " : "", start ? start : "-", end ? end : "-");
        }
        for (guint i = 0; i < calendar->notes->len; i++)
                g_string_append_printf(text, "; %s", (char *)calendar->notes->pdata[i]);
        return g_string_free(text, FALSE);
}

static const struct {
        const char *properties; /* of the one event */
        const char *times;
} timings[] = {
        {"DTSTART:20211114T080100Z\nDTEND:20211114T130000Z\n", "2021-11-14T08:01:00Z 2021-11-14T13:00:00Z"},
        {"DTSTART;TZID=America/New_York:20210714T080100\nDTEND;TZID=Europe/Paris:20210714T200000\n",
         "2021-07-14T12:01:00Z 2021-07-14T18:00:00Z"},
        {"DTSTART;TZID=\"W. Europe Standard Time\":20210714T080000\nDURATION:PT4H30M\n", "2021-07-14T06:00:00Z 2021-07-14T10:30:00Z"},
        {"DTSTART;TZID=Eastern Standard Time:20210714T080000\nDURATION:PT1H\n", "2021-07-14T12:00:00Z 2021-07-14T13:00:00Z"},
        {"DTSTART;TZID=/vendor.example/20050126_1/Europe/Berlin:20210714T080000\nDURATION:PT1H\n",
         "2021-07-14T06:00:00Z 2021-07-14T07:00:00Z"},
        {"DTSTART;TZID=GMT+05:30:20210714T080000\nDURATION:PT1H\n", "2021-07-14T02:30:00Z 2021-07-14T03:30:00Z"},
        {"DTSTART;TZID=America/New_York:20210714T080000Z\nDURATION:PT1H\n", "2021-07-14T08:00:00Z 2021-07-14T09:00:00Z"},
        {"DTSTART;VALUE=DATE:20211114\n", "2021-11-14T00:00:00Z 2021-11-15T00:00:00Z"},
        {"DTSTART;VALUE=DATE:20211114\nDTEND;VALUE=DATE:20211116\n", "2021-11-14T00:00:00Z 2021-11-16T00:00:00Z"},
        {"DTSTART:20211114T080100Z\n", "2021-11-14T08:01:00Z -"},
        {"SUMMARY:no times\n", "- -"},
        /* days of a duration are days of the calendar: summer time ends in between */
        {"DTSTART;TZID=America/New_York:20211106T120000\nDURATION:P1DT1H\n", "2021-11-06T16:00:00Z 2021-11-07T18:00:00Z"},
        /* the first of the two (RFC 5545 3.3.5), and it is said */
        {"DTSTART;TZID=America/New_York:20261101T013000\nDURATION:PT1H\n",
         "2026-11-01T05:30:00Z 2026-11-01T06:30:00Z; DTSTART 20261101T013000 America/New_York is ambiguous in its zone"},
        /* nothing is guessed */
        {"DTSTART:20211114T080100\nDTEND:20211114T130000Z\n", "- 2021-11-14T13:00:00Z; DTSTART 20211114T080100 has no zone"},
        {"DTSTART;TZID=Nowhere:20211114T080100\n", "- -; the zone of DTSTART 20211114T080100 Nowhere is not known"},
        {"DTSTART;TZID=../../../etc/passwd:20211114T080100\n", "- -; the zone of DTSTART 20211114T080100 ../../../etc/passwd is not known"},
        {"DTSTART:20251340T996099Z\n", "- -; DTSTART is no date"},
        {"DTSTART:20210229T100000Z\n", "- -; DTSTART is no date"},
        {"DTSTART:19000101T100000Z\n", "- -; DTSTART is no date"},
        {"DTSTART:soon\nDTEND:20211114T130000Z\n", "- 2021-11-14T13:00:00Z; DTSTART could not be read"},
        {"DTSTART:20211114T080100Z\nDURATION:PT99999999H\n", "2021-11-14T08:01:00Z -; DURATION is no length of a maintenance"},
        {"DTSTART:20211114T080100Z\nDURATION:-PT1H\n", "2021-11-14T08:01:00Z -; DURATION is no length of a maintenance"},
};

static void test_times(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(timings); i++) {
                g_autofree char *text = g_strdup_printf(EVENT("%s"), timings[i].properties);
                g_test_message("%s", timings[i].properties);
                struct calendar *calendar = must_read(text);
                g_autofree char *times = times_of(calendar);
                g_assert_cmpstr(times, ==, timings[i].times);
                calendar_free(calendar);
        }
}

static const struct {
        const char *properties;
        const char *times; /* starts only */
} recurrences[] = {
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=DAILY;COUNT=3\n", "14T08 15T08 16T08"},
        {"DTSTART;TZID=America/New_York:20211106T080000\nRRULE:FREQ=DAILY;COUNT=2\n", "06T12 07T13"},
        {"DTSTART;TZID=America/New_York:20211101T200000\nRRULE:FREQ=DAILY;UNTIL=20211104T000000Z\n", "02T00 03T00 04T00"},
        {"DTSTART;TZID=America/New_York:20211101T200000\nRRULE:FREQ=DAILY;UNTIL=20211102\n", "02T00 03T00"},
        {"DTSTART:20211101T080000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3\n", "01T08 03T08 08T08"},
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20211115T080000Z,20211116T080000Z\n", "14T08 17T08"},
        {"DTSTART:20211114T080000Z\nDTEND:20211114T090000Z\nRDATE:20211120T080000Z\n", "14T08 20T08"},
        {"DTSTART:20211114T080000Z\nRDATE;VALUE=PERIOD:20211120T080000Z/PT2H\n", "14T08 20T08"},
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=DAILY\n", "14T08; RRULE not expanded: FREQ=DAILY"},
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=MINUTELY;COUNT=5\n", "14T08; RRULE not expanded: FREQ=MINUTELY;COUNT=5"},
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n",
         "14T08; RRULE not expanded: FREQ=SECONDLY;BYMONTHDAY=30;BYMONTH=2"},
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=MONTHLY;COUNT=2;BYMONTHDAY=31;BYMONTH=2\n",
         "14T08; RRULE not expanded: FREQ=MONTHLY;COUNT=2;BYMONTHDAY=31;BYMONTH=2"},
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=2\n",
         "14T08; RRULE not expanded: FREQ=DAILY;COUNT=2;INTERVAL=7;BYDAY=MO"},
        {"DTSTART:20211114T080000Z\nRRULE:FREQ=OFTEN\n", "14T08; RRULE could not be read"},
};

static void test_recurrences(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(recurrences); i++) {
                g_autofree char *text = g_strdup_printf(EVENT("%s"), recurrences[i].properties);
                g_autoptr(GString) starts = g_string_new(NULL);
                g_test_message("%s", recurrences[i].properties);
                struct calendar *calendar = must_read(text);
                for (guint k = 0; k < calendar->events->len; k++) {
                        g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(event_of(calendar, k)->start);
                        g_autofree char *start = g_date_time_format(at, "%dT%H");
                        g_string_append_printf(starts, "%s%s", k ? " " : "", start);
                }
                for (guint k = 0; k < calendar->notes->len; k++)
                        g_string_append_printf(starts, "; %s", (char *)calendar->notes->pdata[k]);
                g_assert_cmpstr(starts->str, ==, recurrences[i].times);
                calendar_free(calendar);
        }
}

static void test_many_occurrences(void)
{
        struct calendar *calendar = must_read(EVENT("DTSTART:20210101T080000Z\nRRULE:FREQ=DAILY;COUNT=500\n"));
        g_assert_cmpuint(calendar->events->len, ==, LIMIT_ICS_OCCURRENCES);
        g_assert_cmpstr(calendar->notes->pdata[0], ==, "only the first 64 occurrences were read");
        calendar_free(calendar);
}

/* An occurrence with an event of its own takes place only then. */
static void test_moved_occurrence(void)
{
        struct calendar *calendar = must_read("BEGIN:VCALENDAR\n"
                                              "BEGIN:VEVENT\nUID:a\nDTSTART:20211114T080000Z\nDTEND:20211114T090000Z\n"
                                              "RRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
                                              "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20211115T080000Z\nDTSTART:20211115T200000Z\n"
                                              "DTEND:20211115T210000Z\nEND:VEVENT\nEND:VCALENDAR\n");
        g_autofree char *times = times_of(calendar);
        g_assert_cmpstr(times, ==,
                        "2021-11-14T08:00:00Z 2021-11-14T09:00:00Z, 2021-11-16T08:00:00Z 2021-11-16T09:00:00Z, "
                        "2021-11-15T20:00:00Z 2021-11-15T21:00:00Z");
        calendar_free(calendar);
}

#define OWN_ZONE(tzid)                                                                                                                     \
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:" tzid "\n"                                                                                \
        "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0400\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH="  \
        "10\n"                                                                                                                             \
        "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0400\nTZOFFSETTO:+0500\n"                                    \
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"                                                 \
        "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=" tzid ":20210714T080000\nDTEND;TZID=" tzid ":20211214T080000\nEND:VEVENT\nEND:VCALENDAR\n"

/* A VTIMEZONE counts only where its name is unknown. */
static void test_own_zone(void)
{
        struct calendar *calendar = must_read(OWN_ZONE("Our Zone"));
        g_autofree char *own = times_of(calendar);
        g_assert_cmpstr(own, ==, "2021-07-14T03:00:00Z 2021-12-14T04:00:00Z");
        calendar_free(calendar);
        calendar = must_read(OWN_ZONE("Europe/Paris"));
        g_autofree char *known = times_of(calendar);
        g_assert_cmpstr(known, ==, "2021-07-14T06:00:00Z 2021-12-14T07:00:00Z");
        calendar_free(calendar);
        g_auto(GStrv) half = g_strsplit(OWN_ZONE("Our Zone"), "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", 2);
        g_autofree char *hostile = g_strjoinv("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", half);
        calendar = must_read(hostile);
        g_autofree char *refused = times_of(calendar);
        g_assert_cmpstr(refused, ==,
                        "- -; the zone of DTSTART 20210714T080000 Our Zone is not known; "
                        "the zone of DTEND 20211214T080000 Our Zone is not known");
        calendar_free(calendar);
}

static void test_maintenance(void)
{
        struct calendar *calendar = must_read(EVENT("DTSTART:20211114T080000Z\n"
                                                    "SUMMARY;LANGUAGE=en-us:Fibre work\\, night one\n"
                                                    "LOCATION:\n"
                                                    "STATUS:CONFIRMED\n"
                                                    "X-MAINTNOTE-PROVIDER:tidewater.example\n"
                                                    "x-maintnote-account:Example\\, Inc.\\; Berlin\n"
                                                    "X-MAINTNOTE-MAINTENANCE-ID: TW-42 \n"
                                                    "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:/AB/1/\n"
                                                    "X-MAINTNOTE-OBJECT-ID;OBJECT-IMPACT=\"no-impact\":CD-2\n"
                                                    "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=FATAL:EF-3\n"
                                                    "X-Maintnote-Object-Id:\n"
                                                    "X-MAINTNOTE-IMPACT:REDUCED-REDUNDANCY\n"
                                                    "X-MAINTNOTE-STATUS:TENTATIVE\n"));
        const struct calendar_event *event = event_of(calendar, 0);
        g_assert_cmpstr(event->field[FIELD_TITLE], ==, "Fibre work, night one");
        g_assert_cmpstr(event->field[FIELD_LOCATION], ==, NULL);
        g_assert_cmpstr(event->field[FIELD_ACCOUNT], ==, "Example, Inc.; Berlin");
        g_assert_cmpstr(event->field[FIELD_REF], ==, "TW-42");
        g_assert_cmpstr(event->field[FIELD_STATUS], ==, "TENTATIVE");
        g_assert_cmpstr(event->field[FIELD_IMPACT], ==, "REDUCED-REDUNDANCY");
        g_assert_false(event->is_cancelled);
        static const struct calendar_object expected[] = {
                {(char *)"/AB/1/", IMPACT_OUTAGE}, {(char *)"CD-2", IMPACT_NO_IMPACT}, {(char *)"EF-3", IMPACT_NONE}};
        g_assert_cmpuint(event->objects->len, ==, G_N_ELEMENTS(expected));
        for (guint i = 0; i < event->objects->len; i++) {
                const struct calendar_object *object = event->objects->pdata[i];
                g_assert_cmpstr(object->id, ==, expected[i].id);
                g_assert_cmpint(object->impact, ==, expected[i].impact);
        }
        calendar_free(calendar);
}

static void test_cancelled(void)
{
        struct calendar *calendar =
                must_read("BEGIN:VCALENDAR\nMETHOD:cancel\nBEGIN:VEVENT\nDTSTART:20211114T080000Z\nEND:VEVENT\nEND:VCALENDAR\n");
        g_assert_cmpstr(calendar->method, ==, "CANCEL");
        g_assert_true(event_of(calendar, 0)->is_cancelled);
        calendar_free(calendar);
        calendar = must_read(
                "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSTATUS:CANCELLED\nEND:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n");
        g_assert_cmpstr(calendar->method, ==, "REQUEST");
        g_assert_true(event_of(calendar, 0)->is_cancelled);
        g_assert_false(event_of(calendar, 1)->is_cancelled);
        calendar_free(calendar);
        calendar = must_read("BEGIN:VCALENDAR\nEND:VCALENDAR\n");
        g_assert_cmpstr(calendar->method, ==, "");
        g_assert_cmpuint(calendar->events->len, ==, 0);
        calendar_free(calendar);
}

/* Folded as RFC 5545 has it, folded without the blank, octets of Windows-1252, controls, a byte order mark, a footer of a list. */
static void test_mending(void)
{
        struct calendar *calendar = must_read("\xef\xbb\xbf" EVENT("DTSTART;TZID=America/New_\r\n York:20210714T080000\r\n"
                                                                   "SUMMARY:Stra\xdf"
                                                                   "e\x01 one\\,\r\n"
                                                                   "https://example.net/two\r\n"
                                                                   "Note: three\r\n"
                                                                   "LOCATION:Ber\r\n"
                                                                   "lin\r\n") "_____\r\nlist footer\r\n");
        const struct calendar_event *event = event_of(calendar, 0);
        g_autofree char *start = instant_text(event->start);
        g_assert_cmpstr(start, ==, "2021-07-14T12:00:00Z");
        g_assert_cmpstr(event->field[FIELD_TITLE], ==, "Straße one,https://example.net/twoNote: three");
        g_assert_cmpstr(event->field[FIELD_LOCATION], ==, "Berlin");
        calendar_free(calendar);
}

static char *repeat(const char *before, const char *what, guint n, const char *after)
{
        GString *text = g_string_new(before);
        for (guint i = 0; i < n; i++)
                g_string_append(text, what);
        return g_string_free(g_string_append(text, after), FALSE);
}

static void must_read_nothing(const char *text, const char *why)
{
        g_autoptr(GError) error = NULL;
        g_assert_null(ics_read(text, strlen(text), &error));
        g_assert_nonnull(error);
        g_assert_cmpstr(error->message, ==, why);
}

static void must_refuse(const char *bytes, gsize length, const char *why)
{
        g_autoptr(GError) error = NULL;
        g_assert_null(ics_read(bytes, length, &error));
        g_assert_nonnull(error);
        g_assert_cmpstr(error->message, ==, why);
        g_autofree char *lines = ics_lines(bytes, length);
        g_assert_cmpstr(lines, ==, "");
}

static void test_refused(void)
{
        static const char nul[] = "BEGIN:VCALENDAR\n\0END:VCALENDAR\n";
        g_autofree char *deep = repeat("BEGIN:VCALENDAR\n", "BEGIN:VEVENT\n", 4, "");
        g_autofree char *many = repeat("BEGIN:VCALENDAR\n", "BEGIN:VEVENT\nEND:VEVENT\n", LIMIT_ICS_EVENTS + 1, "END:VCALENDAR\n");
        g_autofree char *wide = repeat("BEGIN:VCALENDAR\nX-A:", "aaaaaaaa", LIMIT_ICS_LINE / 8, "\nEND:VCALENDAR\n");
        g_autofree char *big = repeat("BEGIN:VCALENDAR\n", "X-A:aaaaaaaa\n", LIMIT_ICS / 8, "END:VCALENDAR\n");
        must_refuse(nul, sizeof nul - 1, "the calendar part holds a NUL");
        must_refuse(deep, strlen(deep), "the calendar part is nested too deeply");
        must_refuse(many, strlen(many), "the calendar part has over 200 events");
        must_refuse(wide, strlen(wide), "the calendar part has a line over 64 kB");
        must_refuse(big, strlen(big), "the calendar part is over 512 kB");
        must_refuse("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", 29, "the calendar part is cut off");
        g_autofree char *crowd = repeat(EVENT_OPEN, "EXDATE:soon\n", LIMIT_ICS_PROPERTIES, EVENT_CLOSE);
        must_read_nothing(crowd, "the calendar part has too many properties");
        must_refuse("BEGIN:VCALENDAR\nBEGIN:\nEND:\nEND:VCALENDAR\n", 42, "the calendar part has a BEGIN or END of nothing");
        must_refuse("END:VEVENT\n", 11, "the calendar part has an END without BEGIN");
        must_refuse("", 0, "the calendar part holds no calendar");
        must_refuse("BEGIN:VTODO\nEND:VTODO\n", 22, "the calendar part holds no calendar");
}

static void test_is_calendar(void)
{
        g_assert_true(ics_is_calendar("BEGIN:VCALENDAR\n", 16));
        g_assert_true(ics_is_calendar("\xef\xbb\xbf\r\nbegin:vcalendar", 20));
        g_assert_false(ics_is_calendar("BEGIN:VCALENDAR", 14));
        g_assert_false(ics_is_calendar("BEGIN:VCARD\n    ", 16));
        g_assert_false(ics_is_calendar("", 0));
}

static void test_lines(void)
{
        static const char text[] = EVENT("DTSTART;X-A=\"a:b\";TZID=\"Europe/Paris\":20211114T080000\n"
                                         "DTSTAMP:20211101T000000Z\n"
                                         "DESCRIPTION:Circuit:  AB-1\\n\\n\\; Start\\, End\\\\\\NSee\n"
                                         " below\n"
                                         "x-maintnote-status:CONFIRMED\n"
                                         "BEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM\n");
        g_autofree char *lines = ics_lines(text, strlen(text));
        g_assert_cmpstr(lines, ==,
                        "UID:1@example.net\nDTSTART:20211114T080000 Europe/Paris\nDESCRIPTION:Circuit: AB-1\n; Start, End\\\nSeebelow\n"
                        "X-MAINTNOTE-STATUS:CONFIRMED\n\n");
}

/* By UID and SEQUENCE a later notice is told from an earlier one; a broken number is none. */
static void test_revision(void)
{
        static const struct {
                const char *text, *uid;
                int sequence;
        } rows[] = {
                {EVENT("SEQUENCE:7\nDTSTART:20211114T080000Z\n"), "1@example.net", 7},
                {EVENT("DTSTART:20211114T080000Z\n"), "1@example.net", -1},
                {EVENT("SEQUENCE:-5\nDTSTART:20211114T080000Z\n"), "1@example.net", -1},
                {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSEQUENCE:0\nDTSTART:20211114T080000Z\nEND:VEVENT\nEND:VCALENDAR\n", NULL, 0},
                {EVENT("SEQUENCE:2\nDTSTART:20211114T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\n"), "1@example.net", 2},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct calendar *calendar = must_read(rows[i].text);
                for (guint k = 0; k < calendar->events->len; k++) {
                        g_assert_cmpstr(event_of(calendar, k)->uid, ==, rows[i].uid);
                        g_assert_cmpint(event_of(calendar, k)->sequence, ==, rows[i].sequence);
                }
                calendar_free(calendar);
        }
}

/* A property under a name that nobody knows may be one of ours; the X- names of programs that write calendars are not, nor anything in a
 * plain invitation. */
static void test_unknown_properties(void)
{
        static const struct {
                const char *text, *note;
        } cases[] = {
                {EVENT("X-MAINTNOTE-STATUS:CONFIRMED\r\nAFFECTED;A=B:S1\r\nAFFECTED:S2\r\n"), "a property is not known: 'AFFECTED'"},
                {EVENT("X-MAINTNOTE-STATUS:CONFIRMED\r\nX-OWN:S1\r\n"), "a property is not known: 'X-OWN'"},
                {EVENT("X-MAINTNOTE-STATUS:CONFIRMED\r\nX-OBJECT-ID;X-OBJECT-IMPACT=OUTAGE:S1\r\n"),
                 "a property is not known: 'X-OBJECT-ID'"},
                {EVENT("X-MAINTNOTE-OBJECT:S1\r\n"), "a property is not known: 'X-MAINTNOTE-OBJECT'"},
                {EVENT("X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:S1\r\nCOLOR:red\r\nX-MICROSOFT-CDO-IMPORTANCE:1\r\nx-wr-"
                       "calname:c\r\n"),
                 NULL},
                {EVENT("X-MAINTNOTE-STATUS:CONFIRMED\r\nBEGIN:VALARM\r\nX-SOUND:bell\r\nEND:VALARM\r\n"), NULL},
                {EVENT("X-AFFECTED:S1\r\n"), NULL},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
                struct calendar *calendar = must_read(cases[i].text);
                g_assert_cmpuint(calendar->notes->len, ==, cases[i].note ? 1 : 0);
                if (cases[i].note)
                        g_assert_cmpstr(calendar->notes->pdata[0], ==, cases[i].note);
                calendar_free(calendar);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/ics/times", test_times);
        g_test_add_func("/ics/unknown-properties", test_unknown_properties);
        g_test_add_func("/ics/recurrences", test_recurrences);
        g_test_add_func("/ics/many-occurrences", test_many_occurrences);
        g_test_add_func("/ics/moved-occurrence", test_moved_occurrence);
        g_test_add_func("/ics/own-zone", test_own_zone);
        g_test_add_func("/ics/maintenance", test_maintenance);
        g_test_add_func("/ics/cancelled", test_cancelled);
        g_test_add_func("/ics/mending", test_mending);
        g_test_add_func("/ics/refused", test_refused);
        g_test_add_func("/ics/is-calendar", test_is_calendar);
        g_test_add_func("/ics/lines", test_lines);
        g_test_add_func("/ics/revision", test_revision);
        return g_test_run();
}
