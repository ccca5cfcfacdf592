/* A notice applied to its maintenance, window by window (CALENDAR.md 1, state table and rules 1 to 4).
 * In: a notice's turn. Out: its maintenance changed, and what a person must be asked. */
#include "decide/apply.h"

#include "decide/effect.h"
#include "decide/match.h"

/* D of the table: newer than what was applied, by the vendor's SEQUENCE for the same vendor UID, else by the mail's Date. */
static bool is_newer(const struct turn *turn)
{
        const struct maintenance *maintenance = turn->maintenance;
        const struct thread *thread = &turn->reading->thread;
        g_autofree char *uid = thread->calendar_uid ? g_strconcat("uid:", maintenance->vendor, ":", thread->calendar_uid, NULL) : NULL;
        bool has_both = uid && thread->calendar_sequence >= 0 && maintenance->vendor_sequence >= 0 &&
                        g_ptr_array_find_with_equal_func(maintenance->aliases, uid, g_str_equal, NULL);
        if (has_both && thread->calendar_sequence != maintenance->vendor_sequence)
                return thread->calendar_sequence > maintenance->vendor_sequence;
        return turn->when == MAINTENANCE_NO_TIME || turn->when >= maintenance->applied;
}

/* The row that holds for one window: its own status, a list without it, or a postponement that has a date after all. */
static enum kind kind_of(const struct turn *turn, const struct pair *pair)
{
        const struct window *window = pair->window;
        enum kind kind = turn_kind(turn->kind, turn->notice->status, window ? window->status : STATUS_NONE);
        if (pair->is_gone)
                return KIND_CANCELLED;
        if (kind == KIND_POSTPONED && pair->event && window && window->start != pair->event->start)
                return KIND_RESCHEDULE;
        if (kind == KIND_RESCHEDULE && pair->event && !window)
                return KIND_POSTPONED;
        return kind;
}

/* The column. Word of the end is heard even where the end was presumed; a person who decides lifts the review. */
static enum state state_of(const struct turn *turn, const struct event *event, enum kind kind)
{
        if (!event)
                return STATE_NONE;
        if (event->state == STATE_REVIEW && turn->policy->by_person)
                return STATE_TENTATIVE;
        bool is_end = kind == KIND_COMPLETED || kind == KIND_FAILED;
        return is_end ? event->state : event_state_at(event, turn->when);
}

static void say_cell(struct turn *turn, enum kind kind, enum state state, bool asks)
{
        if (turn->cell && !asks)
                return;
        g_free(turn->cell);
        turn->cell = g_strdup_printf("%s/%s", kind_word(kind), state_word(state));
}

/* Effects that say nothing that would hold against an older notice. */
static bool counts(const struct step *step, enum kind kind)
{
        enum effect effect = step->cell->effect;
        if (effect == EFFECT_CREATE)
                return step->merge != MERGE_NONE;
        return effect != EFFECT_RECUR && effect != EFFECT_ASK && effect != EFFECT_ATTACH && kind != KIND_OTHER && kind != KIND_REMINDER;
}

/* What the cell asks and notes, and whether the event still needs a person. */
static void conclude(struct step *step, const struct event *before)
{
        struct turn *turn = step->turn;
        const struct cell *cell = step->cell;
        bool is_changed = before && !event_same(before, step->event);
        bool notes = cell->effect == EFFECT_UPDATE || cell->effect == EFFECT_TELL || cell->effect == EFFECT_EXTEND_AGAIN;
        if (cell->note && notes && is_changed)
                turn_remark(turn, step->event->ordinal, "%s", cell->note);
        if (step->asks && cell->ask)
                turn_query(turn, cell->ask);
        if (!step->event || step->event->state == STATE_REVIEW || (before && before->is_checked && !step->event->is_checked))
                return; /* the effect itself has put CHECK */
        bool is_of_event = cell->effect != EFFECT_ATTACH && cell->effect != EFFECT_RECUR;
        if (turn->policy->by_person || (is_changed && turn->is_vouched && !(step->asks && cell->ask && is_of_event)))
                step->event->is_checked = true;
        else if (step->asks && cell->ask && is_of_event)
                step->event->is_checked = false;
}

