/* Rules of CALENDAR.md 1 beside the table: time that passes, tombstones, postponements, renumbering, and mails known with another text. */
#include "history.h"

#include <string.h>

static struct event *event_of(const struct history *history, const char *key, guint i)
{
        const struct maintenance *maintenance = history_find(history, key);
        g_assert_nonnull(maintenance);
        g_assert_cmpuint(maintenance->events->len, >, i);
        return maintenance->events->pdata[i];
}

#define EVENT(i) event_of(history, "tidewater:TW1", i)

static void assert_event(const struct event *event, enum state state, gint64 start, bool is_checked)
{
        g_assert_cmpstr(state_word(event->state), ==, state_word(state));
        g_assert_cmpint(event->start, ==, start);
        g_assert_cmpint(event->is_checked, ==, is_checked);
}

/* A notice with a window (0: none), nine days before the night and so on. */
static struct reading *make(enum kind kind, enum status status, int day, gint64 start)
{
        struct reading *reading = make_reading(kind, status, NIGHT + day * DAY);
        if (start)
                add_window(reading, start);
        return reading;
}

static struct history *announced(void)
{
        struct history *history = history_new();
        struct reading *reading = make(KIND_NEW, STATUS_CONFIRMED, -9, NIGHT);
        add_circuit(reading, "A1");
        history_expect(history, reading, RESOLUTION_CALENDAR);
        return history;
}

static const char *last_change(const struct history *history)
{
        const GPtrArray *posts = history_find(history, "tidewater:TW1")->posts;
        return ((const struct post *)posts->pdata[posts->len - 1])->change;
}

/* Rule 6: a day after its end an event is presumed completed; word of the end is heard nevertheless. */
static void test_presumed(void)
{
        struct history *history = announced();
        history_expect(history, make(KIND_CANCELLED, STATUS_CANCELLED, 3, 0), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, true);
        g_assert_cmpstr(last_change(history), ==, "cancelled after completion");
        history_expect(history, make(KIND_REMINDER, STATUS_NO_CHANGE, 3, NIGHT), RESOLUTION_NONE);
        history_expect(history, make(KIND_RESCHEDULE, STATUS_RESCHEDULED, 3, NIGHT + 9 * DAY), RESOLUTION_REVIEW);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, true);
        assert_event(EVENT(1), STATE_REVIEW, NIGHT + 9 * DAY, false);
        history_free(history);
        history = announced();
        history_expect(history, make(KIND_COMPLETED, STATUS_COMPLETED, 3, 0), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_COMPLETED, NIGHT, true);
        history_free(history);
}

/* An extension of what was completed: at work again within 12 h of its end, later a line of history. */
static void test_extended_again(void)
{
        static const struct {
                gint64 after;
                enum state state;
        } rows[] = {{12 * HOUR, STATE_IN_PROCESS}, {12 * HOUR + 1, STATE_COMPLETED}};
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct history *history = announced();
                history_expect(history, make_reading(KIND_COMPLETED, STATUS_COMPLETED, NIGHT + LENGTH), RESOLUTION_CALENDAR);
                struct reading *reading = make_reading(KIND_EXTENDED, STATUS_NONE, NIGHT + LENGTH + rows[i].after);
                add_window(reading, NIGHT)->end += 20 * HOUR;
                history_expect(history, reading, RESOLUTION_CALENDAR);
                assert_event(EVENT(0), rows[i].state, NIGHT, true);
                history_free(history);
        }
}

/* Rule 3. */
static void test_tombstone(void)
{
        struct history *history = history_new();
        history_expect(history, make(KIND_CANCELLED, STATUS_CANCELLED, -8, 0), RESOLUTION_REVIEW);
        g_assert_true(history_find(history, "tidewater:TW1")->is_tombstone);
        history_expect(history, make(KIND_NEW, STATUS_CONFIRMED, -9, NIGHT), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CANCELLED, NIGHT, true);
        history_free(history);
        history = history_new();
        history_expect(history, make(KIND_CANCELLED, STATUS_CANCELLED, -8, 0), RESOLUTION_REVIEW);
        history_expect(history, make(KIND_NEW, STATUS_CONFIRMED, -7, NIGHT), RESOLUTION_REVIEW);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, false);
        history_free(history);
}

