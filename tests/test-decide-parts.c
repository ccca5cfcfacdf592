/* The parts of a decision: which maintenance, which window, doubts, dates, acts. */
#include "history.h"

static struct reading *new_on(gint64 date, gint64 night)
{
        struct reading *reading = make_reading(KIND_NEW, STATUS_CONFIRMED, date);
        add_window(reading, night);
        add_circuit(reading, "A1");
        return reading;
}

static struct event *event_of(const struct history *history, const char *key, guint i)
{
        const struct maintenance *maintenance = history_find(history, key);
        g_assert_nonnull(maintenance);
        g_assert_cmpuint(maintenance->events->len, >, i);
        return maintenance->events->pdata[i];
}

#define EVENT(i) event_of(history, "tidewater:TW1", i)

static void assert_event(const struct event *event, enum state state, gint64 start, int ordinal)
{
        g_assert_cmpstr(state_word(event->state), ==, state_word(state));
        g_assert_cmpint(event->start, ==, start);
        g_assert_cmpint(event->ordinal, ==, ordinal);
}

/* A list of three nights without the second: it is cancelled; a fourth gets a new ordinal. */
static void test_window_gone(void)
{
        struct history *history = history_new();
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        add_window(reading, NIGHT + DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        reading = make_reading(KIND_UPDATE, STATUS_CONFIRMED, NIGHT - 8 * DAY);
        add_circuit(reading, "A1");
        add_window(reading, NIGHT);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, 1);
        assert_event(EVENT(1), STATE_CANCELLED, NIGHT + DAY, 2);
        g_assert_cmpint(EVENT(0)->sequence, ==, 0);
        g_assert_cmpint(EVENT(1)->sequence, ==, 1);
        reading = make_reading(KIND_UPDATE, STATUS_CONFIRMED, NIGHT - 7 * DAY);
        add_circuit(reading, "A1");
        add_window(reading, NIGHT);
        add_window(reading, NIGHT + 3 * DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(1), STATE_CANCELLED, NIGHT + DAY, 2);
        assert_event(EVENT(2), STATE_CONFIRMED, NIGHT + 3 * DAY, 3);
        history_free(history);
}

/* A copy for one circuit of two is no whole list. */
static void test_partial_list(void)
{
        struct history *history = history_new();
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        add_circuit(reading, "B2");
        add_window(reading, NIGHT + DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        reading = make_reading(KIND_UPDATE, STATUS_CONFIRMED, NIGHT - 8 * DAY);
        add_circuit(reading, "a 1");
        add_window(reading, NIGHT);
        history_expect(history, reading, RESOLUTION_NONE);
        assert_event(EVENT(1), STATE_CONFIRMED, NIGHT + DAY, 2);
        history_free(history);
}

static void test_windows_unclear(void)
{
        struct history *history = history_new();
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        add_window(reading, NIGHT + DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        reading = make_reading(KIND_RESCHEDULE, STATUS_RESCHEDULED, NIGHT - 8 * DAY);
        add_window(reading, NIGHT + 5 * DAY);
        history_expect(history, reading, RESOLUTION_REVIEW);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, 1);
        assert_event(EVENT(1), STATE_CONFIRMED, NIGHT + DAY, 2);
        history_free(history);
}

/* "Was: night 2. Now: night 6." among two nights. */
static void test_window_told(void)
{
        struct history *history = history_new();
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        add_window(reading, NIGHT + DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        reading = make_reading(KIND_RESCHEDULE, STATUS_RESCHEDULED, NIGHT - 8 * DAY);
        add_circuit(reading, "B2");
        add_window(reading, NIGHT + DAY)->status = STATUS_CANCELLED;
        add_window(reading, NIGHT + 5 * DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, 1);
        assert_event(EVENT(1), STATE_CONFIRMED, NIGHT + 5 * DAY, 2);
        history_free(history);
}

/* One night of two is called off by its own status. */
static void test_window_status(void)
{
        struct history *history = history_new();
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        add_window(reading, NIGHT + DAY)->role = ROLE_BACKUP;
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(1), STATE_TENTATIVE, NIGHT + DAY, 2);
        reading = make_reading(KIND_UPDATE, STATUS_CONFIRMED, NIGHT - 8 * DAY);
        add_window(reading, NIGHT);
        struct window *window = add_window(reading, NIGHT + DAY);
        window->role = ROLE_BACKUP;
        window->status = STATUS_CANCELLED;
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, 1);
        assert_event(EVENT(1), STATE_CANCELLED, NIGHT + DAY, 2);
        history_free(history);
}

static struct reading *without_id(struct reading *reading)
{
        g_clear_pointer(&notice_in(reading)->maintenance_id, g_free);
        return reading;
}

