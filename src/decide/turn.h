/* One notice's turn at one maintenance: what the steps of the decision share.
 * In: a notice and its maintenance. Out: the maintenance changed, and what is to be said of it. */
#ifndef MAILCLINIC_TURN_H
#define MAILCLINIC_TURN_H

#include "data/maintenance.h"
#include "data/reading.h"
#include "decide/decide-maint.h"
#include "decide/table.h"

/* A line of history that the change does not say by itself. */
struct remark {
        int ordinal; /* of the event; 0: all */
        char *text;  /* owned */
};

struct turn {
        const struct reading *reading; /* borrowed, as all but `cell` */
        const struct notice *notice;
        const struct policy *policy;
        enum kind kind;                  /* of this notice */
        gint64 when;                     /* the mail's date, clamped; MAINTENANCE_NO_TIME */
        bool is_vouched;                 /* the sender was checked: what is applied settles earlier doubts */
        struct maintenance *maintenance; /* changed in place */
        GArray *remarks;                 /* struct remark */
        GPtrArray *asks;                 /* char *: why a person must look */
        GPtrArray *calm;                 /* char *: why nothing changed */
        char *cell;                      /* owned: the first cell of the table, or the first that asks; NULL */
        bool is_applied;                 /* later notices are now older or newer than this one */
};

/* An empty list of remarks that owns their texts. Caller frees. */
GArray *turn_remarks(void);

/* Empty lists of what is said. */
void turn_init(struct turn *turn);
void turn_release(struct turn *turn);

void turn_ask(struct turn *turn, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same where a person who decides has answered already: then it is a calm phrase. */
void turn_query(struct turn *turn, const char *phrase);
void turn_calm(struct turn *turn, const char *phrase);
void turn_remark(struct turn *turn, int ordinal, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The kind of a notice or a window that has a status of its own, beside one whose status made the mail's kind. */
enum kind turn_kind(enum kind kind, enum status base, enum status own);

/* Rule 4: why a window cannot be as it is said; NULL: it can. A person is believed whatever is possible at all. */
const char *turn_doubt(const struct turn *turn, const struct window *window);

/* A new event of the maintenance for a window (NULL: without times). Borrowed. */
struct event *turn_create(struct turn *turn, const struct window *window, enum state state);

/* Take a window's times, role and circuits. */
void turn_take_window(struct turn *turn, struct event *event, const struct window *window);

/* How much of a notice's facts about the whole maintenance is taken: what was empty, circuits that were not known, or all. */
enum merge { MERGE_NONE, MERGE_FILL, MERGE_UNION, MERGE_ALL };

void turn_merge(struct turn *turn, enum merge merge);

#endif
