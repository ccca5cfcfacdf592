/* The state table of CALENDAR.md 1, cell by cell: every kind of notice on every state of an event, newer and older than what was applied,
 * from every sort of sender, at every confidence. The expectations are written from the paper. */
#include "decide/table.h"
#include "history.h"

#include <string.h>

enum { KEEP_TIMES, NEW_TIMES };

/* What becomes of the event by a newer notice of high confidence from a checked sender. */
struct expected {
        enum state state; /* STATE_NONE: no event */
        int times;
        bool is_doubted; /* title CHECK */
        enum resolution resolution;
        bool has_second; /* one more event, waiting for a person */
        bool is_set;
};

#define E(state_, times_, doubted_, resolution_)                                                                                           \
        {                                                                                                                                  \
                STATE_##state_, times_##_TIMES, doubted_, RESOLUTION_##resolution_, false, true                                            \
        }
#define SECOND                                                                                                                             \
        {                                                                                                                                  \
                STATE_COMPLETED, KEEP_TIMES, false, RESOLUTION_REVIEW, true, true                                                          \
        }
#define ATTACHED E(REVIEW, KEEP, true, REVIEW)
#define KINDS    13

/* clang-format off */
/* The notice tells other times than the event where its kind tells times: a day later; an extension ends two hours later. */
static const struct expected differs[KIND_COUNT][STATE_COUNT] = {
        /* columns: none, tentative, confirmed, in process, completed, cancelled, review */
        [KIND_NEW] = {E(CONFIRMED, NEW, false, CALENDAR), E(CONFIRMED, NEW, false, CALENDAR), E(CONFIRMED, NEW, false, CALENDAR),
                      E(IN_PROCESS, NEW, false, CALENDAR), SECOND, E(CONFIRMED, NEW, false, CALENDAR), ATTACHED},
        [KIND_REMINDER] = {E(CONFIRMED, NEW, false, CALENDAR), E(TENTATIVE, KEEP, true, REVIEW), E(CONFIRMED, KEEP, true, REVIEW),
                           E(IN_PROCESS, KEEP, false, NONE), E(COMPLETED, KEEP, false, NONE), E(CANCELLED, KEEP, true, REVIEW), ATTACHED},
        [KIND_CONFIRMED] = {E(CONFIRMED, NEW, false, CALENDAR), E(CONFIRMED, NEW, false, CALENDAR), E(CONFIRMED, KEEP, true, REVIEW),
                            E(IN_PROCESS, KEEP, false, NONE), E(COMPLETED, KEEP, false, NONE), E(CONFIRMED, NEW, false, CALENDAR),
                            ATTACHED},
        [KIND_RESCHEDULE] = {E(CONFIRMED, NEW, false, CALENDAR), E(TENTATIVE, NEW, false, CALENDAR), E(CONFIRMED, NEW, false, CALENDAR),
                             E(IN_PROCESS, NEW, true, REVIEW), SECOND, E(CONFIRMED, NEW, false, CALENDAR), ATTACHED},
        [KIND_POSTPONED] = {E(TENTATIVE, KEEP, false, REVIEW), E(TENTATIVE, KEEP, false, CALENDAR), E(TENTATIVE, KEEP, false, CALENDAR),
                            E(IN_PROCESS, KEEP, true, REVIEW), E(COMPLETED, KEEP, false, NONE), E(CANCELLED, KEEP, false, NONE), ATTACHED},
        [KIND_EXTENDED] = {E(CONFIRMED, NEW, false, CALENDAR), E(TENTATIVE, NEW, false, CALENDAR), E(CONFIRMED, NEW, false, CALENDAR),
                           E(IN_PROCESS, NEW, false, CALENDAR), E(IN_PROCESS, NEW, false, CALENDAR), E(CANCELLED, KEEP, true, REVIEW),
                           ATTACHED},
        [KIND_UPDATE] = {E(CONFIRMED, NEW, false, CALENDAR), E(CONFIRMED, NEW, false, CALENDAR), E(CONFIRMED, NEW, false, CALENDAR),
                         E(IN_PROCESS, NEW, false, CALENDAR), E(COMPLETED, KEEP, false, CALENDAR), E(CANCELLED, KEEP, false, CALENDAR),
                         ATTACHED},
        [KIND_STARTED] = {E(IN_PROCESS, NEW, false, CALENDAR), E(IN_PROCESS, KEEP, false, CALENDAR), E(IN_PROCESS, KEEP, false, CALENDAR),
                          E(IN_PROCESS, KEEP, false, NONE), E(COMPLETED, KEEP, false, NONE), E(CANCELLED, KEEP, true, REVIEW), ATTACHED},
        [KIND_COMPLETED] = {E(COMPLETED, NEW, false, CALENDAR), E(COMPLETED, KEEP, false, CALENDAR), E(COMPLETED, KEEP, false, CALENDAR),
                            E(COMPLETED, KEEP, false, CALENDAR), E(COMPLETED, KEEP, false, NONE), E(CANCELLED, KEEP, true, REVIEW),
                            ATTACHED},
        [KIND_CANCELLED] = {E(CANCELLED, NEW, false, CALENDAR), E(CANCELLED, KEEP, false, CALENDAR), E(CANCELLED, KEEP, false, CALENDAR),
                            E(CANCELLED, KEEP, true, REVIEW), E(COMPLETED, KEEP, false, CALENDAR), E(CANCELLED, KEEP, false, NONE),
                            ATTACHED},
        [KIND_FAILED] = {E(NONE, KEEP, false, REVIEW), E(TENTATIVE, KEEP, false, CALENDAR), E(CONFIRMED, KEEP, false, CALENDAR),
                         E(COMPLETED, KEEP, false, CALENDAR), E(COMPLETED, KEEP, false, CALENDAR), E(CANCELLED, KEEP, false, NONE),
                         ATTACHED},
        /* of the event that is replaced */
        [KIND_REPLACED] = {E(CONFIRMED, NEW, false, CALENDAR), E(CANCELLED, KEEP, false, CALENDAR), E(CANCELLED, KEEP, false, CALENDAR),
                           E(CANCELLED, KEEP, false, CALENDAR), E(COMPLETED, KEEP, false, CALENDAR), E(CANCELLED, KEEP, false, CALENDAR),
                           ATTACHED},
        [KIND_OTHER] = {E(NONE, KEEP, false, REVIEW), E(TENTATIVE, KEEP, false, REVIEW), E(CONFIRMED, KEEP, false, REVIEW),
                        E(IN_PROCESS, KEEP, false, REVIEW), E(COMPLETED, KEEP, false, REVIEW), E(CANCELLED, KEEP, false, REVIEW), ATTACHED},
};

