/* Which window of a notice is which event of its maintenance (CALENDAR.md 1 "Windows").
 * In: a maintenance, a notice of it. Out: pairs. */
#include "decide/match.h"

#include "decide/alike.h"

enum {
        EARLY_SECONDS = 12 * 60 * 60, /* a notice that work begins may come before it does */
};

/* Kinds whose windows are the whole list from now on, and those that tell of work that has come. */
static const bool lists_all[KIND_COUNT] = {[KIND_RESCHEDULE] = true, [KIND_UPDATE] = true};
static const bool tells_of_work[KIND_COUNT] = {
        [KIND_STARTED] = true, [KIND_COMPLETED] = true, [KIND_FAILED] = true, [KIND_EXTENDED] = true};

/* The pairing under way: what is not paired yet, borrowed. */
struct work {
        const struct maintenance *maintenance;
        const struct notice *notice;
        enum kind kind;
        gint64 now;
        GPtrArray *events, *windows;
        struct match match;
};

/* Still to be done, or being done; what is presumed over is not, unless the notice tells of the work itself. */
static bool is_open(const struct work *work, const struct event *event)
{
        enum state state = tells_of_work[work->kind] ? event->state : event_state_at(event, work->now);
        return state != STATE_CANCELLED && state != STATE_COMPLETED;
}

static void pair_up(struct work *work, struct event *event, const struct window *window, bool is_gone)
{
        struct pair pair = {event, window, is_gone};
        g_array_append_val(work->match.pairs, pair);
        if (event)
                g_ptr_array_remove(work->events, event);
        if (window)
                g_ptr_array_remove(work->windows, (gpointer)window);
}

static struct event *starting_at(const GPtrArray *events, gint64 start)
{
        for (guint i = 0; i < events->len; i++) {
                struct event *event = events->pdata[i];
                if (event->start != MAINTENANCE_NO_TIME && event->start == start)
                        return event;
        }
        return NULL;
}

/* A window that the notice itself calls off or moved: the old one beside the new one. */
static bool is_old(const struct work *work, const struct window *window)
{
        return (window->status == STATUS_CANCELLED || window->status == STATUS_RESCHEDULED) && window->status != work->notice->status;
}

/* "Old: A. New: B." in one reschedule: the event of A is B from now on. */
static void pair_told(struct work *work)
{
        const struct window *old = NULL;
        if (work->kind != KIND_RESCHEDULE)
                return;
        for (guint i = 0; i < work->notice->windows->len; i++) {
                const struct window *window = work->notice->windows->pdata[i];
                struct event *event = old ? starting_at(work->events, old->start) : NULL;
                if (is_old(work, window)) {
                        old = window;
                } else if (event && !starting_at(work->events, window->start)) {
                        g_ptr_array_remove(work->windows, (gpointer)old);
                        pair_up(work, event, window, false);
                        old = NULL;
                }
        }
}

static void pair_same_start(struct work *work)
{
        for (guint i = 0; i < work->notice->windows->len; i++) {
                const struct window *window = work->notice->windows->pdata[i];
                struct event *event = starting_at(work->events, window->start);
                if (event && g_ptr_array_find(work->windows, window, NULL))
                        pair_up(work, event, window, false);
        }
}

/* Over and done is no candidate for another time, unless nothing else is there. */
static GPtrArray *candidates(const struct work *work)
{
        GPtrArray *open = g_ptr_array_new();
        for (guint i = 0; i < work->events->len; i++)
                if (is_open(work, work->events->pdata[i]))
                        g_ptr_array_add(open, work->events->pdata[i]);
        bool is_all_over = !open->len && work->match.pairs->len == 0;
        if (is_all_over)
                g_ptr_array_extend(open, work->events, NULL, NULL);
        return open;
}

static bool same_roles(const GPtrArray *events, const GPtrArray *windows)
{
        for (guint i = 0; i < events->len; i++)
                if (((const struct event *)events->pdata[i])->role != ((const struct window *)windows->pdata[i])->role)
                        return false;
        return true;
}

