/* Dates, times, lengths of time and strptime forms. What each text means was written down by hand. */
#include "reader/when.h"

#include <string.h>

struct row {
        const char *form; /* NULL: none */
        const char *text;
        const char *meaning; /* "YYYY-MM-DD HH:MM:SS", "-" for what is not said; NULL: no time */
        const char *zone;    /* NULL: none printed */
        int weekday;
};

static const struct row reads[] = {
        /* ISO 8601 */
        {NULL, "2021-11-14 08:01 (GMT)", "2021-11-14 08:01:00", "(GMT)", 0},
        {NULL, "2021-11-14T08:01:00Z", "2021-11-14 08:01:00", "Z", 0},
        {NULL, "20211114T080100Z", "2021-11-14 08:01:00", "Z", 0},
        {NULL, "20211114T0801", "2021-11-14 08:01:00", NULL, 0},
        {NULL, "2021-11-14T08:01:00.123+02:00", "2021-11-14 08:01:00", "+02:00", 0},
        {NULL, "2021-11-14T08:01-05:00", "2021-11-14 08:01:00", "-05:00", 0},
        {NULL, "2021-11-14 08:01:00-05:00", "2021-11-14 08:01:00", "-05:00", 0},
        {NULL, "2021-11-14 08:01:00 +0000 UTC", "2021-11-14 08:01:00", "+0000 UTC", 0},
        {NULL, "2021-11-14 08:01:00+00:00 UTC", "2021-11-14 08:01:00", "+00:00 UTC", 0},
        {NULL, "14 Nov 2021 08:01:00 -0330", "2021-11-14 08:01:00", "-0330", 0},
        {NULL, "2021/11/14 8:01", "2021-11-14 08:01:00", NULL, 0},
        {NULL, "2021.11.14, 8:01 PM", "2021-11-14 20:01:00", NULL, 0},
        /* order, separators, ordinals, names in seven languages */
        {NULL, "Sunday, 14 Nov at 8:01 PM EST", "-11-14 20:01:00", "EST", 7},
        {NULL, "14-Nov-2021 00:01", "2021-11-14 00:01:00", NULL, 0},
        {NULL, "14/Nov/2021 - 00:01", "2021-11-14 00:01:00", NULL, 0},
        {NULL, "14Nov2021 00:01", "2021-11-14 00:01:00", NULL, 0},
        {NULL, "2021-November-14 20:00 UTC", "2021-11-14 20:00:00", "UTC", 0},
        {NULL, "Nov. 14th, 2021, 14:00 GMT", "2021-11-14 14:00:00", "GMT", 0},
        {NULL, "the 1st of December 2021 @ 23:59:59", "2021-12-01 23:59:59", NULL, 0},
        {NULL, "16:00 UTC/ 27th November 2024", "2024-11-27 16:00:00", "UTC", 0},
        {NULL, "16.00 UTC/ 27th November 2024", "2024-11-27 16:00:00", "UTC", 0},
        {NULL, "08:01 GMT+3, 14 Nov 2021", "2021-11-14 08:01:00", "GMT+3", 0},
        {NULL, "Sun Nov 14 08:01:00 UTC 2021", "2021-11-14 08:01:00", "UTC", 7},
        {NULL, "14 Nov 2021 (Sunday) 08:01", "2021-11-14 08:01:00", NULL, 7},
        {NULL, "14 Nov 2021 08:01 UTC (Sunday)", "2021-11-14 08:01:00", "UTC", 7},
        {NULL, "SUNDAY, 14 NOV 08:01", "-11-14 08:01:00", NULL, 7},
        {NULL, "Sonntag, den 14. März 2021 um 20.01 Uhr MEZ", "2021-03-14 20:01:00", "MEZ", 7},
        {NULL, "22:00 am 14. November 2021", "2021-11-14 22:00:00", NULL, 0},
        {NULL, "12:00 am 14. November 2021", "2021-11-14 12:00:00", NULL, 0},
        {NULL, "12:00 am 14 November 2021", "2021-11-14 00:00:00", NULL, 0},
        {NULL, "le 14 août 2021 à 20h30", "2021-08-14 20:30:00", NULL, 0},
        {NULL, "14 février 2021 20h", "2021-02-14 20:00:00", NULL, 0},
        {NULL, "14 de noviembre de 2021 a las 10:30 h", "2021-11-14 10:30:00", NULL, 0},
        {NULL, "segunda-feira, 15 de março de 2021 às 10:30", "2021-03-15 10:30:00", NULL, 1},
        {NULL, "mar, 16 nov 2021 10:00", "2021-11-16 10:00:00", NULL, 2},
        {NULL, "16 mar 2021 10:00", "2021-03-16 10:00:00", NULL, 0},
        {NULL, "domenica 14 settembre 2025 alle ore 22:30", "2025-09-14 22:30:00", NULL, 7},
        {NULL, "zondag 14 maart 2021 om 02:00", "2021-03-14 02:00:00", NULL, 7},
        {NULL, "日曜日, 14 NOV 08:01", "-11-14 08:01:00", NULL, 7},
        /* years of two digits, only beside a named month */
        {NULL, "14-Nov-21", "2021-11-14 -", NULL, 0},
        {NULL, "14 Nov 21 08:30", "2021-11-14 08:30:00", NULL, 0},
        {NULL, "Nov 14, '21 08:30", "2021-11-14 08:30:00", NULL, 0},
        {NULL, "14 Nov 08:30", "-11-14 08:30:00", NULL, 0},
        {NULL, "14 Nov 08.30 UTC", "-11-14 08:30:00", "UTC", 0},
        {NULL, "14 Nov 8 PM", "-11-14 20:00:00", NULL, 0},
        /* times of day */
        {NULL, "0830 UTC 14 Nov 2021", "2021-11-14 08:30:00", "UTC", 0},
        {NULL, "14 Nov 2021 0830hrs", "2021-11-14 08:30:00", NULL, 0},
        {NULL, "14 Nov 2021 08:30 hrs CET", "2021-11-14 08:30:00", "CET", 0},
        {NULL, "14 Nov 2021 08.30", "2021-11-14 08:30:00", NULL, 0},
        {NULL, "14 Nov 2021 12 midnight", "2021-11-14 00:00:00", NULL, 0},
        {NULL, "14 Nov 2021 12 noon", "2021-11-14 12:00:00", NULL, 0},
        {NULL, "14 Nov 2021 24:00", "2021-11-14 24:00:00", NULL, 0},
        {NULL, "8:01", "- 08:01:00", NULL, 0},
        {NULL, "8 p.m. EST", "- 20:00:00", "EST", 0},
        {NULL, "12:30 AM", "- 00:30:00", NULL, 0},
        {NULL, "12:30 PM", "- 12:30:00", NULL, 0},
        {NULL, "14:00 PM", "- 14:00:00", NULL, 0},
        /* zones, known or not */
        {NULL, "14 Nov 2021 00:01 ( Pacific )", "2021-11-14 00:01:00", "( Pacific )", 0},
        {NULL, "2021-05-20 01:00 MDT (Mountain Daylight Time)", "2021-05-20 01:00:00", "MDT (Mountain Daylight Time)", 0},
        {NULL, "14 Nov 2021 08:01 Central European Summer Time", "2021-11-14 08:01:00", "Central European Summer Time", 0},
        {NULL, "14 Nov 2021 08:01 W. Europe Standard Time", "2021-11-14 08:01:00", "W. Europe Standard Time", 0},
        {NULL, "14 Nov 2021 08:01 America/New_York", "2021-11-14 08:01:00", "America/New_York", 0},
        {NULL, "14 Nov 2021 08:01 GMT -05:00", "2021-11-14 08:01:00", "GMT -05:00", 0},
        {NULL, "14 Nov 2021 08:01 BST", "2021-11-14 08:01:00", "BST", 0},
        {NULL, "14 Nov 2021 08:01 (Seattle, WA)", "2021-11-14 08:01:00", "(Seattle, WA)", 0},
        {NULL, "12:00 AM (local time) 12 Jun 2021", "2021-06-12 00:00:00", "(local time)", 0},
        {NULL, "*14 Nov 2021 08:01 ET*", "2021-11-14 08:01:00", "ET", 0},
        /* a form comes first, its date may stand alone, and it is read more freely than strptime does */
        {"%d/%m/%Y %H:%M", "06/8/2021 21:00:00(GMT)*", "2021-08-06 21:00:00", "(GMT)", 0},
        {"%d/%m/%Y %H:%M", "06/08/2021", "2021-08-06 -", NULL, 0},
        {"%d/%m/%Y %H:%M", "22:00 12/10/2020 GMT", "2020-10-12 22:00:00", "GMT", 0},
        {"%d/%m/%Y %H:%M", "2021-11-14 08:00", "2021-11-14 08:00:00", NULL, 0},
        {"%m/%d/%Y %H:%M", "8/12/2021 2:00:00 am GMT", "2021-08-12 02:00:00", "GMT", 0},
        {"%m/%d/%Y %H:%M", "2/21/2025 12:30", "2025-02-21 12:30:00", NULL, 0},
        {"%m/%d/%y %H:%M", "03/20/24 02:00 ET", "2024-03-20 02:00:00", "ET", 0},
        {"%H:%M %m/%d/%Y", "12:00 AM (local time) 06/12/2021", "2021-06-12 00:00:00", "(local time)", 0},
        {"%d.%m.%Y %H:%M", "Sonntag, 14.11.2021, 00:00 Uhr", "2021-11-14 00:00:00", NULL, 7},
        {"%d/%b/%Y %H:%M", "14/November/2021  8:01", "2021-11-14 08:01:00", NULL, 0},
        {"%H%M %d%m%Y", "0830 14112021 UTC", "2021-11-14 08:30:00", "UTC", 0},
        {"%A %e %B %Y %I:%M %p %Z", "Sun 14 nov 2021 8:01 PM EST", "2021-11-14 20:01:00", "EST", 7},
        {"%d/%m/%Y %k:%M:%S %z", "14/11/2021 8:01:02 +0530", "2021-11-14 08:01:02", "+0530", 0},
        {"on the %d.%m. at %H:%M", "on the 14.11. at 08:01", "-11-14 08:01:00", NULL, 0},
};

