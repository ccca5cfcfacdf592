/* The rows of people's decisions: shared by the files that carry them out.
 * In: decisions. Out: rows, in their order. */
#ifndef MAILCLINIC_LEDGER_DECISIONS_H
#define MAILCLINIC_LEDGER_DECISIONS_H

#include "data/decision.h"
#include "ledger/ledger.h"

/* Record one that leads back to `before` (NULL: it changed nothing that could be taken back). Its number is set if it is 0. */
bool decisions_add(struct ledger *ledger, struct decision *decision, gint64 mail, const char *before, GError **error);

/* Decisions (struct decision): those after a number, on one mail or (0) on any. Caller frees. */
GPtrArray *decisions_list(struct ledger *ledger, gint64 mail, gint64 after, GError **error);

/* The last that stands on a mail, and what was before it (may be NULL). NULL without an error: none. Caller frees both. */
struct decision *decisions_standing(struct ledger *ledger, gint64 mail, char **before, GError **error);

/* The same of an issue. */
struct decision *decisions_standing_on(struct ledger *ledger, const char *issue, char **before, GError **error);

/* A later one that stands and changed any of the maintenances that this one did. NULL without an error: none. Caller frees. */
struct decision *decisions_in_the_way(struct ledger *ledger, gint64 number, const char *before, GError **error);

/* It stands no longer. */
bool decisions_take_back(struct ledger *ledger, gint64 number, GError **error);

#endif
