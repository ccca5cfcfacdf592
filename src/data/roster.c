/* The roster of clinic duty: for each week, from Monday to Monday, who has it.
 * In: weeks, from a YAML file or from elsewhere. Out: plain structs in the order of time. */
#include "data/roster.h"

#include "base/fail.h"
#include "data/load.h"
#include "data/place.h"

#include <string.h>

static void week_free(gpointer data)
{
        struct week *week = data;

        g_strfreev(week->names);
        g_free(week->team);
        g_free(week);
}

struct roster *roster_new(const char *path)
{
        struct roster *roster = g_new0(struct roster, 1);

        roster->path = g_strdup(path);
        roster->weeks = g_ptr_array_new_with_free_func(week_free);
        return roster;
}

void roster_free(struct roster *roster)
{
        if (!roster)
                return;
        g_ptr_array_unref(roster->weeks);
        g_free(roster->path);
        g_free(roster);
}

char *roster_fold(const char *name)
{
        g_autofree char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_ALL);

        return g_utf8_casefold(composed ? composed : name, -1);
}

static bool is_same_people(char **one, char **other)
{
        guint i = 0;

        for (; one[i] && other[i]; i++) {
                g_autofree char *a = roster_fold(one[i]), *b = roster_fold(other[i]);
                if (!g_str_equal(a, b))
                        return false;
        }
        return one[i] == other[i];
}

/* Where the week of a Monday stands, or would stand. */
static guint index_of(const struct roster *roster, int monday)
{
        guint low = 0, high = roster->weeks->len;

        while (low < high) {
                guint middle = low + (high - low) / 2;
                const struct week *week = roster->weeks->pdata[middle];
                if (week->day < monday)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

const struct week *roster_week(const struct roster *roster, int monday)
{
        guint at = index_of(roster, monday);
        const struct week *week = at < roster->weeks->len ? roster->weeks->pdata[at] : NULL;

        return week && week->day == monday ? week : NULL;
}

const struct week *roster_after(const struct roster *roster, int monday)
{
        for (guint i = index_of(roster, monday + 1); i < roster->weeks->len; i++) {
                const struct week *week = roster->weeks->pdata[i];
                if (week->names[0])
                        return week;
        }
        return NULL;
}

void roster_add(struct roster *roster, struct week *week, GPtrArray *problems)
{
        guint at = index_of(roster, week->day);
        struct week *there = at < roster->weeks->len ? roster->weeks->pdata[at] : NULL;

        if (!there || there->day != week->day) {
                g_ptr_array_insert(roster->weeks, (int)at, week);
                return;
        }
        if (there->other_line || !is_same_people(there->names, week->names)) {
                g_autofree char *day = roster_day_text(week->day);
                g_ptr_array_add(problems, g_error_new(FAIL, FAIL_DATA,
                                                      "%s:%d:1: week: %s is in line %d already, with other names; expected is one line "
                                                      "a week, and nobody is taken from either",
                                                      roster->path, week->line, day, there->line));
                there->other_line = week->line;
                g_strfreev(there->names);
                there->names = g_new0(char *, 1);
                g_clear_pointer(&there->team, g_free);
        }
        week_free(week);
}

bool roster_day(const char *text, int *day)
{
        g_autofree char *whole = g_strconcat(text, "T00:00:00Z", NULL);
        g_autoptr(GDateTime) at = strlen(text) == strlen("2026-11-23") ? g_date_time_new_from_iso8601(whole, NULL) : NULL;
        GDate date;

        if (!at || g_date_time_get_year(at) < 2000 || g_date_time_get_year(at) > 2100)
                return false;
        g_date_clear(&date, 1);
        g_date_set_dmy(&date, (GDateDay)g_date_time_get_day_of_month(at), (GDateMonth)g_date_time_get_month(at),
                       (GDateYear)g_date_time_get_year(at));
        *day = (int)g_date_get_julian(&date);
        return true;
}

char *roster_day_text(int day)
{
        GDate date;

        g_date_clear(&date, 1);
        g_date_set_julian(&date, (guint32)day);
        return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&date), (int)g_date_get_month(&date), g_date_get_day(&date));
}

bool roster_is_monday(int day)
{
        return (day - 1) % 7 == 0; /* 0001-01-01, day 1, was one */
}

static bool is_whole(const void *data)
{
        const struct roster_file *file = data;
        int day;

        for (unsigned i = 0; i < file->weeks_n; i++)
                if (!roster_day(file->weeks[i].week, &day) || !roster_is_monday(day))
                        return false;
        return true;
}

/* The line of the nth week, which libcyaml does not keep. */
static int line_of(const GPtrArray *places, unsigned n)
{
        g_autofree char *field = g_strdup_printf("weeks[%u].week", n);

        for (guint i = 0; i < places->len; i++)
                if (g_str_equal(((struct place *)places->pdata[i])->field, field))
                        return ((struct place *)places->pdata[i])->line;
        return 0;
}

static struct week *week_of_entry(struct roster_entry *entry, int line)
{
        struct week *week = g_new0(struct week, 1);
        g_autoptr(GStrvBuilder) names = g_strv_builder_new();

        roster_day(entry->week, &week->day);
        for (unsigned i = 0; i < entry->names.n; i++)
                g_strv_builder_add(names, entry->names.word[i]);
        week->names = g_strv_builder_end(names);
        week->team = g_steal_pointer(&entry->team);
        week->line = line;
        return week;
}

struct roster *roster_load_yaml(const char *path, GPtrArray *problems)
{
        struct roster_file *file = load_file(path, SCHEMA_ROSTER, is_whole, problems);
        g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);

        if (!file)
                return NULL;
        struct roster *roster = roster_new(path);
        load_places(path, SCHEMA_ROSTER, places, NULL);
        for (unsigned i = 0; i < file->weeks_n; i++) {
                int line = line_of(places, i);
                if (file->weeks[i].names.n <= 2)
                        roster_add(roster, week_of_entry(&file->weeks[i], line), problems);
                else
                        g_ptr_array_add(problems, g_error_new(FAIL, FAIL_DATA, "%s:%d:1: weeks[%u].names: %u names; expected is one or two",
                                                              path, line, i, file->weeks[i].names.n));
        }
        schema_free(SCHEMA_ROSTER, file);
        return roster;
}