/* Nothing is guessed. */
static const struct row refusals[] = {
        {NULL, "", NULL, NULL, 0},
        {NULL, "TBD", NULL, NULL, 0},
        {NULL, "November", NULL, NULL, 0},
        {NULL, "2021", NULL, NULL, 0},
        {NULL, "Sunday", NULL, NULL, 0},
        {NULL, "UTC", NULL, NULL, 0},
        {NULL, "03/09/2030 23:00", NULL, NULL, 0},
        {NULL, "14.11.2021 08:01", NULL, NULL, 0},
        {NULL, "14-11-21", NULL, NULL, 0},
        {NULL, "32 May 2021 10:00", NULL, NULL, 0},
        {NULL, "31 June 2021 10:00", NULL, NULL, 0},
        {NULL, "29 Feb 2021 10:00", NULL, NULL, 0},
        {NULL, "2021-13-14 10:00", NULL, NULL, 0},
        {NULL, "14 Nov 2021 25:00", NULL, NULL, 0},
        {NULL, "14 Nov 2021 24:01", NULL, NULL, 0},
        {NULL, "14 Nov 2021 08:60", NULL, NULL, 0},
        {NULL, "14:00 AM", NULL, NULL, 0},
        {NULL, "00:30 PM", NULL, NULL, 0},
        {NULL, "2021-11-14 08:00-10:00", NULL, NULL, 0},
        {NULL, "2021-11-14 08:00 - 10:00", NULL, NULL, 0},
        {NULL, "14 Nov 2021 08:01 to 09:01", NULL, NULL, 0},
        {NULL, "14 Nov 2021 08:01 - 14 Nov 2021 09:01", NULL, NULL, 0},
        {NULL, "Nov 14 - 16, 2021 10:00", NULL, NULL, 0},
        {NULL, "14 Nov 2021 08:01 for 3 hours", NULL, NULL, 0},
        {NULL, "2 hours", NULL, NULL, 0},
        {NULL, "1.25 hours", NULL, NULL, 0},
        {NULL, "10.0.0.2", NULL, NULL, 0},
        {NULL, "00:1b:44:11:3a:b7", NULL, NULL, 0},
        {"%d/%m/%Y %H:%M", "12/31/2021 10:00", NULL, NULL, 0},
        {"%d/%m/%Y %H:%M", "31/02/2021 10:00", NULL, NULL, 0},
        {"%d/%m/%Y %H:%M", "14/11/2021 10:00 and more 1", NULL, NULL, 0},
        {"%d/%m/%Y %H:%M", "14/11/20211 10:00", NULL, NULL, 0},
};