/* The notice tells the times that the event has. */
static const struct expected agrees[KIND_COUNT][STATE_COUNT] = {
        [KIND_NEW] = {[STATE_TENTATIVE] = E(TENTATIVE, KEEP, false, NONE), [STATE_CONFIRMED] = E(CONFIRMED, KEEP, false, NONE),
                      [STATE_IN_PROCESS] = E(IN_PROCESS, KEEP, false, NONE), [STATE_COMPLETED] = E(COMPLETED, KEEP, false, NONE),
                      [STATE_CANCELLED] = E(TENTATIVE, KEEP, false, CALENDAR), [STATE_REVIEW] = ATTACHED},
        [KIND_REMINDER] = {[STATE_TENTATIVE] = E(TENTATIVE, KEEP, false, NONE), [STATE_CONFIRMED] = E(CONFIRMED, KEEP, false, NONE),
                           [STATE_IN_PROCESS] = E(IN_PROCESS, KEEP, false, NONE), [STATE_COMPLETED] = E(COMPLETED, KEEP, false, NONE),
                           [STATE_CANCELLED] = E(CANCELLED, KEEP, true, REVIEW), [STATE_REVIEW] = ATTACHED},
        [KIND_CONFIRMED] = {[STATE_TENTATIVE] = E(CONFIRMED, KEEP, false, CALENDAR), [STATE_CONFIRMED] = E(CONFIRMED, KEEP, false, NONE),
                            [STATE_IN_PROCESS] = E(IN_PROCESS, KEEP, false, NONE), [STATE_COMPLETED] = E(COMPLETED, KEEP, false, NONE),
                            [STATE_CANCELLED] = E(CONFIRMED, KEEP, false, CALENDAR), [STATE_REVIEW] = ATTACHED},
        [KIND_RESCHEDULE] = {[STATE_TENTATIVE] = E(TENTATIVE, KEEP, false, NONE), [STATE_CONFIRMED] = E(CONFIRMED, KEEP, false, NONE),
                             [STATE_IN_PROCESS] = E(IN_PROCESS, KEEP, false, NONE), [STATE_COMPLETED] = E(COMPLETED, KEEP, false, NONE),
                             [STATE_CANCELLED] = E(TENTATIVE, KEEP, false, CALENDAR), [STATE_REVIEW] = ATTACHED},
        [KIND_EXTENDED] = {[STATE_TENTATIVE] = E(TENTATIVE, KEEP, false, NONE), [STATE_CONFIRMED] = E(CONFIRMED, KEEP, false, NONE),
                           [STATE_IN_PROCESS] = E(IN_PROCESS, KEEP, false, NONE), [STATE_COMPLETED] = E(IN_PROCESS, KEEP, false, CALENDAR),
                           [STATE_CANCELLED] = E(CANCELLED, KEEP, true, REVIEW), [STATE_REVIEW] = ATTACHED},
        [KIND_UPDATE] = {[STATE_TENTATIVE] = E(TENTATIVE, KEEP, false, NONE), [STATE_CONFIRMED] = E(CONFIRMED, KEEP, false, NONE),
                         [STATE_IN_PROCESS] = E(IN_PROCESS, KEEP, false, NONE), [STATE_COMPLETED] = E(COMPLETED, KEEP, false, CALENDAR),
                         [STATE_CANCELLED] = E(CANCELLED, KEEP, false, CALENDAR), [STATE_REVIEW] = ATTACHED},
};
/* clang-format on */

