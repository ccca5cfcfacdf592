/* People's decisions: what they do to the calendar, that all of it can be taken back, and that mails and decisions rebuild the ledger.
 * In: readings and decisions made up here. Out: TAP. */
#include "base/fail.h"
#include "history.h"
#include "ledger/journal.h"
#include "ledger/review.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#define TEN "tidewater:TW1"

struct fixture {
        char *directory;
        struct ledger *ledger;
        struct policy policy;
        GPtrArray *mails; /* struct reading: all that came, in their order */
        gint64 now;
};

static void set_up(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GError) error = NULL;
        fixture->directory = g_dir_make_tmp("mailclinic-XXXXXX", NULL);
        fixture->ledger = ledger_open(fixture->directory, &error);
        g_assert_no_error(error);
        fixture->policy = (struct policy){.publish_review = true, .act_from = G_MININT64};
        fixture->mails = g_ptr_array_new_with_free_func((GDestroyNotify)reading_free);
        fixture->now = NIGHT - 4 * DAY;
}

static void tear_down(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        static const char *const names[] = {"ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "decisions.jsonl"};
        ledger_free(fixture->ledger);
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
                g_autofree char *path = g_build_filename(fixture->directory, names[i], NULL);
                g_unlink(path);
        }
        g_rmdir(fixture->directory);
        g_ptr_array_unref(fixture->mails);
        g_free(fixture->directory);
}

static struct mail_key key_of(const struct reading *reading)
{
        return mail_key_of(reading, "raw:0");
}

static gint64 record(struct ledger *ledger, const struct policy *policy, const struct reading *reading)
{
        g_autoptr(GError) error = NULL;
        struct mail_key key = key_of(reading);
        struct past past = {0};
        gint64 id;
        g_assert_true(ledger_past(ledger, &key, reading, &past, &error));
        struct verdict *verdict = decide_maint(&past, reading, policy);
        struct record mail = {.key = key, .reading = reading, .verdict = verdict};
        g_assert_true(ledger_record(ledger, &mail, &id, &error));
        past_release(&past);
        verdict_free(verdict);
        return id;
}

/* A mail comes in; the reading is kept for a rebuild. */
static gint64 hear(struct fixture *fixture, struct reading *reading)
{
        g_ptr_array_add(fixture->mails, reading);
        return record(fixture->ledger, &fixture->policy, reading);
}

static struct reading *notice(enum kind kind, enum status status, gint64 days_before, gint64 start)
{
        struct reading *reading = make_reading(kind, status, NIGHT - days_before * DAY);
        if (start)
                add_window(reading, start);
        add_circuit(reading, "TW/LON 1");
        return reading;
}

static struct reading *unsure(enum kind kind, enum status status, gint64 days_before, gint64 start)
{
        struct reading *reading = notice(kind, status, days_before, start);
        reading->confidence = CONFIDENCE_MEDIUM;
        return reading;
}

static struct reading *forged(gint64 days_before)
{
        struct reading *reading = notice(KIND_CANCELLED, STATUS_CANCELLED, days_before, 0);
        reading->sender = SENDER_UNCHECKED;
        return reading;
}

/* Decide, naming the revision, as the command does. Takes over the decision; false with the code of the error. */
static bool decide(struct fixture *fixture, gint64 mail, struct decision *decision, int *code)
{
        g_autoptr(GError) error = NULL;
        decision->by = g_strdup("jane");
        decision->at = fixture->now += HOUR;
        decision->revision = review_revision(fixture->ledger, mail, &error);
        g_assert_nonnull(decision->revision);
        g_assert_true(review_name(fixture->ledger, mail, decision, &error));
        bool is_fine = review_carry_out(fixture->ledger, decision, &fixture->policy, NULL, &error);
        g_assert_true(is_fine == !error);
        if (code)
                *code = error ? error->code : 0;
        else
                g_assert_no_error(error);
        decision_free(decision);
        g_assert_true(journal_write(fixture->ledger, NULL));
        return is_fine;
}

static void simply(struct fixture *fixture, gint64 mail, enum deed deed)
{
        decide(fixture, mail, decision_new(deed), NULL);
}

static struct decision *corrected(gint64 start)
{
        struct decision *decision = decision_new(DEED_CORRECT);
        if (!start)
                return decision;
        struct window *window = window_new();
        window->start = start;
        window->end = start + LENGTH;
        g_ptr_array_add(decision->correction.windows, window);
        return decision;
}

static enum resolution resolution_of_mail(struct fixture *fixture, gint64 mail)
{
        struct entry *entry = ledger_mail(fixture->ledger, mail, NULL, NULL);
        enum resolution resolution = entry->resolution;
        entry_free(entry);
        return resolution;
}

