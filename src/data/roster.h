/* The roster of clinic duty: for each week, from Monday to Monday, who has it.
 * In: weeks, from a YAML file or from elsewhere. Out: plain structs in the order of time. */
#ifndef MAILCLINIC_ROSTER_H
#define MAILCLINIC_ROSTER_H

#include <stdbool.h>

#include "data/filter.h"

#include <glib.h>

/* A week as a YAML file gives it. */
struct roster_entry {
        char *week; /* its Monday: "2026-11-23" */
        struct words names;
        char *team;
};
struct roster_file {
        struct roster_entry *weeks;
        unsigned weeks_n;
};

struct week {
        int day;        /* its Monday, in days since 0001-01-01 as GDate counts them */
        char **names;   /* one or two; none: the roster says that nobody has duty */
        char *team;     /* NULL: not given */
        int line;       /* of the file */
        int other_line; /* of one that says other names of this week; 0: there is none */
};

struct roster {
        char *path;
        GPtrArray *weeks; /* struct week, each Monday once */
};

struct roster *roster_new(const char *path);
void roster_free(struct roster *roster);

/* Put a week in (taken over, freed by roster_free()). Of two for one Monday that name the same people the first stays; if they do not,
 * nobody is known to have duty, and the fault is appended to problems (GError *). */
void roster_add(struct roster *roster, struct week *week, GPtrArray *problems);

/* The week of a Monday; NULL where the roster has none. */
const struct week *roster_week(const struct roster *roster, int monday);

/* The first week after a Monday's of which people are known; NULL where there is none. */
const struct week *roster_after(const struct roster *roster, int monday);

/* Read a YAML file. NULL where it is refused, its faults appended to problems. Caller frees. */
struct roster *roster_load_yaml(const char *path, GPtrArray *problems);

/* "2026-11-23" as days since 0001-01-01; false where it is no such day, or none of the years 2000 to 2100. */
bool roster_day(const char *text, int *day);

/* A day as "2026-11-23". Caller frees. */
char *roster_day_text(int day);
bool roster_is_monday(int day);

/* Names are one however they are capitalised or composed. Caller frees. */
char *roster_fold(const char *name);

#endif
