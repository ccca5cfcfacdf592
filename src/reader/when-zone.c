/* Where the text of a time zone stands beside a time: "UTC", "GMT+3", "( Pacific )", "MDT (Mountain Daylight Time)", "Europe/Paris".
 * In: tokens. Out: how many of them; what they mean is the matter of zone.h and of a filter's `zones`. */
#include "reader/when-zone.h"

#include "reader/zone.h"

#include <string.h>

enum { WORDS_MAX = 5, BRACKET_MAX = 12, LETTERS_MAX = 5, NAME_MAX_BYTES = 64 };

/* Words that stand after a time, in capitals too, and are no zone. */
static const char *const no_zones[] = {"TO", "AND", "OR", "FOR", "BIS", "TILL", "UNTIL", "THRU", "FROM", "WITH", "HAS", "WILL", "IS", "NA"};

static bool is_text(struct tokens *tokens, guint i, const char *text)
{
        const struct token *token = token_at(tokens, i);
        gsize length = strlen(text);
        return token->end - token->start == length && g_ascii_strncasecmp(tokens->text + token->start, text, length) == 0;
}

static bool is_utc(struct tokens *tokens, guint i)
{
        return is_text(tokens, i, "UTC") || is_text(tokens, i, "GMT");
}

static bool is_capitalised(struct tokens *tokens, guint i)
{
        const struct token *token = token_at(tokens, i);
        bool may_be_zone = token->word.kind == WHEN_OTHER || token->word.kind == WHEN_AND; /* "ET" */
        return token->kind == TOKEN_WORD && may_be_zone && g_ascii_isupper(tokens->text[token->start]);
}

/* "EDT", "Z": the shape of an abbreviation. */
static bool is_letters(struct tokens *tokens, guint i)
{
        const struct token *token = token_at(tokens, i);
        gsize n = token->end - token->start;
        if (!is_capitalised(tokens, i) || n > LETTERS_MAX || (n == 1 && tokens->text[token->start] != 'Z'))
                return false;
        for (gsize k = token->start; k < token->end; k++)
                if (!g_ascii_isupper(tokens->text[k]))
                        return false;
        for (gsize k = 0; k < G_N_ELEMENTS(no_zones); k++)
                if (is_text(tokens, i, no_zones[k]))
                        return false;
        return true;
}

static bool is_known(struct tokens *tokens, guint from, guint to)
{
        gsize start = token_at(tokens, from)->start, length = token_at(tokens, to)->end - start;
        char text[NAME_MAX_BYTES];
        if (length >= sizeof text)
                return false;
        memcpy(text, tokens->text + start, length);
        text[length] = '\0';
        return zone_is_word(text);
}

bool when_zone_is_named_at(struct tokens *tokens, guint i)
{
        return is_utc(tokens, i) || (is_letters(tokens, i) && is_known(tokens, i, i));
}

/* ISO 8601 glues a negative offset to a time, as people glue the end of a span to its start; only a time with "T" or seconds is surely
 * the former. */
static bool is_exact_time_before(struct tokens *tokens, guint i)
{
        bool has_seconds = i >= 5 && token_is_sign(tokens, i - 2, ':') && token_is_sign(tokens, i - 4, ':');
        bool has_fraction = i >= 7 && token_is_sign(tokens, i - 4, ':') && token_is_sign(tokens, i - 6, ':');
        return has_seconds || has_fraction || (i >= 4 && is_text(tokens, i - 4, "T")) || (i >= 2 && is_text(tokens, i - 2, "T"));
}

/* "+3", "+02:00", "-0500" after a time, or after "UTC" if is_named. */
static guint offset_at(struct tokens *tokens, guint i, bool is_named)
{
        bool is_minus = token_is_sign(tokens, i, '-');
        bool is_short = token_is_number(tokens, i + 1, 1, 2);
        if ((!is_minus && !token_is_sign(tokens, i, '+')) || !token_is_glued(tokens, i + 1))
                return 0;
        if (!is_short && !token_is_number(tokens, i + 1, 4, 4))
                return 0;
        bool has_minutes = is_short && token_is_sign(tokens, i + 2, ':') && token_is_glued(tokens, i + 2) &&
                           token_is_number(tokens, i + 3, 2, 2) && token_is_glued(tokens, i + 3);
        guint n = has_minutes ? 4 : 2;
        if (is_minus && is_short && !is_named && !(token_is_glued(tokens, i) && is_exact_time_before(tokens, i)))
                return 0;
        bool is_span = token_is_sign(tokens, i + n, ':') || is_letters(tokens, i + n) || token_is_word(tokens, i + n, WHEN_AM) ||
                       token_is_word(tokens, i + n, WHEN_PM);
        return is_minus && is_span ? 0 : n;
}

