/* Dates as they are written: day, named month and year in any order, and numbers with the year first.
 * In: tokens. Out: year, month and day, or a weekday. */
#include "reader/when-day.h"

#include "reader/when-clock.h"

#include <string.h>

/* Years that notices are written in: other numbers of four digits are times or ids. */
enum { YEAR_FIRST = 1990, YEAR_LAST = 2100, CENTURY = 2000, LEAP_YEAR = 2000 };

static bool is_separator(char sign)
{
        return sign && strchr("-/.", sign);
}

bool when_is_day(int year, int month, int day)
{
        if (day < 1 || day > 31 || month < 1 || month > 12)
                return false;
        return g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)(year ? year : LEAP_YEAR));
}

static bool is_year(int year)
{
        return year >= YEAR_FIRST && year <= YEAR_LAST;
}

int when_year_at(struct tokens *tokens, guint i)
{
        int year = token_at(tokens, i)->value;
        bool is_alone = token_is_number(tokens, i, 4, 4) && !token_is_word(tokens, i + 1, WHEN_UNIT);
        return is_alone && is_year(year) ? year : 0;
}

/* A number, a sign, a number, the same sign and a number, nothing between them, and not part of a longer row of numbers. */
static bool is_triple(struct tokens *tokens, guint i)
{
        struct when time;
        char sign = token_at(tokens, i + 1)->sign;
        for (guint k = 1; k < 5; k++)
                if (!token_is_glued(tokens, i + k))
                        return false;
        if (!is_separator(sign) || !token_is_sign(tokens, i + 3, sign))
                return false;
        if (!token_is_number(tokens, i, 1, 4) || !token_is_number(tokens, i + 2, 1, 2) || !token_is_number(tokens, i + 4, 1, 4))
                return false;
        bool goes_on = token_is_sign(tokens, i + 5, sign) && token_is_glued(tokens, i + 5) && token_is_number(tokens, i + 6, 1, 99) &&
                       token_is_glued(tokens, i + 6);
        return !goes_on || when_clock_at(tokens, i + 6, false, &time) > 0;
}

static void set_day(struct when *out, int year, int month, int day)
{
        out->year = year;
        out->month = month;
        out->day = day;
}

/* "2021-11-14", "2021/11/14", "20211114". */
static guint year_first_at(struct tokens *tokens, guint i, struct when *out)
{
        int number = token_at(tokens, i)->value;
        guint n = token_is_number(tokens, i, 8, 8) ? 1 : 5;
        if (n == 5 && (!token_is_number(tokens, i, 4, 4) || !is_triple(tokens, i) || token_at(tokens, i + 4)->digits > 2))
                return 0;
        int year = n == 1 ? number / 10000 : number;
        int month = n == 1 ? number / 100 % 100 : token_at(tokens, i + 2)->value;
        int day = n == 1 ? number % 100 : token_at(tokens, i + 4)->value;
        if (!is_year(year) || !when_is_day(year, month, day))
                return 0;
        set_day(out, year, month, day);
        return n;
}

/* What may stand between the parts of a date: "14th of", "Nov. 14,", "14-Nov-". */
static guint separators_at(struct tokens *tokens, guint i)
{
        guint n = 0;
        for (; n < 3; n++) {
                char sign = token_at(tokens, i + n)->sign;
                if (!is_separator(sign) && sign != ',' && sign != '\'' && !token_is_word(tokens, i + n, WHEN_OF))
                        break;
        }
        return n;
}

static bool is_glued_sign_and_number(struct tokens *tokens, guint i)
{
        const struct token *sign = token_at(tokens, i);
        return sign->kind == TOKEN_SIGN && sign->is_glued && token_is_number(tokens, i + 1, 1, 99) && token_is_glued(tokens, i + 1);
}

