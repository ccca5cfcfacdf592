/* Rosters as people keep them, and who has duty at a time. Weeks, offsets and dates were worked out by hand, from calendars and the tz
 * database's rules: Berlin is at +1 in winter and +2 in summer, the clocks change on 2026-03-29 and 2026-10-25. */
#include "reader/duty.h"
#include "reader/roster-text.h"

#include <string.h>

#include <glib/gstdio.h>

static char *known_names[] = {"Ada Lovelace", "Grace Hopper", "Linus"};
static const struct words known = {.word = known_names, .n = G_N_ELEMENTS(known_names)};

/* "2026-11-23=Ada+Grace@Team" for each week, apart by blanks; nobody is "-", no team "". */
static char *weeks_text(const struct roster *roster)
{
        GString *out = g_string_new(NULL);

        for (guint i = 0; i < roster->weeks->len; i++) {
                const struct week *week = roster->weeks->pdata[i];
                g_autofree char *day = roster_day_text(week->day), *names = g_strjoinv("+", week->names);
                g_string_append_printf(out, "%s%s=%s@%s", i ? " " : "", day, *names ? names : "-", week->team ? week->team : "");
        }
        return g_string_free(out, FALSE);
}

static char *faults_text(const GPtrArray *problems)
{
        GString *out = g_string_new(NULL);

        for (guint i = 0; i < problems->len; i++)
                g_string_append_printf(out, "%s%s", i ? "\n" : "", ((GError *)problems->pdata[i])->message);
        return g_string_free(out, FALSE);
}

static const struct {
        const char *name, *text, *weeks;
} texts[] = {
        {"one blank", "2026-11-23 Ada Traffic", "2026-11-23=Ada@Traffic"},
        {"two names", "2026-11-23 Ada/Grace Data Persistence\n", "2026-11-23=Ada+Grace@Data Persistence"},
        {"slash between blanks", "2026-11-23 Ada / Grace Data Persistence\n", "2026-11-23=Ada+Grace@Data Persistence"},
        {"slash at one blank", "2026-11-23 Ada/ Grace Traffic\n2026-11-30 Ada /Grace Traffic",
         "2026-11-23=Ada+Grace@Traffic 2026-11-30=Ada+Grace@Traffic"},
        {"many blanks", "  2026-11-23    Ada/Grace     Data Persistence  \n", "2026-11-23=Ada+Grace@Data Persistence"},
        {"NBSP and wide blanks",
         "2026-11-23\xc2\xa0"
         "Ada\xe2\x80\x83/\xe3\x80\x80Grace\xc2\xa0Traffic\xc2\xa0\n",
         "2026-11-23=Ada+Grace@Traffic"},
        {"BOM, no-break hyphens, marks without width",
         "\xef\xbb\xbf"
         "2026\xe2\x80\x91"
         "11\xe2\x80\x91"
         "23 A\xe2\x80\x8b"
         "da Traffic",
         "2026-11-23=Ada@Traffic"},
        {"CRLF, and CR alone", "2026-11-23 Ada Traffic\r\n\r\n2026-11-30 Bo Edge\r2026-12-07 Cy Edge\r",
         "2026-11-23=Ada@Traffic 2026-11-30=Bo@Edge 2026-12-07=Cy@Edge"},
        {"headings", "Week of\tClinician  Team\n\n2026-11-23 Ada Traffic\n", "2026-11-23=Ada@Traffic"},
        {"a remark", "2026-11-23 Ada Traffic\n# 2026-11-30 Bo Edge\n", "2026-11-23=Ada@Traffic"},
        {"nobody", "2026-12-14 Ada Traffic\n2026-12-21 No clinic duty this week\n", "2026-12-14=Ada@Traffic 2026-12-21=-@"},
        {"nobody, without a date", "2026-12-14 Ada Traffic\nNo clinic duty this week.\nno clinic duty\n2027-01-04 Bo Edge",
         "2026-12-14=Ada@Traffic 2026-12-21=-@ 2026-12-28=-@ 2027-01-04=Bo@Edge"},
        {"nobody, in columns", "2026-12-21\tNO CLINIC DUTY THIS WEEK\t\n", "2026-12-21=-@"},
        {"out of order", "2027-01-04 Bo Edge\n2026-12-28 Ada Edge", "2026-12-28=Ada@Edge 2027-01-04=Bo@Edge"},
        {"the same week twice, the same people", "2026-11-23 Ada Edge\n2026-11-23 ada Edge", "2026-11-23=Ada@Edge"},
        {"known names of two words", "2026-11-23 Ada Lovelace Data Persistence\n2026-11-30 ada lovelace / Grace Hopper Edge",
         "2026-11-23=Ada Lovelace@Data Persistence 2026-11-30=ada lovelace+Grace Hopper@Edge"},
        {"a gap after names of two words", "2026-11-23 Bo Ek  Data Persistence\n2026-11-30 Bo Ek / Cy Day   Edge",
         "2026-11-23=Bo Ek@Data Persistence 2026-11-30=Bo Ek+Cy Day@Edge"},
        {"a gap within the team", "2026-11-23 Linus Data  Persistence", "2026-11-23=Linus@Data Persistence"},
        {"a slash in the team", "2026-11-23 Ada Traffic/Edge", "2026-11-23=Ada@Traffic/Edge"},
        {"TABs", "2026-11-23\tBo Ek\tData Persistence\n2026-11-30\tBo Ek/Cy Day\tEdge\n2026-12-07\tBo\n2026-12-14\tBo Ek\t\n",
         "2026-11-23=Bo Ek@Data Persistence 2026-11-30=Bo Ek+Cy Day@Edge 2026-12-07=Bo@ 2026-12-14=Bo@Ek"},
        {"TABs beside the slash", "2026-11-23\tBo Ek\t/\tCy Day\tEdge", "2026-11-23=Bo Ek+Cy Day@Edge"},
        {"other dates", "23 November 2026 Ada Edge\nNovember 30, 2026 Bo Edge\n2026/12/07 Cy Edge\nMonday, 14 Dec 2026 Di Edge",
         "2026-11-23=Ada@Edge 2026-11-30=Bo@Edge 2026-12-07=Cy@Edge 2026-12-14=Di@Edge"},
        {"a name that is a month, a day or a zone", "2026-11-23 May Edge\n2026-11-30 Sunday Edge\n2026-12-07 Art Edge\n2026-12-14 Z Edge",
         "2026-11-23=May@Edge 2026-11-30=Sunday@Edge 2026-12-07=Art@Edge 2026-12-14=Z@Edge"},
        {"names in other letters", "2026-11-23 Łukasz/Зоя Edge", "2026-11-23=Łukasz+Зоя@Edge"},
};

