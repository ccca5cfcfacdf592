/* Dates and times as vendors write them.
 * In: text, and the strptime forms of a filter. Out: the parts of a date and time, or of a length of time; nothing is guessed. */
#include "reader/when.h"

#include "reader/when-clock.h"
#include "reader/when-day.h"
#include "reader/when-form.h"
#include "reader/when-zone.h"

#include <string.h>

#define DIGITS "0123456789"

enum {
        VALUE_MAX = 200, /* no time is longer */
        FILLERS_MAX = 5,
        ZONE_WORDS_MAX = 12,
        DAYS_MAX = 366, /* no maintenance is longer */
        DAY = 24 * 60 * 60,
};

/* A date and time while it is put together: each part is read at most once, in any order. */
struct expression {
        struct tokens tokens;
        const struct words *forms;
        bool is_value;    /* a whole value, not a part of a running line */
        bool has_numbers; /* a date of numbers only was seen, and is not understood */
        struct when when;
        guint end; /* the token after the last that was read */
};

static void expression_init(struct expression *expression, const char *text, gsize from, const struct words *forms, bool is_value)
{
        tokens_init(&expression->tokens, text, from);
        expression->forms = forms;
        expression->is_value = is_value;
        expression->has_numbers = false;
        expression->when = (struct when){.hour = -1};
        expression->end = 0;
}

static bool has_date(const struct expression *expression)
{
        return expression->when.month || expression->has_numbers;
}

/* How many tokens from `at` on end at byte `end`; 0 where one goes on past it. */
static guint tokens_until(struct tokens *tokens, guint at, gsize end)
{
        guint n = 0;
        while (token_at(tokens, at + n)->kind != TOKEN_END && token_at(tokens, at + n)->end <= end)
                n++;
        const struct token *next = token_at(tokens, at + n);
        return next->kind != TOKEN_END && next->start < end ? 0 : n;
}

/* Take over what a form read, unless the expression has it already. */
static bool merge(struct expression *expression, const struct when *found)
{
        struct when *when = &expression->when;
        if ((found->month && has_date(expression)) || (found->hour >= 0 && when->hour >= 0))
                return false;
        if (found->month) {
                when->year = found->year;
                when->month = found->month;
                when->day = found->day;
        }
        if (found->hour >= 0) {
                when->hour = found->hour;
                when->minute = found->minute;
                when->second = found->second;
        }
        if (found->weekday)
                when->weekday = found->weekday;
        if (found->zone_end > found->zone_start) {
                when->zone_start = found->zone_start;
                when->zone_end = found->zone_end;
        }
        return true;
}

static guint read_by(struct expression *expression, guint at, const char *form)
{
        struct tokens *tokens = &expression->tokens;
        struct when found;
        gsize end = when_form_at(form, tokens->text, token_at(tokens, at)->start, &found);
        guint n = end ? tokens_until(tokens, at, end) : 0;
        return n && merge(expression, &found) ? n : 0;
}

/* The forms themselves, then their dates alone: the rest around those is read as ever. */
static guint read_form(struct expression *expression, guint at)
{
        const struct words *forms = expression->forms;
        guint n = 0;
        for (unsigned i = 0; forms && i < forms->n && !n; i++)
                n = read_by(expression, at, forms->word[i]);
        for (unsigned i = 0; forms && i < forms->n && !n && !has_date(expression); i++) {
                g_autofree char *date = when_form_date(forms->word[i]);
                n = date ? read_by(expression, at, date) : 0;
        }
        return n;
}

static guint fillers_at(struct tokens *tokens, guint i)
{
        guint n = 0;
        for (; n < FILLERS_MAX; n++) {
                char sign = token_at(tokens, i + n)->sign;
                bool is_german_on = token_is_word(tokens, i + n, WHEN_AM) && token_is_number(tokens, i + n + 1, 1, 2);
                if (!(sign && strchr(",-/@*;|:", sign)) && !token_is_word(tokens, i + n, WHEN_FILLER) && !is_german_on)
                        break;
        }
        return n;
}

/* A weekday that follows date and time belongs to them only if no other date comes after it. */
static guint read_weekday(struct expression *expression, guint at)
{
        int weekday;
        struct tokens *tokens = &expression->tokens;
        guint n = expression->when.weekday ? 0 : when_weekday_at(tokens, at, &weekday);
        guint next = at + n + fillers_at(tokens, at + n);
        if (!n || (has_date(expression) && expression->when.hour >= 0 &&
                   (token_is_number(tokens, next, 1, 4) || token_is_word(tokens, next, WHEN_MONTH))))
                return 0;
        expression->when.weekday = weekday;
        return n;
}

