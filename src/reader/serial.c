/* Dates as spreadsheets keep them: a number of days, and a number format that shows it as a date (ECMA-376 part 1, 18.8.30 and 18.17.4).
 * In: number formats and numbers. Out: ISO 8601 without zone. */
#include "reader/serial.h"

#include <string.h>

enum {
        DAY = 24 * 60 * 60,
        LAST_DAY = 2958465,  /* 9999-12-31 */
        LEAP_DAY = 60,       /* 1900-02-29, a day that never was */
        LONGEST = 1000 * 24, /* hours of a length of time */
};

static const struct {
        guint first, last;
        unsigned serial;
} builtin[] = {
        {14, 17, SERIAL_DATE}, {18, 21, SERIAL_TIME},   {22, 22, SERIAL_DATE | SERIAL_TIME},
        {27, 31, SERIAL_DATE}, {32, 35, SERIAL_TIME},   {36, 36, SERIAL_DATE},
        {45, 45, SERIAL_TIME}, {46, 46, SERIAL_LENGTH}, {47, 47, SERIAL_TIME},
        {50, 58, SERIAL_DATE},
};

unsigned serial_of_builtin(guint64 id)
{
        for (gsize i = 0; i < G_N_ELEMENTS(builtin); i++)
                if (id >= builtin[i].first && id <= builtin[i].last)
                        return builtin[i].serial;
        return 0;
}

/* The end of what is shown as it stands, or sets colour or width only, from p on; p where it is a letter of the format. */
static const char *skip_literal(const char *p)
{
        const char *close = NULL;
        if (*p == '"')
                close = strchr(p + 1, '"');
        else if (*p == '[')
                close = strchr(p, ']');
        else if (strchr("\\_*", *p))
                close = p[1] ? p + 1 : p;
        else if (g_ascii_strncasecmp(p, "AM/PM", 5) == 0)
                close = p + 4;
        return close ? close + 1 : p;
}

/* [h], [mm] and the like count hours beyond a day; other brackets are colours, conditions and languages. */
static bool is_length(const char *p)
{
        if (*p != '[')
                return false;
        gsize n = strspn(p + 1, "hHmMsS");
        return n > 0 && p[n + 1] == ']';
}

unsigned serial_of_code(const char *code)
{
        unsigned serial = 0;
        bool has_m = false;
        for (const char *p = code; *p && *p != ';';) {
                if (is_length(p))
                        return SERIAL_LENGTH;
                const char *next = skip_literal(p);
                if (next > p) {
                        p = next;
                        continue;
                }
                char letter = g_ascii_tolower(*p);
                gsize n = strspn(p, (char[]){letter, g_ascii_toupper(letter), '\0'});
                if (letter == 'y' || letter == 'd' || (letter == 'm' && n > 2))
                        serial |= SERIAL_DATE;
                else if (letter == 'h' || letter == 's')
                        serial |= SERIAL_TIME;
                has_m = has_m || letter == 'm';
                p += n;
        }
        return serial ? serial : (has_m ? SERIAL_DATE : 0);
}

static char *length_text(gint64 seconds)
{
        return g_strdup_printf("%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/* Day 1 is 1900-01-01, but a 29 February is counted in that year; in the other system day 0 is 1904-01-01. */
static bool day_to_date(gint64 day, bool is_1904, GDate *date)
{
        if (!is_1904 && (day < 1 || day == LEAP_DAY))
                return false;
        g_date_clear(date, 1);
        if (is_1904)
                g_date_set_dmy(date, 1, G_DATE_JANUARY, 1904);
        else
                g_date_set_dmy(date, day < LEAP_DAY ? 31 : 30, G_DATE_DECEMBER, 1899);
        g_date_add_days(date, (guint)day);
        return g_date_get_year(date) <= 9999;
}

char *serial_text(const char *number, unsigned serial, bool is_1904)
{
        char *end;
        double value = g_ascii_strtod(number, &end);
        if (end == number || *end || !(value >= 0 && value <= LAST_DAY))
                return NULL;
        gint64 seconds = (gint64)(value * DAY + 0.5);
        if (serial & SERIAL_LENGTH)
                return seconds / 3600 <= LONGEST ? length_text(seconds) : NULL;
        g_autofree char *time = length_text(seconds % DAY);
        GDate date;
        if (!(serial & SERIAL_DATE))
                return g_steal_pointer(&time);
        if (!day_to_date(seconds / DAY, is_1904, &date))
                return NULL;
        return g_strdup_printf("%04d-%02u-%02u%s%s", g_date_get_year(&date), g_date_get_month(&date), g_date_get_day(&date),
                               serial & SERIAL_TIME ? "T" : "", serial & SERIAL_TIME ? time : "");
}
