/* What a pattern needs: text without which it cannot match.
 * In: caseless patterns of PCRE2. Out: "it cannot match" a text, told without a search, or "it may". */
#ifndef MAILCLINIC_NEEDS_H
#define MAILCLINIC_NEEDS_H

#include <stdbool.h>

#include "base/trigram.h"

#include <glib.h>

struct needs;

/* The texts of at least three letters that a pattern must match as they stand (\d is as good as any digit), with its alternatives and
 * groups. NULL where there are none, or where it holds a construct that is not understood. Caller frees. */
struct needs *needs_of_pattern(const char *pattern);
void needs_free(struct needs *needs);

/* How many bytes they are; they may be copied. */
gsize needs_size(const struct needs *needs);

/* false is certain: the pattern matches nowhere in a text with these trigrams. */
bool needs_may_be_met(const struct needs *needs, const struct trigrams *trigrams);

#endif