static char *meaning_of(const struct when *when)
{
        GString *text = g_string_new(NULL);
        if (when->year)
                g_string_append_printf(text, "%04d", when->year);
        if (when->month)
                g_string_append_printf(text, "-%02d-%02d", when->month, when->day);
        else
                g_string_append_c(text, '-');
        if (when->hour >= 0)
                g_string_append_printf(text, " %02d:%02d:%02d", when->hour, when->minute, when->second);
        else
                g_string_append(text, " -");
        return g_string_free(text, FALSE);
}

static void check(const struct row *row, const char *text, const struct when *when)
{
        g_autofree char *meaning = meaning_of(when);
        g_autofree char *zone = g_strndup(text + when->zone_start, when->zone_end - when->zone_start);
        g_assert_cmpstr(meaning, ==, row->meaning);
        g_assert_cmpstr(zone, ==, row->zone ? row->zone : "");
        g_assert_cmpint(when->weekday, ==, row->weekday);
}

static void test_read(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(reads); i++) {
                const struct row *row = &reads[i];
                struct words forms = {(char *[]){(char *)row->form}, row->form ? 1 : 0};
                struct when when;
                g_test_message("%s", row->text);
                g_assert_true(when_read(row->text, &forms, &when));
                check(row, row->text, &when);
        }
}

