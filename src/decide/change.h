/* What changed, as phrases for a history and for reasons.
 * In: a maintenance before and after. Out: phrases. */
#ifndef MAILCLINIC_CHANGE_H
#define MAILCLINIC_CHANGE_H

#include "data/maintenance.h"
#include "data/words.h"

/* "moved to 2026-03-01 04:00 UTC; confirmed". `before` NULL: the event is new; `is_first`: with its maintenance. NULL where nothing of it
 * changed. Caller frees. */
char *change_of_event(const struct event *before, const struct event *after, enum kind kind, bool is_first);

/* The same in the words of what was done to the calendar. */
enum done change_done(const struct event *before, const struct event *after);

/* "circuits added: A, B". NULL where nothing that holds for all events changed. Caller frees. */
char *change_of_whole(const struct maintenance *before, const struct maintenance *after);

/* The event with this ordinal; NULL. Borrowed. */
struct event *change_find(const struct maintenance *maintenance, int ordinal);

/* Whether any published fact of the maintenance or its events differs. */
bool change_is_any(const struct maintenance *before, const struct maintenance *after);

/* Whether it takes away: an event is cancelled or completed that was not, or ends earlier, or one is made that is over already. */
bool change_ends(const struct maintenance *before, const struct maintenance *after);

#endif
