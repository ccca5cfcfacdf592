/* Numbers, words and signs of a text that may be a date, read as they are asked for.
 * In: UTF-8 text. Out: tokens with their place in it. */
#ifndef MAILCLINIC_WHEN_TOKEN_H
#define MAILCLINIC_WHEN_TOKEN_H

#include <stdbool.h>

#include "reader/when-words.h"

#include <glib.h>

#define WHEN_TOKENS_MAX 64

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN };

struct token {
        enum token_kind kind;
        gsize start, end;
        bool is_glued; /* nothing stands between it and the token before */
        guint digits;  /* of a number */
        int value;     /* of a number of at most 8 digits, else -1 */
        char sign;     /* the sign; dashes of all sorts are '-', what is not ASCII 0 */
        struct when_word_row word;
};

struct tokens {
        const char *text;
        gsize next; /* where the next token is looked for */
        guint n;
        struct token token[WHEN_TOKENS_MAX];
};

/* Begin at byte `from` of the text, which is borrowed. */
void tokens_init(struct tokens *tokens, const char *text, gsize from);

/* The i-th token; past the end of the text, and after WHEN_TOKENS_MAX, one of kind TOKEN_END. Owned by tokens, valid as long as it is. */
const struct token *token_at(struct tokens *tokens, guint i);

bool token_is_sign(struct tokens *tokens, guint i, char sign);
bool token_is_word(struct tokens *tokens, guint i, enum when_word_kind kind);

/* A number of least to most digits. */
bool token_is_number(struct tokens *tokens, guint i, guint least, guint most);

/* Whether the i-th token is glued to the one before. */
bool token_is_glued(struct tokens *tokens, guint i);

#endif
