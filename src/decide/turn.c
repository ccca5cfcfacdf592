/* One notice's turn at one maintenance: what the steps of the decision share.
 * In: a notice and its maintenance. Out: the maintenance changed, and what is to be said of it. */
#include "decide/turn.h"

#include "base/limits.h"
#include "decide/alike.h"
#include "decide/identity.h"

#define DAY G_GINT64_CONSTANT(86400)

enum {
        LONG_DAYS = 30,
        FAR_DAYS = 548, /* 18 months */
};

static void remark_clear(gpointer remark)
{
        g_free(((struct remark *)remark)->text);
}

GArray *turn_remarks(void)
{
        GArray *remarks = g_array_new(FALSE, FALSE, sizeof(struct remark));
        g_array_set_clear_func(remarks, remark_clear);
        return remarks;
}

void turn_init(struct turn *turn)
{
        turn->remarks = turn_remarks();
        turn->asks = g_ptr_array_new_with_free_func(g_free);
        turn->calm = g_ptr_array_new_with_free_func(g_free);
}

void turn_release(struct turn *turn)
{
        g_array_unref(turn->remarks);
        g_ptr_array_unref(turn->asks);
        g_ptr_array_unref(turn->calm);
        g_free(turn->cell);
}

void turn_ask(struct turn *turn, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        char *phrase = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        if (g_ptr_array_find_with_equal_func(turn->asks, phrase, g_str_equal, NULL))
                g_free(phrase);
        else
                g_ptr_array_add(turn->asks, phrase);
}

void turn_query(struct turn *turn, const char *phrase)
{
        if (turn->policy->by_person)
                turn_calm(turn, phrase);
        else
                turn_ask(turn, "%s", phrase);
}

void turn_calm(struct turn *turn, const char *phrase)
{
        if (!g_ptr_array_find_with_equal_func(turn->calm, phrase, g_str_equal, NULL))
                g_ptr_array_add(turn->calm, g_strdup(phrase));
}

void turn_remark(struct turn *turn, int ordinal, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        struct remark remark = {ordinal, g_strdup_vprintf(format, arguments)};
        va_end(arguments);
        g_array_append_val(turn->remarks, remark);
}

static const enum kind kind_of_status[STATUS_COUNT] = {
        [STATUS_CANCELLED] = KIND_CANCELLED, [STATUS_COMPLETED] = KIND_COMPLETED, [STATUS_RESCHEDULED] = KIND_RESCHEDULE,
        [STATUS_IN_PROCESS] = KIND_STARTED,  [STATUS_TENTATIVE] = KIND_NEW,       [STATUS_CONFIRMED] = KIND_NEW,
        [STATUS_NO_CHANGE] = KIND_REMINDER,
};

/* Kinds that were not read from a status, and that a status therefore does not overrule (FILTERS.md "How it reads" 6). */
static const bool is_beyond_status[KIND_COUNT] = {
        [KIND_FAILED] = true, [KIND_REPLACED] = true, [KIND_POSTPONED] = true, [KIND_OUTAGE] = true, [KIND_OTHER] = true};

enum kind turn_kind(enum kind kind, enum status base, enum status own)
{
        if (own == STATUS_NONE || own == base || is_beyond_status[kind])
                return kind;
        enum kind of_own = kind_of_status[own];
        bool is_live_both = of_own == KIND_NEW && kind_of_status[base] != KIND_CANCELLED && kind_of_status[base] != KIND_COMPLETED;
        return is_live_both ? kind : of_own;
}

const char *turn_doubt(const struct turn *turn, const struct window *window)
{
        bool is_ahead = turn->kind == KIND_NEW || turn->kind == KIND_RESCHEDULE || turn->kind == KIND_REMINDER;
        if (window->start == READING_NO_TIME)
                return "the window has no start";
        bool has_end = window->end != READING_NO_TIME;
        if (!has_end && !turn->policy->by_person)
                return "the window has no end";
        if (has_end && window->end <= window->start)
                return "the window ends before it starts";
        if (turn->policy->by_person)
                return NULL;
        if (window->end - window->start > LONG_DAYS * DAY)
                return "the window is longer than 30 days";
        if (turn->when == MAINTENANCE_NO_TIME)
                return NULL;
        if (window->start - turn->when > FAR_DAYS * DAY)
                return "the window is more than 18 months away";
        return is_ahead && window->start < turn->when ? "the window starts before the mail was written" : NULL;
}

static bool is_among(const char *const *vendors, const char *vendor)
{
        return vendors && g_strv_contains(vendors, vendor);
}

/* Union: circuits that are not known are added; the newer impact of a known one counts if it is told and `is_newer`. */
static void add_circuits(GPtrArray *circuits, const GPtrArray *more, bool is_newer)
{
        for (guint i = 0; i < more->len; i++) {
                const struct circuit *circuit = more->pdata[i];
                struct circuit *known = alike_circuit(circuits, circuit->circuit_id);
                if (!known && circuits->len < LIMIT_KEPT)
                        g_ptr_array_add(circuits, circuit_new(circuit->circuit_id, circuit->impact));
                else if (known && circuit->impact != IMPACT_NONE && (is_newer || known->impact == IMPACT_NONE))
                        known->impact = circuit->impact;
        }
}

