/* Mails that arrive in any order leave the same events behind, forged ones among them (CALENDAR.md 1, rules 1 to 3). */
#include "history.h"

#include <string.h>

enum { MOST_MAILS = 3, ANY = -1 };

/* One mail of a story. */
struct letter {
        enum kind kind;
        enum status status;
        int day;             /* of its Date: days before the night, negative */
        int window;          /* night of its window, counted from NIGHT; ANY: it gives none */
        const char *circuit; /* NULL: none */
        enum sender sender;
};

/* Where the story ends, whatever the order. */
struct story {
        const char *name;
        struct letter letters[MOST_MAILS];
        enum state state;
        int window;     /* ANY: by the order, as rule 2 says: an older mail changes no times */
        int is_checked; /* ANY: by the order */
        const char *circuits[3];
};

#define PASSED SENDER_PASSED
#define FORGED SENDER_UNCHECKED
/* clang-format off */
static const struct story stories[] = {
        {"moved, then called off",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_RESCHEDULE, STATUS_RESCHEDULED, -8, 1, "A1", PASSED},
          {KIND_CANCELLED, STATUS_CANCELLED, -7, ANY, NULL, PASSED}}, STATE_CANCELLED, ANY, true, {"A1"}},
        {"one copy for each circuit, then called off",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_NEW, STATUS_CONFIRMED, -8, 0, "B2", PASSED},
          {KIND_CANCELLED, STATUS_CANCELLED, -7, 0, "A1", PASSED}}, STATE_CANCELLED, 0, true, {"A1", "B2"}},
        {"three copies",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_NEW, STATUS_CONFIRMED, -8, 0, "B2", PASSED},
          {KIND_NEW, STATUS_CONFIRMED, -7, 0, "C3", PASSED}}, STATE_CONFIRMED, 0, true, {"A1", "B2", "C3"}},
        {"started and completed",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_STARTED, STATUS_IN_PROCESS, 0, 0, NULL, PASSED},
          {KIND_COMPLETED, STATUS_COMPLETED, 1, ANY, NULL, PASSED}}, STATE_COMPLETED, 0, true, {"A1"}},
        {"a reminder before a move",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_REMINDER, STATUS_NO_CHANGE, -8, 0, "A1", PASSED},
          {KIND_RESCHEDULE, STATUS_RESCHEDULED, -7, 2, "A1", PASSED}}, STATE_CONFIRMED, 2, true, {"A1"}},
        {"moved twice",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_RESCHEDULE, STATUS_RESCHEDULED, -8, 1, "A1", PASSED},
          {KIND_RESCHEDULE, STATUS_RESCHEDULED, -7, 2, "A1", PASSED}}, STATE_CONFIRMED, 2, true, {"A1"}},
        {"called off and announced again",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_CANCELLED, STATUS_CANCELLED, -8, ANY, NULL, PASSED},
          {KIND_NEW, STATUS_CONFIRMED, -7, 1, "A1", PASSED}}, STATE_CONFIRMED, 1, ANY, {"A1"}},
        {"a forged cancellation before a move",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_CANCELLED, STATUS_CANCELLED, -8, ANY, NULL, FORGED},
          {KIND_RESCHEDULE, STATUS_RESCHEDULED, -7, 1, "A1", PASSED}}, STATE_CONFIRMED, 1, true, {"A1"}},
        {"a forged cancellation last of all",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_RESCHEDULE, STATUS_RESCHEDULED, -8, 1, "A1", PASSED},
          {KIND_CANCELLED, STATUS_CANCELLED, -7, 1, "A1", FORGED}}, STATE_CONFIRMED, 1, ANY, {"A1"}},
        {"a forged completion before the real cancellation",
         {{KIND_NEW, STATUS_CONFIRMED, -9, 0, "A1", PASSED}, {KIND_COMPLETED, STATUS_COMPLETED, -8, 0, NULL, SENDER_FAILED},
          {KIND_CANCELLED, STATUS_CANCELLED, -7, ANY, NULL, PASSED}}, STATE_CANCELLED, 0, true, {"A1"}},
};
/* clang-format on */

static const int orders[][MOST_MAILS] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

