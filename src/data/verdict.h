/* A verdict: what a reading means given the past: resolution, the new state of its maintenances, and the acts still to be carried out.
 * In: filled by decide/decide-maint.c. Out: plain structs, committed by the ledger in one transaction. */
#ifndef MAILCLINIC_VERDICT_H
#define MAILCLINIC_VERDICT_H

#include <stdbool.h>

#include "data/issue.h"
#include "data/maintenance.h"
#include "data/words.h"

#include <glib.h>

/* What is to be done outside, by `flush`. */
enum act_kind { ACT_PUT_EVENT, ACT_CANCEL_EVENT, ACT_CREATE_TASK, ACT_COMMENT_TASK, ACT_REOPEN_TASK };

struct act {
        enum act_kind kind;
        char *uid;    /* of the event; fingerprint of the issue */
        int sequence; /* the event's when the act was made (of an issue: ledger/issues.h): key of the act is kind, uid and sequence */
};

struct verdict {
        enum resolution resolution;
        GPtrArray *reasons;        /* char *: why, in the clinician's words */
        GPtrArray *maintenances;   /* struct maintenance: the whole new state of each one that the mail touches; empty: nothing is known of
                                      one */
        GPtrArray *acts;           /* struct act */
        char *issue;               /* fingerprint of the issue that a root@ mail is of; NULL */
        struct sighting *sighting; /* of a root@ mail; its `issue` is NULL where it does not count */
        struct issue *sighted;     /* the whole new state of that issue, without its hosts; NULL: none */
        char *cell;                /* the cell of the state table that decided, "cancelled/confirmed"; NULL where none did */
};

struct act *act_new(enum act_kind kind, const char *uid, int sequence);
void act_free(struct act *act);
struct verdict *verdict_new(void);
void verdict_free(struct verdict *verdict);

/* All reasons in one line. Caller frees. */
char *verdict_why(const struct verdict *verdict);

#endif