/* Without an id the root of the thread is the key; then circuits and times join, and an id found later is an alias. */
static void test_without_id(void)
{
        struct history *history = history_new();
        history_expect(history, without_id(new_on(NIGHT - 9 * DAY, NIGHT)), RESOLUTION_CALENDAR);
        history_expect(history, without_id(new_on(NIGHT - 8 * DAY, NIGHT)), RESOLUTION_NONE);
        struct reading *reading = without_id(make_reading(KIND_CANCELLED, STATUS_CANCELLED, NIGHT - 7 * DAY));
        add_circuit(reading, "A1");
        history_expect(history, reading, RESOLUTION_CALENDAR);
        g_assert_cmpuint(history->maintenances->len, ==, 1);
        g_autofree char *key = g_strdup_printf("tidewater:<%" G_GINT64_FORMAT "@mail.example>", NIGHT - 9 * DAY);
        assert_event(event_of(history, key, 0), STATE_CANCELLED, NIGHT, 1);
        g_autofree char *uid = g_strdup(event_of(history, key, 0)->uid);
        reading = make_reading(KIND_NEW, STATUS_CONFIRMED, NIGHT - 6 * DAY);
        g_ptr_array_add(reading->thread.references, g_strdup_printf("%" G_GINT64_FORMAT "@mail.example", NIGHT - 9 * DAY));
        add_window(reading, NIGHT + DAY);
        history_expect(history, reading, RESOLUTION_CALENDAR);
        reading = make_reading(KIND_COMPLETED, STATUS_COMPLETED, NIGHT + 2 * DAY); /* by its id alone */
        history_expect(history, reading, RESOLUTION_CALENDAR);
        g_assert_cmpuint(history->maintenances->len, ==, 1);
        assert_event(event_of(history, key, 0), STATE_COMPLETED, NIGHT + DAY, 1);
        g_assert_cmpstr(event_of(history, key, 0)->uid, ==, uid);
        history_free(history);
}

/* Two that are alike: no guess. And two ids are two maintenances, whatever the thread. */
static void test_not_joined(void)
{
        struct history *history = history_new();
        history_expect(history, without_id(new_on(NIGHT - 9 * DAY, NIGHT)), RESOLUTION_CALENDAR);
        history_expect(history, without_id(new_on(NIGHT - 8 * DAY, NIGHT + DAY)), RESOLUTION_CALENDAR);
        g_assert_cmpuint(history->maintenances->len, ==, 2);
        struct reading *reading = without_id(make_reading(KIND_CANCELLED, STATUS_CANCELLED, NIGHT - 7 * DAY));
        add_circuit(reading, "A1");
        history_expect(history, reading, RESOLUTION_REVIEW);
        history_expect(history, new_on(NIGHT - 6 * DAY, NIGHT + 2 * DAY), RESOLUTION_CALENDAR);
        reading = new_on(NIGHT - 5 * DAY, NIGHT + 3 * DAY);
        g_free(notice_in(reading)->maintenance_id);
        notice_in(reading)->maintenance_id = g_strdup("TW2");
        g_ptr_array_add(reading->thread.references, g_strdup_printf("%" G_GINT64_FORMAT "@mail.example", NIGHT - 6 * DAY));
        history_expect(history, reading, RESOLUTION_CALENDAR);
        g_assert_cmpuint(history->maintenances->len, ==, 4);
        history_free(history);
}

/* The vendor's SEQUENCE counts more than the Date, for the same vendor UID. */
static void test_vendor_sequence(void)
{
        struct history *history = history_new();
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        reading->thread.calendar_uid = g_strdup("77@tidewater.example");
        reading->thread.calendar_sequence = 5;
        history_expect(history, reading, RESOLUTION_CALENDAR);
        reading = new_on(NIGHT - 8 * DAY, NIGHT + DAY);
        reading->thread.calendar_uid = g_strdup("77@tidewater.example");
        reading->thread.calendar_sequence = 4;
        history_expect(history, reading, RESOLUTION_NONE);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, 1);
        reading = new_on(NIGHT - 10 * DAY, NIGHT + DAY);
        reading->thread.calendar_uid = g_strdup("77@tidewater.example");
        reading->thread.calendar_sequence = 6;
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT + DAY, 1);
        g_assert_cmpint(EVENT(0)->modified, ==, NIGHT - 9 * DAY); /* never goes back */
        history_free(history);
}

