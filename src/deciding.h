/* Deciding a mail against the ledger and recording it: what deliver, replay and review do alike.
 * In: a reading, a ledger, the configuration. Out: a verdict, recorded. */
#ifndef MAILCLINIC_DECIDING_H
#define MAILCLINIC_DECIDING_H

#include "data/filter.h"
#include "data/settings.h"
#include "ledger/heads.h"
#include "ledger/ledger.h"

/* What a decision rests on beside the mail. */
struct deciding {
        struct ledger *ledger; /* borrowed, as are settings and filters */
        const struct settings *settings;
        const struct filters *filters; /* NULL: kinds of root@ mail have the rules of the configuration alone */
        const char **trusted, **by_day;
        struct policy policy;
        struct heads *heads; /* of root@ mail; NULL until the first */
};

void deciding_init(struct deciding *deciding, const struct settings *settings, const struct filters *filters, struct ledger *ledger);

/* Also to be called where the transaction was taken back. */
void deciding_release(struct deciding *deciding);

/* A mail to be decided; all borrowed. */
struct decided {
        const struct reading *reading;
        const char *raw_hash;
        const char *raw;        /* where it is kept beneath the ledger's directory; NULL */
        const char *source;     /* where it came from, for people; NULL: delivered */
        const char *why_review; /* why a person must look, whatever it says; NULL: it is decided by what it says */
        bool is_history;        /* queue no acts */
        bool is_unfiled;        /* it is to be put into its folder afterwards */
};

/* Decide and record, within the transaction that was begun. *is_known: it was recorded before, and nothing was changed. NULL and an
 * error. Caller frees. */
struct verdict *decide_and_record(struct deciding *deciding, const struct decided *decided, bool *is_known, GError **error);

#endif
