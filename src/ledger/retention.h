/* Retention: what nobody needs any more leaves the ledger.
 * In: a ledger, ages. Out: raw mails and rows removed. */
#ifndef MAILCLINIC_RETENTION_H
#define MAILCLINIC_RETENTION_H

#include "ledger/ledger.h"

/* Mails that needed no action, and only those, leave: none that is in review, that a person decided on, that stands in a calendar or made a
 * task or an act, that is still to be filed. */
struct retention {
        gint64 raw_before;     /* Date of the oldest mail whose raw mail stays; G_MININT64: all */
        gint64 history_before; /* and of the oldest that the ledger knows of at all; of a maintenance or an issue it knows all; G_MININT64:
                                  all */
        bool is_dry;           /* only count */
};

struct retired {
        guint raw, history;
        gint64 bytes; /* of the raw mails */
};

/* Remove what is too old, in small transactions, so that deliveries never wait long. */
bool retention_run(struct ledger *ledger, const struct retention *retention, struct retired *retired, GError **error);

/* "Now" for retention: the Date of the newest mail that is not later than the clock, so that neither a clock that jumped nor a Date of 2099
 * lets anything leave. READING_NO_TIME: there is none. */
bool retention_now(struct ledger *ledger, gint64 clock, gint64 *now, GError **error);

#endif
