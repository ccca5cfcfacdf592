/* Whether somebody who used to write has fallen silent, judged by their own habit.
 * In: when they wrote. Out: how long they are silent, and how long is usual. */
#include "decide/silence.h"

enum { DAY = 24 * 60 * 60, MAILS_AT_LEAST = 5, SILENT_AT_LEAST = 14 * DAY, SILENT_AT_MOST = 365 * DAY, TIMES_USUAL = 2 };

static int by_size(gconstpointer a, gconstpointer b)
{
        gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
        return (one > other) - (one < other);
}

/* Mails of one day are one. */
static GArray *pauses_of(const GArray *times)
{
        GArray *pauses = g_array_new(FALSE, FALSE, sizeof(gint64));
        for (guint i = 1; i < times->len; i++) {
                gint64 pause = g_array_index(times, gint64, i) - g_array_index(times, gint64, i - 1);
                if (pause >= DAY)
                        g_array_append_val(pauses, pause);
        }
        g_array_sort(pauses, by_size);
        return pauses;
}

bool silence_of(const GArray *times, gint64 now, struct silence *silence)
{
        if (times->len < MAILS_AT_LEAST)
                return false;
        g_autoptr(GArray) sorted = g_array_copy((GArray *)times);
        g_array_sort(sorted, by_size);
        g_autoptr(GArray) pauses = pauses_of(sorted);
        gint64 last = g_array_index(sorted, gint64, sorted->len - 1), since = now - last;
        gint64 usual = pauses->len ? g_array_index(pauses, gint64, (pauses->len * 9 - 1) / 10) : 0;
        if (pauses->len < 2 || since <= MAX(usual * TIMES_USUAL, SILENT_AT_LEAST) || since > SILENT_AT_MOST)
                return false;
        *silence = (struct silence){last, usual};
        return true;
}
