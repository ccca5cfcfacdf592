/* The effects of the state table on one event (CALENDAR.md 1).
 * In: a step: a cell of the table, an event, a window. Out: the event changed, and whether the cell's question is to be asked. */
#include "decide/effect.h"

enum {
        AGAIN_SECONDS = 12 * 60 * 60, /* an extension after the end */
};

static bool has_other_times(const struct step *step)
{
        return step->window && (step->window->start != step->event->start || step->window->end != step->event->end);
}

/* The state that a status stands for where an event is made or reopened. */
static enum state state_of(const struct step *step, enum role role)
{
        static const enum state of_status[STATUS_COUNT] = {
                [STATUS_NONE] = STATE_TENTATIVE,        [STATUS_TENTATIVE] = STATE_TENTATIVE, [STATUS_CONFIRMED] = STATE_CONFIRMED,
                [STATUS_RESCHEDULED] = STATE_CONFIRMED, [STATUS_NO_CHANGE] = STATE_CONFIRMED, [STATUS_IN_PROCESS] = STATE_IN_PROCESS,
                [STATUS_CANCELLED] = STATE_TENTATIVE,   [STATUS_COMPLETED] = STATE_TENTATIVE,
        };
        enum state state = step->cell->to != STATE_NONE ? step->cell->to : of_status[step->status];
        return role == ROLE_BACKUP && state == STATE_CONFIRMED ? STATE_TENTATIVE : state;
}

/* Why the window cannot be taken; such an event waits for a person (rule 4). */
static bool is_doubtful(struct step *step)
{
        const char *doubt = step->window ? turn_doubt(step->turn, step->window) : NULL;
        if (doubt)
                turn_ask(step->turn, "%s", doubt);
        return doubt != NULL;
}

static void to_review(struct event *event)
{
        event->state = STATE_REVIEW;
        event->is_checked = false;
}

/* An event that is told an impossible window keeps its own, and waits for a person; on an unchecked sender's word it only gets CHECK, so
 * that nobody can hold up what a checked one says next. */
static void hold(const struct step *step)
{
        if (step->turn->is_vouched)
                step->event->state = STATE_REVIEW;
        step->event->is_checked = false;
}

/* A tombstone or an orphan that is announced after all goes live, but a person is told. */
static void mind_tombstone(struct step *step, struct event *event)
{
        struct maintenance *maintenance = step->turn->maintenance;
        bool was_over = maintenance->is_tombstone || maintenance->status == STATUS_COMPLETED;
        if (!was_over || maintenance->events->len > 1)
                return;
        turn_query(step->turn, maintenance->is_tombstone ? "it was told to be cancelled before" : "it was told to be completed before");
        maintenance->is_tombstone = false;
        event->is_checked = step->turn->policy->by_person;
}

static void do_create(struct step *step)
{
        bool is_postponed = step->turn->kind == KIND_POSTPONED;
        if (!step->window && !is_postponed) {
                turn_ask(step->turn, "nothing is known of it yet, and the mail gives no times");
                return;
        }
        bool is_doubted = is_doubtful(step);
        enum role role = step->window ? step->window->role : ROLE_PRIMARY;
        struct event *event = turn_create(step->turn, step->window, state_of(step, role));
        event->is_postponed = is_postponed;
        step->merge = MERGE_ALL;
        step->asks = true;
        mind_tombstone(step, event);
        if (is_doubted)
                to_review(event);
}

static void do_keep(struct step *step)
{
        struct maintenance *maintenance = step->turn->maintenance;
        step->merge = MERGE_ALL;
        if (step->cell->to == STATE_CANCELLED && !maintenance->events->len)
                maintenance->is_tombstone = true;
        if (step->cell->to == STATE_COMPLETED && !maintenance->events->len)
                maintenance->status = STATUS_COMPLETED;
        g_autofree char *phrase = g_strdup_printf("%s, but never announced: nothing is in the calendar", kind_word(step->turn->kind));
        turn_query(step->turn, phrase);
}

static void do_create_timed(struct step *step)
{
        bool has_times = step->window && step->window->start != READING_NO_TIME;
        if (!has_times) {
                do_keep(step);
                return;
        }
        turn_create(step->turn, step->window, step->cell->to);
        step->merge = MERGE_ALL;
}

static void raise_state(struct step *step, bool has_moved)
{
        struct event *event = step->event;
        enum state told = step->cell->to;
        if (told == STATE_NONE && step->status == STATUS_CONFIRMED)
                told = STATE_CONFIRMED;
        if (told == STATE_NONE && step->status == STATUS_TENTATIVE && has_moved)
                told = STATE_TENTATIVE;
        if (told == STATE_CONFIRMED && event->role == ROLE_BACKUP)
                told = STATE_TENTATIVE;
        if (told != STATE_NONE && event->state != STATE_IN_PROCESS)
                event->state = told;
}

