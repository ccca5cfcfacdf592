/* Filing: each recorded mail into the Maildir folder of its resolution, once, whatever dies in between.
 * In: the ledger, the configuration. Out: files in a Maildir. */
#ifndef MAILCLINIC_FILING_H
#define MAILCLINIC_FILING_H

#include "data/settings.h"
#include "ledger/ledger.h"

/* File what is recorded and not filed yet: this mail, if it is (a new one: no reader has seen it), and what earlier runs left. *folder:
 * where this one went; NULL: it was filed before. Caller frees. What cannot be filed now stays marked for the next run. */
bool filing_run(struct ledger *ledger, const struct settings *settings, gint64 mail, char **folder, GError **error);

#endif
