/* The effects of the state table on one event (CALENDAR.md 1).
 * In: a step: a cell of the table, an event, a window. Out: the event changed, and whether the cell's question is to be asked. */
#ifndef MAILCLINIC_EFFECT_H
#define MAILCLINIC_EFFECT_H

#include "decide/turn.h"

/* One window's step in a notice's turn; all borrowed. */
struct step {
        struct turn *turn;
        struct event *event;         /* NULL: none yet */
        const struct window *window; /* NULL: not told */
        const struct cell *cell;
        enum status status; /* told of this window */
        bool asks;          /* out: the cell's question is asked */
        enum merge merge;   /* out: what is taken of the facts about the whole */
};

/* Carry out the cell. */
void effect_run(struct step *step);

#endif
