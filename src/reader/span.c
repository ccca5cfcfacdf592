/* Windows: from the fields of a row to two instants in UTC (FILTERS.md "How it reads" 7).
 * In: captures of a row and of the mail around it, the zone words and forms of a filter. Out: start and end, with what is doubtful about
 * them. */
#include "reader/span.h"

#include "data/mail.h"
#include "reader/when.h"

#include <stdio.h>
#include <string.h>

#define DAY  (24 * 60 * 60)
#define NEAR (30 * DAY)

enum { MONTH = 27 * DAY }; /* from one month to the next: a day was most often read for a month */

/* All that stays the same while one window is read. */
struct span {
        const struct clock *clock;
        struct search *search;
        const struct captures *row, *around;
        GPtrArray *doubts, *notes;
        gint64 near; /* what a missing year is nearest to */
};

/* One end of a window while it is put together: its text, what that says, and where its zone is printed. */
struct point {
        char *text; /* owned; NULL: not given */
        bool is_read;
        struct when when;
};

static void G_GNUC_PRINTF(2, 3) doubt(const struct span *span, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        g_ptr_array_add(span->doubts, g_strdup_vprintf(format, args));
        va_end(args);
}

static const char *value(const struct span *span, enum field field)
{
        const char *own = captures_value(span->row, field);
        return own ? own : captures_value(span->around, field);
}

static bool has_zone(const struct point *point)
{
        return point->is_read && point->when.zone_end > point->when.zone_start;
}

/* "local time" names no zone: the place captured as `zone` does. */
static bool is_local(const struct point *point)
{
        g_autofree char *text =
                g_utf8_strdown(point->text + point->when.zone_start, (gssize)(point->when.zone_end - point->when.zone_start));
        return strstr(text, "local") != NULL;
}

static const struct zone *known_zone(const struct span *span, const char *text, gsize length)
{
        const struct zone *zone = clock_zone(span->clock, span->search, text, length);
        if (!zone)
                doubt(span, "the zone '%.*s' is not known", (int)length, text);
        return zone;
}

/* The nearest word on the zone: in the value, beside the other end, captured as `zone`, the filter's own. NULL and a doubt where that word
 * is not known, or there is none. */
static const struct zone *zone_of(const struct span *span, const struct point *point, const struct point *other)
{
        const struct point *printed = has_zone(point) ? point : has_zone(other) ? other : NULL;
        const char *captured = value(span, FIELD_ZONE);
        if (printed && !(captured && is_local(printed)))
                return known_zone(span, printed->text + printed->when.zone_start, printed->when.zone_end - printed->when.zone_start);
        if (captured)
                return known_zone(span, captured, strlen(captured));
        if (!span->clock->zone)
                doubt(span, "no zone is printed for '%s'", point->text);
        return clock_own_zone(span->clock, span->search);
}

static int weekday_of(const struct civil *civil)
{
        GDate date;
        g_date_set_dmy(&date, (GDateDay)civil->day, (GDateMonth)civil->month, (GDateYear)civil->year);
        return (int)g_date_get_weekday(&date);
}

static bool is_date(const struct civil *civil)
{
        return civil->year > 0 && g_date_valid_dmy((GDateDay)civil->day, (GDateMonth)civil->month, (GDateYear)civil->year);
}

/* The year that brings a date without one nearest to `near`, among those that make a printed weekday true if any does. 0 where there is
 * none. */
static int nearest_year(const struct when *when, gint64 near)
{
        g_autoptr(GDateTime) around = near == MAIL_NO_DATE ? NULL : g_date_time_new_from_unix_utc(near);
        if (!around)
                return 0;
        int best = 0;
        gint64 best_distance = 0;
        bool best_fits = false;
        for (int year = g_date_time_get_year(around) - 1; year <= g_date_time_get_year(around) + 1; year++) {
                struct civil civil = {.year = year, .month = when->month, .day = when->day};
                if (!is_date(&civil))
                        continue;
                g_autoptr(GDateTime) day = g_date_time_new_utc(year, when->month, when->day, 12, 0, 0);
                gint64 distance = ABS(g_date_time_to_unix(day) - near);
                bool fits = when->weekday && weekday_of(&civil) == when->weekday;
                if (!best || (fits && !best_fits) || (fits == best_fits && distance < best_distance)) {
                        best = year;
                        best_distance = distance;
                        best_fits = fits;
                }
        }
        return best;
}

static bool to_instant(const struct when *when, const struct zone *zone, gint64 near, gint64 *at, bool *is_ambiguous)
{
        struct civil civil = {when->year, when->month, when->day, when->hour, when->minute, when->second};
        if (!when->month || when->hour < 0)
                return false;
        if (!civil.year)
                civil.year = nearest_year(when, near);
        return civil.year && zone_to_utc(zone, &civil, at, is_ambiguous);
}