static enum merge run(struct turn *turn, const struct pair *pair)
{
        enum kind kind = kind_of(turn, pair);
        enum state state = state_of(turn, pair->event, kind);
        enum status own = pair->window ? pair->window->status : STATUS_NONE;
        struct step step = {turn, pair->event, pair->window, table_cell(kind, state), own ? own : turn->notice->status, false, MERGE_NONE};
        struct event *before = pair->event ? event_copy(pair->event) : NULL;
        if (pair->event)
                pair->event->state = state == STATE_COMPLETED ? pair->event->state : state;
        effect_run(&step);
        if (kind == KIND_POSTPONED && turn->kind == KIND_RESCHEDULE)
                turn_query(turn, "moved, but the mail gives no new times");
        conclude(&step, before);
        say_cell(turn, kind, state, step.asks && step.cell->ask);
        turn->is_applied |= counts(&step, kind);
        event_free(before);
        return step.merge;
}

static void apply_newer(struct turn *turn)
{
        struct match match = match_windows(turn->maintenance, turn->notice, turn->kind, turn->when);
        if (match.is_unclear && turn->notice->windows->len && turn->policy->by_person)
                match_by_order(&match, turn->maintenance, turn->notice, turn->kind, turn->when);
        enum merge merge = MERGE_NONE;
        if (match.is_unclear)
                turn_ask(turn, "its windows cannot be matched with those in the calendar");
        for (guint i = 0; i < match.pairs->len; i++) {
                enum merge more = run(turn, &g_array_index(match.pairs, struct pair, i));
                merge = MAX(merge, more);
        }
        turn_merge(turn, merge);
        match_release(&match);
}

static bool announces(const struct turn *turn)
{
        return turn->notice->windows->len && table_cell(turn->kind, STATE_NONE)->effect == EFFECT_CREATE;
}

/* Rule 3: the announcement comes after the end was told. */
static void make_visible(struct turn *turn)
{
        enum state state = turn->maintenance->is_tombstone ? STATE_CANCELLED : STATE_COMPLETED;
        for (guint i = 0; i < turn->notice->windows->len; i++)
                turn_create(turn, turn->notice->windows->pdata[i], state);
        turn->maintenance->is_tombstone = false;
        turn_merge(turn, MERGE_ALL);
}

/* Rule 2: history only, but what was empty may be filled in; rule 1: a copy for another circuit adds it. */
static void fill_in(struct turn *turn)
{
        const GPtrArray *events = turn->maintenance->events;
        turn_calm(turn, "older than the notice that was applied last");
        if (!announces(turn))
                return;
        for (guint i = 0; i < events->len; i++) {
                struct event *event = events->pdata[i];
                if (event->created == MAINTENANCE_NO_TIME || turn->when < event->created)
                        event->created = turn->when;
        }
        turn_merge(turn, turn->kind == KIND_REMINDER ? MERGE_FILL : MERGE_UNION);
}

static void apply_older(struct turn *turn)
{
        const struct maintenance *maintenance = turn->maintenance;
        bool is_over = maintenance->is_tombstone || maintenance->status == STATUS_COMPLETED;
        if (maintenance->events->len == 0 && !is_over)
                apply_newer(turn);
        else if (maintenance->events->len == 0 && announces(turn))
                make_visible(turn);
        else
                fill_in(turn);
}

static void remember(struct turn *turn)
{
        struct maintenance *maintenance = turn->maintenance;
        int sequence = turn->reading->thread.calendar_sequence;
        if (!turn->is_applied)
                return;
        maintenance->applied = MAX(maintenance->applied, turn->when);
        maintenance->vendor_sequence = MAX(maintenance->vendor_sequence, sequence);
}

void apply_notice(struct turn *turn)
{
        if (is_newer(turn) || turn->kind == KIND_OTHER)
                apply_newer(turn);
        else
                apply_older(turn);
        remember(turn);
}

void apply_replaced(struct turn *turn, const char *by)
{
        g_autofree char *note = g_strdup_printf("superseded by %s", by);
        if (!is_newer(turn)) {
                turn_ask(turn, "replaced by %s, but a newer notice of it came since", by);
                return;
        }
        for (guint i = 0; i < turn->maintenance->events->len; i++) {
                struct pair pair = {turn->maintenance->events->pdata[i], NULL, false};
                enum state before = pair.event->state;
                run(turn, &pair);
                if (before != pair.event->state)
                        turn_remark(turn, pair.event->ordinal, "%s", note);
        }
        remember(turn);
}
