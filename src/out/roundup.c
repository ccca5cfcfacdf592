/* What is handed over at the end of a week: what was handled, what waits, what comes, and who is next.
 * In: filled by roundup_fill(). Out: plain structs for the report and the digest. */
#include "out/roundup.h"

static void mail_free(gpointer data)
{
        struct roundup_mail *mail = data;
        g_free(mail->vendor);
        g_free(mail->subject);
        g_free(mail->why);
        g_free(mail->link);
        g_free(mail);
}

static void window_free(gpointer data)
{
        struct roundup_window *window = data;
        g_free(window->title);
        g_free(window->vendor);
        g_free(window->key);
        g_free(window->link);
        g_free(window);
}

static void issue_free(gpointer data)
{
        struct roundup_issue *issue = data;
        g_free(issue->title);
        g_free(issue->hosts);
        g_free(issue);
}

static void silent_free(gpointer data)
{
        struct roundup_silent *silent = data;
        g_free(silent->vendor);
        g_free(silent);
}

struct roundup *roundup_new(gint64 from, gint64 now)
{
        struct roundup *roundup = g_new0(struct roundup, 1);
        roundup->from = from;
        roundup->now = now;
        roundup->handled = g_ptr_array_new_with_free_func(mail_free);
        roundup->queue = g_ptr_array_new_with_free_func(mail_free);
        roundup->windows = g_ptr_array_new_with_free_func(window_free);
        roundup->issues = g_ptr_array_new_with_free_func(issue_free);
        roundup->silent = g_ptr_array_new_with_free_func(silent_free);
        return roundup;
}

void roundup_free(struct roundup *roundup)
{
        if (!roundup)
                return;
        g_ptr_array_unref(roundup->handled);
        g_ptr_array_unref(roundup->queue);
        g_ptr_array_unref(roundup->windows);
        g_ptr_array_unref(roundup->issues);
        g_ptr_array_unref(roundup->silent);
        g_free(roundup->name);
        g_free(roundup->duty);
        g_free(roundup->duty_next);
        g_free(roundup);
}

static int compare(gint64 one, gint64 other)
{
        return (one > other) - (one < other);
}

static int newest_first(gconstpointer a, gconstpointer b)
{
        const struct roundup_mail *one = *(const struct roundup_mail *const *)a, *other = *(const struct roundup_mail *const *)b;
        int by_date = compare(other->date, one->date);
        return by_date ? by_date : compare(other->id, one->id);
}

static int oldest_first(gconstpointer a, gconstpointer b)
{
        return newest_first(b, a);
}

static int by_start(gconstpointer a, gconstpointer b)
{
        const struct roundup_window *one = *(const struct roundup_window *const *)a, *other = *(const struct roundup_window *const *)b;
        int by_time = compare(one->start, other->start);
        return by_time ? by_time : g_strcmp0(one->title, other->title);
}

static int by_vendor(gconstpointer a, gconstpointer b)
{
        const struct roundup_silent *one = *(const struct roundup_silent *const *)a, *other = *(const struct roundup_silent *const *)b;
        return g_strcmp0(one->vendor, other->vendor);
}

static void count_overlaps(const GPtrArray *windows)
{
        for (guint i = 0; i < windows->len; i++) {
                struct roundup_window *one = windows->pdata[i];
                for (guint k = i + 1; k < windows->len; k++) {
                        struct roundup_window *other = windows->pdata[k];
                        if (other->start >= one->end)
                                break;
                        bool is_other_work = g_strcmp0(one->key, other->key) != 0;
                        one->overlaps += is_other_work;
                        other->overlaps += is_other_work;
                }
        }
}

void roundup_order(struct roundup *roundup)
{
        g_ptr_array_sort(roundup->handled, newest_first);
        g_ptr_array_sort(roundup->queue, oldest_first);
        g_ptr_array_sort(roundup->windows, by_start);
        g_ptr_array_sort(roundup->silent, by_vendor);
        count_overlaps(roundup->windows);
}
