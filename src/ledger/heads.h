/* What is known of the heads of signatures (decide/group.h), kept with the ledger and in memory.
 * In: heads. Out: groups that are as the ledger has them. */
#ifndef MAILCLINIC_LEDGER_HEADS_H
#define MAILCLINIC_LEDGER_HEADS_H

#include "decide/group.h"
#include "ledger/ledger.h"

struct heads;

/* To be freed where a transaction is taken back: they are as it would have left the ledger. */
struct heads *heads_new(void);
void heads_free(struct heads *heads);

/* The groups with this head as the ledger has it; NULL and an error. Borrowed until the next call. */
struct groups *heads_open(struct heads *heads, struct ledger *ledger, const char *head, GError **error);

/* Keep a head that changed since. */
bool heads_keep(struct heads *heads, struct ledger *ledger, const char *head, GError **error);

#endif
