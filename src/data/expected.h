/* What a value of a YAML file is expected to be, in words.
 * In: a row of data/schema.h. Out: phrases for people. */
#ifndef MAILCLINIC_EXPECTED_H
#define MAILCLINIC_EXPECTED_H

#include "data/schema.h"

/* "a list [...], each member a pattern", "one of primary backup". Caller frees. */
char *expected_text(const struct schema *schema);

/* Whether this SHAPE_WORD or member of SHAPE_WORDS is known. */
bool expected_has(const struct schema *schema, const char *word);

#endif
