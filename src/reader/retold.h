/* Retold: what a mail says plainly of its status over the words of an earlier notice that it repeats.
 * In: an attempt that was taken and the doubt words. Out: its notices with that status. */
#ifndef MAILCLINIC_RETOLD_H
#define MAILCLINIC_RETOLD_H

#include "reader/extract.h"

/* Where all notices are CONFIRMED, but the subject opens or ends with a word of one other status ("CANCELLED: " before that of the first
 * notice), or sentences of the text tell of one, they are of that status. true if they became so: the doubts that were found stay. */
bool retold_status(struct attempt *attempt, const struct doubt_words *words);

#endif