/* Whether two digits after day and month are the year, and no time of day, length of time, or day of another date ("16 Nov - 20 Nov"). */
static bool is_short_year(struct tokens *tokens, guint i)
{
        char before = token_at(tokens, i - 1)->sign;
        if (!token_is_number(tokens, i, 2, 2) || is_glued_sign_and_number(tokens, i + 1))
                return false;
        if (is_separator(before) && before != '.' && !(token_is_glued(tokens, i) && token_is_glued(tokens, i - 1)))
                return false;
        if (token_is_word(tokens, i + 1, WHEN_ORDINAL) || token_is_word(tokens, i + 1, WHEN_UNIT))
                return false;
        return !token_is_word(tokens, i + 1 + separators_at(tokens, i + 1), WHEN_MONTH);
}

/* One part of a date with a named month: how many tokens; 0 where there is none that the date still lacks. */
static guint part_at(struct tokens *tokens, guint i, struct when *date)
{
        struct when time;
        const struct token *token = token_at(tokens, i);
        if (token_is_word(tokens, i, WHEN_MONTH) && !date->month) {
                date->month = token->word.value;
                return 1;
        }
        if (when_year_at(tokens, i) && !date->year) {
                date->year = token->value;
                return 1;
        }
        if (!token_is_number(tokens, i, 1, 2) || when_clock_at(tokens, i, false, &time))
                return 0;
        if (!date->day) {
                date->day = token->value;
                return token_is_word(tokens, i + 1, WHEN_ORDINAL) ? 2 : 1;
        }
        if (!date->month || date->year || !is_short_year(tokens, i))
                return 0;
        date->year = CENTURY + token->value;
        return 1;
}

static guint named_at(struct tokens *tokens, guint i, struct when *out)
{
        struct when date = {0};
        guint end = i;
        for (guint at = i, part = 0; part < 3; part++) {
                guint n = part_at(tokens, at, &date);
                if (!n)
                        break;
                end = at + n;
                at = end + separators_at(tokens, end);
        }
        if (!date.month || !when_is_day(date.year, date.month, date.day))
                return 0;
        set_day(out, date.year, date.month, date.day);
        return end - i;
}

guint when_day_at(struct tokens *tokens, guint i, struct when *out)
{
        guint n = year_first_at(tokens, i, out);
        return n ? n : named_at(tokens, i, out);
}

guint when_numbers_at(struct tokens *tokens, guint i)
{
        if (!token_is_number(tokens, i, 1, 2) || !is_triple(tokens, i))
                return 0;
        const struct token *first = token_at(tokens, i), *second = token_at(tokens, i + 2), *last = token_at(tokens, i + 4);
        bool is_date = when_is_day(0, first->value, second->value) || when_is_day(0, second->value, first->value);
        bool is_short = last->digits == 2 && (first->digits == 2 && second->digits == 2 ? true : token_at(tokens, i + 1)->sign != '.');
        return is_date && (is_short || (last->digits == 4 && is_year(last->value))) ? 5 : 0;
}

/* "mar" before a day and a month is Tuesday. */
static int weekday_of(struct tokens *tokens, guint i)
{
        const struct when_word_row *word = &token_at(tokens, i)->word;
        guint day = i + 1 + separators_at(tokens, i + 1);
        if (token_is_word(tokens, i, WHEN_WEEKDAY))
                return word->value;
        if (!word->weekday || !token_is_number(tokens, day, 1, 2))
                return 0;
        return token_is_word(tokens, day + 1 + separators_at(tokens, day + 1), WHEN_MONTH) ? word->weekday : 0;
}

guint when_weekday_at(struct tokens *tokens, guint i, int *weekday)
{
        guint open = token_is_sign(tokens, i, '(') ? 1 : 0;
        int value = weekday_of(tokens, i + open);
        if (!value)
                return 0;
        guint n = open + 1;
        if (token_is_sign(tokens, i + n, '.'))
                n++;
        if (open && !token_is_sign(tokens, i + n, ')'))
                return 0;
        *weekday = value;
        return n + open;
}
