/* strptime forms of a filter (FILTERS.md `dates`), read more freely than strptime does.
 * In: a form and text. Out: the parts of a date and time; and what is wrong with a form. */
#include "reader/when-form.h"

#include "reader/when-clock.h"
#include "reader/when-day.h"
#include "reader/when-zone.h"

#include <string.h>

#define DIGITS "0123456789"
#define BLANKS " \t\n\v\r\f"

/* What a conversion reads; the date's parts come first. */
enum part { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, HALF, WEEKDAY, ZONE, PERCENT };

enum shape { NUMBER, NAME };

struct conversion {
        char letter;
        enum part part;
        enum shape shape;
        gsize digits;       /* of a number, at most */
        int least, most;    /* of a number */
        const char *sample; /* Friday, 4 March 2005, 06:07:08 UTC */
};

static const struct conversion conversions[] = {
        {'Y', YEAR, NUMBER, 4, 1000, 9999, "2005"}, {'y', YEAR, NUMBER, 2, 0, 99, "05"},   {'m', MONTH, NUMBER, 2, 1, 12, "03"},
        {'b', MONTH, NAME, 0, 0, 0, "Mar"},         {'B', MONTH, NAME, 0, 0, 0, "March"},  {'h', MONTH, NAME, 0, 0, 0, "Mar"},
        {'d', DAY, NUMBER, 2, 1, 31, "04"},         {'e', DAY, NUMBER, 2, 1, 31, "4"},     {'H', HOUR, NUMBER, 2, 0, 24, "06"},
        {'k', HOUR, NUMBER, 2, 0, 24, "6"},         {'I', HOUR, NUMBER, 2, 1, 12, "06"},   {'l', HOUR, NUMBER, 2, 1, 12, "6"},
        {'M', MINUTE, NUMBER, 2, 0, 59, "07"},      {'S', SECOND, NUMBER, 2, 0, 59, "08"}, {'p', HALF, NAME, 0, 0, 0, "AM"},
        {'A', WEEKDAY, NAME, 0, 0, 0, "Friday"},    {'a', WEEKDAY, NAME, 0, 0, 0, "Fri"},  {'Z', ZONE, NAME, 0, 0, 0, "UTC"},
        {'z', ZONE, NAME, 0, 0, 0, "+0000"},        {'%', PERCENT, NAME, 0, 0, 0, "%"},
};

/* Where the matching of one form stands. */
struct cursor {
        const char *text;
        gsize at;
        struct when when;
        int half; /* 0 AM, 1 PM; -1 none */
};

static const struct conversion *conversion_of(char letter)
{
        for (gsize i = 0; i < G_N_ELEMENTS(conversions); i++)
                if (conversions[i].letter == letter)
                        return &conversions[i];
        return NULL;
}

static bool is_number(const char *form)
{
        const struct conversion *conversion = form[0] == '%' ? conversion_of(form[1]) : NULL;
        return conversion && conversion->shape == NUMBER;
}

static int *field_of(struct when *when, enum part part)
{
        int *const fields[] = {[YEAR] = &when->year, [MONTH] = &when->month,   [DAY] = &when->day,
                               [HOUR] = &when->hour, [MINUTE] = &when->minute, [SECOND] = &when->second};
        return fields[part];
}

/* Numbers that stand apart may lack leading zeros; those that touch ("%H%M") have all their digits. */
static bool match_number(struct cursor *cursor, const struct conversion *conversion, bool touches_next)
{
        const char *digits = cursor->text + cursor->at;
        gsize n = strspn(digits, DIGITS);
        bool is_whole = conversion->letter == 'Y' || touches_next;
        if (touches_next)
                n = MIN(n, conversion->digits);
        if (n == 0 || n > conversion->digits || (is_whole && n < conversion->digits))
                return false;
        int value = 0;
        for (gsize i = 0; i < n; i++)
                value = value * 10 + digits[i] - '0';
        if (value < conversion->least || value > conversion->most)
                return false;
        *field_of(&cursor->when, conversion->part) = conversion->letter == 'y' ? 2000 + value : value;
        cursor->at += n;
        return true;
}

