/* Replayed mails as comma-separated values: one row a mail.
 * In: a replayed mail. Out: rows on a stream. */
#ifndef MAILCLINIC_REPLAY_CSV_H
#define MAILCLINIC_REPLAY_CSV_H

#include "out/replayed.h"

#include <stdio.h>

/* The row of headings. */
void replay_csv_head(FILE *out);

/* The row of a mail. Times are UTC. `windows` holds ISO 8601 intervals; ids, accounts, statuses, windows and circuits stand after one
 * another where there are several, parted by "; ". */
void replay_csv_mail(FILE *out, const struct replayed *mail);

#endif
