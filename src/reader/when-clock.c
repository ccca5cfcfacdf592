/* Times of day as they are written: 08:01, 8:01:00 p.m., 20h00, 0830 hrs, 8 PM, 12 noon.
 * In: tokens. Out: hour, minute and second. */
#include "reader/when-clock.h"

#include "reader/when-zone.h"

#define HOUR (60 * 60)

static bool is_letter(struct tokens *tokens, guint i, char letter)
{
        const struct token *token = token_at(tokens, i);
        return token->kind == TOKEN_WORD && token->end == token->start + 1 && g_ascii_tolower(tokens->text[token->start]) == letter;
}

static bool is_uhr(struct tokens *tokens, guint i)
{
        const struct token *token = token_at(tokens, i);
        return token->end == token->start + 3 && g_ascii_strncasecmp(tokens->text + token->start, "uhr", 3) == 0;
}

static bool is_unit_of_hours(struct tokens *tokens, guint i)
{
        return token_is_word(tokens, i, WHEN_UNIT) && token_at(tokens, i)->word.value == HOUR;
}

guint when_half_at(struct tokens *tokens, guint i, bool *is_pm)
{
        guint n = 0;
        if (token_is_word(tokens, i, WHEN_AM) || token_is_word(tokens, i, WHEN_PM))
                n = 1;
        else if ((is_letter(tokens, i, 'a') || is_letter(tokens, i, 'p')) && token_is_sign(tokens, i + 1, '.') &&
                 is_letter(tokens, i + 2, 'm'))
                n = token_is_sign(tokens, i + 3, '.') ? 4 : 3;
        if (n)
                *is_pm = g_ascii_tolower(tokens->text[token_at(tokens, i)->start]) == 'p';
        return n;
}

int when_hour_of_half(int hour, bool is_pm)
{
        if (hour > 12)
                return is_pm && hour < 24 ? hour : -1;
        if (hour < 1)
                return is_pm ? -1 : hour;
        return hour % 12 + (is_pm ? 12 : 0);
}

static bool is_glued_number(struct tokens *tokens, guint i, guint digits)
{
        return token_is_number(tokens, i, digits, digits) && token_is_glued(tokens, i);
}

static bool is_glued_sign(struct tokens *tokens, guint i, char sign)
{
        return token_is_sign(tokens, i, sign) && token_is_glued(tokens, i);
}

/* ":SS" and a fraction of it. */
static guint seconds_at(struct tokens *tokens, guint i, struct when *out)
{
        if (!is_glued_sign(tokens, i, ':') || !is_glued_number(tokens, i + 1, 2))
                return 0;
        out->second = token_at(tokens, i + 1)->value;
        bool has_fraction = (is_glued_sign(tokens, i + 2, '.') || is_glued_sign(tokens, i + 2, ',')) &&
                            token_is_number(tokens, i + 3, 1, 9) && token_is_glued(tokens, i + 3);
        return has_fraction ? 4 : 2;
}

/* "08:01", "08:01:00.5"; not part of a longer row of numbers (an address). */
static guint colon_at(struct tokens *tokens, guint i, struct when *out)
{
        if (!token_is_number(tokens, i, 1, 2) || !is_glued_sign(tokens, i + 1, ':') || !is_glued_number(tokens, i + 2, 2))
                return 0;
        out->hour = token_at(tokens, i)->value;
        out->minute = token_at(tokens, i + 2)->value;
        guint n = 3 + seconds_at(tokens, i + 3, out);
        bool goes_on =
                is_glued_sign(tokens, i + n, ':') && token_at(tokens, i + n + 1)->kind != TOKEN_SIGN && token_is_glued(tokens, i + n + 1);
        return goes_on && token_at(tokens, i + n + 1)->kind != TOKEN_END ? 0 : n;
}

/* "8.01 PM", "20.01 Uhr", "20.01 UTC"; "20.01" alone only where it cannot be anything else. */
static guint dotted_at(struct tokens *tokens, guint i, bool is_certain, struct when *out)
{
        bool is_pm;
        if (!token_is_number(tokens, i, 1, 2) || !is_glued_sign(tokens, i + 1, '.') || !is_glued_number(tokens, i + 2, 2))
                return 0;
        if (is_glued_sign(tokens, i + 3, '.') && token_at(tokens, i + 4)->kind == TOKEN_NUMBER)
                return 0;
        if (!is_certain && !when_half_at(tokens, i + 3, &is_pm) && !is_uhr(tokens, i + 3) && !when_zone_is_named_at(tokens, i + 3))
                return 0;
        out->hour = token_at(tokens, i)->value;
        out->minute = token_at(tokens, i + 2)->value;
        return 3;
}