static guint name_at(struct tokens *tokens, enum part part, struct cursor *cursor)
{
        bool is_pm = false;
        guint n = 0;
        if (part == MONTH && token_is_word(tokens, 0, WHEN_MONTH)) {
                cursor->when.month = token_at(tokens, 0)->word.value;
                n = token_is_sign(tokens, 1, '.') && token_is_glued(tokens, 1) && !token_is_glued(tokens, 2) ? 2 : 1;
        } else if (part == WEEKDAY) {
                n = when_weekday_at(tokens, 0, &cursor->when.weekday);
        } else if (part == HALF) {
                n = when_half_at(tokens, 0, &is_pm);
                cursor->half = n ? is_pm : cursor->half;
        } else if (part == ZONE) {
                n = when_zone_at(tokens, 0, true);
                cursor->when.zone_start = token_at(tokens, 0)->start;
                cursor->when.zone_end = n ? token_at(tokens, n - 1)->end : cursor->when.zone_start;
        }
        return n;
}

static bool match_name(struct cursor *cursor, enum part part)
{
        struct tokens tokens;
        tokens_init(&tokens, cursor->text, cursor->at);
        guint n = name_at(&tokens, part, cursor);
        if (n)
                cursor->at = token_at(&tokens, n - 1)->end;
        return n > 0;
}

static void skip_blanks(struct cursor *cursor)
{
        cursor->at += strspn(cursor->text + cursor->at, BLANKS);
}

static bool match_literal(struct cursor *cursor, char literal)
{
        if (strchr(BLANKS, literal)) {
                gsize n = strspn(cursor->text + cursor->at, BLANKS ",");
                cursor->at += n;
                return n > 0 || cursor->text[cursor->at] == '\0';
        }
        if (literal != ',')
                skip_blanks(cursor);
        if (g_ascii_tolower(cursor->text[cursor->at]) != g_ascii_tolower(literal))
                return false;
        cursor->at++;
        return true;
}

/* "hrs", "Uhr" */
static void skip_unit(struct cursor *cursor)
{
        struct tokens tokens;
        tokens_init(&tokens, cursor->text, cursor->at);
        if (token_is_word(&tokens, 0, WHEN_UNIT) && token_at(&tokens, 0)->word.value == 3600)
                cursor->at = token_at(&tokens, 0)->end;
}

/* What may be written after the minutes though the form does not say so: ":SS", AM or PM, and "hrs". */
static void match_more(struct cursor *cursor, const struct conversion *conversion, const char *rest)
{
        const char *text = cursor->text + cursor->at;
        if (conversion->part == MINUTE && !strstr(rest, "%S") && text[0] == ':' && strspn(text + 1, DIGITS) == 2 && text[1] < '6') {
                cursor->when.second = (text[1] - '0') * 10 + text[2] - '0';
                cursor->at += 3;
        }
        bool is_last = conversion->part == SECOND || (conversion->part == MINUTE && !strstr(rest, "%S"));
        if (is_last && !strstr(rest, "%p") && !match_name(cursor, HALF))
                skip_unit(cursor);
}

static bool match_conversion(struct cursor *cursor, const char *form)
{
        const struct conversion *conversion = conversion_of(form[1]);
        if (!conversion)
                return false;
        if (conversion->part == PERCENT)
                return match_literal(cursor, '%');
        skip_blanks(cursor);
        if (conversion->shape == NAME)
                return match_name(cursor, conversion->part);
        if (!match_number(cursor, conversion, is_number(form + 2)))
                return false;
        match_more(cursor, conversion, form + 2);
        return true;
}

