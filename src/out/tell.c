/* Times as all that is shown says them.
 * In: instants. Out: texts. */
#include "out/tell.h"

static char *format(gint64 at, const char *form)
{
        g_autoptr(GDateTime) time = at == G_MININT64 ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, form) : g_strdup("");
}

char *tell_minute(gint64 at)
{
        return format(at, "%F %R");
}

char *tell_day(gint64 at)
{
        return format(at, "%F");
}

char *tell_span(gint64 start, gint64 end)
{
        g_autofree char *from = format(start, "%a %F %R"), *first = tell_day(start), *last = tell_day(end);
        g_autofree char *to = format(end, g_strcmp0(first, last) == 0 ? "%R" : "%a %F %R");
        return g_strdup_printf("%s to %s", *from ? from : "?", *to ? to : "?");
}

char *tell_age(gint64 seconds)
{
        static const struct {
                gint64 seconds;
                const char *name;
        } units[] = {{24 * 60 * 60, "day"}, {60 * 60, "hour"}, {60, "minute"}};
        for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
                if (seconds >= units[i].seconds) {
                        gint64 n = seconds / units[i].seconds;
                        return g_strdup_printf("%" G_GINT64_FORMAT " %s%s", n, units[i].name, n == 1 ? "" : "s");
                }
        return g_strdup("under a minute");
}
