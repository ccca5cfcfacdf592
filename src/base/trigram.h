/* What a pattern needs: text without which it cannot match, told from the letters of a text taken three by three, without a search.
 * In: patterns of PCRE2, and texts. Out: "it cannot match", or "it may". */
#ifndef MAILCLINIC_TRIGRAM_H
#define MAILCLINIC_TRIGRAM_H

#include <stdbool.h>

#include <glib.h>

enum { TRIGRAM_BITS = 15 };

/* Every three letters that follow one another in a text, by a hash. */
struct trigrams {
        guint64 bits[(1 << TRIGRAM_BITS) / 64];
};

/* Overwrites what *trigrams was. Case does not count, nor which digit it is. */
void trigrams_of_text(struct trigrams *trigrams, const char *text, gsize length);

/* For each alternative of a caseless pattern a text that it must match as it stands; \d is as good as any digit. */
struct needs;

/* NULL where there is an alternative without any, or a construct that is not understood. Caller frees. */
struct needs *needs_of_pattern(const char *pattern);
void needs_free(struct needs *needs);

/* false is certain: the pattern matches nowhere in the text. */
bool needs_may_be_met(const struct needs *needs, const struct trigrams *trigrams);

#endif