/* A forged cancellation leaves no tombstone that a later announcement would meet. */
static void test_forged_tombstone(void)
{
        struct history *history = history_new();
        struct reading *reading = make(KIND_CANCELLED, STATUS_CANCELLED, -8, NIGHT);
        reading->sender = SENDER_UNCHECKED;
        history_expect(history, reading, RESOLUTION_REVIEW);
        g_assert_cmpuint(history->maintenances->len, ==, 0);
        history_expect(history, make(KIND_NEW, STATUS_CONFIRMED, -9, NIGHT), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, true);
        history_free(history);
}

/* An unchecked sender may move an event later, but not shorten it. */
static void test_forged_end(void)
{
        struct history *history = announced();
        struct reading *reading = make(KIND_UPDATE, STATUS_CONFIRMED, -8, NIGHT + DAY);
        reading->sender = SENDER_UNCHECKED;
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT + DAY, true);
        reading = make(KIND_UPDATE, STATUS_CONFIRMED, -7, NIGHT + DAY);
        reading->sender = SENDER_UNCHECKED;
        ((struct window *)notice_in(reading)->windows->pdata[0])->end -= HOUR;
        history_expect(history, reading, RESOLUTION_REVIEW);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT + DAY, false);
        g_assert_cmpint(EVENT(0)->end, ==, NIGHT + DAY + LENGTH);
        g_assert_cmpstr(last_change(history), ==, "to be checked");
        history_free(history);
}

static void test_postponed(void)
{
        struct history *history = announced();
        history_expect(history, make(KIND_POSTPONED, STATUS_RESCHEDULED, -8, 0), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_TENTATIVE, NIGHT, true);
        g_assert_true(EVENT(0)->is_postponed);
        history_expect(history, make(KIND_POSTPONED, STATUS_RESCHEDULED, -7, NIGHT + DAY), RESOLUTION_CALENDAR); /* a date after all */
        assert_event(EVENT(0), STATE_TENTATIVE, NIGHT + DAY, true);
        g_assert_false(EVENT(0)->is_postponed);
        history_expect(history, make(KIND_RESCHEDULE, STATUS_RESCHEDULED, -6, 0), RESOLUTION_REVIEW); /* moved, but where to? */
        g_assert_true(EVENT(0)->is_postponed);
        history_free(history);
}

/* Postponed before it was announced: kept without a date, and no act goes out for it. */
static void test_postponed_unknown(void)
{
        struct history *history = history_new();
        struct reading *reading = make(KIND_POSTPONED, STATUS_NONE, -8, 0);
        struct verdict *verdict = history_hear(history, reading);
        g_assert_cmpint(verdict->resolution, ==, RESOLUTION_REVIEW);
        g_assert_cmpuint(verdict->acts->len, ==, 0);
        assert_event(EVENT(0), STATE_TENTATIVE, MAINTENANCE_NO_TIME, true);
        verdict_free(verdict);
        reading_free(reading);
        history_free(history);
}

/* Renumbered without times: the new one has those of the old one, and the old number leads to it. */
static void test_renumbered(void)
{
        struct history *history = announced();
        struct reading *reading = make(KIND_REPLACED, STATUS_CONFIRMED, -8, 0);
        g_free(notice_in(reading)->maintenance_id);
        notice_in(reading)->maintenance_id = g_strdup("TW2");
        g_ptr_array_add(reading->thread.references, g_strdup_printf("%" G_GINT64_FORMAT "@mail.example", NIGHT - 9 * DAY));
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CANCELLED, NIGHT, true);
        g_assert_cmpstr(last_change(history), ==, "cancelled; superseded by TW2");
        assert_event(event_of(history, "tidewater:TW2", 0), STATE_CONFIRMED, NIGHT, true);
        g_assert_cmpuint(history_find(history, "tidewater:TW2")->circuits->len, ==, 1);
        history_expect(history, make(KIND_CANCELLED, STATUS_CANCELLED, -7, 0), RESOLUTION_CALENDAR);
        assert_event(event_of(history, "tidewater:TW2", 0), STATE_CANCELLED, NIGHT, true);
        history_free(history);
}

