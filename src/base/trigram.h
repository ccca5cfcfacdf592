/* The letters of a text taken three by three: enough to tell in no time that most words are not in it.
 * In: texts. Out: a set of hashes. */
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

/* The hash of the three letters that end with this one, from that of the three before it (0: there are none). */
guint trigram_next(guint hash, char letter);

/* Whether three letters of this hash are in the text: false is certain. */
bool trigrams_have(const struct trigrams *trigrams, guint hash);

#endif
