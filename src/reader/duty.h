/* Who has clinic duty at a time, and what they are called in the tracker.
 * In: the configuration and the roster that it names. Out: names, users, and from when to when. */
#ifndef MAILCLINIC_DUTY_H
#define MAILCLINIC_DUTY_H

#include <stdbool.h>

#include "data/roster.h"
#include "data/settings.h"

#include <glib.h>

struct duty; /* the roster, its zone, and people's users */

/* A week in time. */
struct turn {
        gint64 start, end;       /* Unix seconds: Monday 00:00 in the roster's zone to the next */
        const struct week *week; /* borrowed from the duty; NULL: the roster does not say */
};

/* Load the roster that the configuration names. Of a roster as text, lines that are wrong are left out, and appended to problems (GError *,
 * each "PATH:LINE:COLUMN: FIELD: what, and what was expected"); one in YAML that is wrong is refused. NULL and an error where none is
 * named, it cannot be read, or nothing in it can be used. Settings are borrowed. Caller frees. */
struct duty *duty_load(const struct settings *settings, GPtrArray *problems, GError **error);
void duty_free(struct duty *duty);

/* The week that a time is in. */
struct turn duty_at(const struct duty *duty, gint64 at);

/* The next week after that one for which somebody is named; its week is NULL where there is none. */
struct turn duty_next(const struct duty *duty, const struct turn *turn);

/* When a day begins in the roster's zone. */
gint64 duty_day_start(const struct duty *duty, int day);

/* What a name is called in the tracker; NULL where the configuration does not say. Borrowed from the settings. */
const char *duty_user(const struct duty *duty, const char *name);

/* The tracker users on duty at a time, NULL-terminated; names without one are left out. Users are borrowed; caller frees the array alone.
 */
const char **duty_users(const struct duty *duty, gint64 at);

/* Append what is wrong with roster and people to faults: all of duty_load(), names without a user, and people who are in the configuration
 * twice. */
void duty_check(const struct settings *settings, GPtrArray *faults);

#endif