/* Bring hour and half of the day together; false where the parts are no time. */
static bool settle(struct cursor *cursor)
{
        struct when *when = &cursor->when;
        if (cursor->half >= 0 && when->hour >= 0)
                when->hour = when_hour_of_half(when->hour, cursor->half);
        if (cursor->half >= 0 && when->hour < 0)
                return false;
        if (when->hour == 24 && (when->minute || when->second))
                return false;
        return when->month ? when_is_day(when->year, when->month, when->day) : when->hour >= 0;
}

gsize when_form_at(const char *form, const char *text, gsize at, struct when *out)
{
        struct cursor cursor = {.text = text, .at = at, .when = {.hour = -1, .start = at}, .half = -1};
        for (const char *p = form; *p; p++) {
                bool is_conversion = p[0] == '%' && p[1];
                if (!(is_conversion ? match_conversion(&cursor, p) : match_literal(&cursor, *p)))
                        return 0;
                p += is_conversion;
        }
        if (cursor.at == at || !settle(&cursor))
                return 0;
        cursor.when.end = cursor.at;
        *out = cursor.when;
        return cursor.at;
}

char *when_form_date(const char *form)
{
        const char *start = NULL, *end = NULL, *clock = NULL;
        for (const char *p = form; *p; p++) {
                const struct conversion *conversion = *p == '%' ? conversion_of(p[1]) : NULL;
                if (!conversion)
                        continue;
                if (conversion->part <= DAY) {
                        if (clock && start)
                                return NULL;
                        start = start ? start : p;
                        end = p + 2;
                } else if (start) {
                        clock = p;
                }
                p++;
        }
        bool is_all = start == form && end && *end == '\0';
        return start && !is_all ? g_strndup(start, (gsize)(end - start)) : NULL;
}

static const char *incomplete(unsigned seen)
{
        unsigned day_and_month = 1U << DAY | 1U << MONTH;
        if (seen & (day_and_month | 1U << YEAR) && (seen & day_and_month) != day_and_month)
                return "a date needs a day and a month";
        if (seen & (1U << MINUTE | 1U << SECOND | 1U << HALF) && !(seen & 1U << HOUR))
                return "a time of day needs an hour";
        if (!(seen & (day_and_month | 1U << HOUR)))
                return "it reads neither a date nor a time of day";
        return NULL;
}

char *when_form_fault(const char *form)
{
        unsigned seen = 0;
        for (const char *p = strchr(form, '%'); p; p = strchr(p + 2, '%')) {
                const struct conversion *conversion = conversion_of(p[1]);
                if (!p[1])
                        return g_strdup("a lone % at the end");
                if (!conversion)
                        return g_strdup_printf("unknown conversion %%%.*s", (int)(g_utf8_next_char(p + 1) - (p + 1)), p + 1);
                if (seen & 1U << conversion->part && conversion->part != PERCENT)
                        return g_strdup_printf("%%%c reads what was read before", p[1]);
                seen |= 1U << conversion->part;
        }
        return g_strdup(incomplete(seen));
}

/* A text that the form reads, with day, month, year, hour and minute such that each may be taken for another. Caller frees. */
static char *sample(const char *form)
{
        GString *text = g_string_new(NULL);
        for (const char *p = form; *p; p++) {
                const struct conversion *conversion = *p == '%' ? conversion_of(p[1]) : NULL;
                if (conversion)
                        g_string_append(text, conversion->sample);
                else
                        g_string_append_c(text, *p);
                p += conversion != NULL;
        }
        return g_string_free(text, FALSE);
}

static bool differs(const struct when *a, const struct when *b)
{
        return a->year != b->year || a->month != b->month || a->day != b->day || a->hour != b->hour || a->minute != b->minute ||
               a->second != b->second;
}

bool when_forms_ambiguous(const char *form, const char *other, char **example)
{
        g_autofree char *text = sample(form);
        struct words one = {.word = (char *[]){(char *)form}, .n = 1}, two = {.word = (char *[]){(char *)other}, .n = 1};
        struct when a, b;
        if (!when_read(text, &one, &a) || !when_read(text, &two, &b) || !differs(&a, &b))
                return false;
        *example = g_steal_pointer(&text);
        return true;
}