/* The same Message-ID with another text is another mail, and a person's if the facts differ. */
static void test_other_text(void)
{
        struct history *history = announced();
        struct past past = {.maintenances = history->maintenances, .is_other_text = true};
        struct reading *reading = make(KIND_RESCHEDULE, STATUS_RESCHEDULED, -8, NIGHT + DAY);
        struct verdict *verdict = decide_maint(&past, reading, &history->policy);
        const struct maintenance *after = verdict->maintenances->pdata[0];
        g_assert_cmpint(verdict->resolution, ==, RESOLUTION_REVIEW);
        assert_event(after->events->pdata[0], STATE_CONFIRMED, NIGHT, false);
        verdict_free(verdict);
        reading_free(reading);
        history_free(history);
}

/* A reminder says nothing that an older, belated notice would be held against. */
static void test_reminder_before_belated(void)
{
        struct history *history = announced();
        history_expect(history, make(KIND_REMINDER, STATUS_NO_CHANGE, -5, NIGHT), RESOLUTION_NONE);
        history_expect(history, make(KIND_RESCHEDULE, STATUS_RESCHEDULED, -6, NIGHT + DAY), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT + DAY, true);
        history_free(history);
}

/* Two new nights for one old one: which is it? */
static void test_split_unclear(void)
{
        struct history *history = announced();
        struct reading *reading = make(KIND_RESCHEDULE, STATUS_RESCHEDULED, -8, NIGHT + DAY);
        add_window(reading, NIGHT + 2 * DAY);
        history_expect(history, reading, RESOLUTION_REVIEW);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, true);
        g_assert_cmpuint(history_find(history, "tidewater:TW1")->events->len, ==, 1);
        history_free(history);
}