/* "20h00", "20h", "20 Uhr". */
static guint lettered_at(struct tokens *tokens, guint i, struct when *out)
{
        bool has_h = is_letter(tokens, i + 1, 'h') && token_is_glued(tokens, i + 1);
        if (!token_is_number(tokens, i, 1, 2) || (!has_h && !is_uhr(tokens, i + 1)))
                return 0;
        bool has_minutes = has_h && is_glued_number(tokens, i + 2, 2);
        if (has_h && !has_minutes && !token_is_number(tokens, i, 2, 2))
                return 0;
        out->hour = token_at(tokens, i)->value;
        out->minute = has_minutes ? token_at(tokens, i + 2)->value : 0;
        return has_minutes ? 3 : 2;
}

/* "0830 hrs", "0830 UTC", and "T0830", "T083000" of ISO 8601. Without such a mark four digits are a year or a number. */
static guint compact_at(struct tokens *tokens, guint i, struct when *out)
{
        const struct token *token = token_at(tokens, i);
        bool is_iso = i > 0 && token->is_glued && is_letter(tokens, i - 1, 't');
        if (token_is_number(tokens, i, 6, 6) && is_iso) {
                out->hour = token->value / 10000;
                out->minute = token->value / 100 % 100;
                out->second = token->value % 100;
                return 1;
        }
        if (!token_is_number(tokens, i, 4, 4) || (!is_iso && !is_unit_of_hours(tokens, i + 1) && !when_zone_is_named_at(tokens, i + 1)))
                return 0;
        out->hour = token->value / 100;
        out->minute = token->value % 100;
        return 1;
}

/* "8 PM", "noon", "12 midnight". */
static guint worded_at(struct tokens *tokens, guint i, struct when *out)
{
        bool is_pm;
        guint n = token_is_number(tokens, i, 1, 2) ? 1 : 0;
        bool is_noon = token_is_word(tokens, i + n, WHEN_NOON), is_midnight = token_is_word(tokens, i + n, WHEN_MIDNIGHT);
        bool is_half = n && when_half_at(tokens, i + n, &is_pm);
        if (!is_noon && !is_midnight && !is_half)
                return 0;
        if (n && !is_half && token_at(tokens, i)->value != 12)
                return 0;
        out->hour = n ? token_at(tokens, i)->value : is_noon ? 12 : 0;
        return n ? 1 : is_noon || is_midnight ? 1 : 0;
}

/* German "am 14. November" is no half of the day. */
static bool is_german_on(struct tokens *tokens, guint i)
{
        return token_is_word(tokens, i, WHEN_AM) && token_is_number(tokens, i + 1, 1, 2) && is_glued_sign(tokens, i + 2, '.');
}

/* What may follow a time of day: half of the day, "noon", "hrs". false where it makes nonsense of the time. */
static bool take_suffix(struct tokens *tokens, guint i, guint *n, struct when *out)
{
        bool is_pm = false;
        guint half = when_half_at(tokens, i + *n, &is_pm);
        if (half && !is_german_on(tokens, i + *n)) {
                *n += half;
                out->hour = when_hour_of_half(out->hour, is_pm);
                return out->hour >= 0;
        }
        if (token_is_word(tokens, i + *n, WHEN_MIDNIGHT) && out->hour == 12)
                out->hour = 0;
        if (token_is_word(tokens, i + *n, WHEN_MIDNIGHT) || token_is_word(tokens, i + *n, WHEN_NOON) || is_unit_of_hours(tokens, i + *n))
                *n += 1;
        return true;
}

static bool is_time(const struct when *when)
{
        bool is_end = when->hour == 24 && when->minute == 0 && when->second == 0;
        return when->hour >= 0 && when->minute < 60 && when->second < 60 && (when->hour < 24 || is_end);
}

guint when_clock_at(struct tokens *tokens, guint i, bool may_be_dotted, struct when *out)
{
        struct when time = {.hour = -1};
        guint n = colon_at(tokens, i, &time);
        if (!n)
                n = dotted_at(tokens, i, may_be_dotted && token_is_number(tokens, i, 2, 2), &time);
        if (!n)
                n = lettered_at(tokens, i, &time);
        if (!n)
                n = compact_at(tokens, i, &time);
        if (!n)
                n = worded_at(tokens, i, &time);
        if (!n || !take_suffix(tokens, i, &n, &time) || !is_time(&time))
                return 0;
        out->hour = time.hour;
        out->minute = time.minute;
        out->second = time.second;
        return n;
}
