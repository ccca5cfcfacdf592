/* People's decisions carried out in the ledger: mails decided again on a person's word, and all of it taken back again.
 * In: decisions. Out: rows, verdicts; the same decisions after the same mails leave the same ledger. */
#ifndef MAILCLINIC_LEDGER_REVIEW_H
#define MAILCLINIC_LEDGER_REVIEW_H

#include "data/decision.h"
#include "ledger/ledger.h"

/* What a decision on a mail rests on, as 8 hexadecimal digits: how it was decided, its last decision, and the maintenances that it may be
 * about. NULL and an error. Caller frees. */
char *review_revision(struct ledger *ledger, gint64 mail, GError **error);

/* Carry out a decision on a mail or an issue (ledger/wishes.h) and record it under its number, which is set if it is 0. *verdict (may be
 * NULL; empty of an issue) is what came of it; caller frees. An
 * error of FAIL_USAGE says what a person must add, FAIL_INPUT that there is no such mail or nothing to undo: nothing was changed then. */
bool review_carry_out(struct ledger *ledger, struct decision *decision, const struct policy *policy, struct verdict **verdict,
                      GError **error);

/* Record a decision that can no longer be carried out, so that its number is taken. */
bool review_pass_over(struct ledger *ledger, const struct decision *decision, GError **error);

/* Decisions (struct decision) in their order: those after a number, on one mail or (0) on any. Caller frees. */
GPtrArray *review_decisions(struct ledger *ledger, gint64 mail, gint64 after, GError **error);

/* The last one on a mail that is neither a note nor taken back; NULL without an error: none. Caller frees. */
struct decision *review_standing(struct ledger *ledger, gint64 mail, GError **error);

/* Fill in after which mail a decision is made; none where there is no mail. */
bool review_name_last(struct ledger *ledger, struct decision *decision, GError **error);

/* Fill in which mail a decision is on, and after which it is made. */
bool review_name(struct ledger *ledger, gint64 mail, struct decision *decision, GError **error);

#endif
