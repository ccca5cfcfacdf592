/* Numbers, words and signs of a text that may be a date, read as they are asked for.
 * In: UTF-8 text. Out: tokens with their place in it. */
#include "reader/when-token.h"

#include "reader/value.h"

#include <string.h>

#define WORD_MAX 16 /* no word of the table is longer */

void tokens_init(struct tokens *tokens, const char *text, gsize from)
{
        tokens->text = text;
        tokens->next = from;
        tokens->n = 0;
}

/* The character at p and its length; an octet that is no UTF-8 is a sign of its own. */
static gunichar char_at(const char *p, gsize *length)
{
        gunichar c = (guchar)*p;
        *length = 1;
        if (c < 0x80)
                return c;
        c = g_utf8_get_char_validated(p, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2)
                return 0xfffd;
        *length = (gsize)(g_utf8_next_char(p) - p);
        return c;
}

static bool is_blank(gunichar c)
{
        return c < 0x80 ? g_ascii_isspace((char)c) : g_unichar_isspace(c) || c == 0x200b || c == 0xfeff;
}

static void read_number(const char *text, struct token *token)
{
        gsize n = strspn(text + token->start, "0123456789");
        token->kind = TOKEN_NUMBER;
        token->end = token->start + n;
        token->digits = n > 99 ? 99 : (guint)n;
        token->value = n > 8 ? -1 : 0;
        for (gsize i = 0; n <= 8 && i < n; i++)
                token->value = token->value * 10 + text[token->start + i] - '0';
}

static void look_up(const char *text, struct token *token)
{
        gsize n = token->end - token->start;
        char plain[WORD_MAX + 1];
        g_autofree char *folded = NULL;
        if (n > WORD_MAX)
                return;
        bool is_ascii = true;
        for (gsize i = 0; i < n; i++) {
                plain[i] = g_ascii_tolower(text[token->start + i]);
                is_ascii = is_ascii && (guchar)plain[i] < 0x80;
        }
        plain[n] = '\0';
        if (!is_ascii)
                folded = value_label(text + token->start, n);
        const struct when_word_row *row = when_word_find(folded ? folded : plain);
        if (row)
                token->word = *row;
}

static void read_word(const char *text, struct token *token, gsize length)
{
        token->kind = TOKEN_WORD;
        token->end = token->start + length;
        for (gunichar c = char_at(text + token->end, &length); c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c);
             c = char_at(text + token->end, &length))
                token->end += length;
        look_up(text, token);
}

static char sign_of(gunichar c)
{
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
                return '-';
        if (c == 0xff1a)
                return ':';
        if (c == 0x2019)
                return '\'';
        return c < 0x80 ? (char)c : 0;
}

static void read_token(struct tokens *tokens, struct token *token)
{
        gsize length, from = tokens->next;
        gunichar c = char_at(tokens->text + from, &length);
        for (; is_blank(c); c = char_at(tokens->text + from, &length))
                from += length;
        *token = (struct token){.kind = TOKEN_END, .start = from, .end = from, .is_glued = from == tokens->next};
        if (c < 0x80 && g_ascii_isdigit((char)c)) {
                read_number(tokens->text, token);
        } else if (c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c)) {
                read_word(tokens->text, token, length);
        } else if (c) {
                token->kind = TOKEN_SIGN;
                token->sign = sign_of(c);
                token->end = from + length;
        }
        tokens->next = token->end;
}

const struct token *token_at(struct tokens *tokens, guint i)
{
        static const struct token none = {.kind = TOKEN_END};
        if (i >= WHEN_TOKENS_MAX)
                return &none;
        while (tokens->n <= i)
                read_token(tokens, &tokens->token[tokens->n++]);
        return &tokens->token[i];
}

bool token_is_sign(struct tokens *tokens, guint i, char sign)
{
        const struct token *token = token_at(tokens, i);
        return token->kind == TOKEN_SIGN && token->sign == sign;
}

bool token_is_word(struct tokens *tokens, guint i, enum when_word_kind kind)
{
        const struct token *token = token_at(tokens, i);
        return token->kind == TOKEN_WORD && token->word.kind == kind;
}

bool token_is_number(struct tokens *tokens, guint i, guint least, guint most)
{
        const struct token *token = token_at(tokens, i);
        return token->kind == TOKEN_NUMBER && token->digits >= least && token->digits <= most;
}

bool token_is_glued(struct tokens *tokens, guint i)
{
        return token_at(tokens, i)->is_glued;
}
