/* Mails that are recorded and not put into their folder yet: marked in the transaction that records them, so that no crash forgets one.
 * In: a ledger. Out: ids; marks taken away. */
#ifndef MAILCLINIC_LEDGER_UNFILED_H
#define MAILCLINIC_LEDGER_UNFILED_H

#include "ledger/ledger.h"

/* The oldest of them, no more than `most`: gint64 ids. NULL and an error. Caller frees. */
GArray *unfiled_list(struct ledger *ledger, guint most, GError **error);

/* It is in its folder, durably. */
bool unfiled_drop(struct ledger *ledger, gint64 mail, GError **error);

#endif
