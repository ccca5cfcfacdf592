/* The link that adds an event to a Google Calendar with one click, for teams that add by hand.
 * In: a maintenance and one of its events. Out: a URL. */
#include "out/add-link.h"

#include "out/wording.h"

#include <string.h>

enum { MOST_LINK = 16384, HOUR_SECONDS = 60 * 60 };

static char *moment(gint64 at, const char *format)
{
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, format) : g_strdup("");
}

static char *span(const struct event *event)
{
        const char *format = event->is_all_day ? "%Y%m%d" : "%Y%m%dT%H%M%SZ";
        gint64 start = event->start, end = event->end;
        if (event->is_all_day)
                event_days(event, &start, &end);
        else if (end == MAINTENANCE_NO_TIME || end <= start)
                end = start + HOUR_SECONDS;
        g_autofree char *from = moment(start, format), *to = moment(end, format);
        return g_strdup_printf("%s/%s", from, to);
}

/* As much of the description as fits, in whole lines. */
static void append_details(GString *link, const char *description)
{
        g_auto(GStrv) lines = g_strsplit(description, "\n", -1);
        for (char **line = lines; *line; line++) {
                g_autofree char *escaped = g_uri_escape_string(*line, NULL, FALSE);
                if (link->len + strlen("%0A") + strlen(escaped) > MOST_LINK)
                        return;
                g_string_append_printf(link, "%s%s", line == lines ? "" : "%0A", escaped);
        }
}

char *add_link(const struct listed *listed)
{
        if (!event_is_datable(listed->event))
                return NULL;
        g_autofree char *title = wording_title(listed->maintenance, listed->event);
        g_autofree char *description = wording_description(listed->maintenance, listed->event);
        g_autofree char *text = g_uri_escape_string(title, NULL, FALSE), *dates = span(listed->event);
        GString *link = g_string_new("https://calendar.google.com/calendar/render?action=TEMPLATE");
        g_string_append_printf(link, "&text=%s&dates=%s&details=", text, dates);
        append_details(link, description);
        return g_string_free(link, FALSE);
}