/* Rule 4: such a window is an event that waits for a person. */
static void test_doubtful_windows(void)
{
        static const struct {
                enum kind kind;
                gint64 start, length;
                enum state state;
        } rows[] = {
                {KIND_NEW, NIGHT, 0, STATE_REVIEW},
                {KIND_NEW, NIGHT, -HOUR, STATE_REVIEW},
                {KIND_NEW, NIGHT, 30 * DAY, STATE_CONFIRMED},
                {KIND_NEW, NIGHT, 30 * DAY + 60, STATE_REVIEW},
                {KIND_NEW, NIGHT + 540 * DAY, LENGTH, STATE_REVIEW},
                {KIND_NEW, NIGHT - 10 * DAY, LENGTH, STATE_REVIEW},
                {KIND_RESCHEDULE, NIGHT - 10 * DAY, LENGTH, STATE_REVIEW},
                {KIND_REMINDER, NIGHT - 10 * DAY, LENGTH, STATE_REVIEW},
                {KIND_EXTENDED, NIGHT - 10 * DAY, LENGTH, STATE_CONFIRMED},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct history *history = history_new();
                struct reading *reading = make_reading(rows[i].kind, STATUS_CONFIRMED, NIGHT - 9 * DAY);
                struct window *window = add_window(reading, rows[i].start);
                window->end = window->start + rows[i].length;
                history_expect(history, reading, rows[i].state == STATE_REVIEW ? RESOLUTION_REVIEW : RESOLUTION_CALENDAR);
                assert_event(EVENT(0), rows[i].state, rows[i].start, 1);
                g_assert_cmpint(EVENT(0)->is_checked, ==, rows[i].state != STATE_REVIEW);
                g_assert_true(rows[i].length > 0 || EVENT(0)->end == MAINTENANCE_NO_TIME);
                history_free(history);
        }
}

/* Dates lie between a week before the arrival and ten minutes after it. */
static void test_clamped_date(void)
{
        static const struct {
                gint64 written, modified;
        } rows[] = {{NIGHT - 30 * DAY, NIGHT - 16 * DAY}, {NIGHT + DAY, NIGHT - 9 * DAY + 600}, {NIGHT - 10 * DAY, NIGHT - 10 * DAY}};
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct history *history = history_new();
                struct reading *reading = new_on(rows[i].written, NIGHT + 20 * DAY);
                reading->thread.received = NIGHT - 9 * DAY;
                history_expect(history, reading, RESOLUTION_CALENDAR);
                g_assert_cmpint(EVENT(0)->modified, ==, rows[i].modified);
                g_assert_cmpint(EVENT(0)->created, ==, rows[i].modified);
                history_free(history);
        }
}

/* What the configuration holds back, and what is no event at all. */
static void test_no_act(void)
{
        struct history *history = history_new();
        history->policy.act_from = NIGHT - 8 * DAY;
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        struct verdict *verdict = history_hear(history, reading);
        g_assert_cmpuint(verdict->acts->len, ==, 0);
        g_assert_cmpuint(verdict->maintenances->len, ==, 1);
        verdict_free(verdict);
        reading_free(reading);
        history->policy.publish_review = false;
        reading = make_reading(KIND_CANCELLED, STATUS_CANCELLED, NIGHT - 7 * DAY);
        reading->sender = SENDER_UNCHECKED;
        verdict = history_hear(history, reading);
        g_assert_cmpuint(verdict->acts->len, ==, 0);
        g_assert_false(EVENT(0)->is_checked);
        verdict_free(verdict);
        reading->sender = SENDER_PASSED;
        verdict = history_hear(history, reading);
        g_assert_cmpuint(verdict->acts->len, ==, 1);
        const struct act *act = verdict->acts->pdata[0];
        g_assert_cmpint(act->kind, ==, ACT_CANCEL_EVENT);
        g_assert_cmpint(act->sequence, ==, 2);
        g_assert_cmpstr(act->uid, ==, EVENT(0)->uid);
        verdict_free(verdict);
        reading_free(reading);
        history_free(history);
}

static void test_trusted(void)
{
        static const char *const trusted[] = {"tidewater", NULL};
        struct history *history = history_new();
        history->policy.trusted = history->policy.day = trusted;
        history_expect(history, new_on(NIGHT - 9 * DAY, NIGHT), RESOLUTION_CALENDAR);
        g_assert_true(EVENT(0)->is_all_day);
        struct reading *reading = make_reading(KIND_CANCELLED, STATUS_CANCELLED, NIGHT - 7 * DAY);
        reading->sender = SENDER_UNCHECKED;
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CANCELLED, NIGHT, 1);
        history_free(history);
}

/* A person accepts what waited. */
static void test_by_person(void)
{
        struct history *history = history_new();
        struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
        reading->confidence = CONFIDENCE_MEDIUM;
        history_expect(history, reading, RESOLUTION_REVIEW);
        assert_event(EVENT(0), STATE_REVIEW, NIGHT, 1);
        history->policy.by_person = true;
        reading = new_on(NIGHT - 9 * DAY, NIGHT);
        reading->confidence = CONFIDENCE_MEDIUM;
        history_expect(history, reading, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, 1);
        g_assert_true(EVENT(0)->is_checked);
        history_free(history);
}