static guint read_clock(struct expression *expression, guint at)
{
        struct when *when = &expression->when;
        return when->hour < 0 ? when_clock_at(&expression->tokens, at, when->month > 0, when) : 0;
}

static guint read_day(struct expression *expression, guint at)
{
        return has_date(expression) ? 0 : when_day_at(&expression->tokens, at, &expression->when);
}

static guint read_numbers(struct expression *expression, guint at)
{
        guint n = expression->is_value || has_date(expression) ? 0 : when_numbers_at(&expression->tokens, at);
        expression->has_numbers = expression->has_numbers || n;
        return n;
}

static void set_zone(struct expression *expression, guint at, guint n)
{
        expression->when.zone_start = token_at(&expression->tokens, at)->start;
        expression->when.zone_end = token_at(&expression->tokens, at + n - 1)->end;
}

static guint read_zone(struct expression *expression, guint at)
{
        struct when *when = &expression->when;
        bool is_first = !has_date(expression) && when->hour < 0;
        if (when->zone_end > when->zone_start || (is_first && !when_zone_is_named_at(&expression->tokens, at)))
                return 0;
        guint n = when_zone_at(&expression->tokens, at, expression->is_value);
        if (n)
                set_zone(expression, at, n);
        return n;
}

/* "Nov 14 08:01:00 UTC 2021" */
static guint read_year(struct expression *expression, guint at)
{
        if (expression->when.month && !expression->when.year)
                expression->when.year = when_year_at(&expression->tokens, at);
        else
                return 0;
        return expression->when.year ? 1 : 0;
}

static guint (*const readers[])(struct expression *, guint) = {read_form,    read_weekday, read_clock, read_day,
                                                               read_numbers, read_year,    read_zone};

static bool step(struct expression *expression, guint at)
{
        for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
                guint n = readers[i](expression, at);
                if (n) {
                        expression->end = at + n;
                        return true;
                }
        }
        return false;
}

static void expression_read(struct expression *expression)
{
        /* Without fillers first: the sign of an offset looks like one, and a form may begin with one. */
        while (step(expression, expression->end) || step(expression, expression->end + fillers_at(&expression->tokens, expression->end)))
                ;
}

static void finish(struct expression *expression, struct when *out)
{
        *out = expression->when;
        out->start = token_at(&expression->tokens, 0)->start;
        out->end = token_at(&expression->tokens, expression->end - 1)->end;
}

/* Decoration around a value: "*2021-11-14 08:01*", "(14 Nov)". */
static guint decoration_at(struct tokens *tokens, guint i, const char *signs)
{
        guint n = 0;
        while (token_at(tokens, i + n)->sign && strchr(signs, token_at(tokens, i + n)->sign))
                n++;
        return n;
}

/* All that is left of a value is the text of a zone, if words without numbers make it up: a filter's `zones` may know it. */
static bool take_rest(struct expression *expression)
{
        struct tokens *tokens = &expression->tokens;
        guint at = expression->end + decoration_at(tokens, expression->end, "*,.;)]"), n = 0, words = 0;
        if (token_at(tokens, at)->kind == TOKEN_END)
                return true;
        if (expression->when.zone_end > expression->when.zone_start || token_is_sign(tokens, at, '-'))
                return false;
        for (; token_at(tokens, at + n)->kind != TOKEN_END; n++) {
                const struct token *token = token_at(tokens, at + n);
                bool may_be_zone = token->kind == TOKEN_WORD || (token->sign && strchr("()[]/_-+.,&*'", token->sign));
                if (!may_be_zone || n > ZONE_WORDS_MAX)
                        return false;
                words += token->kind == TOKEN_WORD;
        }
        if (words)
                set_zone(expression, at, n);
        expression->end = at + n;
        return words > 0;
}

bool when_read(const char *text, const struct words *forms, struct when *out)
{
        struct expression expression;
        if (strlen(text) > VALUE_MAX)
                return false;
        expression_init(&expression, text, 0, forms, true);
        expression.end = decoration_at(&expression.tokens, 0, "*([");
        expression_read(&expression);
        if ((!expression.when.month && expression.when.hour < 0) || !take_rest(&expression))
                return false;
        finish(&expression, out);
        return true;
}

/* Whether a date and time may begin with the token, which follows `last`. */
static bool may_begin(const struct token *token, const struct token *last)
{
        bool is_part = token->start == last->end && (last->kind == TOKEN_WORD || last->kind == TOKEN_NUMBER);
        if (token->kind == TOKEN_NUMBER)
                return token->digits <= 8 && !is_part;
        return token->word.kind == WHEN_MONTH || token->word.kind == WHEN_WEEKDAY || token->word.kind == WHEN_NOON ||
               token->word.kind == WHEN_MIDNIGHT;
}