bool span_instant(const struct clock *clock, struct search *search, const char *text, const struct when *when, const struct zone *zone,
                  gint64 *at)
{
        bool is_ambiguous = false;
        const struct zone *own = NULL;
        if (when->zone_end > when->zone_start)
                own = clock_zone(clock, search, text + when->zone_start, when->zone_end - when->zone_start);
        else if (!zone)
                own = clock_own_zone(clock, search);
        return (own || zone) && to_instant(when, own ? own : zone, clock->written, at, &is_ambiguous);
}

/* What a missing year is nearest to: the captured `near` (a date, or a year alone, taken as its middle), else the Date of the mail. */
static gint64 near_of(const struct span *span)
{
        const char *near = value(span, FIELD_NEAR);
        struct when when;
        if (near && strlen(near) == 4 && strspn(near, "0123456789") == 4)
                when = (struct when){.year = atoi(near), .month = 7, .day = 1};
        else if (!near || !when_read(near, span->clock->forms, &when) || !when.year)
                return span->clock->written;
        g_autoptr(GDateTime) day = g_date_time_new_utc(when.year, when.month, when.day, 12, 0, 0);
        return day ? g_date_time_to_unix(day) : span->clock->written;
}

/* Date and time of day that stand apart: the row's own date before one given around the rows. Caller frees. */
static char *put_together(const struct span *span, enum field date_field, const char *time, bool is_start)
{
        const char *date = captures_value(span->row, date_field);
        if (!date && is_start)
                date = captures_value(span->row, FIELD_DATE);
        if (!date)
                date = captures_value(span->around, date_field);
        if (!date && is_start)
                date = captures_value(span->around, FIELD_DATE);
        return date ? g_strdup_printf("%s %s", date, time) : g_strdup(time);
}

/* The text of one end: the row's own, else date and time of day put together, else the one given around the rows, else a date alone. Caller
 * frees. */
static char *text_of(const struct span *span, enum field whole, enum field date_field, enum field time_field)
{
        const char *own = captures_value(span->row, whole);
        const char *time = value(span, time_field);
        if (own)
                return g_strdup(own);
        if (time)
                return put_together(span, date_field, time, whole == FIELD_START);
        const char *around = captures_value(span->around, whole);
        return g_strdup(around ? around : value(span, date_field));
}

/* Whether the text `again` is the instant of the text `text`, in a zone of its own; its date may be left out. */
static bool is_same_instant(const struct span *span, const char *text, const struct when *when, const char *again)
{
        struct when other;
        gint64 at, other_at;
        if (!when_read(again, span->clock->forms, &other) || other.hour < 0 || other.zone_end == other.zone_start)
                return false;
        bool has_date = other.month != 0;
        if (!has_date) {
                other.year = when->year;
                other.month = when->month;
                other.day = when->day;
        }
        return span_instant(span->clock, span->search, text, when, NULL, &at) &&
               span_instant(span->clock, span->search, again, &other, NULL, &other_at) &&
               (has_date ? at == other_at : (at - other_at) % DAY == 0);
}

/* "14 Nov 2026 08:00 UTC (09:00 CET)": a time that is said once more in another zone. */
static bool read_twice_said(const struct span *span, const char *text, struct when *when)
{
        static const char *const signs[] = {" (", " [", " / ", " | "};
        for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
                const char *sign = strstr(text, signs[i]);
                if (!sign)
                        continue;
                g_autofree char *first = g_strndup(text, (gsize)(sign - text));
                g_autofree char *again = g_strndup(sign + strlen(signs[i]), strcspn(sign + strlen(signs[i]), ")]"));
                if (when_read(first, span->clock->forms, when) && when->hour >= 0 && when->month && when->zone_end > when->zone_start &&
                    is_same_instant(span, first, when, again))
                        return true;
        }
        return false;
}

static void read_point(const struct span *span, struct point *point)
{
        if (!point->text)
                return;
        point->is_read = when_read(point->text, span->clock->forms, &point->when) || read_twice_said(span, point->text, &point->when);
        if (!point->is_read)
                doubt(span, "'%s' is not a time", point->text);
        else if (point->when.hour < 0)
                doubt(span, "'%s' has no time of day", point->text);
}

/* A start that is a time of day alone ("00:01 to 05:00, Night of 14 Nov") takes the date captured beside it. */
static void lend_date(const struct span *span, struct point *point)
{
        const char *date = value(span, FIELD_DATE);
        struct when day;
        if (!point->is_read || point->when.month || !date || !when_read(date, span->clock->forms, &day))
                return;
        point->when.year = day.year;
        point->when.month = day.month;
        point->when.day = day.day;
        point->when.weekday = day.weekday;
}

