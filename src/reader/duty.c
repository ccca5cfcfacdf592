/* Who has clinic duty at a time, and what they are called in the tracker.
 * In: the configuration and the roster that it names. Out: names, users, and from when to when. */
#include "reader/duty.h"

#include "base/fail.h"
#include "data/load.h"
#include "data/place.h"
#include "reader/roster-text.h"
#include "reader/zone.h"

#include <string.h>

#define DAY (24 * 60 * 60)

enum { EPOCH = 719163 }; /* 1970-01-01, as GDate counts days */

struct duty {
        const struct settings *settings; /* borrowed */
        struct roster *roster;
        struct zone *zone;
        GHashTable *users; /* folded name to user; users borrowed from the settings */
};

static GHashTable *users_of(const struct settings *settings)
{
        GHashTable *users = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

        for (unsigned i = 0; i < settings->people_n; i++)
                g_hash_table_insert(users, roster_fold(settings->people[i].name), settings->people[i].user);
        return users;
}

/* "CONFIG:LINE:COLUMN: " of a value of the configuration. Caller frees. */
static char *place_in_settings(const struct settings *settings, const char *field)
{
        g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);

        if (settings->path)
                load_places(settings->path, SCHEMA_SETTINGS, places, NULL);
        for (guint i = 0; i < places->len; i++) {
                const struct place *place = places->pdata[i];
                if (g_str_equal(place->field, field))
                        return g_strdup_printf("%s:%d:%d: %s", settings->path, place->line, place->column, field);
        }
        return g_strdup(field);
}

static struct zone *zone_of(const struct settings *settings, GError **error)
{
        const char *name = settings->roster.zone;
        struct zone *zone = name ? zone_from_name(name) : zone_from_offset(0);

        if (!zone) {
                g_autofree char *place = place_in_settings(settings, "roster.zone");
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: unknown zone '%s'; expected is a tz name such as Europe/Berlin", place, name);
        }
        return zone;
}

static struct roster *read_text(const struct settings *settings, GPtrArray *problems, GError **error)
{
        const char *path = settings->roster.file;
        g_autofree char *bytes = NULL;
        gsize length;

        if (!load_bytes(path, &bytes, &length, error))
                return NULL;
        g_autofree char **names = g_new0(char *, settings->people_n + 1);
        for (unsigned i = 0; i < settings->people_n; i++)
                names[i] = settings->people[i].name;
        struct words known = {.word = names, .n = settings->people_n};
        struct roster *roster = roster_new(path);
        roster_read_text(roster, bytes, length, &known, problems);
        return roster;
}

static bool is_yaml(const char *path)
{
        return g_str_has_suffix(path, ".yaml") || g_str_has_suffix(path, ".yml");
}

/* A roster of which nothing can be used is an error: the first of its faults. */
static struct roster *read_roster(const struct settings *settings, GPtrArray *problems, GError **error)
{
        const char *path = settings->roster.file;
        guint before = problems->len;
        GError *cause = NULL;
        struct roster *roster = is_yaml(path) ? roster_load_yaml(path, problems) : read_text(settings, problems, &cause);

        if (roster && roster->weeks->len)
                return roster;
        roster_free(roster);
        if (!cause)
                cause = g_ptr_array_steal_index(problems, before);
        g_propagate_error(error, cause);
        return NULL;
}

struct duty *duty_load(const struct settings *settings, GPtrArray *problems, GError **error)
{
        if (!settings->roster.file) {
                g_set_error(error, FAIL, FAIL_CONFIG, "no roster is configured; expected is roster: {file: PATH} in the configuration");
                return NULL;
        }
        struct zone *zone = zone_of(settings, error);
        struct roster *roster = zone ? read_roster(settings, problems, error) : NULL;
        if (!roster) {
                zone_free(zone);
                return NULL;
        }
        struct duty *duty = g_new0(struct duty, 1);
        *duty = (struct duty){.settings = settings, .roster = roster, .zone = zone, .users = users_of(settings)};
        return duty;
}

