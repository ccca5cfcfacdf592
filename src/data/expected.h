/* What a value of a YAML file is expected to be, in words.
 * In: a row of data/schema.h. Out: phrases for people. */
#ifndef MAILCLINIC_EXPECTED_H
#define MAILCLINIC_EXPECTED_H

#include "data/schema.h"

/* "a list [...], each member a pattern", "one of primary backup". Caller frees. */
char *expected_text(const struct schema *schema);

/* Whether this SHAPE_WORD or member of SHAPE_WORDS is known. */
bool expected_has(const struct schema *schema, const char *word);

/* Whether a text is what its row asks for, as far as that can be seen without other files: a count, a length of time, a Monday,
 * a title. */
bool expected_fits(const struct schema *schema, const char *text);

/* The three by themselves; NULL, a text that is not given, is one. */
bool expected_is_count(const char *text);
bool expected_is_span(const char *text);
bool expected_is_title(const char *text);

#endif
