/* What people want of issues: snoozed, ignored, merged, linked to a task; and all of it taken back again.
 * In: decisions. Out: rows. */
#ifndef MAILCLINIC_LEDGER_WISHES_H
#define MAILCLINIC_LEDGER_WISHES_H

#include "data/decision.h"
#include "ledger/ledger.h"

/* Carry out a decision on an issue, within the transaction that was begun, and record it under its number, which is set if it is 0. NULL
 * and an error: FAIL_INPUT where there is no such issue or nothing to undo, FAIL_USAGE where it cannot be. Caller frees. */
struct verdict *wishes_carry_out(struct ledger *ledger, struct decision *decision, GError **error);

#endif