static void test_refusals(void)
{
        g_autofree char *longest = g_strnfill(100000, '1');
        struct when when;
        for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
                struct words forms = {(char *[]){(char *)refusals[i].form}, refusals[i].form ? 1 : 0};
                g_test_message("%s", refusals[i].text);
                g_assert_false(when_read(refusals[i].text, &forms, &when));
        }
        g_assert_false(when_read(longest, NULL, &when));
}

/* A line, and what is found in it one after the other. */
static const struct {
        const char *line;
        struct row found[3];
        const char *text[3]; /* the whole expression */
} finds[] = {
        {"nothing here", {{0}}, {NULL}},
        {"port 10.0.0.2, 2001:db8::10:30, 00:1b:44:11:3a:b7, CHG0012345, v3.0.16 12:00", {{0}}, {NULL}},
        {"from 00:01 to 05:00 on 14 Nov", {{NULL, "", "-11-14 05:00:00", NULL, 0}}, {"05:00 on 14 Nov"}},
        {"from Thu, 20 May 2021 08:00:00 GMT to Thu, 20 May 2021 14:00:00 GMT for 6 hours.",
         {{NULL, "", "2021-05-20 08:00:00", "GMT", 4}, {NULL, "", "2021-05-20 14:00:00", "GMT", 4}},
         {"Thu, 20 May 2021 08:00:00 GMT", "Thu, 20 May 2021 14:00:00 GMT"}},
        {"UTC: THURSDAY, 16 DEC 23:01 - FRIDAY, 17 DEC 05:00",
         {{NULL, "", "-12-16 23:01:00", NULL, 4}, {NULL, "", "-12-17 05:00:00", NULL, 5}},
         {"THURSDAY, 16 DEC 23:01", "FRIDAY, 17 DEC 05:00"}},
        {"17 DEC 00:01 - FRIDAY, 17 DEC 06:00",
         {{NULL, "", "-12-17 00:01:00", NULL, 0}, {NULL, "", "-12-17 06:00:00", NULL, 5}},
         {"17 DEC 00:01", "FRIDAY, 17 DEC 06:00"}},
        {"Aug 17 2021 00:01 BST - Aug 17 2021 06:01 BST",
         {{NULL, "", "2021-08-17 00:01:00", "BST", 0}, {NULL, "", "2021-08-17 06:01:00", "BST", 0}},
         {"Aug 17 2021 00:01 BST", "Aug 17 2021 06:01 BST"}},
        {"moved from 11:00 PM (local time) 03/09/2030 for 3 hours",
         {{NULL, "", "- 23:00:00", "(local time)", 0}},
         {"11:00 PM (local time) 03/09/2030"}},
        {"Start:14.11.2021 08:01 GMT", {{NULL, "", "- 08:01:00", "GMT", 0}}, {"14.11.2021 08:01 GMT"}},
        {"23-Apr-2026 05:00 (Backup window)", {{NULL, "", "2026-04-23 05:00:00", NULL, 0}}, {"23-Apr-2026 05:00"}},
        {"IT WILL START ON NOVEMBER 14 AT 8 PM TO 9 PM", {{NULL, "", "-11-14 20:00:00", NULL, 0}}, {"NOVEMBER 14 AT 8 PM"}},
        {"16:00 UTC/28th November 2024 to 23:59 UTC/ 28th November 2024",
         {{NULL, "", "2024-11-28 16:00:00", "UTC", 0}, {NULL, "", "2024-11-28 23:59:00", "UTC", 0}},
         {"16:00 UTC/28th November 2024", "23:59 UTC/ 28th November 2024"}},
};

