/* What stood before a decision: kept with it, and put back.
 * In: a ledger, a decision. Out: a JSON text; a verdict. */
#ifndef MAILCLINIC_LEDGER_RESTORE_H
#define MAILCLINIC_LEDGER_RESTORE_H

#include "data/decision.h"
#include "ledger/ledger.h"

/* How a mail was decided, and the maintenances of a verdict as the ledger has them now. NULL and an error. Caller frees with free(). */
char *restore_keep(struct ledger *ledger, const struct entry *entry, const struct verdict *verdict, GError **error);

/* The verdict that puts back what restore_keep() gave. What was not there before is called off: its UID is known outside by now. NULL and
 * an error. Caller frees. */
struct verdict *restore_verdict(struct ledger *ledger, const char *before, const struct decision *decision, GError **error);

/* Decide again, in their order, the mails that came after a mail and touched the maintenances of the verdict. */
bool restore_later(struct ledger *ledger, gint64 after, const struct verdict *verdict, const struct policy *policy, GError **error);

#endif