/* One question to the table. */
struct question {
        enum kind kind;
        enum state state;
        bool is_older, agrees;
        enum sender sender;
        enum confidence confidence;
};

static bool is_live_times(enum kind kind)
{
        return kind == KIND_NEW || kind == KIND_REMINDER || kind == KIND_CONFIRMED || kind == KIND_RESCHEDULE || kind == KIND_UPDATE;
}

/* While the event is planned the notice comes five days ahead; while it runs, an hour into it; after it, an hour after its end. */
static gint64 date_for(enum state state)
{
        if (state == STATE_IN_PROCESS)
                return NIGHT + HOUR;
        return state == STATE_COMPLETED ? NIGHT + LENGTH + HOUR : NIGHT - 5 * DAY;
}

/* The maintenance that is known: the one with the notice's id, or the one that it replaces. */
static struct maintenance *make_known(const struct question *question)
{
        struct maintenance *maintenance = maintenance_new();
        struct event *event = event_new();
        bool is_replaced = question->kind == KIND_REPLACED;
        maintenance->key = g_strdup(is_replaced ? "tidewater:OLD" : "tidewater:TW1");
        maintenance->maintenance_id = g_strdup(is_replaced ? "OLD" : "TW1");
        maintenance->vendor = g_strdup("tidewater");
        maintenance->vendor_name = g_strdup("Tidewater Subsea");
        maintenance->applied = date_for(question->state) + (question->is_older ? DAY : -DAY);
        g_ptr_array_add(maintenance->aliases, g_strconcat("id:", maintenance->key, NULL));
        g_ptr_array_add(maintenance->aliases, g_strdup("mail:root@mail.example"));
        event->uid = g_strdup("11111111-2222-5333-8444-555555555555");
        event->ordinal = 1;
        event->state = question->state;
        event->start = NIGHT;
        event->end = NIGHT + LENGTH;
        event->sequence = 3;
        event->created = event->modified = NIGHT - 20 * DAY;
        event->is_checked = question->state != STATE_REVIEW;
        g_ptr_array_add(maintenance->events, event);
        return maintenance;
}

