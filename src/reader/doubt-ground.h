/* What doubts stand on: phrases added once, lines cited, and what of a body was read or is rightly left unread.
 * In: an attempt. Out: its doubts, and answers about its lines. */
#ifndef MAILCLINIC_DOUBT_GROUND_H
#define MAILCLINIC_DOUBT_GROUND_H

#include "reader/extract.h"

/* Add a phrase to the attempt's doubts, unless it is one of them. */
void doubt_add(struct attempt *attempt, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A line as a reason cites it. Caller frees. */
char *doubt_cited(const struct block *line);

/* Whether an end of any window stands within `slack` seconds of an instant. */
bool doubt_is_known_instant(const struct attempt *attempt, gint64 at, gint64 slack);

/* Whether bytes [start, end) of the body were read as a time. */
bool doubt_is_read(const struct attempt *attempt, gsize start, gsize end);

/* Whether a line is on `skip`, by itself or together with the line above it. */
bool doubt_is_skipped(struct attempt *attempt, const struct block *line);

#endif
