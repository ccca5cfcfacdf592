/* The header fields that a filed mail bears in addition: what it was taken for and why, for people and their mail programs.
 * In: a mail as recorded. Out: header text. */
#ifndef MAILCLINIC_FILED_HEAD_H
#define MAILCLINIC_FILED_HEAD_H

#include "ledger/ledger.h"

/* X-Mailclinic-Kind, -Resolution, -Maintenance (one for each) and -Why; and Keywords with the words of its resolution, where nothing is
 * left to be done. ASCII without controls, folded, whatever the mail said. Caller frees. */
char *filed_head(const struct entry *entry);

/* The mail without fields of these names that it came with: they would pass for ours. Caller unrefs. */
GBytes *filed_body(GBytes *mail);

#endif
