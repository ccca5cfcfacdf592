/* The state table of CALENDAR.md 1: what a kind of notice does to an event in a state. Data; decide/effect.c carries it out.
 * In: the kind of a notice, the state of an event. Out: an effect. */
#ifndef MAILCLINIC_TABLE_H
#define MAILCLINIC_TABLE_H

#include "data/maintenance.h"
#include "data/words.h"

enum effect {
        EFFECT_NOTHING,
        EFFECT_CREATE,        /* a new event; without times only if it is a postponement */
        EFFECT_CREATE_TIMED,  /* the same where times are known; else the maintenance is kept without an event (tombstone, orphan) */
        EFFECT_KEEP,          /* the maintenance is kept without an event */
        EFFECT_UPDATE,        /* take all facts */
        EFFECT_AGREE,         /* may confirm; nothing else if the times agree, ask if not */
        EFFECT_TELL,          /* only the state changes */
        EFFECT_POSTPONE,      /* no date any more: times kept */
        EFFECT_EXTEND,        /* only the end changes */
        EFFECT_EXTEND_AGAIN,  /* back to work if the end was no more than 12 h ago, else a note */
        EFFECT_RECUR,         /* the window, if still to come, is a new event for review */
        EFFECT_REOPEN,        /* live again, with all facts */
        EFFECT_REOPEN_COMING, /* the same if the window is still to come, else nothing */
        EFFECT_NOTE,          /* a line of history */
        EFFECT_ASK,           /* nothing, but the event gets CHECK and a person the mail */
        EFFECT_ATTACH,        /* the link, and a person gets the mail */
};

struct cell {
        enum effect effect;
        enum state to;    /* the state it leads to; STATE_NONE: as the notice's status says, or unchanged */
        const char *note; /* what the history says of it, where the change does not say it itself */
        const char *ask;  /* why a person must look, whatever else; NULL: need not */
};

/* NULL: the kind is no row of the table (outage, none). */
const struct cell *table_cell(enum kind kind, enum state state);

#endif
