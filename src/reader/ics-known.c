/* Properties that a calendar part with maintenance properties may hold.
 * In: its content lines. Out: notes of those that nobody knows. */
#include "reader/ics-known.h"

#include "reader/ics-fold.h"

#include <stdbool.h>
#include <string.h>

#define MAINTENANCE "X-MAINTNOTE-"

/* RFC 5545 3.6.1 and 3.8, RFC 7986 5; github.com/jda/maintnote-std. */
static const char *const properties[] = {
        "ACTION",
        "ATTACH",
        "ATTENDEE",
        "BEGIN",
        "CATEGORIES",
        "CLASS",
        "COLOR",
        "COMMENT",
        "CONFERENCE",
        "CONTACT",
        "CREATED",
        "DESCRIPTION",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "DURATION",
        "END",
        "EXDATE",
        "EXRULE",
        "GEO",
        "IMAGE",
        "LAST-MODIFIED",
        "LOCATION",
        "METHOD",
        "NAME",
        "ORGANIZER",
        "PRIORITY",
        "RDATE",
        "RECURRENCE-ID",
        "RELATED-TO",
        "REQUEST-STATUS",
        "RESOURCES",
        "RRULE",
        "SEQUENCE",
        "SOURCE",
        "STATUS",
        "SUMMARY",
        "TRANSP",
        "UID",
        "URL",
        MAINTENANCE "ACCOUNT",
        MAINTENANCE "IMPACT",
        MAINTENANCE "MAINTENANCE-ID",
        MAINTENANCE "OBJECT-ID",
        MAINTENANCE "OBJECT-IMPACT",
        MAINTENANCE "PRECEDENCE",
        MAINTENANCE "PROVIDER",
        MAINTENANCE "STATUS",
};

/* What the programs that write calendars call their own properties. */
static const char *const programs[] = {"X-ALT-DESC",      "X-APPLE-",        "X-CALEND",     "X-CALSTART", "X-ENTOURAGE-",
                                       "X-EVOLUTION-",    "X-GOOGLE-",       "X-GWITEM",     "X-LIC-",     "X-LOTUS-",
                                       "X-MICROSOFT-",    "X-MOZ-",          "X-MS-",        "X-OLK-",     "X-PRIMARY-CALENDAR",
                                       "X-PUBLISHED-TTL", "X-RECURRENCE-ID", "X-SOURCE-URL", "X-WR-",      "X-ZIMBRA-"};

static bool is_known(const char *line)
{
        for (gsize i = 0; i < G_N_ELEMENTS(properties); i++)
                if (ics_line_is(line, properties[i]))
                        return true;
        for (gsize i = 0; i < G_N_ELEMENTS(programs); i++)
                if (g_ascii_strncasecmp(line, programs[i], strlen(programs[i])) == 0)
                        return true;
        return false;
}

static bool is_maintenance(const GPtrArray *lines)
{
        for (guint i = 0; i < lines->len; i++)
                if (g_str_has_prefix(lines->pdata[i], MAINTENANCE))
                        return true;
        return false;
}

void ics_note_unknown(const GPtrArray *lines, GPtrArray *notes)
{
        int event_depth = 0; /* 1 in an event, more in an alarm within it */
        if (!is_maintenance(lines))
                return;
        for (guint i = 0; i < lines->len; i++) {
                const char *line = lines->pdata[i];
                if (ics_line_is(line, "BEGIN"))
                        event_depth += event_depth || g_ascii_strcasecmp(ics_line_value(line), "VEVENT") == 0;
                else if (ics_line_is(line, "END"))
                        event_depth -= event_depth > 0;
                if (event_depth != 1 || is_known(line))
                        continue;
                char *note = g_strdup_printf("a property is not known: '%.*s'", (int)MIN(strcspn(line, ";:"), 60), line);
                if (g_ptr_array_find_with_equal_func(notes, note, g_str_equal, NULL))
                        g_free(note);
                else
                        g_ptr_array_add(notes, note);
        }
}
