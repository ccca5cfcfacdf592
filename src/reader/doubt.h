/* Doubts: all that keeps a reading from being certain (FILTERS.md "How it reads" 9).
 * In: an attempt that was taken. Out: its doubts, each a phrase for a reason. */
#ifndef MAILCLINIC_DOUBT_H
#define MAILCLINIC_DOUBT_H

#include "reader/extract.h"

/* Add to attempt->doubts what FILTERS.md 9 names: something expected that is missing, sources that disagree, a time that was not read, a
 * calendar part that says other times, a word of another status or role. `words` may be NULL. */
void doubt_find(struct attempt *attempt, const struct doubt_words *words, enum kind kind);

/* What lines beside the text that was read say against it, those above a notice that they quote: a time that it does not have, a word of
 * another status. */
void doubt_beside(struct attempt *attempt, const struct doubt_words *words, enum kind kind, const struct block *lines);

/* The doubts about ids, about times, and about times in these lines that were not read, alone; true if any was added. */
bool doubt_refs(struct attempt *attempt);
bool doubt_times(struct attempt *attempt);
bool doubt_unread(struct attempt *attempt, const struct block *lines);

#endif