static struct reading *make_letter(const struct letter *letter)
{
        struct reading *reading = make_reading(letter->kind, letter->status, NIGHT + letter->day * DAY);
        reading->sender = letter->sender;
        if (letter->window != ANY)
                add_window(reading, NIGHT + letter->window * DAY);
        if (letter->circuit)
                add_circuit(reading, letter->circuit);
        return reading;
}

static void assert_circuits(const struct maintenance *maintenance, const char *const *expected)
{
        guint n = 0;
        for (; n < 3 && expected[n]; n++) {
                bool is_there = false;
                for (guint i = 0; i < maintenance->circuits->len; i++)
                        is_there |= strcmp(((const struct circuit *)maintenance->circuits->pdata[i])->circuit_id, expected[n]) == 0;
                if (!is_there)
                        g_test_message("circuit %s is missing", expected[n]);
                g_assert_true(is_there);
        }
        g_assert_cmpuint(maintenance->circuits->len, ==, n);
}

static void assert_end(const struct story *story, const struct maintenance *maintenance)
{
        g_assert_nonnull(maintenance);
        g_assert_cmpuint(maintenance->events->len, ==, 1);
        const struct event *event = maintenance->events->pdata[0];
        g_assert_cmpstr(state_word(event->state), ==, state_word(story->state));
        if (story->window != ANY) {
                g_assert_cmpint(event->start, ==, NIGHT + story->window * DAY);
                g_assert_cmpint(event->end, ==, NIGHT + story->window * DAY + LENGTH);
        }
        if (story->is_checked != ANY)
                g_assert_cmpint(event->is_checked, ==, story->is_checked);
        g_assert_cmpint(event->created, ==, NIGHT - 9 * DAY);
        assert_circuits(maintenance, story->circuits);
}

/* The keys of the acts of a story: none may come twice, and every change has one. */
static void count_acts(GHashTable *keys, const struct verdict *verdict)
{
        for (guint i = 0; i < verdict->acts->len; i++) {
                const struct act *act = verdict->acts->pdata[i];
                g_assert_true(g_hash_table_add(keys, g_strdup_printf("%s/%d", act->uid, act->sequence)));
        }
}

static void tell(const struct story *story, const int *order)
{
        struct history *history = history_new();
        g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_test_message("%s, in the order %d %d %d", story->name, order[0], order[1], order[2]);
        for (int i = 0; i < MOST_MAILS; i++) {
                struct reading *reading = make_letter(&story->letters[order[i]]);
                struct verdict *verdict = history_hear(history, reading);
                count_acts(keys, verdict);
                verdict_free(verdict);
                reading_free(reading);
        }
        const struct maintenance *maintenance = history_find(history, "tidewater:TW1");
        assert_end(story, maintenance);
        const struct event *event = maintenance->events->pdata[0];
        g_assert_cmpuint(g_hash_table_size(keys), ==, (guint)event->sequence + 1);
        history_free(history);
}

static void test_orders(void)
{
        guint n = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(stories); i++)
                for (gsize k = 0; k < G_N_ELEMENTS(orders); k++, n++)
                        tell(&stories[i], orders[k]);
        g_test_message("%u tellings of %u stories", n, (guint)G_N_ELEMENTS(stories));
}

/* Every mail a second time, under another Message-ID: nothing is changed, nothing queued. */
static void test_twice(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(stories); i++) {
                struct history *history = history_new();
                for (int k = 0; k < MOST_MAILS; k++) {
                        const struct letter *letter = &stories[i].letters[k];
                        struct reading *first = make_letter(letter), *again = make_letter(letter);
                        g_free(again->message_id);
                        again->message_id = g_strdup("again@mail.example");
                        struct verdict *verdict = history_hear(history, first), *second = history_hear(history, again);
                        g_assert_cmpuint(second->acts->len, ==, 0);
                        if (letter->sender == PASSED)
                                g_assert_cmpstr(resolution_word(second->resolution), ==, "none");
                        verdict_free(verdict);
                        verdict_free(second);
                        reading_free(first);
                        reading_free(again);
                }
                history_free(history);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/decide-order/orders", test_orders);
        g_test_add_func("/decide-order/twice", test_twice);
        return g_test_run();
}