static void test_texts(void)
{
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
                g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
                struct roster *roster = roster_new("r");
                roster_read_text(roster, texts[i].text, strlen(texts[i].text), &known, problems);
                g_autofree char *weeks = weeks_text(roster), *faults = faults_text(problems);
                g_test_message("%s: %s", texts[i].name, faults);
                g_assert_cmpstr(weeks, ==, texts[i].weeks);
                g_assert_cmpuint(problems->len, ==, 0);
                roster_free(roster);
        }
}

/* What is wrong is left out and named, and nothing beside it. */
static const struct {
        const char *text, *weeks, *faults;
} wrong[] = {
        {"2026-11-23 Ada Edge\n2026-12-01 Bo Edge\n2026-12-07 Cy Edge", "2026-11-23=Ada@Edge 2026-12-07=Cy@Edge",
         "r:2:1: week: '2026-12-01' is no Monday of the years 2000 to 2100; weeks begin on Mondays"},
        {"2026-11-23 Ada Edge\n\n  soon Bo Edge", "2026-11-23=Ada@Edge",
         "r:3:3: week: 'soon' begins no date; expected is a Monday such as 2026-11-23"},
        {"2026-13-45 Ada Edge\n2026-11-23 Ada Edge", "2026-11-23=Ada@Edge",
         "r:1:1: week: '2026-13-45' begins no date; expected is a Monday such as 2026-11-23"},
        {"11/23/2026 Ada Edge", "", "r:1:1: week: '11/23/2026' begins no date; expected is a Monday such as 2026-11-23"},
        {"2026-11-23", "", "r:1:11: names: ''; expected is one name, two with a slash, or 'No clinic duty this week'"},
        {"2026-11-23 Ada/ \n2026-11-30 Bo Edge", "2026-11-30=Bo@Edge",
         "r:1:12: names: 'Ada/'; expected is one name, two with a slash, or 'No clinic duty this week'"},
        {"2026-11-23 A/B/C Edge", "", "r:1:12: names: 'A/B/C Edge'; expected is one name, two with a slash, or 'No clinic duty this week'"},
        {"2026-11-23 /B Edge", "", "r:1:12: names: '/B Edge'; expected is one name, two with a slash, or 'No clinic duty this week'"},
        {"No clinic duty this week\n2026-11-23 Ada Edge", "2026-11-23=Ada@Edge",
         "r:1:1: week: 'No' begins no date; expected is a Monday such as 2026-11-23"},
        {"2026-11-23 Ada Edge\n2026-11-30 Bo Edge\n2026-11-23 Cy Edge", "2026-11-23=-@ 2026-11-30=Bo@Edge",
         "r:3:1: week: 2026-11-23 is in line 1 already, with other names; expected is one line a week, and nobody is taken from either"},
        {"2026-11-23 Ad\xe9 Edge\n2026-11-30 Bo Edge", "2026-11-30=Bo@Edge", "r:1:1: week: bytes that are no text in UTF-8"},
        {"", "", "r: holds no week; expected are lines such as '2026-11-23 NAME TEAM'"},
        {"Week Name Team\n", "", "r: holds no week; expected are lines such as '2026-11-23 NAME TEAM'"},
};