static struct reading *make_question(const struct question *question)
{
        static const enum status status[KIND_COUNT] = {
                [KIND_NEW] = STATUS_CONFIRMED,          [KIND_REMINDER] = STATUS_NO_CHANGE,  [KIND_CONFIRMED] = STATUS_CONFIRMED,
                [KIND_RESCHEDULE] = STATUS_RESCHEDULED, [KIND_EXTENDED] = STATUS_CONFIRMED,  [KIND_UPDATE] = STATUS_CONFIRMED,
                [KIND_STARTED] = STATUS_IN_PROCESS,     [KIND_COMPLETED] = STATUS_COMPLETED, [KIND_CANCELLED] = STATUS_CANCELLED,
                [KIND_REPLACED] = STATUS_CONFIRMED};
        bool is_plain = question->agrees && question->kind != KIND_CONFIRMED && question->kind != KIND_REMINDER;
        struct reading *reading =
                make_reading(question->kind, is_plain ? STATUS_TENTATIVE : status[question->kind], date_for(question->state));
        bool tells_none = question->kind == KIND_POSTPONED || question->kind == KIND_OTHER || question->kind == KIND_FAILED;
        bool tells = is_live_times(question->kind) || question->kind == KIND_EXTENDED || question->kind == KIND_REPLACED;
        reading->sender = question->sender;
        reading->confidence = question->confidence;
        if (question->kind == KIND_REPLACED && question->state != STATE_NONE)
                g_ptr_array_add(reading->thread.references, g_strdup("root@mail.example"));
        if ((tells || question->state == STATE_NONE) && !tells_none) {
                bool is_moved = !question->agrees && question->kind != KIND_EXTENDED;
                struct window *window = add_window(reading, is_moved ? NIGHT + DAY : NIGHT);
                window->end += question->kind == KIND_EXTENDED && !question->agrees ? 2 * HOUR : 0;
        }
        return reading;
}

static bool is_over(enum state state)
{
        return state == STATE_CANCELLED || state == STATE_COMPLETED;
}

static bool is_change(const struct question *question, const struct expected *expected)
{
        bool is_put_off = question->kind == KIND_POSTPONED && expected->resolution == RESOLUTION_CALENDAR;
        return expected->state != question->state || expected->times == NEW_TIMES || is_put_off ||
               (expected->is_doubted && question->state != STATE_REVIEW);
}

/* DESIGN.md "Who sent it" and "Confidence" over the expectation for a sure mail; CALENDAR.md rule 2 for an older one. */
static struct expected expect(const struct question *question)
{
        struct expected sure = (question->agrees ? agrees : differs)[question->kind][question->state];
        struct expected kept = {question->state, KEEP_TIMES, question->state == STATE_REVIEW, RESOLUTION_REVIEW, false, sure.is_set};
        bool is_weak = question->confidence != CONFIDENCE_HIGH || question->sender == SENDER_FAILED;
        bool ends = is_over(sure.state) && sure.state != question->state;
        if (question->confidence == CONFIDENCE_LOW)
                return kept;
        if (question->is_older) {
                bool is_calm = !is_weak && question->kind != KIND_OTHER && question->kind != KIND_REPLACED;
                kept.resolution = is_calm ? RESOLUTION_NONE : RESOLUTION_REVIEW;
                return kept;
        }
        if (is_weak && question->state == STATE_NONE) {
                if (!ends && sure.state != STATE_NONE)
                        return (struct expected){STATE_REVIEW, sure.times, true, RESOLUTION_REVIEW, false, sure.is_set};
                return kept;
        }
        if (is_weak || (question->sender == SENDER_UNCHECKED && ends)) {
                kept.is_doubted |= is_change(question, &sure);
                kept.is_doubted &= question->state != STATE_NONE;
                return kept;
        }
        return sure;
}

static char *name_of(const struct question *question)
{
        return g_strdup_printf("%s on %s, %s, %s, %s, %s confidence", kind_word(question->kind), state_word(question->state),
                               question->is_older ? "older" : "newer", question->agrees ? "same times" : "other times",
                               sender_word(question->sender), confidence_word(question->confidence));
}

/* A mail that needs no action leaves the events as they were, to the byte, and queues nothing. */
static void assert_untouched(const struct maintenance *before, const struct maintenance *after, const struct verdict *verdict)
{
        json_t *a = maintenance_to_json(before), *b = maintenance_to_json(after);
        g_assert_true(json_equal(json_object_get(a, "events"), json_object_get(b, "events")));
        g_assert_true(json_equal(json_object_get(a, "posts"), json_object_get(b, "posts")));
        g_assert_cmpuint(verdict->acts->len, ==, 0);
        json_decref(a);
        json_decref(b);
}

