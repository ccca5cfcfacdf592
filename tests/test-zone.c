/* Zone words, tz names, and local times at the edges of summer time. Expectations are from RFC 5545 3.3.5 and the tz database's rules. */
#include "reader/zone.h"

#include <string.h>

struct row {
        const char *zone;
        struct civil civil;
        const char *utc; /* ISO 8601; NULL: no zone, or no date */
        bool is_ambiguous;
};

static const struct civil winter = {2021, 1, 14, 12, 0, 0}, summer = {2021, 7, 14, 12, 0, 0};

static void check(struct zone *zone, const struct row *row)
{
        gint64 utc = 0;
        bool is_ambiguous = false;
        bool known = zone && zone_to_utc(zone, &row->civil, &utc, &is_ambiguous);
        g_test_message("%s %04d-%02d-%02d %02d:%02d", row->zone, row->civil.year, row->civil.month, row->civil.day, row->civil.hour,
                       row->civil.minute);
        zone_free(zone);
        if (!row->utc) {
                g_assert_false(known);
                return;
        }
        g_assert_true(known);
        g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(utc);
        g_autofree char *text = g_date_time_format(at, "%Y-%m-%dT%H:%M:%SZ");
        g_assert_cmpstr(text, ==, row->utc);
        g_assert_cmpint(is_ambiguous, ==, row->is_ambiguous);
}

/* What each text means in January and in July: hours and minutes ahead of UTC as HHMM, and whether the season is doubted. */
static const struct {
        const char *text;
        int winter, summer;
        bool doubt_winter, doubt_summer;
} meanings[] = {
        {"UTC", 0, 0, false, false},
        {"gmt", 0, 0, false, false},
        {"Z", 0, 0, false, false},
        {"( GMT )", 0, 0, false, false},
        {"(Greenwich Mean Time)", 0, 0, false, false},
        {"UTC/GMT", 0, 0, false, false},
        {"UTC time", 0, 0, false, false},
        {"GMT+3", 300, 300, false, false},
        {"(UTC+0200)", 200, 200, false, false},
        {"UTC +02:00", 200, 200, false, false},
        {"UTC-5", -500, -500, false, false},
        {"+0530", 530, 530, false, false},
        {"+00:00 UTC", 0, 0, false, false},
        {"+05:30 IST", 530, 530, false, false},
        {"GMT+5.30", 530, 530, false, false},
        {"-0330", -330, -330, false, false},
        {"EST", -500, -500, false, true},
        {"EDT", -400, -400, true, false},
        {"ET", -500, -400, false, false},
        {"EST/EDT", -500, -400, false, false},
        {"Eastern", -500, -400, false, false},
        {" ( Pacific ) ", -800, -700, false, false},
        {"Mountain Time", -700, -600, false, false},
        {"MDT (Mountain Daylight Time)", -600, -600, true, false},
        {"CST (Central Standard Time)", -600, -500, false, true},
        {"Eastern Standard Time", -500, -400, false, true},
        {"(UTC-05:00) Eastern Time (US & Canada)", -500, -400, false, false},
        {"CET", 100, 100, false, true},
        {"MESZ", 200, 200, true, false},
        {"Central European Summer Time", 200, 200, true, false},
        {"W. Europe Standard Time", 100, 200, false, false},
        {"GMT Standard Time", 0, 100, false, false},
        {"British Summer Time", 100, 100, true, false},
        {"BRT (Brasilia Time)", -300, -300, false, false},
        {"JST", 900, 900, false, false},
        {"AEDT", 1100, 1100, false, true},
        {"NZST", 1200, 1200, true, false},
        {"MSK", 300, 300, false, false},
        {"Europe/Paris", 100, 200, false, false},
        {"America/Argentina/Buenos_Aires", -300, -300, false, false},
        {"US/Eastern", -500, -400, false, false},
        {"Etc/GMT+5", -500, -500, false, false},
        {"Singapore", 800, 800, false, false},
};

static const char *const unknown[] = {
        "",
        "IST",
        "BST",
        "CST",
        "AST",
        "GST",
        "SST",
        "local time",
        "time",
        "(local time)",
        "Chicago",
        "()",
        "Europe/Atlantis",
        "GMT+15",
        "GMT+5:75",
        "+",
        "UTC+",
        "ABC3",
        "EST5ED",
        "+123456",
        "GMT+3 to GMT+4",
        "UTC/",
        "/UTC",
        "EST/PST",
        "../../etc/passwd",
        "Europe",
};

static void check_meaning(const char *text, int hhmm, const struct civil *civil, bool is_ambiguous)
{
        gint64 utc = 0, noon = civil == &winter ? 1610625600 : 1626264000;
        bool flagged = false;
        struct zone *zone = zone_from_text(text);
        g_test_message("%s", text);
        g_assert_nonnull(zone);
        g_assert_true(zone_to_utc(zone, civil, &utc, &flagged));
        g_assert_cmpint(noon - utc, ==, (hhmm / 100 * 60 + hhmm % 100) * 60);
        g_assert_cmpint(flagged, ==, is_ambiguous);
        zone_free(zone);
}

