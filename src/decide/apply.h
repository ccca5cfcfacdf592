/* A notice applied to its maintenance, window by window (CALENDAR.md 1, state table and rules 1 to 4).
 * In: a notice's turn. Out: its maintenance changed, and what a person must be asked. */
#ifndef MAILCLINIC_APPLY_H
#define MAILCLINIC_APPLY_H

#include "decide/turn.h"

/* By the table if the notice is newer than what was applied; if it is older (rule 2) only what was empty is filled in, and what was
 * cancelled or completed before it was announced becomes visible (rule 3). */
void apply_notice(struct turn *turn);

/* End all open events of a maintenance that another one replaces: `by` is the other one's id. */
void apply_replaced(struct turn *turn, const char *by);

#endif
