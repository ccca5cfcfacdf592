/* Maintenances along time, and where they overlap, as a page.
 * In: a view. Out: HTML with bars in SVG. */
#include "desk-timeline.h"

#include "base/day.h"
#include "desk-frame.h"
#include "out/event.h"
#include "out/wording.h"

#include <string.h>

enum { DAY = 24 * 60 * 60, SHOWN_DAYS = 14, MOST_ROWS = 200, MOST_NAMED = 3, HOUR = 60 * 60 };

/* One event that is shown. */
struct bar {
        const struct maintenance *maintenance;
        const struct event *event;
        gint64 start, end;
        bool counts; /* it may be in the way of others: neither called off nor over */
};

struct timeline {
        const struct view *view;
        struct markup *markup;
        GPtrArray *maintenances; /* struct maintenance */
        GArray *bars;            /* struct bar, by start */
        gint64 from, to, now;
};

static bool keep(const struct maintenance *maintenance, void *data)
{
        g_ptr_array_add(data, maintenance_copy(maintenance));
        return true;
}

static int by_start(gconstpointer a, gconstpointer b)
{
        const struct bar *one = a, *other = b;
        if (one->start != other->start)
                return one->start < other->start ? -1 : 1;
        return strcmp(one->event->uid, other->event->uid);
}

static void add_bar(GArray *bars, const struct maintenance *maintenance, const struct event *event, gint64 now)
{
        enum state state = event_state_at(event, now);
        bool has_end = event->end != MAINTENANCE_NO_TIME && event->end > event->start;
        struct bar bar = {maintenance, event, event->start, has_end ? event->end : event->start + HOUR,
                          state != STATE_CANCELLED && state != STATE_COMPLETED && !event->is_postponed};
        g_array_append_val(bars, bar);
}

/* Every event that has a date, of work in these days. */
static bool gather(struct timeline *timeline, GError **error)
{
        if (!ledger_maintenances_between(timeline->view->ledger, timeline->from, timeline->to, keep, timeline->maintenances, error))
                return false;
        for (guint i = 0; i < timeline->maintenances->len; i++) {
                const struct maintenance *maintenance = timeline->maintenances->pdata[i];
                for (guint k = 0; k < maintenance->events->len; k++)
                        if (event_is_datable(maintenance->events->pdata[k]))
                                add_bar(timeline->bars, maintenance, maintenance->events->pdata[k], timeline->now);
        }
        g_array_sort(timeline->bars, by_start);
        return true;
}

static gint64 midnight(gint64 at)
{
        return at - ((at % DAY) + DAY) % DAY;
}

/* The day that is asked for, else today; where no work is in these days, those of the next, else of the last. */
static bool choose(struct timeline *timeline, GError **error)
{
        gint64 beside;
        timeline->now = g_get_real_time() / G_USEC_PER_SEC;
        timeline->from = midnight(timeline->now);
        bool is_asked = day_read(request_query(timeline->view->request, "from"), &timeline->from);
        if (!ledger_event_beside(timeline->view->ledger, timeline->from, &beside, error))
                return false;
        if (!is_asked && beside != MAINTENANCE_NO_TIME && beside < timeline->from)
                timeline->from = midnight(beside) - (SHOWN_DAYS - 2) * DAY;
        else if (!is_asked && beside != MAINTENANCE_NO_TIME && beside >= timeline->from + SHOWN_DAYS * DAY)
                timeline->from = midnight(beside);
        timeline->to = timeline->from + SHOWN_DAYS * DAY;
        return gather(timeline, error);
}

static bool is_shown(const struct timeline *timeline, const struct bar *bar)
{
        return bar->start < timeline->to && bar->end > timeline->from;
}

static void write_coordinate(struct markup *markup, const struct timeline *timeline, const char *name, gint64 seconds)
{
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        double share = 100.0 * (double)seconds / (double)(timeline->to - timeline->from);
        g_ascii_formatd(text, sizeof text, "%.3f", share);
        g_autofree char *percent = g_strconcat(text, "%", NULL);
        markup_attribute(markup, name, percent);
}

static void write_rectangle(const struct timeline *timeline, const char *class, gint64 start, gint64 end)
{
        gint64 first = MAX(start, timeline->from), last = MIN(end, timeline->to);
        frame_open(timeline->markup, "rect", class);
        write_coordinate(timeline->markup, timeline, "x", first - timeline->from);
        write_coordinate(timeline->markup, timeline, "width", MAX(last - first, 2 * HOUR));
        markup_attribute(timeline->markup, "height", "100%");
        markup_attribute(timeline->markup, "rx", "2");
        markup_close(timeline->markup);
}

static bool overlap(const struct bar *one, const struct bar *other)
{
        return one != other && one->counts && other->counts && one->start < other->end && other->start < one->end;
}

/* Events of other work at the same time. Caller frees. */
static GPtrArray *others_of(const struct timeline *timeline, const struct bar *bar)
{
        GPtrArray *others = g_ptr_array_new();
        for (guint i = 0; i < timeline->bars->len; i++) {
                struct bar *other = &g_array_index(timeline->bars, struct bar, i);
                if (other->start >= bar->end)
                        break;
                if (overlap(bar, other))
                        g_ptr_array_add(others, other);
        }
        return others;
}

static void write_drawing(const struct timeline *timeline, const struct bar *bar, const GPtrArray *others)
{
        struct markup *markup = timeline->markup;
        frame_open(markup, "svg", "bars");
        markup_attribute(markup, "aria-hidden", "true");
        write_rectangle(timeline,
                        !bar->counts                                                    ? "over"
                        : wording_impact(bar->maintenance, bar->event) == IMPACT_OUTAGE ? "outage"
                                                                                        : "work",
                        bar->start, bar->end);
        for (guint i = 0; i < others->len;) {
                const struct bar *other = others->pdata[i];
                gint64 start = MAX(bar->start, other->start), end = start;
                for (; i < others->len && (other = others->pdata[i])->start <= end; i++)
                        end = MAX(end, MIN(bar->end, other->end));
                write_rectangle(timeline, "overlap", start, end);
        }
        markup_close(markup);
}