/* What the table would ask a person is answered when a person decides. */
static void test_person_answers(void)
{
        struct history *history = history_new();
        history_expect(history, new_on(NIGHT - 9 * DAY, NIGHT), RESOLUTION_CALENDAR);
        struct reading *reminder = make_reading(KIND_REMINDER, STATUS_CONFIRMED, NIGHT - 3 * DAY);
        add_window(reminder, NIGHT + DAY);
        history_expect(history, reminder, RESOLUTION_REVIEW);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT, 1);
        g_assert_false(EVENT(0)->is_checked);
        history->policy.by_person = true;
        reminder = make_reading(KIND_REMINDER, STATUS_CONFIRMED, NIGHT - 3 * DAY);
        add_window(reminder, NIGHT + DAY);
        history_expect(history, reminder, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT + DAY, 1);
        g_assert_true(EVENT(0)->is_checked);
        struct reading *both = make_reading(KIND_RESCHEDULE, STATUS_CONFIRMED, NIGHT - 2 * DAY);
        add_window(both, NIGHT + 40 * DAY)->end += 40 * DAY;
        add_window(both, NIGHT + 90 * DAY);
        history_expect(history, both, RESOLUTION_CALENDAR);
        assert_event(EVENT(0), STATE_CONFIRMED, NIGHT + 40 * DAY, 1);
        assert_event(EVENT(1), STATE_CONFIRMED, NIGHT + 90 * DAY, 2);
        struct reading *backwards = make_reading(KIND_RESCHEDULE, STATUS_CONFIRMED, NIGHT - DAY);
        add_window(backwards, NIGHT)->end = NIGHT - 1;
        add_window(backwards, NIGHT + 90 * DAY);
        history_expect(history, backwards, RESOLUTION_REVIEW);
        history_free(history);
}

/* Positive evidence, and the want of it. */
static void test_no_event(void)
{
        static const struct {
                bool is_test, is_noise, is_known, needs_person, is_by_words;
                enum kind kind;
                enum resolution resolution;
        } rows[] = {
                {.is_test = true, .kind = KIND_NEW, .resolution = RESOLUTION_NONE},
                {.is_noise = true, .kind = KIND_OTHER, .resolution = RESOLUTION_NONE},
                {.is_known = true, .kind = KIND_NEW, .resolution = RESOLUTION_NONE},
                {.kind = KIND_OUTAGE, .resolution = RESOLUTION_NONE},
                {.kind = KIND_OUTAGE, .needs_person = true, .resolution = RESOLUTION_REVIEW},
                {.is_by_words = true, .kind = KIND_NEW, .resolution = RESOLUTION_REVIEW},
                {.kind = KIND_OTHER, .resolution = RESOLUTION_REVIEW},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autoptr(GPtrArray) none = g_ptr_array_new();
                struct past past = {.maintenances = none, .is_known = rows[i].is_known};
                struct policy policy = {.publish_review = true, .act_from = G_MININT64};
                struct reading *reading = new_on(NIGHT - 9 * DAY, NIGHT);
                reading->kind = rows[i].kind;
                reading->is_test = rows[i].is_test;
                reading->is_noise = rows[i].is_noise;
                reading->needs_person = rows[i].needs_person;
                reading->is_by_words = rows[i].is_by_words;
                struct verdict *verdict = decide_maint(&past, reading, &policy);
                g_assert_cmpstr(resolution_word(verdict->resolution), ==, resolution_word(rows[i].resolution));
                g_assert_cmpuint(verdict->acts->len + verdict->maintenances->len, ==, 0);
                g_assert_cmpuint(verdict->reasons->len, >, 0);
                verdict_free(verdict);
                reading_free(reading);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/decide-parts/window-gone", test_window_gone);
        g_test_add_func("/decide-parts/partial-list", test_partial_list);
        g_test_add_func("/decide-parts/windows-unclear", test_windows_unclear);
        g_test_add_func("/decide-parts/window-told", test_window_told);
        g_test_add_func("/decide-parts/window-status", test_window_status);
        g_test_add_func("/decide-parts/without-id", test_without_id);
        g_test_add_func("/decide-parts/not-joined", test_not_joined);
        g_test_add_func("/decide-parts/vendor-sequence", test_vendor_sequence);
        g_test_add_func("/decide-parts/doubtful-windows", test_doubtful_windows);
        g_test_add_func("/decide-parts/clamped-date", test_clamped_date);
        g_test_add_func("/decide-parts/no-act", test_no_act);
        g_test_add_func("/decide-parts/trusted", test_trusted);
        g_test_add_func("/decide-parts/by-person", test_by_person);
        g_test_add_func("/decide-parts/person-answers", test_person_answers);
        g_test_add_func("/decide-parts/no-event", test_no_event);
        return g_test_run();
}