bool when_find(const char *line, gsize from, const struct words *forms, struct when *out)
{
        struct expression expression;
        struct token last = {.kind = TOKEN_END};
        if (line[from + strcspn(line + from, DIGITS)] == '\0')
                return false;
        for (gsize at = from;; at = last.end) {
                expression_init(&expression, line, at, forms, false);
                const struct token *first = token_at(&expression.tokens, 0);
                if (first->kind == TOKEN_END)
                        return false;
                if (may_begin(first, &last)) {
                        expression_read(&expression);
                        if (has_date(&expression) && expression.when.hour >= 0)
                                break;
                }
                last = expression.tokens.token[0];
        }
        finish(&expression, out);
        return true;
}

/* A number with its fraction: "1.5", "2,25". */
static guint amount_at(struct tokens *tokens, guint i, double *amount)
{
        double fraction = 0, scale = 1;
        if (!token_is_number(tokens, i, 1, 6))
                return 0;
        char sign = token_at(tokens, i + 1)->sign;
        bool has_fraction = (sign == '.' || sign == ',') && token_is_glued(tokens, i + 1) && token_is_number(tokens, i + 2, 1, 4) &&
                            token_is_glued(tokens, i + 2);
        for (guint k = 0; has_fraction && k < token_at(tokens, i + 2)->digits; k++)
                scale *= 10;
        if (has_fraction)
                fraction = token_at(tokens, i + 2)->value / scale;
        *amount = token_at(tokens, i)->value + fraction;
        return has_fraction ? 3 : 1;
}

/* "4 Hours", "90-minute", "360 minute(s)", and the minutes of "5h30". */
static guint length_at(struct tokens *tokens, guint i, double *seconds)
{
        double amount;
        guint n = amount_at(tokens, i, &amount);
        if (n && token_is_sign(tokens, i + n, '-'))
                n++;
        if (!n || !token_is_word(tokens, i + n, WHEN_UNIT))
                return 0;
        int unit = token_at(tokens, i + n++)->word.value;
        if (token_is_sign(tokens, i + n, '(') && token_is_word(tokens, i + n + 1, WHEN_UNIT) && token_is_sign(tokens, i + n + 2, ')'))
                n += 3;
        *seconds += amount * unit;
        bool has_minutes = unit == 3600 && token_is_number(tokens, i + n, 2, 2) && token_is_glued(tokens, i + n) &&
                           token_at(tokens, i + n + 1)->kind == TOKEN_END;
        if (has_minutes)
                *seconds += token_at(tokens, i + n)->value * 60;
        return has_minutes ? n + 1 : n;
}

/* "02:30", "26:00:00", "2:30 hrs" */
static guint hours_and_minutes_at(struct tokens *tokens, guint i, double *seconds)
{
        if (!token_is_number(tokens, i, 1, 3) || !token_is_sign(tokens, i + 1, ':') || !token_is_number(tokens, i + 2, 2, 2))
                return 0;
        bool has_seconds = token_is_sign(tokens, i + 3, ':') && token_is_number(tokens, i + 4, 2, 2);
        guint n = has_seconds ? 5 : 3;
        int minutes = token_at(tokens, i + 2)->value, rest = has_seconds ? token_at(tokens, i + 4)->value : 0;
        if (minutes > 59 || rest > 59)
                return 0;
        *seconds += token_at(tokens, i)->value * 3600 + minutes * 60 + rest;
        return n + (token_is_word(tokens, i + n, WHEN_UNIT) && token_at(tokens, i + n)->word.value == 3600);
}

gint64 when_duration(const char *text)
{
        struct tokens tokens;
        double seconds = 0;
        if (strlen(text) > VALUE_MAX)
                return -1;
        tokens_init(&tokens, text, 0);
        guint at = decoration_at(&tokens, 0, "*([");
        do {
                guint n = length_at(&tokens, at, &seconds);
                if (!n)
                        n = hours_and_minutes_at(&tokens, at, &seconds);
                if (!n)
                        return -1;
                at += n + decoration_at(&tokens, at + n, "*,.;)]");
                if (token_is_word(&tokens, at, WHEN_AND))
                        at++;
        } while (token_at(&tokens, at)->kind != TOKEN_END);
        return seconds <= (double)DAYS_MAX * DAY ? (gint64)(seconds + 0.5) : -1;
}