/* What of the event is not as expected; NULL: nothing. */
static char *fault(const struct expected *expected, const struct maintenance *maintenance, const struct verdict *verdict)
{
        const struct event *event = maintenance && maintenance->events->len ? maintenance->events->pdata[0] : NULL;
        enum state state = event ? event->state : STATE_NONE;
        gint64 unmoved = expected->state != STATE_NONE && event && event->start != MAINTENANCE_NO_TIME ? NIGHT : MAINTENANCE_NO_TIME;
        if (state != expected->state)
                return g_strdup_printf("state %s, not %s", state_word(state), state_word(expected->state));
        if (verdict->resolution != expected->resolution)
                return g_strdup_printf("resolution %s, not %s", resolution_word(verdict->resolution),
                                       resolution_word(expected->resolution));
        if (event && event->is_checked == expected->is_doubted)
                return g_strdup(expected->is_doubted ? "no CHECK" : "CHECK");
        bool has_moved = event && unmoved == NIGHT && (event->start != NIGHT || event->end != NIGHT + LENGTH);
        if (event && has_moved != (expected->times == NEW_TIMES))
                return g_strdup(has_moved ? "new times" : "old times");
        if (maintenance && (maintenance->events->len > 1) != expected->has_second)
                return g_strdup("a second event, or none");
        return NULL;
}

static void ask(const struct question *question, const struct expected *expected)
{
        struct history *history = history_new();
        g_autofree char *name = name_of(question);
        const char *key = question->kind == KIND_REPLACED && question->state != STATE_NONE ? "tidewater:OLD" : "tidewater:TW1";
        struct maintenance *known = question->state == STATE_NONE ? NULL : make_known(question);
        if (known)
                g_ptr_array_add(history->maintenances, maintenance_copy(known));
        struct reading *reading = make_question(question);
        struct verdict *verdict = history_hear(history, reading);
        const struct maintenance *after = history_find(history, key);
        g_autofree char *wrong = fault(expected, after, verdict);
        if (wrong) {
                g_test_message("%s: %s (%s; cell %s)", name, wrong,
                               verdict->reasons->len ? (char *)verdict->reasons->pdata[0] : "no reason",
                               verdict->cell ? verdict->cell : "none");
                g_test_fail();
        }
        g_assert_cmpuint(verdict->reasons->len, >, 0);
        if (verdict->resolution == RESOLUTION_NONE && known)
                assert_untouched(known, after, verdict);
        maintenance_free(known);
        verdict_free(verdict);
        reading_free(reading);
        history_free(history);
}

static bool is_row(enum kind kind)
{
        return kind != KIND_NONE && kind != KIND_OUTAGE;
}

/* All senders and confidences of one cell; how many. */
static guint ask_all(struct question question)
{
        guint n = 0;
        for (int sender = SENDER_UNCHECKED; sender <= SENDER_FAILED; sender++)
                for (int confidence = CONFIDENCE_LOW; confidence <= CONFIDENCE_HIGH; confidence++, n++) {
                        question.sender = (enum sender)sender;
                        question.confidence = (enum confidence)confidence;
                        struct expected expected = expect(&question);
                        g_autofree char *name = name_of(&question);
                        if (!expected.is_set)
                                g_test_message("no expectation for %s", name);
                        g_assert_true(expected.is_set);
                        ask(&question, &expected);
                }
        return n;
}

static void test_cells(void)
{
        guint cells = 0, questions = 0, impossible = 0, rows = 0;
        for (int kind = 0; kind < KIND_COUNT; kind++) {
                if (!is_row((enum kind)kind))
                        continue;
                rows++;
                for (int state = 0; state < STATE_COUNT; state++, cells++) {
                        struct question question = {.kind = (enum kind)kind, .state = (enum state)state};
                        questions += ask_all(question);
                        question.is_older = true;
                        if (state == STATE_NONE)
                                impossible++; /* older than nothing */
                        else
                                questions += ask_all(question);
                }
        }
        g_test_message("%u cells of %u reached by %u questions; impossible: %u (older than what was applied, where nothing was)", cells,
                       rows * STATE_COUNT, questions, impossible);
        g_assert_cmpuint(rows, ==, KINDS);
}

static void test_same_times(void)
{
        guint questions = 0;
        for (int kind = 0; kind < KIND_COUNT; kind++) {
                if (!is_live_times((enum kind)kind) && kind != KIND_EXTENDED)
                        continue;
                for (int state = STATE_TENTATIVE; state < STATE_COUNT; state++) {
                        struct question question = {.kind = (enum kind)kind, .state = (enum state)state, .agrees = true};
                        questions += ask_all(question);
                }
        }
        g_test_message("%u questions with the times that the event has", questions);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/decide/cells", test_cells);
        g_test_add_func("/decide/same-times", test_same_times);
        return g_test_run();
}