static void do_update(struct step *step)
{
        struct event *event = step->event;
        bool has_moved = step->window && step->window->start != event->start;
        if (has_other_times(step) && is_doubtful(step)) {
                hold(step);
                return;
        }
        step->asks = has_moved;
        step->merge = MERGE_ALL;
        if (step->window)
                turn_take_window(step->turn, event, step->window);
        raise_state(step, has_moved);
}

static void do_agree(struct step *step)
{
        step->asks = has_other_times(step);
        if (step->asks && step->turn->policy->by_person)
                do_update(step);
        if (step->asks)
                return;
        if (step->event->state == STATE_TENTATIVE)
                raise_state(step, false);
        turn_calm(step->turn, step->turn->kind == KIND_REMINDER ? "a reminder; nothing changed" : "confirmed already; nothing changed");
}

static void do_tell(struct step *step)
{
        step->event->state = step->cell->to;
        step->event->is_postponed = false;
        step->asks = true;
        step->merge = MERGE_FILL;
}

static void do_postpone(struct step *step)
{
        step->event->state = step->cell->to;
        step->event->is_postponed = true;
        step->merge = MERGE_FILL;
}

static bool take_end(struct step *step)
{
        if (!step->window || step->window->end == READING_NO_TIME) {
                turn_ask(step->turn, "extended, but the mail gives no new end");
                return false;
        }
        bool is_before_start = step->event->start != MAINTENANCE_NO_TIME && step->window->end <= step->event->start;
        if (is_before_start)
                turn_ask(step->turn, "the window ends before it starts");
        if (is_before_start || (step->window->start != READING_NO_TIME && is_doubtful(step))) {
                hold(step);
                return false;
        }
        if (step->window->end != step->event->end) {
                g_free(step->event->written);
                step->event->written = g_strdup(step->window->written);
                step->event->end = step->window->end;
        }
        step->merge = MERGE_FILL;
        return true;
}

static void do_extend(struct step *step)
{
        take_end(step);
}

static void do_extend_again(struct step *step)
{
        gint64 when = step->turn->when, end = step->event->end;
        bool is_recent = when == MAINTENANCE_NO_TIME || end == MAINTENANCE_NO_TIME || when - end <= AGAIN_SECONDS;
        if (!is_recent)
                turn_remark(step->turn, step->event->ordinal, "%s", step->cell->note);
        else if (take_end(step))
                step->event->state = step->cell->to;
}

static bool is_coming(const struct step *step)
{
        gint64 start = step->window ? step->window->start : MAINTENANCE_NO_TIME;
        return start != MAINTENANCE_NO_TIME && start > step->turn->when;
}

static void do_recur(struct step *step)
{
        step->asks = is_coming(step) && has_other_times(step);
        if (!step->asks) {
                turn_calm(step->turn, "completed already; nothing changed");
                return;
        }
        if (turn_doubt(step->turn, step->window))
                return;
        struct event *event = turn_create(step->turn, step->window, state_of(step, step->window->role));
        if (!step->turn->policy->by_person)
                to_review(event);
}

static void do_reopen(struct step *step)
{
        struct event *event = step->event;
        if (has_other_times(step) && is_doubtful(step)) {
                hold(step);
                return;
        }
        if (step->window)
                turn_take_window(step->turn, event, step->window);
        event->state = state_of(step, event->role);
        step->turn->maintenance->is_tombstone = false;
        step->merge = MERGE_ALL;
}

static void do_reopen_coming(struct step *step)
{
        if (is_coming(step) || step->turn->policy->by_person)
                do_reopen(step);
        else
                turn_calm(step->turn, "cancelled already; nothing changed");
}

static void do_note(struct step *step)
{
        turn_remark(step->turn, step->event->ordinal, "%s", step->cell->note);
}

static void do_attach(struct step *step)
{
        step->asks = true;
        turn_remark(step->turn, step->event->ordinal, "not applied: waits for a person");
}

static void do_ask(struct step *step)
{
        step->asks = true;
}

static void do_nothing(struct step *step)
{
        step->asks = true;
        if (step->event)
                turn_calm(step->turn,
                          step->event->state == STATE_CANCELLED ? "cancelled already; nothing changed" : "nothing new; nothing changed");
}

static void (*const effects[])(struct step *) = {
        [EFFECT_NOTHING] = do_nothing,
        [EFFECT_CREATE] = do_create,
        [EFFECT_CREATE_TIMED] = do_create_timed,
        [EFFECT_KEEP] = do_keep,
        [EFFECT_UPDATE] = do_update,
        [EFFECT_AGREE] = do_agree,
        [EFFECT_TELL] = do_tell,
        [EFFECT_POSTPONE] = do_postpone,
        [EFFECT_EXTEND] = do_extend,
        [EFFECT_EXTEND_AGAIN] = do_extend_again,
        [EFFECT_RECUR] = do_recur,
        [EFFECT_REOPEN] = do_reopen,
        [EFFECT_REOPEN_COMING] = do_reopen_coming,
        [EFFECT_NOTE] = do_note,
        [EFFECT_ASK] = do_ask,
        [EFFECT_ATTACH] = do_attach,
};

void effect_run(struct step *step)
{
        effects[step->cell->effect](step);
}
