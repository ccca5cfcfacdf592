/* decisions.jsonl: people's decisions as a file that only grows, so that mailbox and decisions together rebuild the ledger.
 * In: a ledger, such a file. Out: lines; decisions carried out again after the mails that they came after. */
#ifndef MAILCLINIC_LEDGER_JOURNAL_H
#define MAILCLINIC_LEDGER_JOURNAL_H

#include "data/decision.h"
#include "ledger/ledger.h"

/* Append to DIRECTORY/decisions.jsonl what the ledger has and the file lacks, and see it on disk. To be called after each decision and
 * before the next: whoever died in between is made up for. FAIL_DATA where the file knows decisions that the ledger does not. In memory:
 * nothing is done. */
bool journal_write(struct ledger *ledger, GError **error);

/* All decisions (struct decision) of a file; a last line that was cut off was never decided. A missing file is empty. NULL and an error
 * that names the line. Caller frees. */
GPtrArray *journal_read(const char *path, GError **error);

struct redo; /* decisions to be carried out again */

/* Those of a file (NULL: that of the ledger's directory) that the ledger does not have yet. NULL and an error, also where the ledger has
 * others. Caller frees. */
struct redo *redo_new(struct ledger *ledger, const char *path, GError **error);
void redo_free(struct redo *redo);

/* A mail was recorded: carry out what was decided after it. One that cannot be carried out any more is passed over; redo_faults() says why.
 */
bool redo_after(struct redo *redo, const struct mail_key *key, const struct policy *policy, GError **error);

/* No more mails come: carry out what is left. */
bool redo_rest(struct redo *redo, const struct policy *policy, GError **error);

/* How many were carried out; and why others were not, or found the ledger otherwise than when they were made: phrases. Borrowed. */
guint redo_done(const struct redo *redo);
const GPtrArray *redo_faults(const struct redo *redo);

#endif
