/* Certain: what may be shown of a notice that no filter of its vendor vouches for.
 * In: an attempt of the generic reader. Out: the same without the ids and windows that anything in the mail speaks against. */
#include "reader/certain.h"

#include "reader/doubt.h"

#define DAY (24 * 60 * 60)

enum {
        LONGEST_DAYS = 31, /* a window beyond is most often two dates of something else */
        FAR_DAYS = 400,    /* from the mail to the work */
};

static bool is_plausible(const struct window *window, gint64 written)
{
        if (window->start == READING_NO_TIME || window->end == READING_NO_TIME || window->end <= window->start)
                return false;
        if (written != MAIL_NO_DATE && ABS(window->start - written) > FAR_DAYS * DAY)
                return false;
        return window->end - window->start <= LONGEST_DAYS * DAY;
}

static bool overlaps(const GPtrArray *windows, guint i)
{
        const struct window *window = windows->pdata[i];
        for (guint k = 0; k < i; k++) {
                const struct window *other = windows->pdata[k];
                if (window->start < other->end && other->start < window->end)
                        return true;
        }
        return false;
}

static bool are_certain(const struct attempt *attempt, const struct notice *notice)
{
        for (guint i = 0; i < notice->windows->len; i++)
                if (!is_plausible(notice->windows->pdata[i], attempt->clock.written) || overlaps(notice->windows, i))
                        return false;
        return true;
}

void certain_keep(struct attempt *attempt)
{
        bool are_refs_doubted = doubt_refs(attempt);
        bool are_times_doubted = attempt->n_window_doubts > 0 || doubt_times(attempt);
        for (guint i = 0; i < attempt->notices->len; i++)
                are_times_doubted = are_times_doubted || !are_certain(attempt, attempt->notices->pdata[i]);
        for (guint i = 0; i < attempt->notices->len; i++) {
                struct notice *notice = attempt->notices->pdata[i];
                if (are_times_doubted)
                        g_ptr_array_set_size(notice->windows, 0);
                if (are_refs_doubted)
                        g_clear_pointer(&notice->maintenance_id, g_free);
        }
}