static void test_wrong(void)
{
        for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
                g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
                struct roster *roster = roster_new("r");
                roster_read_text(roster, wrong[i].text, strlen(wrong[i].text), &known, problems);
                g_autofree char *weeks = weeks_text(roster), *faults = faults_text(problems);
                g_assert_cmpstr(weeks, ==, wrong[i].weeks);
                g_assert_cmpstr(faults, ==, wrong[i].faults);
                roster_free(roster);
        }
}

/* A roster in a file of its own. */
struct fixture {
        char *directory, *path;
        struct settings settings;
        struct person people[2];
        GPtrArray *problems;
};

static void set_up(struct fixture *fixture, gconstpointer name)
{
        fixture->directory = g_dir_make_tmp("mailclinic-roster-XXXXXX", NULL);
        fixture->path = g_build_filename(fixture->directory, name, NULL);
        fixture->people[0] = (struct person){.name = (char *)"Ada Lovelace", .user = (char *)"ada"};
        fixture->people[1] = (struct person){.name = (char *)"GRACE", .user = (char *)"gh"};
        fixture->settings = (struct settings){.roster = {.file = fixture->path}, .people = fixture->people, .people_n = 2};
        fixture->problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
}

static void tear_down(struct fixture *fixture, G_GNUC_UNUSED gconstpointer name)
{
        g_unlink(fixture->path);
        g_rmdir(fixture->directory);
        g_free(fixture->directory);
        g_free(fixture->path);
        g_ptr_array_unref(fixture->problems);
}

static struct duty *load(struct fixture *fixture, const char *zone, const char *text)
{
        g_autoptr(GError) error = NULL;

        g_assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
        fixture->settings.roster.zone = (char *)zone;
        struct duty *duty = duty_load(&fixture->settings, fixture->problems, &error);
        g_assert_no_error(error);
        return duty;
}

static gint64 instant(const char *text)
{
        g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(text, NULL);

        g_assert_nonnull(at);
        return g_date_time_to_unix(at);
}

/* "Ada+Grace START END" of the week that a time is in. */
static char *turn_text(const struct turn *turn)
{
        g_autoptr(GDateTime) start = g_date_time_new_from_unix_utc(turn->start), end = g_date_time_new_from_unix_utc(turn->end);
        g_autofree char *from = g_date_time_format(start, "%FT%RZ"), *to = g_date_time_format(end, "%FT%RZ");
        g_autofree char *names = turn->week ? g_strjoinv("+", turn->week->names) : g_strdup("?");

        return g_strdup_printf("%s %s %s", *names ? names : "-", from, to);
}

static void check_at(const struct duty *duty, const char *at, const char *expected)
{
        const struct turn turn = duty_at(duty, instant(at));
        g_autofree char *text = turn_text(&turn);

        g_assert_cmpstr(text, ==, expected);
}

static void check_next(const struct duty *duty, const char *at, const char *expected)
{
        const struct turn turn = duty_at(duty, instant(at)), next = duty_next(duty, &turn);
        g_autofree char *text = next.week ? turn_text(&next) : g_strdup("none");

        g_assert_cmpstr(text, ==, expected);
}