/* The one event of a maintenance. */
static void assert_event(struct fixture *fixture, const char *key, enum state state, gint64 start, bool is_checked, int sequence)
{
        struct maintenance *maintenance = ledger_maintenance(fixture->ledger, key, NULL);
        g_assert_nonnull(maintenance);
        g_assert_cmpuint(maintenance->events->len, ==, 1);
        const struct event *event = maintenance->events->pdata[0];
        g_assert_cmpstr(state_word(event->state), ==, state_word(state));
        g_assert_cmpint(event->start, ==, start);
        g_assert_cmpint(event->is_checked, ==, is_checked);
        g_assert_cmpint(event->sequence, ==, sequence);
        maintenance_free(maintenance);
}

static gint64 count_acts(struct fixture *fixture)
{
        struct ledger_counts counts;
        g_assert_true(ledger_count(fixture->ledger, &counts, NULL));
        return counts.acts;
}

static void test_accept(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        gint64 mail = hear(fixture, unsure(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        assert_event(fixture, TEN, STATE_REVIEW, NIGHT, false, 0);
        simply(fixture, mail, DEED_ACCEPT);
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT, true, 1);
        g_assert_cmpint(resolution_of_mail(fixture, mail), ==, RESOLUTION_CALENDAR);
        g_assert_cmpint(count_acts(fixture), ==, 2);
        simply(fixture, mail, DEED_UNDO);
        assert_event(fixture, TEN, STATE_REVIEW, NIGHT, false, 2);
        g_assert_cmpint(resolution_of_mail(fixture, mail), ==, RESOLUTION_REVIEW);
        g_assert_cmpint(count_acts(fixture), ==, 3);
        simply(fixture, mail, DEED_ACCEPT);
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT, true, 3);
        int code;
        simply(fixture, mail, DEED_UNDO);
        g_assert_false(decide(fixture, mail, decision_new(DEED_UNDO), &code));
        g_assert_cmpint(code, ==, FAIL_INPUT);
}

/* What a person accepts ends the event, what is no maintenance leaves it sure again. */
static void test_forged(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        hear(fixture, notice(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        gint64 mail = hear(fixture, forged(7));
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT, false, 1);
        simply(fixture, mail, DEED_ACCEPT);
        assert_event(fixture, TEN, STATE_CANCELLED, NIGHT, true, 2);
        simply(fixture, mail, DEED_UNDO);
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT, false, 3);
        struct decision *decision = decision_new(DEED_CORRECT);
        decision->correction.is_no_maintenance = true;
        decide(fixture, mail, decision, NULL);
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT, true, 4);
        g_assert_cmpint(resolution_of_mail(fixture, mail), ==, RESOLUTION_NONE);
}

static void test_correct(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        gint64 mail = hear(fixture, unsure(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        decide(fixture, mail, corrected(NIGHT + DAY), NULL);
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT + DAY, true, 1);
        struct decision *decision = corrected(0);
        decision->correction.kind = KIND_CANCELLED;
        decide(fixture, mail, decision, NULL);
        assert_event(fixture, TEN, STATE_CANCELLED, NIGHT + DAY, true, 2);
        simply(fixture, mail, DEED_UNDO);
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT + DAY, true, 3);
        simply(fixture, mail, DEED_UNDO);
        assert_event(fixture, TEN, STATE_REVIEW, NIGHT, false, 4);
}

