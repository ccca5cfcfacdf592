/* Evidence: what matched where, kept beside a reading for people.
 * In: an attempt. Out: struct evidence for each value that the reading rests on. */
#ifndef MAILCLINIC_EVIDENCE_H
#define MAILCLINIC_EVIDENCE_H

#include "reader/extract.h"

/* Append to `evidence` (struct evidence) the fields and rows of an attempt, in the order of the words of enum field and of the text. */
void evidence_add(const struct attempt *attempt, GPtrArray *evidence);

#endif
