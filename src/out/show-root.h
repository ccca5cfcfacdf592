/* What a root@ mail says, for people.
 * In: a reading that has a struct root. Out: lines on a stream. */
#ifndef MAILCLINIC_SHOW_ROOT_H
#define MAILCLINIC_SHOW_ROOT_H

#include "data/reading.h"
#include "out/paint.h"

/* Kind, title, fields and signature, below the head of a mail. */
void show_root(const struct paint *paint, const struct root *root);

/* The lines of a signature, so many at most, each below `indent` blanks. */
void show_signature(const struct paint *paint, const char *signature, guint most, int indent);

#endif
