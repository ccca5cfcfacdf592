/* The words of a mail that a reason rests on.
 * In: a reading with its evidence, a reason. Out: a text for people. */
#ifndef MAILCLINIC_CITE_H
#define MAILCLINIC_CITE_H

#include "data/reading.h"

/* "text:3 'withdrawn' (label 'State')": the line and words of the evidence that a reason is about; the subject or the sender where it is
 * about nothing that was read. Caller frees. */
char *cite(const struct reading *reading, const char *reason);

#endif
