/* Whether letters and digits beside one another tell a time.
 * In: a run of letters and digits. Out: yes or no. */
#include "disguise/date.h"

#include <string.h>

enum { DATE = 8, YEAR = 4, DAY = 2 };

static gsize digits(const char *text, gsize length)
{
        gsize n = 0;
        while (n < length && g_ascii_isdigit(text[n]))
                n++;
        return n;
}

static int number(const char *text, gsize length)
{
        int value = 0;
        for (gsize i = 0; i < length; i++)
                value = value * 10 + (text[i] - '0');
        return value;
}

static bool is_year(int year)
{
        return year >= 1990 && year <= 2099;
}

static bool is_day(int month, int day)
{
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Eight digits: the year first or last. */
static bool is_date(const char *text)
{
        int first = number(text, DAY), second = number(text + DAY, DAY);
        if (is_year(number(text, YEAR)) && is_day(number(text + YEAR, DAY), number(text + YEAR + DAY, DAY)))
                return true;
        return is_year(number(text + YEAR, YEAR)) && (is_day(first, second) || is_day(second, first));
}

/* "T0800Z", "0800", "080000", "T08" before a colon. */
static bool is_clock(const char *text, gsize length)
{
        bool has_mark = length > 0 && g_ascii_tolower(*text) == 't';
        gsize n = digits(text + has_mark, length - has_mark);
        const char *end = text + has_mark + n;
        gsize left = length - has_mark - n;
        return (n == 4 || n == 6 || (n == 2 && has_mark)) && (left == 0 || (left == 1 && g_ascii_tolower(*end) == 'z'));
}

bool date_is(const struct kept *kept, const char *text, gsize length)
{
        gsize n = digits(text, length), word = 0;
        while (n + word < length && g_ascii_isalpha(text[n + word]))
                word++;
        gsize last = digits(text + n + word, length - n - word);
        bool is_whole = n + word + last == length;
        if (n >= DATE && is_date(text))
                return length == DATE || is_clock(text + DATE, length - DATE);
        if (n == DAY && is_clock(text + n, length - n))
                return true;
        if (n <= YEAR && n > 0 && last > 0 && is_whole)
                return last <= YEAR && kept_is_month(text + n, word);
        return n <= YEAR && n > 0 && last == 0 && is_whole && kept_has(kept, text + n, word);
}