/* "Area/City", "EST/EDT": words joined by slashes, hyphens and underscores. */
static guint path_at(struct tokens *tokens, guint i)
{
        guint n = 1;
        if (!is_capitalised(tokens, i) || !token_is_sign(tokens, i + 1, '/'))
                return 0;
        while (n < BRACKET_MAX) {
                char sign = token_at(tokens, i + n)->sign;
                if (!sign || !strchr("/_-+", sign) || !token_is_glued(tokens, i + n) || !token_is_glued(tokens, i + n + 1))
                        break;
                bool is_part = sign == '/' ? is_capitalised(tokens, i + n + 1) : token_at(tokens, i + n + 1)->kind != TOKEN_SIGN;
                if (!is_part)
                        break;
                n += 2;
        }
        return n > 1 ? n : 0;
}

/* The most words that together are the name of a zone: "Central European Summer Time", "W. Europe Standard Time", "local time". */
static guint name_at(struct tokens *tokens, guint i)
{
        guint n = 0;
        if (is_text(tokens, i, "local"))
                return is_text(tokens, i + 1, "time") ? 2 : 1;
        while (n < WORDS_MAX && (token_at(tokens, i + n)->kind == TOKEN_WORD || (n == 1 && token_is_sign(tokens, i + n, '.'))))
                n++;
        for (; n > 1; n--)
                if (is_known(tokens, i, i + n - 1))
                        return n;
        return n == 1 && is_capitalised(tokens, i) && is_known(tokens, i, i) ? 1 : 0;
}

static guint utc_at(struct tokens *tokens, guint i)
{
        if (!is_utc(tokens, i))
                return 0;
        guint n = token_is_sign(tokens, i + 1, '/') && is_utc(tokens, i + 2) ? 3 : 1;
        return n + offset_at(tokens, i + n, true);
}

/* Whether words between brackets look like a zone. */
static bool is_zone_like(struct tokens *tokens, guint from, guint to)
{
        for (guint i = from; i <= to; i++)
                if (is_text(tokens, i, "time") || is_text(tokens, i, "local"))
                        return true;
        return (from == to && is_letters(tokens, from)) || is_known(tokens, from, to);
}

/* Words in brackets, without numbers but those of an offset. */
static guint bracket_at(struct tokens *tokens, guint i, bool is_whole_value)
{
        guint n = 1;
        if (!token_is_sign(tokens, i, '(') && !token_is_sign(tokens, i, '['))
                return 0;
        for (; n < BRACKET_MAX; n++) {
                if (token_is_sign(tokens, i + n, ')') || token_is_sign(tokens, i + n, ']') || token_at(tokens, i + n)->kind == TOKEN_END)
                        break;
                if (token_is_word(tokens, i + n, WHEN_MONTH) || token_is_word(tokens, i + n, WHEN_WEEKDAY))
                        return 0;
        }
        bool is_closed = n > 1 && token_at(tokens, i + n)->kind == TOKEN_SIGN && n < BRACKET_MAX;
        if (!is_closed)
                return 0;
        bool starts_like_zone = token_at(tokens, i + 1)->kind == TOKEN_WORD;
        return (is_whole_value && starts_like_zone) || is_zone_like(tokens, i + 1, i + n - 1) ? n + 1 : 0;
}

guint when_zone_at(struct tokens *tokens, guint i, bool is_whole_value)
{
        guint n = offset_at(tokens, i, false);
        if (n && is_letters(tokens, i + n))
                n++;
        if (!n)
                n = utc_at(tokens, i);
        if (!n)
                n = path_at(tokens, i);
        if (!n)
                n = name_at(tokens, i);
        if (!n && is_letters(tokens, i))
                n = 1;
        return n + bracket_at(tokens, i + n, is_whole_value);
}