static void test_find(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(finds); i++) {
                const char *line = finds[i].line;
                struct when when;
                gsize from = 0;
                g_test_message("%s", line);
                for (gsize k = 0; finds[i].text[k]; k++) {
                        g_assert_true(when_find(line, from, NULL, &when));
                        g_autofree char *text = g_strndup(line + when.start, when.end - when.start);
                        g_assert_cmpstr(text, ==, finds[i].text[k]);
                        check(&finds[i].found[k], line, &when);
                        from = when.end;
                }
                g_assert_false(when_find(line, from, NULL, &when));
        }
}

static void test_find_by_form(void)
{
        struct words forms = {(char *[]){(char *)"%d/%m/%Y %H:%M"}, 1};
        static const char line[] = "moved to 03/09/2030 23:00 hrs IST.";
        struct when when;
        g_assert_true(when_find(line, 0, &forms, &when));
        check(&(struct row){NULL, "", "2030-09-03 23:00:00", "IST", 0}, line, &when);
}

static void test_duration(void)
{
        static const struct {
                const char *text;
                gint64 seconds;
        } rows[] = {
                {"4 Hours 0 Seconds", 14400},
                {"02:30", 9000},
                {"90 min", 5400},
                {"1d 2h", 93600},
                {"7 Hours 59 Minutes", 28740},
                {"360 minute(s)", 21600},
                {"1.5 hours", 5400},
                {"2,5 Std.", 9000},
                {"5h30", 19800},
                {"1 day, 2:30:00", 95400},
                {"90-minute", 5400},
                {"(60 minutes)", 3600},
                {"0 minutes", 0},
                {"26:00", 93600},
                {"6 horas y 15 minutos", 22500},
                {"3 hours and 30 min.", 12600},
                {"", -1},
                {"12", -1},
                {"hours", -1},
                {"up to 3 hours", -1},
                {"02:75", -1},
                {"400 days", -1},
                {"-3 hours", -1},
                {"3 hours 14 Nov", -1},
                {"99999999999 h", -1},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_test_message("%s", rows[i].text);
                g_assert_cmpint(when_duration(rows[i].text), ==, rows[i].seconds);
        }
}

static void test_ambiguous(void)
{
        static const struct {
                const char *form, *other;
                bool is_ambiguous;
        } rows[] = {
                {"%d/%m/%Y", "%m/%d/%Y", true},       {"%d/%m/%y %H:%M", "%y/%m/%d %H:%M", true},
                {"%d/%m/%Y %H:%M", "%m/%d/%Y", true}, {"%d/%m/%Y", "%d.%m.%Y", false},
                {"%d/%m/%Y", "%d/%m/%y", false},      {"%d/%m/%Y", "%d/%m/%Y %H:%M", false},
                {"%d %b %Y", "%m/%d/%Y", false},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *example = NULL;
                g_test_message("%s, %s", rows[i].form, rows[i].other);
                g_assert_cmpint(when_forms_ambiguous(rows[i].form, rows[i].other, &example), ==, rows[i].is_ambiguous);
                g_assert_cmpint(example != NULL, ==, rows[i].is_ambiguous);
        }
}

static void test_fault(void)
{
        static const char *const good[] = {"%d/%m/%Y %H:%M", "%H:%M", "%d %b", "%A, %e %B %Y at %I:%M %p %Z", "%H:%M:%S%z, 100%% sure"};
        static const char *const bad[] = {"%Q %d %m", "%d/%m/%", "%d/%m %d", "%Y", "%d", "%M %d/%m", "%d %m %p", "", "soon", "%é", "%H %I"};
        for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
                g_autofree char *fault = when_form_fault(good[i]);
                g_assert_cmpstr(fault, ==, NULL);
        }
        for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
                g_autofree char *fault = when_form_fault(bad[i]);
                g_test_message("%s: %s", bad[i], fault);
                g_assert_nonnull(fault);
                g_assert_true(g_utf8_validate(fault, -1, NULL));
        }
        g_autofree char *unknown = when_form_fault("%Q");
        g_assert_cmpstr(unknown, ==, "unknown conversion %Q");
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/when/read", test_read);
        g_test_add_func("/when/refusals", test_refusals);
        g_test_add_func("/when/find", test_find);
        g_test_add_func("/when/find-by-form", test_find_by_form);
        g_test_add_func("/when/duration", test_duration);
        g_test_add_func("/when/ambiguous", test_ambiguous);
        g_test_add_func("/when/fault", test_fault);
        return g_test_run();
}
