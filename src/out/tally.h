/* How many mails there were of each sort.
 * In: replayed mails. Out: tables for people. */
#ifndef MAILCLINIC_TALLY_H
#define MAILCLINIC_TALLY_H

#include "out/paint.h"
#include "out/replayed.h"

struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *tally);

void tally_add(struct tally *tally, const struct replayed *mail);

/* Print how many mails there were by vendor and by kind, each by resolution and confidence; the most frequent first. */
void tally_print(const struct tally *tally, const struct paint *paint);

#endif