/* The id was read wrongly: what stood under the wrong one is called off, and comes back. */
static void test_other_id(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        gint64 mail = hear(fixture, unsure(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        struct decision *decision = corrected(NIGHT);
        decision->correction.maintenance_id = g_strdup("TW77");
        decide(fixture, mail, decision, NULL);
        assert_event(fixture, "tidewater:TW77", STATE_CONFIRMED, NIGHT, true, 0);
        assert_event(fixture, TEN, STATE_CANCELLED, NIGHT, true, 1);
        simply(fixture, mail, DEED_UNDO);
        assert_event(fixture, "tidewater:TW77", STATE_CANCELLED, NIGHT, true, 1);
        assert_event(fixture, TEN, STATE_REVIEW, NIGHT, false, 2);
}

static void test_unknown_vendor(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *reading = reading_new();
        reading->message_id = g_strdup("stranger@mail.example");
        reading->kind = KIND_OTHER;
        reading->date = NIGHT - 9 * DAY;
        gint64 mail = hear(fixture, reading);
        int code;
        g_assert_false(decide(fixture, mail, decision_new(DEED_ACCEPT), &code));
        g_assert_cmpint(code, ==, FAIL_USAGE);
        g_assert_false(decide(fixture, mail, corrected(NIGHT), &code));
        g_assert_cmpint(code, ==, FAIL_USAGE);
        struct decision *decision = corrected(NIGHT);
        decision->correction.vendor = g_strdup("harbour");
        decide(fixture, mail, decision, NULL);
        assert_event(fixture, "harbour:<stranger@mail.example>", STATE_TENTATIVE, NIGHT, true, 0);
        simply(fixture, mail, DEED_UNDO);
        assert_event(fixture, "harbour:<stranger@mail.example>", STATE_CANCELLED, NIGHT, true, 1);
}

/* Two records of the same work: one goes on, and the id leads to it from now on. */
static void test_same_as(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        hear(fixture, notice(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        struct reading *other = unsure(KIND_NEW, STATUS_CONFIRMED, 8, NIGHT + DAY);
        g_free(notice_in(other)->maintenance_id);
        notice_in(other)->maintenance_id = g_strdup("TW11");
        gint64 mail = hear(fixture, other);
        struct decision *decision = corrected(NIGHT + DAY);
        decision->correction.same_as = g_strdup(TEN);
        decide(fixture, mail, decision, NULL);
        assert_event(fixture, TEN, STATE_CONFIRMED, NIGHT + DAY, true, 1);
        assert_event(fixture, "tidewater:TW11", STATE_CANCELLED, NIGHT + DAY, true, 1);
        struct reading *cancel = notice(KIND_CANCELLED, STATUS_CANCELLED, 6, 0);
        g_free(notice_in(cancel)->maintenance_id);
        notice_in(cancel)->maintenance_id = g_strdup("TW11");
        hear(fixture, cancel);
        assert_event(fixture, TEN, STATE_CANCELLED, NIGHT + DAY, true, 2);
}

/* What came since is decided again upon what stood before; a decision that others rest on must wait for them. */
static void test_undo_below(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        hear(fixture, notice(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        gint64 doubtful = hear(fixture, forged(8));
        simply(fixture, doubtful, DEED_ACCEPT);
        assert_event(fixture, TEN, STATE_CANCELLED, NIGHT, true, 2);
        gint64 late = hear(fixture, notice(KIND_REMINDER, STATUS_CONFIRMED, 6, NIGHT));
        g_assert_cmpint(resolution_of_mail(fixture, late), ==, RESOLUTION_REVIEW);
        simply(fixture, late, DEED_ACCEPT);
        int code;
        g_assert_false(decide(fixture, doubtful, decision_new(DEED_UNDO), &code));
        g_assert_cmpint(code, ==, FAIL_USAGE);
        simply(fixture, late, DEED_UNDO);
        simply(fixture, doubtful, DEED_UNDO);
        g_assert_cmpint(resolution_of_mail(fixture, late), ==, RESOLUTION_NONE);
        struct maintenance *maintenance = ledger_maintenance(fixture->ledger, TEN, NULL);
        g_assert_cmpint(((const struct event *)maintenance->events->pdata[0])->state, ==, STATE_CONFIRMED);
        maintenance_free(maintenance);
}

static void test_revision(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        gint64 mail = hear(fixture, unsure(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        g_autofree char *first = review_revision(fixture->ledger, mail, NULL);
        g_autofree char *again = review_revision(fixture->ledger, mail, NULL);
        g_assert_cmpstr(first, ==, again);
        g_assert_cmpuint(strlen(first), ==, 8);
        hear(fixture, forged(6));
        g_autofree char *attached = review_revision(fixture->ledger, mail, NULL);
        simply(fixture, mail, DEED_NOTE);
        g_autofree char *noted = review_revision(fixture->ledger, mail, NULL);
        g_assert_cmpstr(attached, !=, noted);
        simply(fixture, mail, DEED_ACCEPT);
        g_autofree char *accepted = review_revision(fixture->ledger, mail, NULL);
        g_assert_cmpstr(noted, !=, accepted);
}

static bool add_json(const struct maintenance *maintenance, void *data)
{
        json_t *json = maintenance_to_json(maintenance);
        char *text = json_dumps(json, JSON_SORT_KEYS);
        g_string_append_printf(data, "%s\n", text);
        free(text);
        json_decref(json);
        return true;
}

static bool add_mail(const struct entry *entry, void *data)
{
        g_string_append_printf(data, "%s %s %s\n", entry->message_id, resolution_word(entry->resolution), entry->cell);
        for (guint i = 0; i < entry->reasons->len; i++)
                g_string_append_printf(data, "  %s\n", (char *)entry->reasons->pdata[i]);
        return true;
}

/* All that stands in a ledger. */
static char *all_of(struct ledger *ledger)
{
        GString *all = g_string_new(NULL);
        struct wanted wanted = {.resolution = -1};
        g_assert_true(ledger_maintenances(ledger, G_MININT64, add_json, all, NULL));
        g_assert_true(ledger_mails(ledger, &wanted, add_mail, all, NULL));
        return g_string_free(all, FALSE);
}

/* Rebuilt from the mails and decisions.jsonl: the same to the last sequence. */
static void test_rebuild(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GError) error = NULL;
        gint64 first = hear(fixture, unsure(KIND_NEW, STATUS_CONFIRMED, 12, NIGHT));
        simply(fixture, first, DEED_ACCEPT);
        gint64 doubtful = hear(fixture, forged(10));
        simply(fixture, doubtful, DEED_ACCEPT);
        hear(fixture, notice(KIND_REMINDER, STATUS_CONFIRMED, 9, NIGHT));
        simply(fixture, doubtful, DEED_UNDO);
        gint64 moved = hear(fixture, unsure(KIND_RESCHEDULE, STATUS_RESCHEDULED, 8, NIGHT + 2 * DAY));
        simply(fixture, moved, DEED_NOTE);
        decide(fixture, moved, corrected(NIGHT + 3 * DAY), NULL);
        hear(fixture, notice(KIND_CONFIRMED, STATUS_CONFIRMED, 5, NIGHT + 3 * DAY));
        g_autofree char *path = g_build_filename(fixture->directory, "decisions.jsonl", NULL);
        struct ledger *again = ledger_memory(NULL, &error);
        struct redo *redo = redo_new(again, path, &error);
        g_assert_no_error(error);
        for (guint i = 0; i < fixture->mails->len; i++) {
                struct mail_key key = key_of(fixture->mails->pdata[i]);
                record(again, &fixture->policy, fixture->mails->pdata[i]);
                g_assert_true(redo_after(redo, &key, &fixture->policy, &error));
        }
        g_assert_true(redo_rest(redo, &fixture->policy, &error));
        g_assert_cmpuint(redo_done(redo), ==, 5);
        for (guint i = 0; i < redo_faults(redo)->len; i++)
                g_test_message("%s", (char *)redo_faults(redo)->pdata[i]);
        g_assert_cmpuint(redo_faults(redo)->len, ==, 0);
        g_autofree char *was = all_of(fixture->ledger), *is = all_of(again);
        g_assert_cmpstr(is, ==, was);
        redo_free(redo);
        ledger_free(again);
}

/* A line that was cut off is made up for; a file that knows more than the ledger is left alone. */
static void test_journal(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *path = g_build_filename(fixture->directory, "decisions.jsonl", NULL), *whole = NULL, *now = NULL;
        gint64 mail = hear(fixture, unsure(KIND_NEW, STATUS_CONFIRMED, 9, NIGHT));
        simply(fixture, mail, DEED_ACCEPT);
        simply(fixture, mail, DEED_UNDO);
        g_assert_true(g_file_get_contents(path, &whole, NULL, NULL));
        g_assert_true(g_file_set_contents(path, whole, (gssize)strlen(whole) - 9, NULL));
        g_autoptr(GPtrArray) cut = journal_read(path, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(cut->len, ==, 1);
        g_assert_true(journal_write(fixture->ledger, NULL));
        g_assert_true(g_file_get_contents(path, &now, NULL, NULL));
        g_assert_cmpstr(now, ==, whole);
        g_autofree char *more = g_strconcat(whole, "{\"number\":3}\n", NULL);
        g_assert_true(g_file_set_contents(path, more, -1, NULL));
        g_assert_false(journal_write(fixture->ledger, &error));
        g_assert_error(error, FAIL, FAIL_DATA);
        g_assert_nonnull(strstr(error->message, "decisions.jsonl:3:"));
}

int main(int argc, char **argv)
{
        static const struct {
                const char *name;
                void (*run)(struct fixture *fixture, gconstpointer data);
        } tests[] = {
                {"/review/accept", test_accept},
                {"/review/forged", test_forged},
                {"/review/correct", test_correct},
                {"/review/other-id", test_other_id},
                {"/review/unknown-vendor", test_unknown_vendor},
                {"/review/same-as", test_same_as},
                {"/review/undo-below", test_undo_below},
                {"/review/revision", test_revision},
                {"/review/rebuild", test_rebuild},
                {"/review/journal", test_journal},
        };
        g_test_init(&argc, &argv, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
                g_test_add(tests[i].name, struct fixture, NULL, set_up, tests[i].run, tear_down);
        return g_test_run();
}
