/* Doubts about times: those that were not read, or are told differently by two sources.
 * In: an attempt that was taken. Out: its doubts about times, each a phrase for a reason. */
#ifndef MAILCLINIC_DOUBT_TIME_H
#define MAILCLINIC_DOUBT_TIME_H

#include "reader/extract.h"

/* Add to attempt->doubts what FILTERS.md 9 names about times; true if any was added. */
bool doubt_times(struct attempt *attempt);

/* Only the times of these lines that were not read and are no known instants. */
bool doubt_unread(struct attempt *attempt, const struct block *lines);

#endif