void turn_take_window(struct turn *turn, struct event *event, const struct window *window)
{
        bool is_end_possible = window->end != READING_NO_TIME && window->end > window->start;
        gint64 end = is_end_possible ? window->end : MAINTENANCE_NO_TIME;
        if (event->start != window->start || event->end != end) {
                g_free(event->written);
                event->written = g_strdup(window->written);
        }
        event->start = window->start;
        event->end = end;
        event->role = window->role;
        event->is_postponed = false;
        event->is_day = window->is_all_day;
        event->is_all_day = window->is_all_day || is_among(turn->policy->day, turn->maintenance->vendor);
        add_circuits(event->circuits, window->circuits, true);
}

struct event *turn_create(struct turn *turn, const struct window *window, enum state state)
{
        struct maintenance *maintenance = turn->maintenance;
        struct event *event = event_new();
        const struct event *last = maintenance->events->len ? maintenance->events->pdata[maintenance->events->len - 1] : NULL;
        event->ordinal = last ? last->ordinal + 1 : 1;
        event->uid = event_uid(maintenance->key, event->ordinal);
        event->state = state;
        event->created = event->modified = turn->when;
        event->is_all_day = !window;
        if (window)
                turn_take_window(turn, event, window);
        g_ptr_array_add(maintenance->events, event);
        return event;
}

static void take_text(char **known, const char *told, bool may_replace)
{
        if (!told || (*known && !may_replace))
                return;
        g_free(*known);
        *known = g_strdup(told);
}

static enum impact worst(const GPtrArray *circuits, enum impact impact)
{
        for (guint i = 0; i < circuits->len; i++) {
                enum impact other = ((const struct circuit *)circuits->pdata[i])->impact;
                if (other != IMPACT_NONE && (impact == IMPACT_NONE || other < impact))
                        impact = other;
        }
        return impact;
}

static void settle_impact(struct maintenance *maintenance)
{
        enum impact impact = worst(maintenance->circuits, IMPACT_NONE);
        for (guint i = 0; i < maintenance->events->len; i++)
                impact = worst(((const struct event *)maintenance->events->pdata[i])->circuits, impact);
        maintenance->impact = impact;
}

/* Circuits that a person takes out are none of it any more, in no window. */
static void take_out(struct maintenance *maintenance, const GPtrArray *without)
{
        for (guint i = 0; without && i < without->len; i++) {
                alike_remove(maintenance->circuits, without->pdata[i]);
                for (guint k = 0; k < maintenance->events->len; k++)
                        alike_remove(((const struct event *)maintenance->events->pdata[k])->circuits, without->pdata[i]);
        }
}

/* What a person says of a circuit holds in each window that has it. */
static void tell_impacts(struct maintenance *maintenance, const GPtrArray *circuits)
{
        for (guint i = 0; i < maintenance->events->len; i++)
                for (guint k = 0; k < circuits->len; k++) {
                        const struct circuit *told = circuits->pdata[k];
                        struct circuit *known =
                                alike_circuit(((const struct event *)maintenance->events->pdata[i])->circuits, told->circuit_id);
                        if (known && told->impact != IMPACT_NONE)
                                known->impact = told->impact;
                }
}

/* The status last told, where it holds for every event. */
static void settle_status(struct maintenance *maintenance, enum status told)
{
        static const enum state ends[STATUS_COUNT] = {
                [STATUS_CANCELLED] = STATE_CANCELLED, [STATUS_COMPLETED] = STATE_COMPLETED, [STATUS_IN_PROCESS] = STATE_IN_PROCESS};
        if (told == STATUS_NONE || told == STATUS_NO_CHANGE)
                return;
        for (guint i = 0; ends[told] && i < maintenance->events->len; i++)
                if (((const struct event *)maintenance->events->pdata[i])->state != ends[told])
                        return;
        maintenance->status = told;
}

void turn_merge(struct turn *turn, enum merge merge)
{
        struct maintenance *maintenance = turn->maintenance;
        bool may_replace = merge == MERGE_ALL && (turn->kind == KIND_UPDATE || turn->kind == KIND_RESCHEDULE);
        if (merge == MERGE_NONE)
                return;
        if (merge >= MERGE_UNION || !maintenance->circuits->len)
                add_circuits(maintenance->circuits, turn->notice->circuits, merge == MERGE_ALL);
        take_text(&maintenance->account, turn->notice->account, may_replace);
        take_text(&maintenance->summary, turn->notice->summary, may_replace);
        take_text(&maintenance->location, turn->notice->location, may_replace);
        take_text(&maintenance->vendor_name, turn->reading->vendor_name, false);
        if (merge == MERGE_ALL)
                maintenance->emergency |= turn->reading->emergency;
        if (turn->policy->by_person)
                tell_impacts(maintenance, turn->notice->circuits);
        take_out(maintenance, turn->policy->without);
        settle_impact(maintenance);
        if (turn->is_applied)
                settle_status(maintenance, turn->notice->status);
}
