/* What is handed over at the end of a week: what was handled, what waits, what comes, and who is next.
 * In: filled by roundup_fill(). Out: plain structs for the report and the digest. */
#ifndef MAILCLINIC_ROUNDUP_H
#define MAILCLINIC_ROUNDUP_H

#include <stdbool.h>

#include "data/words.h"

#include <glib.h>

/* A mail; all owned. */
struct roundup_mail {
        gint64 id, date; /* G_MININT64: undated */
        enum resolution resolution;
        const char *done; /* resolution_done(); static */
        bool is_root;
        char *vendor, *subject, *why, *link; /* NULL */
};

/* A window that is still to come or goes on. */
struct roundup_window {
        gint64 start, end; /* the end is after the start */
        char *title, *vendor, *key, *link;
        bool is_checked, is_all_day;
        guint overlaps; /* with windows of other work */
};

struct roundup_issue {
        const char *news; /* "new", "returned", "quiet", "recurring"; static */
        char *title, *hosts;
        gint64 sightings, last_seen, task; /* task 0: none */
};

struct roundup_silent {
        char *vendor;
        gint64 last, usual; /* usual: seconds */
};

struct roundup {
        char *name; /* of the calendar */
        gint64 from, now;
        guint n[RESOLUTION_REVIEW + 1]; /* mails of the time from `from`, by enum resolution */
        GPtrArray *handled;             /* struct roundup_mail, newest first: notices that need nobody (any more) */
        guint n_left_out;               /* older ones that are not among them */
        GPtrArray *queue;               /* struct roundup_mail, oldest first: whatever their date */
        GPtrArray *windows;             /* struct roundup_window, by start */
        GPtrArray *issues;              /* struct roundup_issue */
        GPtrArray *silent;              /* struct roundup_silent, by name */
        char *duty;                     /* who has duty now; NULL: no roster */
        char *duty_next;                /* who has it next, from when */
};

struct roundup *roundup_new(gint64 from, gint64 now);
void roundup_free(struct roundup *roundup);

/* Sort what is sorted, and count the overlaps. */
void roundup_order(struct roundup *roundup);

#endif