static void check_weekday(const struct span *span, const struct point *point, gint64 near)
{
        struct civil civil = {.year = point->when.year, .month = point->when.month, .day = point->when.day};
        if (!point->when.weekday)
                return;
        if (!civil.year)
                civil.year = nearest_year(&point->when, near);
        if (is_date(&civil) && weekday_of(&civil) != point->when.weekday)
                doubt(span, "the weekday of '%s' is not that of the date", point->text);
}

static bool is_numbers(const char *text)
{
        int first, second;
        return sscanf(text, "%2d%*1[./-]%2d%*1[./-]%*2d", &first, &second) == 2;
}

/* Day and month as numbers may stand in the other order, for not all desks of a vendor write alike: what is far from the mail and, read so,
 * would follow it closely, is not certain. */
static void check_order(const struct span *span, const struct point *point, gint64 at)
{
        struct civil other = {.year = point->when.year, .month = point->when.day, .day = point->when.month};
        gint64 written = span->clock->written;
        if (at == READING_NO_TIME || written == MAIL_NO_DATE || point->when.weekday || !is_numbers(point->text) || !is_date(&other))
                return;
        g_autoptr(GDateTime) day = g_date_time_new_utc(other.year, other.month, other.day, 12, 0, 0);
        gint64 after = g_date_time_to_unix(day) - written;
        if (after > -DAY && after < NEAR && ABS(at - written) > 2 * NEAR)
                doubt(span, "day and month of '%s' may stand in the other order", point->text);
}

static gint64 instant_of(const struct span *span, const struct point *point, const struct point *other, gint64 near)
{
        bool is_ambiguous = false;
        gint64 at = READING_NO_TIME;
        if (!point->is_read || !point->when.month || point->when.hour < 0)
                return at;
        const struct zone *zone = zone_of(span, point, other);
        if (zone && !to_instant(&point->when, zone, near, &at, &is_ambiguous))
                doubt(span, "'%s' is no date", point->text);
        if (is_ambiguous)
                doubt(span, "'%s' is ambiguous in its zone", point->text);
        check_weekday(span, point, near);
        check_order(span, point, at);
        return at;
}

/* An end without a date of its own takes the start's, or the next day if it is not after the start. */
static gint64 end_of(const struct span *span, struct point *end, const struct point *start, gint64 start_at)
{
        bool is_borrowed = end->is_read && !end->when.month;
        if (is_borrowed) {
                end->when.year = start->when.year;
                end->when.month = start->when.month;
                end->when.day = start->when.day;
        }
        gint64 near = end->when.year || start_at == READING_NO_TIME ? span->near : start_at;
        gint64 at = instant_of(span, end, start, near);
        if (is_borrowed && at != READING_NO_TIME && start_at != READING_NO_TIME && at <= start_at)
                at += DAY;
        return at;
}

static gint64 end_by_duration(const struct span *span, gint64 start_at)
{
        const char *text = value(span, FIELD_DURATION);
        gint64 length = text ? when_duration(text) : -1;
        if (length <= 0 || start_at == READING_NO_TIME)
                return READING_NO_TIME;
        g_ptr_array_add(span->notes, g_strdup_printf("the end is the start and the duration '%s'", text));
        return start_at + length;
}

static struct window *window_of(const struct span *span, struct point *start, struct point *end)
{
        struct window *window = window_new();
        window->start = instant_of(span, start, end, span->near);
        window->end = end->text ? end_of(span, end, start, window->start) : end_by_duration(span, window->start);
        window->role = captures_value(span->row, FIELD_BACKUP) ? ROLE_BACKUP : ROLE_PRIMARY;
        window->written = end->text ? g_strdup_printf("%s – %s", start->text, end->text) : g_strdup(start->text);
        if (window->start == READING_NO_TIME || window->end == READING_NO_TIME)
                doubt(span, "the window '%s' has not both ends", window->written);
        else if (window->end <= window->start)
                doubt(span, "the window '%s' ends before it starts", window->written);
        else if (window->end - window->start > MONTH && is_numbers(start->text))
                doubt(span, "the window '%s' is of a month or more", window->written);
        return window;
}

struct window *span_read(const struct clock *clock, struct search *search, const struct captures *row, const struct captures *around,
                         GPtrArray *doubts, GPtrArray *notes)
{
        struct span span = {clock, search, row, around, doubts, notes, 0};
        struct point start = {0}, end = {0};
        span.near = near_of(&span);
        start.text = text_of(&span, FIELD_START, FIELD_START_DATE, FIELD_START_TIME);
        if (!start.text)
                return NULL;
        end.text = text_of(&span, FIELD_END, FIELD_END_DATE, FIELD_END_TIME);
        read_point(&span, &start);
        read_point(&span, &end);
        lend_date(&span, &start);
        struct window *window = window_of(&span, &start, &end);
        g_free(start.text);
        g_free(end.text);
        return window;
}
