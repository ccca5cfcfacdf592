/* The letters of a text taken three by three: enough to tell in no time that most words are not in it.
 * In: texts. Out: a set of hashes. */
#include "base/trigram.h"

#include <string.h>

enum { MASK = (1 << TRIGRAM_BITS) - 1, SHIFT = TRIGRAM_BITS / 3, CASE = 0x20 };

/* After three letters the hash knows no other. Case is a bit, that other signs lose too without harm; all digits count as one. */
static inline guint next(guint hash, char letter)
{
        guchar plain = letter >= '0' && letter <= '9' ? '0' : (guchar)letter | CASE;
        return (hash << SHIFT ^ plain) & MASK;
}

guint trigram_next(guint hash, char letter)
{
        return next(hash, letter);
}

void trigrams_of_text(struct trigrams *trigrams, const char *text, gsize length)
{
        guint hash = 0;
        guchar all = 0;
        memset(trigrams, 0, sizeof *trigrams);
        for (gsize i = 0; i < length; i++) {
                hash = next(hash, text[i]);
                all |= (guchar)text[i];
                trigrams->bits[hash / 64] |= G_GUINT64_CONSTANT(1) << hash % 64;
        }
        /* Two letters beyond ASCII are equal to ASCII ones but for case: LATIN SMALL LETTER LONG S and KELVIN SIGN. */
        if (all >= 0x80 && (memmem(text, length, "\xc5\xbf", 2) || memmem(text, length, "\xe2\x84\xaa", 3)))
                memset(trigrams, 0xff, sizeof *trigrams);
}