/* The windows and events that are left, by their order. */
static void pair_rest(struct work *work)
{
        g_autoptr(GPtrArray) events = candidates(work);
        g_autoptr(GPtrArray) windows = g_ptr_array_copy(work->windows, NULL, NULL);
        if (!windows->len || !events->len)
                return;
        if (events->len != windows->len || !same_roles(events, windows)) {
                work->match.is_unclear = true;
                return;
        }
        for (guint i = 0; i < events->len; i++)
                pair_up(work, events->pdata[i], windows->pdata[i], false);
}

/* What no pair was found for: windows are new; events that a whole list leaves out are gone. */
static void pair_none(struct work *work)
{
        while (work->windows->len)
                pair_up(work, NULL, work->windows->pdata[0], false);
        if (!lists_all[work->kind] || !alike_is_whole(work->maintenance, work->notice))
                return;
        for (guint i = 0; i < work->maintenance->events->len; i++) {
                struct event *event = work->maintenance->events->pdata[i];
                if (is_open(work, event) && g_ptr_array_find(work->events, event, NULL))
                        pair_up(work, event, NULL, true);
        }
}

static bool has_come(const struct event *event, gint64 now)
{
        return event->start == MAINTENANCE_NO_TIME || now == MAINTENANCE_NO_TIME || event->start - EARLY_SECONDS <= now;
}

/* A notice without windows: about the open events, those that have come if it tells of work; about all if none is open. */
static void pair_without_windows(struct work *work)
{
        const GPtrArray *events = work->maintenance->events;
        g_autoptr(GPtrArray) meant = candidates(work);
        bool is_choosy = tells_of_work[work->kind] && meant->len > 1;
        for (guint i = 0; i < meant->len; i++)
                if (!is_choosy || has_come(meant->pdata[i], work->now))
                        pair_up(work, meant->pdata[i], NULL, false);
        work->match.is_unclear = events->len > 0 && work->match.pairs->len == 0;
        if (events->len == 0)
                pair_up(work, NULL, NULL, false);
}

/* Everything is still to be paired. To be released by work_release(). */
static struct work work_of(const struct maintenance *maintenance, const struct notice *notice, enum kind kind, gint64 now)
{
        struct work work = {.maintenance = maintenance, .notice = notice, .kind = kind, .now = now};
        work.events = g_ptr_array_copy(maintenance->events, NULL, NULL);
        work.windows = g_ptr_array_copy(notice->windows, NULL, NULL);
        g_ptr_array_set_free_func(work.events, NULL);
        g_ptr_array_set_free_func(work.windows, NULL);
        work.match.pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
        return work;
}

static void work_release(struct work *work)
{
        g_ptr_array_unref(work->events);
        g_ptr_array_unref(work->windows);
}

struct match match_windows(const struct maintenance *maintenance, const struct notice *notice, enum kind kind, gint64 now)
{
        struct work work = work_of(maintenance, notice, kind, now);
        if (!notice->windows->len) {
                pair_without_windows(&work);
        } else {
                pair_told(&work);
                pair_same_start(&work);
                pair_rest(&work);
                if (work.match.is_unclear)
                        g_array_set_size(work.match.pairs, 0);
                else
                        pair_none(&work);
        }
        work_release(&work);
        return work.match;
}

void match_by_order(struct match *match, const struct maintenance *maintenance, const struct notice *notice, enum kind kind, gint64 now)
{
        struct work work = work_of(maintenance, notice, kind, now);
        pair_same_start(&work);
        g_autoptr(GPtrArray) events = candidates(&work);
        for (guint i = 0; i < events->len && work.windows->len; i++)
                pair_up(&work, events->pdata[i], work.windows->pdata[0], false);
        pair_none(&work);
        work_release(&work);
        match_release(match);
        *match = work.match;
}

void match_release(struct match *match)
{
        g_array_unref(match->pairs);
}