void duty_free(struct duty *duty)
{
        if (!duty)
                return;
        roster_free(duty->roster);
        zone_free(duty->zone);
        g_hash_table_unref(duty->users);
        g_free(duty);
}

gint64 duty_day_start(const struct duty *duty, int day)
{
        GDate date;
        gint64 at = ((gint64)day - EPOCH) * DAY;
        bool is_ambiguous = false;

        g_date_clear(&date, 1);
        g_date_set_julian(&date, (guint32)day);
        struct civil midnight = {.year = g_date_get_year(&date), .month = (int)g_date_get_month(&date), .day = g_date_get_day(&date)};
        zone_to_utc(duty->zone, &midnight, &at, &is_ambiguous);
        return at;
}

static struct turn turn_of(const struct duty *duty, int monday)
{
        return (struct turn){
                .start = duty_day_start(duty, monday),
                .end = duty_day_start(duty, monday + 7),
                .week = roster_week(duty->roster, monday),
        };
}

/* The Monday at or before a time, by UTC; in the zone it may be the one before or after. */
struct turn duty_at(const struct duty *duty, gint64 at)
{
        int day = (int)(at / DAY) + EPOCH;
        int monday = day - (day - 1) % 7;
        struct turn turn = turn_of(duty, monday);

        if (at < turn.start)
                return turn_of(duty, monday - 7);
        return at < turn.end ? turn : turn_of(duty, monday + 7);
}

struct turn duty_next(const struct duty *duty, const struct turn *turn)
{
        int monday = (int)((turn->start + turn->end) / 2 / DAY) + EPOCH; /* a Thursday, whatever the zone */
        const struct week *week = roster_after(duty->roster, monday - (monday - 1) % 7);

        return week ? turn_of(duty, week->day) : (struct turn){0};
}

const char *duty_user(const struct duty *duty, const char *name)
{
        g_autofree char *folded = roster_fold(name);

        return g_hash_table_lookup(duty->users, folded);
}

const char **duty_users(const struct duty *duty, gint64 at)
{
        const struct turn turn = duty_at(duty, at);
        guint names_n = turn.week ? g_strv_length(turn.week->names) : 0, n = 0;
        const char **users = g_new0(const char *, names_n + 1);

        for (guint i = 0; i < names_n; i++) {
                const char *user = duty_user(duty, turn.week->names[i]);
                if (user)
                        users[n++] = user;
        }
        return users;
}

static void check_people(const struct settings *settings, GPtrArray *faults)
{
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

        for (unsigned i = 0; i < settings->people_n; i++)
                if (!g_hash_table_add(seen, roster_fold(settings->people[i].name))) {
                        g_autofree char *field = g_strdup_printf("people[%u].name", i);
                        g_autofree char *place = place_in_settings(settings, field);
                        g_ptr_array_add(faults, g_error_new(FAIL, FAIL_CONFIG, "%s: '%s' is given twice; expected is one user for a name",
                                                            place, settings->people[i].name));
                }
}

/* Each name once, in its first line. */
static void check_names(const struct duty *duty, GPtrArray *faults)
{
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

        for (guint i = 0; i < duty->roster->weeks->len; i++) {
                const struct week *week = duty->roster->weeks->pdata[i];
                for (guint k = 0; week->names[k]; k++)
                        if (!duty_user(duty, week->names[k]) && g_hash_table_add(seen, roster_fold(week->names[k])))
                                g_ptr_array_add(faults,
                                                g_error_new(FAIL, FAIL_CONFIG,
                                                            "%s:%d:1: names: '%s' has no user of the tracker and subscribes nobody; "
                                                            "expected is a name under people: of the configuration",
                                                            duty->roster->path, week->line, week->names[k]));
        }
}

void duty_check(const struct settings *settings, GPtrArray *faults)
{
        GError *error = NULL;

        check_people(settings, faults);
        if (!settings->roster.file)
                return;
        struct duty *duty = duty_load(settings, faults, &error);
        if (duty)
                check_names(duty, faults);
        else
                g_ptr_array_add(faults, error);
        duty_free(duty);
}
