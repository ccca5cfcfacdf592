/* Doubts about times: those that were not read, or are told differently by two sources.
 * In: an attempt that was taken. Out: its doubts about times, each a phrase for a reason. */
#include "reader/doubt-time.h"

#include "reader/doubt-base.h"
#include "reader/invite.h"
#include "reader/row.h"
#include "reader/when.h"

#include <string.h>

enum { ZONE_SLACK = 60 /* seconds by which "00:01" of one zone may miss "07:00" of another */ };

/* Whether an end of any window stands within `slack` seconds of an instant. */
static bool is_known_instant(const struct attempt *attempt, gint64 at, gint64 slack)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                for (guint k = 0; k < notice->windows->len; k++) {
                        const struct window *window = notice->windows->pdata[k];
                        if (ABS(window->start - at) <= slack || ABS(window->end - at) <= slack)
                                return true;
                }
        }
        return false;
}

static void times_disagree(struct attempt *attempt, enum source source)
{
        const struct captures *own = &attempt->from[source];
        if (!captures_have_start(own))
                return;
        g_autoptr(GPtrArray) unused = g_ptr_array_new_with_free_func(g_free);
        struct window *window = span_read(&attempt->clock, attempt->search, own, &attempt->fields, unused, unused);
        if (window && window->start != READING_NO_TIME && !is_known_instant(attempt, window->start, 0))
                doubt_add(attempt, "%s gives another start: '%s'", doubt_source(source), window->written);
        if (window && captures_value(own, FIELD_END) && window->end != READING_NO_TIME && !is_known_instant(attempt, window->end, 0))
                doubt_add(attempt, "%s gives another end: '%s'", doubt_source(source), window->written);
        window_free(window);
}

/* The zone of times that print none: that of another time of the line, else the captured one. NULL where there is neither. */
static struct zone *zone_of_line(struct attempt *attempt, const char *text)
{
        const char *captured = captures_value(&attempt->fields, FIELD_ZONE);
        struct when when;
        for (gsize from = 0; when_find(text, from, &attempt->rule->scope.dates, &when); from = when.end)
                if (when.zone_end > when.zone_start)
                        return clock_zone(&attempt->clock, attempt->search, text + when.zone_start, when.zone_end - when.zone_start);
        return captured ? clock_zone(&attempt->clock, attempt->search, captured, strlen(captured)) : NULL;
}

static bool is_end_alone(const struct captures *captures)
{
        return !captures_have_start(captures) && (captures_value(captures, FIELD_END) || captures_value(captures, FIELD_END_TIME));
}

static void end_alone_of_rows(struct attempt *attempt, const GPtrArray *rows)
{
        for (guint i = 0; i < rows->len; i++) {
                const struct row *row = rows->pdata[i];
                if (!row_has_start(row) && is_end_alone(&row->captures))
                        doubt_add(attempt, "an end stands without a start");
        }
}

/* An end whose start was not found makes no window, though there is one. */
static void ends_alone(struct attempt *attempt)
{
        bool has_windows = false;
        for (guint i = 0; i < attempt->notices->len; i++)
                has_windows = has_windows || ((struct notice *)attempt->notices->pdata[i])->windows->len;
        if (!has_windows && is_end_alone(&attempt->fields))
                doubt_add(attempt, "an end stands without a start");
        end_alone_of_rows(attempt, attempt->windows);
        end_alone_of_rows(attempt, attempt->circuits);
}

/* Whether a time that no pattern read is an instant that is known anyway, printed once more or in another zone. */
static bool says_known_instant(struct attempt *attempt, const char *text, const struct when *when)
{
        struct zone *zone = when->zone_end > when->zone_start ? NULL : zone_of_line(attempt, text);
        gint64 at;
        bool is_known = span_instant(&attempt->clock, attempt->search, text, when, zone, &at) && is_known_instant(attempt, at, ZONE_SLACK);
        zone_free(zone);
        return is_known;
}

/* Properties of a calendar that never tell when the work is: marks of the writing, ids made of them (RFC 5545 3.8.4.7, 3.8.7). */
static bool is_stamp(const struct block *line)
{
        static const char *const stamps[] = {"UID:", "DTSTAMP:", "CREATED:", "LAST-MODIFIED:", "SEQUENCE:"};
        for (gsize i = 0; i < G_N_ELEMENTS(stamps); i++)
                if (strncmp(line->lines + line->start, stamps[i], strlen(stamps[i])) == 0)
                        return true;
        return false;
}

static void unread_times_of_line(struct attempt *attempt, const struct block *line)
{
        g_autofree char *text = g_strndup(line->lines + line->start, line->end - line->start);
        struct when when;
        if (attempt->is_calendar && is_stamp(line))
                return;
        for (gsize from = 0; when_find(text, from, &attempt->rule->scope.dates, &when); from = when.end) {
                if (doubt_is_read(attempt, line->start + when.start, line->start + when.end) || says_known_instant(attempt, text, &when))
                        continue;
                if (doubt_is_skipped(attempt, line))
                        return;
                g_autofree char *phrase = doubt_cited(line);
                doubt_add(attempt, "a time was not read: '%s'", phrase);
                return;
        }
}

bool doubt_unread(struct attempt *attempt, const struct block *lines)
{
        guint before = attempt->doubts->len;
        for (struct block line = {0}; block_next_line(lines, &line);)
                if (!attempt->is_calendar || !is_stamp(&line))
                        unread_times_of_line(attempt, &line);
        return attempt->doubts->len > before;
}

bool doubt_times(struct attempt *attempt)
{
        guint before = attempt->doubts->len;
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                times_disagree(attempt, (enum source)s);
        doubt_unread(attempt, &attempt->whole);
        ends_alone(attempt);
        g_autofree char *differs = attempt->is_calendar ? NULL : invite_differs(attempt);
        if (differs)
                doubt_add(attempt, "%s", differs);
        return attempt->doubts->len > before;
}
