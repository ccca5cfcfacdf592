/* Doubts: what those about times and those about words share.
 * In: an attempt that was taken. Out: phrases for reasons, and what was read or passed over. */
#ifndef MAILCLINIC_DOUBT_BASE_H
#define MAILCLINIC_DOUBT_BASE_H

#include "reader/extract.h"

/* Add a doubt; one that is there already counts once. */
void doubt_add(struct attempt *attempt, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A line as a reason cites it. Caller frees. */
char *doubt_cited(const struct block *line);

/* "a label", "the subject" ... */
const char *doubt_source(enum source source);

/* Whether bytes [start, end) of the body were read as a time. */
bool doubt_is_read(const struct attempt *attempt, gsize start, gsize end);

/* Whether the notice's `skip` passes over the line. */
bool doubt_is_skipped(struct attempt *attempt, const struct block *line);

#endif