static void test_turn(struct fixture *fixture, G_GNUC_UNUSED gconstpointer name)
{
        struct duty *duty = load(fixture, "Europe/Berlin", "2026-03-23 A x\n2026-03-30 B x\n2026-10-19 C x\n2026-10-26 D x\n");

        check_at(duty, "2026-03-22T22:59:59Z", "? 2026-03-15T23:00Z 2026-03-22T23:00Z");
        check_at(duty, "2026-03-22T23:00:00Z", "A 2026-03-22T23:00Z 2026-03-29T22:00Z");
        check_at(duty, "2026-03-29T21:59:59Z", "A 2026-03-22T23:00Z 2026-03-29T22:00Z");
        check_at(duty, "2026-03-29T22:00:00Z", "B 2026-03-29T22:00Z 2026-04-05T22:00Z");
        check_at(duty, "2026-10-25T22:30:00Z", "C 2026-10-18T22:00Z 2026-10-25T23:00Z");
        check_at(duty, "2026-10-25T23:00:00Z", "D 2026-10-25T23:00Z 2026-11-01T23:00Z");
        check_next(duty, "2026-03-29T22:00:00Z", "C 2026-10-18T22:00Z 2026-10-25T23:00Z");
        check_next(duty, "2026-10-25T23:00:00Z", "none");
        duty_free(duty);
}

static void test_year(struct fixture *fixture, G_GNUC_UNUSED gconstpointer name)
{
        struct duty *duty = load(fixture, "Pacific/Auckland", "2026-12-21 No clinic duty this week\n2026-12-28 A/B x\n2027-01-11 C x\n");

        check_at(duty, "2026-12-27T10:59:00Z", "- 2026-12-20T11:00Z 2026-12-27T11:00Z");
        check_at(duty, "2026-12-31T23:59:59Z", "A+B 2026-12-27T11:00Z 2027-01-03T11:00Z");
        check_at(duty, "2027-01-03T11:00:00Z", "? 2027-01-03T11:00Z 2027-01-10T11:00Z");
        check_next(duty, "2026-12-25T00:00:00Z", "A+B 2026-12-27T11:00Z 2027-01-03T11:00Z");
        check_next(duty, "2027-01-01T00:00:00Z", "C 2027-01-10T11:00Z 2027-01-17T11:00Z");
        g_assert_cmpint(duty_day_start(duty, 1), ==, G_GINT64_CONSTANT(-62135596800));
        duty_free(duty);
        duty = load(fixture, "America/Los_Angeles", "2026-12-28 A x\n");
        check_at(duty, "2026-12-28T07:59:59Z", "? 2026-12-21T08:00Z 2026-12-28T08:00Z");
        check_at(duty, "2026-12-28T08:00:00Z", "A 2026-12-28T08:00Z 2027-01-04T08:00Z");
        duty_free(duty);
        duty = load(fixture, NULL, "2028-02-28 A x\n"); /* a leap day is in it */
        check_at(duty, "2028-03-05T23:59:59Z", "A 2028-02-28T00:00Z 2028-03-06T00:00Z");
        duty_free(duty);
}

static void check_users(const struct duty *duty, const char *at, const char *expected)
{
        g_autofree const char **users = duty_users(duty, instant(at));
        g_autofree char *text = g_strjoinv(" ", (char **)users);

        g_assert_cmpstr(text, ==, expected);
}

static void test_users(struct fixture *fixture, G_GNUC_UNUSED gconstpointer name)
{
        struct duty *duty = load(fixture, NULL,
                                 "2026-11-09 ada lovelace/Grace x\n2026-11-16 Grace/Bo x\n2026-11-23 Bo x\n2026-11-30 No clinic duty\n"
                                 "2026-12-14 Ada Lovelace x\n2026-12-14 Grace x\n");

        g_assert_cmpuint(fixture->problems->len, ==, 1);
        check_users(duty, "2026-11-09T00:00:00Z", "ada gh");
        check_users(duty, "2026-11-16T00:00:00Z", "gh");
        check_users(duty, "2026-11-23T00:00:00Z", "");
        check_users(duty, "2026-11-30T00:00:00Z", "");
        check_users(duty, "2026-12-07T00:00:00Z", "");
        check_users(duty, "2026-12-14T00:00:00Z", ""); /* two lines that say different names: neither is believed */
        g_assert_cmpstr(duty_user(duty, "grace"), ==, "gh");
        g_assert_null(duty_user(duty, "Bo"));
        duty_free(duty);
}

