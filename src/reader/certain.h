/* Certain: what may be shown of a notice that no filter of its vendor vouches for.
 * In: an attempt of the generic reader. Out: the same without the ids and windows that anything in the mail speaks against. */
#ifndef MAILCLINIC_CERTAIN_H
#define MAILCLINIC_CERTAIN_H

#include "reader/extract.h"

/* Take away an id that two sources tell differently; all windows where one of them is half, doubtful, longer than a month, over another,
 * far from the mail's date, or not the only time that the mail names; and a status that was assumed while words of another stand there.
 * A missing fact is looked up; a wrong one is believed. `words` may be NULL. */
void certain_keep(struct attempt *attempt, const struct doubt_words *words);

#endif
