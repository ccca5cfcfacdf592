/* What became of an act on a target: a calendar, the tracker.
 * In: filled by those who talk to it. Out: plain struct, for the outbox and for people. */
#ifndef MAILCLINIC_OUTCOME_H
#define MAILCLINIC_OUTCOME_H

#include "ledger/outbox.h"

enum sent {
        SENT_DONE,
        SENT_LATER, /* try this one again */
        SENT_HELD,  /* nothing went wrong: its time has not come */
        SENT_BUSY,  /* try again, and no other one before: the server is away or wants fewer requests */
        SENT_NEVER, /* refused for good: a person must look */
        SENT_STOP,  /* nothing will go well here: the login is refused, or this is no calendar */
};

struct outcome {
        enum sent sent;
        const char *did;    /* "created", for people; static */
        char *why;          /* what went wrong; NULL */
        gint64 retry_after; /* seconds that the server asks for, at most an hour, or until its time comes; -1 */
        struct copy *copy;  /* as it stands there now; NULL: as before */
};

void outcome_release(struct outcome *outcome);

#endif