static void test_yaml(struct fixture *fixture, G_GNUC_UNUSED gconstpointer name)
{
        struct duty *duty = load(fixture, NULL,
                                 "weeks:\n  - {week: 2026-11-30, names: [Bo], team: Edge}\n"
                                 "  - {week: 2026-11-23, names: [Ada Lovelace, Grace]}\n  - week: 2026-12-21\n"
                                 "  - {week: 2027-01-04, names: [A, B, C]}\n");

        g_assert_cmpuint(fixture->problems->len, ==, 1);
        g_assert_nonnull(strstr(((GError *)fixture->problems->pdata[0])->message, ":5:1: weeks[3].names: 3 names; expected is one or two"));
        check_at(duty, "2026-11-29T00:00:00Z", "Ada Lovelace+Grace 2026-11-23T00:00Z 2026-11-30T00:00Z");
        check_at(duty, "2026-12-22T00:00:00Z", "- 2026-12-21T00:00Z 2026-12-28T00:00Z");
        check_at(duty, "2027-01-05T00:00:00Z", "? 2027-01-04T00:00Z 2027-01-11T00:00Z");
        const struct turn turn = duty_at(duty, instant("2026-12-01T00:00:00Z"));
        g_assert_cmpint(turn.week->line, ==, 2);
        g_assert_cmpstr(turn.week->team, ==, "Edge");
        duty_free(duty);
}

static void check_refused(struct fixture *fixture, const char *zone, const char *text, const char *message)
{
        g_autoptr(GError) error = NULL;

        g_assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
        fixture->settings.roster.zone = (char *)zone;
        g_assert_null(duty_load(&fixture->settings, fixture->problems, &error));
        g_test_message("%s", error->message);
        g_assert_nonnull(strstr(error->message, message));
}

static void test_refused(struct fixture *fixture, G_GNUC_UNUSED gconstpointer name)
{
        check_refused(fixture, NULL, "weeks:\n  - {week: 2026-11-24, names: [A]}\n",
                      ":2:12: weeks[0].week: '2026-11-24'; expected is the Monday of a week, such as 2026-11-23");
        check_refused(fixture, NULL, "weeks:\n  - {week: 2026-11-23, name: A}\n",
                      ":2:24: weeks[0].name: unknown key; known here: week names team");
        check_refused(fixture, NULL, "weeks: []\n", ":1:8: weeks: an empty list");
        check_refused(fixture, NULL, "", ":1:1: the file holds nothing");
        check_refused(fixture, "Europe/Berlinn", "weeks: [{week: 2026-11-23}]\n",
                      "roster.zone: unknown zone 'Europe/Berlinn'; expected is a tz name");
        check_refused(fixture, "../../etc/passwd", "weeks: [{week: 2026-11-23}]\n", "unknown zone");
}

static void test_check(struct fixture *fixture, G_GNUC_UNUSED gconstpointer name)
{
        g_autofree char *expected =
                g_strdup_printf("people[1].name: 'ADA lovelace' is given twice; expected is one user for a name\n"
                                "%s:2:1: week: '2026-12-01' is no Monday of the years 2000 to 2100; weeks begin on Mondays\n"
                                "%s:1:1: names: 'Bo' has no user of the tracker and subscribes nobody; expected is a name "
                                "under people: of the configuration",
                                fixture->path, fixture->path);

        g_assert_true(g_file_set_contents(fixture->path, "2026-11-23 Bo/Ada Lovelace x\n2026-12-01 Bo x\n2026-12-07 bo x\n", -1, NULL));
        fixture->people[1].name = (char *)"ADA lovelace";
        duty_check(&fixture->settings, fixture->problems);
        g_autofree char *faults = faults_text(fixture->problems);
        g_assert_cmpstr(faults, ==, expected);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/roster/texts", test_texts);
        g_test_add_func("/roster/wrong", test_wrong);
        g_test_add("/roster/turn", struct fixture, "roster.txt", set_up, test_turn, tear_down);
        g_test_add("/roster/year", struct fixture, "roster.txt", set_up, test_year, tear_down);
        g_test_add("/roster/users", struct fixture, "roster.txt", set_up, test_users, tear_down);
        g_test_add("/roster/yaml", struct fixture, "roster.yaml", set_up, test_yaml, tear_down);
        g_test_add("/roster/refused", struct fixture, "roster.yml", set_up, test_refused, tear_down);
        g_test_add("/roster/check", struct fixture, "roster.txt", set_up, test_check, tear_down);
        return g_test_run();
}
