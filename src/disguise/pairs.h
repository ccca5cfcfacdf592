/* What is personal in a mail, each with what stands for it: of the same length, letters for letters and digits for digits, the same one
 * wherever it occurs.
 * In: phrases, texts. Out: texts of the same length. */
#ifndef MAILCLINIC_PAIRS_H
#define MAILCLINIC_PAIRS_H

#include "disguise/kept.h"

/* What may be done with a byte of a text. */
enum mark {
        MARK_TEXT,  /* for people */
        MARK_VALUE, /* of an attribute that names a place: looked at for addresses and ids alone */
        MARK_CODE,  /* replaced, but nothing is looked for in it: a tag of HTML */
        MARK_BLANK, /* as good as a blank: "&nbsp;" */
        MARK_FIXED  /* never changed, and no part of a word */
};

struct pairs;

/* No pairs yet. The same key makes the same replacements, which nobody can turn back without it. `kept` is borrowed. */
struct pairs *pairs_new(const char *key, const struct kept *kept);
void pairs_free(struct pairs *pairs);

/* Hide a phrase, which begins and ends with a letter or a digit; words in it that are kept stand. One that nothing would change in is left
 * out. */
void pairs_add(struct pairs *pairs, const char *phrase, gsize length);

/* The same of a name or an id in words: the whole, and each part of it that is long enough to be known by itself. */
void pairs_add_name(struct pairs *pairs, const char *name, gsize length);

/* The phrases in the order in which they were added: char *, borrowed. Adding them to new pairs with the same key and words makes the same
 * replacements. */
const GPtrArray *pairs_phrases(const struct pairs *pairs);

/* Replace every phrase in a text, in place; marks[i] is enum mark of byte i. */
void pairs_apply(const struct pairs *pairs, char *text, const guint8 *marks, gsize length);

/* The same with a text that is all for people. Caller frees. */
char *pairs_text(const struct pairs *pairs, const char *text);

#endif
