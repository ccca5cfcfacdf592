/* Words that speak against a reading: of another status in the opening lines, of another role beside a window.
 * In: an attempt and the doubt words. Out: its doubts. */
#ifndef MAILCLINIC_DOUBT_WORD_H
#define MAILCLINIC_DOUBT_WORD_H

#include "reader/extract.h"

/* Doubt words of a status that neither a notice, nor a window, nor the kind is of, in the subject or the opening lines. */
void doubt_words_of_status(struct attempt *attempt, const struct doubt_words *words, enum kind kind);

/* The same in the opening of these lines alone. */
void doubt_words_of_status_in(struct attempt *attempt, const struct doubt_words *words, enum kind kind, const struct block *lines);

/* Doubt words of another role beside a window that was read as primary. */
void doubt_words_of_role(struct attempt *attempt, const struct doubt_words *words);

/* The filter read work that lies ahead, while subject or a sentence tells what became of it: that status is taken instead, with a doubt.
 * true if so. */
bool doubt_adopt_status(struct attempt *attempt, const struct doubt_words *words, enum kind kind);

#endif
