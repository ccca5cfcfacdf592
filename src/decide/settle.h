/* A decided maintenance made ready for the ledger: its history, sequences, dates and the acts that follow.
 * In: it before and after. Out: posts and sequences in it, acts and reasons in the verdict. */
#ifndef MAILCLINIC_SETTLE_H
#define MAILCLINIC_SETTLE_H

#include "data/verdict.h"
#include "decide/decide-maint.h"

/* What the mail did to one maintenance. */
struct change {
        const struct maintenance *before; /* borrowed; NULL: it is new */
        struct maintenance *after;        /* changed in place */
        GArray *remarks;                  /* struct remark (decide/turn.h), borrowed */
        gint64 when;                      /* the mail's date, clamped */
};

/* Whether anything that is published changed: then one post, or one for each event where they differ, is written into the history, each
 * changed event gets its next sequence and one act. */
bool settle_change(const struct change *change, const struct reading *reading, const struct policy *policy, struct verdict *verdict);

#endif