static const char *name_of(const struct bar *bar)
{
        return bar->maintenance->maintenance_id ? bar->maintenance->maintenance_id : bar->maintenance->vendor;
}

static void write_others(const struct timeline *timeline, const GPtrArray *others)
{
        struct markup *markup = timeline->markup;
        if (!others->len)
                return;
        frame_open(markup, "span", "overlaps");
        markup_text(markup, "overlaps ");
        for (guint i = 0; i < MIN(others->len, MOST_NAMED); i++) {
                const struct bar *other = others->pdata[i];
                if (i)
                        markup_text(markup, ", ");
                frame_link(markup, NULL, "#%s", other->event->uid);
                markup_print(markup, "%s %s", frame_vendor(timeline->view, other->maintenance->vendor), name_of(other));
                markup_close(markup);
        }
        if (others->len > MOST_NAMED)
                markup_print(markup, " and %u more", others->len - MOST_NAMED);
        markup_close(markup);
}

static void write_bar(const struct timeline *timeline, const struct bar *bar)
{
        struct markup *markup = timeline->markup;
        enum state state = event_state_at(bar->event, timeline->now);
        g_autoptr(GPtrArray) others = others_of(timeline, bar);
        g_autofree char *title = wording_title(bar->maintenance, bar->event);
        frame_open(markup, "li", others->len ? "overlapping" : bar->counts ? NULL : "over");
        markup_attribute(markup, "id", bar->event->uid);
        frame_open(markup, "span", "when");
        frame_span(markup, bar->event->start, bar->event->end, bar->event->is_all_day);
        markup_close(markup);
        frame_open(markup, "span", "title");
        if (state == STATE_CONFIRMED || state == STATE_IN_PROCESS || state == STATE_COMPLETED) /* of the others the title tells */
                markup_element(markup, "span", state == STATE_IN_PROCESS ? "chip doubt" : "chip", state_word(state));
        const char *rest = frame_marks(markup, title);
        g_autofree char *key = g_uri_escape_string(bar->maintenance->key, NULL, FALSE);
        frame_link(markup, NULL, "/work?key=%s", key);
        markup_text(markup, rest);
        markup_close(markup);
        write_others(timeline, others);
        markup_close(markup);
        write_drawing(timeline, bar, others);
        markup_close(markup);
}

static void write_turn(const struct timeline *timeline, int days, const char *text)
{
        g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(timeline->from + days * DAY);
        g_autofree char *date = day ? g_date_time_format(day, "%F") : NULL;
        if (!date)
                return;
        frame_link(timeline->markup, "button quiet", "/timeline?from=%s", date);
        markup_attribute(timeline->markup, "rel", days < 0 ? "prev" : "next");
        markup_text(timeline->markup, text);
        markup_close(timeline->markup);
}

static void write_axis(const struct timeline *timeline)
{
        frame_open(timeline->markup, "div", "axis");
        markup_attribute(timeline->markup, "aria-hidden", "true");
        frame_open(timeline->markup, "div", "days");
        for (int i = 0; i < SHOWN_DAYS; i++) {
                g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(timeline->from + i * DAY);
                g_autofree char *name = g_date_time_format(day, "%a"), *number = g_date_time_format(day, "%d");
                markup_open(timeline->markup, "span");
                markup_element(timeline->markup, "small", NULL, name);
                markup_text(timeline->markup, number);
                markup_close(timeline->markup);
        }
        markup_close(timeline->markup);
        markup_close(timeline->markup);
}

static void write_page(const struct timeline *timeline)
{
        struct markup *markup = timeline->markup;
        guint n = 0;
        frame_open(markup, "div", "heading");
        markup_element(markup, "h1", NULL, "Timeline");
        frame_open(markup, "nav", "turns");
        markup_attribute(markup, "aria-label", "Other days");
        write_turn(timeline, -SHOWN_DAYS, "← Earlier");
        write_turn(timeline, SHOWN_DAYS, "Later →");
        markup_close(markup);
        markup_open(markup, "p");
        frame_time(markup, timeline->from, true);
        markup_text(markup, " to ");
        frame_time(markup, timeline->to - 1, true);
        markup_text(markup, ", UTC");
        markup_close(markup);
        markup_close(markup);
        write_axis(timeline);
        frame_open(markup, "ol", "timeline");
        for (guint i = 0; i < timeline->bars->len && n < MOST_ROWS; i++) {
                const struct bar *bar = &g_array_index(timeline->bars, struct bar, i);
                if (!is_shown(timeline, bar))
                        continue;
                write_bar(timeline, bar);
                n++;
        }
        markup_close(markup);
        if (!n)
                markup_element(markup, "p", "empty", "No work in these days.");
        if (n == MOST_ROWS)
                markup_element(markup, "p", "note", "There is more: look at fewer days.");
}

struct answer *timeline_page(const struct view *view, GError **error)
{
        struct timeline timeline = {.view = view,
                                    .maintenances = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free),
                                    .bars = g_array_new(FALSE, FALSE, sizeof(struct bar))};
        struct answer *answer = NULL;
        if (choose(&timeline, error)) {
                timeline.markup = frame_begin(view, TAB_TIMELINE, "Timeline");
                write_page(&timeline);
                answer = frame_end(timeline.markup, 200);
        }
        g_array_unref(timeline.bars);
        g_ptr_array_unref(timeline.maintenances);
        return answer;
}
