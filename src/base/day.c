/* A day as ISO 8601 writes it: "2026-11-24".
 * In: text. Out: its beginning in UTC. */
#include "base/day.h"

#include <string.h>

bool day_read(const char *text, gint64 *at)
{
        g_autofree char *whole = g_strconcat(text ? text : "", "T00:00:00Z", NULL);
        g_autoptr(GDateTime) day = strlen(whole) == strlen("2026-11-24T00:00:00Z") ? g_date_time_new_from_iso8601(whole, NULL) : NULL;

        if (day && at)
                *at = g_date_time_to_unix(day);
        return day != NULL;
}
