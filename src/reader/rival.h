/* Rivals: references to other work in the text of a notice.
 * In: an attempt that was taken. Out: the first that is found. */
#ifndef MAILCLINIC_RIVAL_H
#define MAILCLINIC_RIVAL_H

#include "reader/extract.h"

/* The reference that the label or pattern which gave that of the notice finds once more, and that is none of a notice that was read: the
 * mail tells of two works, and what was read may be mixed of both. NULL where there is none; caller frees. */
char *rival_reference(struct attempt *attempt);

#endif
