/* Which window of a notice is which event of its maintenance (CALENDAR.md 1 "Windows").
 * In: a maintenance, a notice of it. Out: pairs. */
#ifndef MAILCLINIC_MATCH_H
#define MAILCLINIC_MATCH_H

#include "data/maintenance.h"
#include "data/reading.h"

/* A window and the event that it is; both borrowed. */
struct pair {
        struct event *event;         /* NULL: a window that is not in the calendar yet */
        const struct window *window; /* NULL: the notice gives none, but is about this event */
        bool is_gone;                /* the event is missing from a whole new list */
};

struct match {
        GArray *pairs;   /* struct pair */
        bool is_unclear; /* windows are left that could be any of the events: nothing is paired */
};

/* Pair the windows of a notice with the events: an old window told beside its new one, then same start, then same order if their numbers
 * agree. What is then left: new windows, or, if this kind of notice lists them all, events that are gone. A notice without windows is
 * about all open events, but a start or an end only about those that have come by `now`. */
struct match match_windows(const struct maintenance *maintenance, const struct notice *notice, enum kind kind, gint64 now);
/* The same where a person says that these are the windows: open events by their order, whatever their numbers; more windows are new, events
 * that are left are gone if this kind of notice lists them all. Takes the place of an unclear match. */
void match_by_order(struct match *match, const struct maintenance *maintenance, const struct notice *notice, enum kind kind, gint64 now);
void match_release(struct match *match);

#endif
