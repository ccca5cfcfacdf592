/* What a pattern needs: text without which it cannot match.
 * In: caseless patterns of PCRE2. Out: "it cannot match" a text, told without a search, or "it may". */
#ifndef MAILCLINIC_NEEDS_H
#define MAILCLINIC_NEEDS_H

#include <stdbool.h>

#include "base/trigram.h"

#include <glib.h>

/* The texts of at least three letters that a pattern must match as they stand (\d is as good as any digit), with its alternatives and
 * groups, as words that can be copied: the first says how many they are, itself among them (needs_length()). NULL where there are none, or
 * where the pattern holds a construct that is not understood. Caller frees. */
guint32 *needs_of_pattern(const char *pattern);
gsize needs_length(const guint32 *needs);

/* false is certain: the pattern matches nowhere in a text with these trigrams. */
bool needs_may_be_met(const guint32 *needs, const struct trigrams *trigrams);

#endif