/* Nights that are over are not called off by a list that leaves them out, nor meant by one that moves the rest. */
static void test_night_over(void)
{
        struct history *history = history_new();
        struct reading *reading = make(KIND_NEW, STATUS_CONFIRMED, -9, NIGHT);
        add_window(reading, NIGHT + 5 * DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        history_expect(history, make(KIND_UPDATE, STATUS_CONFIRMED, 3, NIGHT + 5 * DAY), RESOLUTION_NONE);
        history_expect(history, make(KIND_RESCHEDULE, STATUS_RESCHEDULED, 3, NIGHT + 6 * DAY), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, true);
        assert_event(EVENT(1), STATE_CONFIRMED, NIGHT + 6 * DAY, true);
        history_expect(history, make(KIND_CANCELLED, STATUS_CANCELLED, 4, 0), RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, true);
        assert_event(EVENT(1), STATE_CANCELLED, NIGHT + 6 * DAY, true);
        history_free(history);
}

/* Rule 4 on a known event: it keeps its times; a checked sender's word makes it wait, an unchecked one's only marks it. */
static void test_impossible_move(void)
{
        static const struct {
                enum kind kind;
                gint64 move, length;
                enum sender sender;
                enum state state;
        } rows[] = {
                {KIND_RESCHEDULE, 600 * DAY, LENGTH, SENDER_PASSED, STATE_REVIEW},
                {KIND_RESCHEDULE, 600 * DAY, LENGTH, SENDER_UNCHECKED, STATE_CONFIRMED},
                {KIND_UPDATE, 0, 31 * DAY, SENDER_PASSED, STATE_REVIEW},
                {KIND_EXTENDED, 0, -HOUR, SENDER_PASSED, STATE_REVIEW},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct history *history = announced();
                struct reading *reading = make(rows[i].kind, STATUS_NONE, -8, NIGHT + rows[i].move);
                struct window *window = notice_in(reading)->windows->pdata[0];
                window->end = window->start + rows[i].length;
                reading->sender = rows[i].sender;
                history_expect(history, reading, RESOLUTION_REVIEW);
                assert_event(EVENT(0), rows[i].state, NIGHT, false);
                g_assert_cmpint(EVENT(0)->end, ==, NIGHT + LENGTH);
                history_free(history);
        }
}

static void test_impact(void)
{
        struct history *history = announced();
        struct reading *reading = make(KIND_UPDATE, STATUS_CONFIRMED, -8, NIGHT);
        g_ptr_array_add(notice_in(reading)->circuits, circuit_new("a1", IMPACT_DEGRADED));
        history_expect(history, reading, RESOLUTION_CALENDAR);
        g_assert_cmpint(history_find(history, "tidewater:TW1")->impact, ==, IMPACT_DEGRADED);
        g_assert_cmpuint(history_find(history, "tidewater:TW1")->circuits->len, ==, 1);
        g_assert_cmpstr(last_change(history), ==, "impact now DEGRADED");
        history_free(history);
}

/* One night of two moves: one post and one act for it; a circuit that holds for both gives one post and two acts. */
static void test_posts(void)
{
        struct history *history = history_new();
        struct reading *reading = make(KIND_NEW, STATUS_CONFIRMED, -9, NIGHT);
        add_window(reading, NIGHT + DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        reading = make(KIND_RESCHEDULE, STATUS_RESCHEDULED, -8, NIGHT);
        add_window(reading, NIGHT + 2 * DAY);
        struct verdict *verdict = history_hear(history, reading);
        const GPtrArray *posts = history_find(history, "tidewater:TW1")->posts;
        const struct post *post = posts->pdata[posts->len - 1];
        g_assert_cmpuint(verdict->acts->len, ==, 1);
        g_assert_cmpint(post->ordinal, ==, 2);
        g_assert_cmpstr(post->change, ==, "moved to 2026-03-03 00:00 UTC");
        verdict_free(verdict);
        add_circuit(reading, "A1");
        verdict = history_hear(history, reading);
        posts = history_find(history, "tidewater:TW1")->posts;
        post = posts->pdata[posts->len - 1];
        g_assert_cmpuint(verdict->acts->len, ==, 2);
        g_assert_cmpint(post->ordinal, ==, 0);
        g_assert_cmpstr(post->change, ==, "circuits added: A1; impact now OUTAGE");
        verdict_free(verdict);
        reading_free(reading);
        history_free(history);
}

/* Two notices of one maintenance in one mail: one revision. */
static void test_two_notices(void)
{
        struct history *history = announced();
        struct reading *reading = make(KIND_UPDATE, STATUS_CONFIRMED, -8, NIGHT);
        struct notice *second = notice_new();
        second->maintenance_id = g_strdup("#tw1");
        second->status = STATUS_CONFIRMED;
        g_ptr_array_add(second->circuits, circuit_new("C3", IMPACT_OUTAGE));
        g_ptr_array_add(reading->notices, second);
        add_circuit(reading, "B2");
        struct verdict *verdict = history_hear(history, reading);
        g_assert_cmpuint(verdict->acts->len, ==, 1);
        g_assert_cmpuint(verdict->maintenances->len, ==, 1);
        g_assert_cmpint(EVENT(0)->sequence, ==, 1);
        g_assert_cmpuint(history_find(history, "tidewater:TW1")->circuits->len, ==, 3);
        verdict_free(verdict);
        reading_free(reading);
        history_free(history);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/decide-rules/presumed", test_presumed);
        g_test_add_func("/decide-rules/extended-again", test_extended_again);
        g_test_add_func("/decide-rules/tombstone", test_tombstone);
        g_test_add_func("/decide-rules/forged-tombstone", test_forged_tombstone);
        g_test_add_func("/decide-rules/forged-end", test_forged_end);
        g_test_add_func("/decide-rules/postponed", test_postponed);
        g_test_add_func("/decide-rules/postponed-unknown", test_postponed_unknown);
        g_test_add_func("/decide-rules/renumbered", test_renumbered);
        g_test_add_func("/decide-rules/other-text", test_other_text);
        g_test_add_func("/decide-rules/reminder-before-belated", test_reminder_before_belated);
        g_test_add_func("/decide-rules/split-unclear", test_split_unclear);
        g_test_add_func("/decide-rules/night-over", test_night_over);
        g_test_add_func("/decide-rules/impossible-move", test_impossible_move);
        g_test_add_func("/decide-rules/impact", test_impact);
        g_test_add_func("/decide-rules/posts", test_posts);
        g_test_add_func("/decide-rules/two-notices", test_two_notices);
        return g_test_run();
}
