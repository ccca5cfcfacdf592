/* What a ledger made afresh of mailboxes says otherwise than the ledger that is kept.
 * In: two ledgers. Out: differences. */
#ifndef MAILCLINIC_REPLAY_DIFF_H
#define MAILCLINIC_REPLAY_DIFF_H

#include "ledger/ledger.h"

/* How the mails of `fresh`, and the maintenances that they touch, stand otherwise than in `kept` (struct difference of out/difference.h):
 * what was read, what it came to, and what is published. What `kept` has beyond them is no difference. NULL and an error. Caller frees. */
GPtrArray *replay_diff(struct ledger *kept, struct ledger *fresh, GError **error);

#endif