static void test_text(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++) {
                check_meaning(meanings[i].text, meanings[i].winter, &winter, meanings[i].doubt_winter);
                check_meaning(meanings[i].text, meanings[i].summer, &summer, meanings[i].doubt_summer);
        }
}

static void test_unknown(void)
{
        g_autofree char *longest = g_strnfill(100000, '(');
        for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++) {
                g_test_message("%s", unknown[i]);
                g_assert_null(zone_from_text(unknown[i]));
        }
        g_assert_null(zone_from_text(longest));
}

static void test_names(void)
{
        static const char *const refused[] = {
                "",
                "/",
                "../../../etc/passwd",
                "/etc/passwd",
                "Europe/../Europe/Paris",
                "Europe//Paris",
                "Europe/",
                "right/Europe/Paris",
                "posix/Europe/Paris",
                "localtime",
                "posixrules",
                "tzdata.zi",
                "Europe",
                "Nowhere/City",
                "<+03>-3",
                "UTC5",
                "europe/paris",
                "Europe/Paris\n",
                ":Europe/Paris",
        };
        for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
                g_test_message("%s", refused[i]);
                g_assert_null(zone_from_name(refused[i]));
        }
        g_assert_null(zone_from_tzid("../../../etc/passwd"));
        check(zone_from_tzid("/vendor.example/20050126_1/Europe/Berlin"), &(struct row){"prefix", summer, "2021-07-14T10:00:00Z", false});
        check(zone_from_tzid("eastern standard time"), &(struct row){"Windows", summer, "2021-07-14T16:00:00Z", false});
        check(zone_from_name("Europe/Paris"), &(struct row){"Europe/Paris", summer, "2021-07-14T10:00:00Z", false});
}

/* RFC 5545 3.3.5: the first of two; in the gap the offset before it. */
static const struct row edges[] = {
        {"America/New_York", {2026, 11, 1, 0, 59, 59}, "2026-11-01T04:59:59Z", false},
        {"America/New_York", {2026, 11, 1, 1, 0, 0}, "2026-11-01T05:00:00Z", true},
        {"America/New_York", {2026, 11, 1, 1, 30, 0}, "2026-11-01T05:30:00Z", true},
        {"America/New_York", {2026, 11, 1, 2, 0, 0}, "2026-11-01T07:00:00Z", false},
        {"America/New_York", {2026, 3, 8, 1, 59, 0}, "2026-03-08T06:59:00Z", false},
        {"America/New_York", {2026, 3, 8, 2, 30, 0}, "2026-03-08T07:30:00Z", true},
        {"America/New_York", {2026, 3, 8, 3, 0, 0}, "2026-03-08T07:00:00Z", false},
        {"Europe/London", {2021, 10, 31, 1, 30, 0}, "2021-10-31T00:30:00Z", true},
        {"Europe/Dublin", {2021, 10, 31, 1, 30, 0}, "2021-10-31T00:30:00Z", true},
        {"Australia/Lord_Howe", {2021, 4, 4, 1, 45, 0}, "2021-04-03T14:45:00Z", true},
        {"Pacific/Apia", {2011, 12, 30, 12, 0, 0}, "2011-12-30T22:00:00Z", true},
        {"Etc/UTC", {2021, 11, 14, 24, 0, 0}, "2021-11-15T00:00:00Z", false},
        {"Etc/UTC", {2024, 2, 29, 24, 0, 0}, "2024-03-01T00:00:00Z", false},
        {"Etc/UTC", {2021, 11, 14, 24, 0, 1}, NULL, false},
        {"Etc/UTC", {2021, 13, 1, 0, 0, 0}, NULL, false},
        {"Etc/UTC", {2021, 6, 31, 0, 0, 0}, NULL, false},
        {"Etc/UTC", {2021, 2, 29, 0, 0, 0}, NULL, false},
        {"Etc/UTC", {1999, 12, 31, 0, 0, 0}, NULL, false},
        {"Etc/UTC", {2101, 1, 1, 0, 0, 0}, NULL, false},
        {"Etc/UTC", {2021, 1, 1, -1, 0, 0}, NULL, false},
        {"Etc/UTC", {2021, 1, 1, 0, 60, 0}, NULL, false},
};

static void test_edges(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(edges); i++)
                check(zone_from_name(edges[i].zone), &edges[i]);
        check(zone_from_offset(-19800), &(struct row){"-5:30", summer, "2021-07-14T17:30:00Z", false});
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/zone/text", test_text);
        g_test_add_func("/zone/unknown", test_unknown);
        g_test_add_func("/zone/names", test_names);
        g_test_add_func("/zone/edges", test_edges);
        return g_test_run();
}
