/* The ledger: what is recorded comes back, once; what leads to it; the outbox; files that are not ours, damaged or newer.
 * In: readings and verdicts made up here. Out: TAP. */
#include "base/fail.h"
#include "history.h"
#include "ledger/ledger.h"
#include "ledger/outbox.h"
#include "ledger/sql.h"

#include <string.h>

#include <glib/gstdio.h>

struct fixture {
        char *directory;
        struct ledger *ledger;
        struct policy policy;
};

static void set_up(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GError) error = NULL;
        fixture->directory = g_dir_make_tmp("mailclinic-XXXXXX", NULL);
        fixture->ledger = ledger_open(fixture->directory, &error);
        fixture->policy = (struct policy){.publish_review = true, .act_from = G_MININT64};
        g_assert_no_error(error);
}

static void remove_in(const char *directory, const char *name)
{
        g_autofree char *path = g_build_filename(directory, name, NULL);
        g_unlink(path);
}

static void tear_down(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        ledger_free(fixture->ledger);
        GDir *directory = g_dir_open(fixture->directory, 0, NULL);
        for (const char *name; (name = g_dir_read_name(directory));)
                remove_in(fixture->directory, name);
        g_dir_close(directory);
        g_assert_cmpint(g_rmdir(fixture->directory), ==, 0);
        g_free(fixture->directory);
}

/* Decide a reading with the past that the ledger gives, and record it. Frees the reading. */
static enum resolution hear(struct fixture *fixture, struct reading *reading)
{
        g_autoptr(GError) error = NULL;
        struct mail_key key = mail_key_of(reading, "raw:0");
        struct past past = {0};
        g_assert_true(ledger_begin(fixture->ledger, &error));
        g_assert_true(ledger_past(fixture->ledger, &key, reading, &past, &error));
        struct verdict *verdict = decide_maint(&past, reading, &fixture->policy);
        struct record record = {.key = key, .reading = reading, .verdict = verdict, .raw = "mail/2026/03/0"};
        enum resolution resolution = verdict->resolution;
        g_assert_true(ledger_record(fixture->ledger, &record, NULL, &error));
        g_assert_true(ledger_commit(fixture->ledger, &error));
        g_assert_no_error(error);
        past_release(&past);
        verdict_free(verdict);
        reading_free(reading);
        return resolution;
}

static struct reading *announced(void)
{
        struct reading *reading = make_reading(KIND_NEW, STATUS_CONFIRMED, NIGHT - 5 * DAY);
        add_window(reading, NIGHT);
        add_circuit(reading, "TW/LON 1");
        return reading;
}

static struct ledger_counts counts_of(struct ledger *ledger)
{
        struct ledger_counts counts;
        g_autoptr(GError) error = NULL;
        g_assert_true(ledger_count(ledger, &counts, &error));
        return counts;
}

static void test_once(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_assert_cmpint(hear(fixture, announced()), ==, RESOLUTION_CALENDAR);
        g_assert_cmpint(hear(fixture, announced()), ==, RESOLUTION_NONE);
        struct ledger_counts counts = counts_of(fixture->ledger);
        g_assert_cmpint(counts.mails, ==, 1);
        g_assert_cmpint(counts.resolution[RESOLUTION_CALENDAR], ==, 1);
        g_assert_cmpint(counts.events, ==, 1);
        g_assert_cmpint(counts.acts, ==, 1);
}

static void test_other_text(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *first = announced(), *other = announced();
        struct past past;
        first->thread.text_hash = g_strdup("one");
        other->thread.text_hash = g_strdup("another");
        hear(fixture, first);
        struct mail_key key = mail_key_of(other, "raw:1");
        g_assert_true(ledger_past(fixture->ledger, &key, other, &past, NULL));
        g_assert_false(past.is_known);
        g_assert_true(past.is_other_text);
        past_release(&past);
        hear(fixture, other);
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 2);
}

/* Hear a mail that needs a person. */
static void hear_doubtful(struct fixture *fixture, const char *text_hash, gint64 date)
{
        struct reading *reading = make_reading(KIND_NEW, STATUS_CONFIRMED, date);
        reading->thread.text_hash = g_strdup(text_hash);
        g_assert_cmpint(hear(fixture, reading), ==, RESOLUTION_REVIEW);
}

/* What has no date is not the oldest, nor is what needs nobody. */
static void test_oldest(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_assert_cmpint(counts_of(fixture->ledger).oldest_review, ==, READING_NO_TIME);
        hear_doubtful(fixture, "without a date", READING_NO_TIME);
        g_assert_cmpint(counts_of(fixture->ledger).oldest_review, ==, READING_NO_TIME);
        hear_doubtful(fixture, "later", NIGHT - DAY);
        hear_doubtful(fixture, "sooner", NIGHT - 2 * DAY);
        hear(fixture, announced());
        g_assert_cmpint(counts_of(fixture->ledger).resolution[RESOLUTION_CALENDAR], ==, 1);
        g_assert_cmpint(counts_of(fixture->ledger).oldest_review, ==, NIGHT - 2 * DAY);
}

/* A mail that could not be read when it came first is the same mail when it can be. */
static void test_unread(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *again = announced();
        again->thread.text_hash = g_strdup("one");
        hear(fixture, announced());
        g_assert_cmpint(hear(fixture, again), ==, RESOLUTION_NONE);
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 1);
}

/* Without a Message-ID the text is all that there is. */
static void test_no_message_id(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        for (int i = 0; i < 4; i++) {
                struct reading *reading = announced();
                g_clear_pointer(&reading->message_id, g_free);
                reading->thread.text_hash = g_strdup(i % 2 ? "one" : "two");
                hear(fixture, reading);
        }
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 2);
}

static void test_streams(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *other = announced();
        other->stream = STREAM_ROOT;
        hear(fixture, announced());
        hear(fixture, other);
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 2);
}

static bool take(const struct maintenance *maintenance, void *data)
{
        struct maintenance **found = data;
        g_assert_null(*found);
        *found = maintenance_copy(maintenance);
        return true;
}

static void test_maintenance(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct maintenance *found = NULL, *again;
        hear(fixture, announced());
        g_assert_true(ledger_maintenances(fixture->ledger, NIGHT, take, &found, NULL));
        g_assert_cmpstr(found->key, ==, "tidewater:TW1");
        const struct event *event = found->events->pdata[0];
        g_assert_cmpint(event->start, ==, NIGHT);
        again = ledger_maintenance_of(fixture->ledger, event->uid, NULL);
        g_assert_cmpstr(again->key, ==, found->key);
        maintenance_free(again);
        g_assert_null(ledger_maintenance_of(fixture->ledger, "no such", NULL));
        g_clear_pointer(&found, maintenance_free);
        g_assert_true(ledger_maintenances(fixture->ledger, NIGHT + LENGTH + 1, take, &found, NULL));
        g_assert_null(found);
}

/* What leads a reading to the maintenance. */
static guint led(struct fixture *fixture, struct reading *reading)
{
        struct mail_key key = mail_key_of(reading, "raw:1");
        struct past past;
        g_assert_true(ledger_past(fixture->ledger, &key, reading, &past, NULL));
        guint n = past.maintenances->len;
        past_release(&past);
        reading_free(reading);
        return n;
}

static struct reading *of_nothing(void)
{
        struct reading *reading = make_reading(KIND_CANCELLED, STATUS_CANCELLED, NIGHT - DAY);
        g_clear_pointer(&notice_in(reading)->maintenance_id, g_free);
        return reading;
}

static void test_leads(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *reading;
        hear(fixture, announced());
        g_assert_cmpuint(led(fixture, of_nothing()), ==, 0);
        reading = of_nothing();
        notice_in(reading)->maintenance_id = g_strdup("#tw1");
        g_assert_cmpuint(led(fixture, reading), ==, 1);
        reading = of_nothing();
        g_ptr_array_add(reading->thread.references, g_strdup_printf("%" G_GINT64_FORMAT "@mail.example", NIGHT - 5 * DAY));
        g_assert_cmpuint(led(fixture, reading), ==, 1);
        reading = of_nothing();
        add_circuit(reading, "tw/lon1");
        g_assert_cmpuint(led(fixture, reading), ==, 1);
        reading = of_nothing();
        add_window(reading, NIGHT);
        g_assert_cmpuint(led(fixture, reading), ==, 1);
        reading = of_nothing();
        add_window(reading, NIGHT);
        g_free(reading->vendor);
        reading->vendor = g_strdup("ebb");
        g_assert_cmpuint(led(fixture, reading), ==, 0);
        /* With an id, likeness leads nowhere. */
        reading = of_nothing();
        notice_in(reading)->maintenance_id = g_strdup("TW2");
        add_circuit(reading, "TW/LON 1");
        g_assert_cmpuint(led(fixture, reading), ==, 0);
}

/* A maintenance that is over is found by its times, not by its circuits. */
static void test_over(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *cancelled = make_reading(KIND_CANCELLED, STATUS_CANCELLED, NIGHT - 4 * DAY), *reading;
        hear(fixture, announced());
        g_assert_cmpint(hear(fixture, cancelled), ==, RESOLUTION_CALENDAR);
        reading = of_nothing();
        add_circuit(reading, "TW/LON 1");
        g_assert_cmpuint(led(fixture, reading), ==, 0);
        reading = of_nothing();
        add_window(reading, NIGHT);
        g_assert_cmpuint(led(fixture, reading), ==, 1);
}

static bool take_entry(const struct entry *entry, void *data)
{
        GString *seen = data;
        g_string_append_printf(seen, "%s %s %s %s;", entry->message_id, entry->vendor, resolution_word(entry->resolution),
                               entry->maintenances->len ? (const char *)entry->maintenances->pdata[0] : "-");
        return true;
}

static void test_mails(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *doubtful = announced(), *read = NULL;
        struct wanted all = {.resolution = -1}, review = {.resolution = RESOLUTION_REVIEW},
                      about = {.resolution = -1, .key = "tidewater:TW1"};
        g_autoptr(GString) seen = g_string_new(NULL);
        g_free(doubtful->message_id);
        doubtful->message_id = g_strdup("low@mail.example");
        doubtful->confidence = CONFIDENCE_LOW;
        hear(fixture, announced());
        hear(fixture, doubtful);
        g_assert_true(ledger_mails(fixture->ledger, &all, take_entry, seen, NULL));
        g_assert_cmpstr(seen->str, ==, "1771891200@mail.example tidewater calendar tidewater:TW1;low@mail.example tidewater review -;");
        g_string_truncate(seen, 0);
        g_assert_true(ledger_mails(fixture->ledger, &review, take_entry, seen, NULL));
        g_assert_cmpstr(seen->str, ==, "low@mail.example tidewater review -;");
        g_string_truncate(seen, 0);
        g_assert_true(ledger_mails(fixture->ledger, &about, take_entry, seen, NULL));
        g_assert_cmpstr(seen->str, ==, "1771891200@mail.example tidewater calendar tidewater:TW1;");
        struct entry *entry = ledger_mail(fixture->ledger, 1, &read, NULL);
        g_assert_cmpint(entry->date, ==, NIGHT - 5 * DAY);
        g_assert_cmpstr(entry->raw, ==, "mail/2026/03/0");
        g_assert_cmpstr(read->subject, ==, "Cable notice TW1");
        g_assert_cmpint(((const struct window *)notice_in(read)->windows->pdata[0])->end, ==, NIGHT + LENGTH);
        entry_free(entry);
        reading_free(read);
        g_assert_null(ledger_mail(fixture->ledger, 3, NULL, NULL));
}

/* A person decides a mail anew. */
static void test_decide(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct verdict *verdict = verdict_new();
        g_autoptr(GError) error = NULL;
        verdict->resolution = RESOLUTION_NONE;
        g_ptr_array_add(verdict->reasons, g_strdup("looked at"));
        hear(fixture, announced());
        g_assert_true(ledger_decide(fixture->ledger, 1, verdict, &error));
        g_assert_cmpint(counts_of(fixture->ledger).resolution[RESOLUTION_NONE], ==, 1);
        g_assert_false(ledger_decide(fixture->ledger, 9, verdict, &error));
        g_assert_cmpstr(error->message, ==, "the ledger has no mail 9");
        verdict_free(verdict);
}

/* Whoever did not ask for the past: the unique keys are the arbiter. */
static void test_arbiter(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *reading = announced();
        struct verdict *verdict = verdict_new();
        struct record record = {.key = mail_key_of(reading, "raw:0"), .reading = reading, .verdict = verdict};
        gint64 first, second;
        g_ptr_array_add(verdict->acts, act_new(ACT_PUT_EVENT, "u1", 0));
        g_ptr_array_add(verdict->acts, act_new(ACT_PUT_EVENT, "u1", 0));
        g_assert_true(ledger_record(fixture->ledger, &record, &first, NULL));
        g_assert_true(ledger_record(fixture->ledger, &record, &second, NULL));
        g_assert_cmpint(first, ==, second);
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 1);
        g_assert_cmpint(counts_of(fixture->ledger).acts, ==, 1);
        verdict_free(verdict);
        reading_free(reading);
}

/* A transaction that is taken back leaves nothing. */
static void test_rollback(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct reading *reading = announced();
        struct mail_key key = mail_key_of(reading, "raw:0");
        struct verdict *verdict = verdict_new();
        struct record record = {.key = key, .reading = reading, .verdict = verdict};
        g_assert_true(ledger_begin(fixture->ledger, NULL));
        g_assert_true(ledger_record(fixture->ledger, &record, NULL, NULL));
        ledger_rollback(fixture->ledger);
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 0);
        g_assert_cmpint(ledger_find(fixture->ledger, &key, NULL), ==, 0);
        verdict_free(verdict);
        reading_free(reading);
}

static const struct pending *only(const GPtrArray *pending)
{
        g_assert_cmpuint(pending->len, ==, 1);
        return pending->pdata[0];
}

static void test_outbox(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct ledger *ledger = fixture->ledger;
        bool is_ours;
        hear(fixture, announced());
        g_autoptr(GPtrArray) first = outbox_pending(ledger, TARGET_CALENDAR, "one", 100, NULL);
        gint64 id = only(first)->id;
        g_assert_cmpint(only(first)->sequence, ==, 0);
        g_assert_true(outbox_claim(ledger, id, "one", 100, 200, &is_ours, NULL) && is_ours);
        g_assert_true(outbox_claim(ledger, id, "one", 150, 250, &is_ours, NULL) && !is_ours);
        g_autoptr(GPtrArray) claimed = outbox_pending(ledger, TARGET_CALENDAR, "one", 150, NULL),
                             run_out = outbox_pending(ledger, TARGET_CALENDAR, "one", 200, NULL);
        g_assert_cmpuint(claimed->len, ==, 0);
        only(run_out);
        g_assert_true(outbox_retry(ledger, id, "one", 300, "503", NULL));
        g_autoptr(GPtrArray) early = outbox_pending(ledger, TARGET_CALENDAR, "one", 299, NULL),
                             late = outbox_pending(ledger, TARGET_CALENDAR, "one", 300, NULL);
        g_assert_cmpuint(early->len, ==, 0);
        g_assert_cmpint(only(late)->tries, ==, 1);
        g_assert_cmpstr(only(late)->why, ==, "503");
        g_assert_true(outbox_park(ledger, id, "one", "415", NULL));
        g_autoptr(GPtrArray) parked = outbox_pending(ledger, TARGET_CALENDAR, "one", 900, NULL),
                             all = outbox_all(ledger, TARGET_CALENDAR, "one", NULL);
        g_assert_cmpuint(parked->len, ==, 0);
        g_assert_true(only(all)->is_parked);
        g_assert_true(outbox_unpark(ledger, id, "one", NULL));
        g_autoptr(GPtrArray) again = outbox_pending(ledger, TARGET_CALENDAR, "one", 900, NULL);
        g_assert_true(outbox_done(ledger, only(again)->id, "one", NULL, NULL));
        g_autoptr(GPtrArray) done = outbox_all(ledger, TARGET_CALENDAR, "one", NULL),
                             other = outbox_all(ledger, TARGET_CALENDAR, "two", NULL);
        g_assert_cmpuint(done->len, ==, 0);
        only(other);
}

static void test_copies(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct ledger *ledger = fixture->ledger;
        struct copy copy = {.uid = (char *)"u1", .href = (char *)"/c/u1.ics", .sequence = 3};
        hear(fixture, announced());
        g_assert_null(copy_find(ledger, "one", "u1", NULL));
        g_assert_true(outbox_done(ledger, 1, "one", &copy, NULL));
        struct copy *found = copy_find(ledger, "one", "u1", NULL);
        g_assert_cmpstr(found->href, ==, "/c/u1.ics");
        g_assert_null(found->etag);
        g_assert_cmpint(found->sequence, ==, 3);
        copy_free(found);
        g_assert_null(copy_find(ledger, "two", "u1", NULL));
        g_assert_true(target_set_note(ledger, "one", "token", "7", NULL));
        g_autofree char *note = target_note(ledger, "one", "token", NULL);
        g_assert_cmpstr(note, ==, "7");
        g_assert_true(target_set_note(ledger, "one", "token", NULL, NULL));
        g_assert_null(target_note(ledger, "one", "token", NULL));
}

/* History queues nothing; acting on it queues what is still to come, once. */
static void test_act_on(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        guint n;
        fixture->policy.act_from = NIGHT;
        hear(fixture, announced());
        g_assert_cmpint(counts_of(fixture->ledger).acts, ==, 0);
        g_assert_true(ledger_act_on(fixture->ledger, NIGHT + LENGTH, &n, NULL));
        g_assert_cmpuint(n, ==, 0);
        g_assert_true(ledger_act_on(fixture->ledger, NIGHT, &n, NULL));
        g_assert_cmpuint(n, ==, 1);
        g_assert_true(ledger_act_on(fixture->ledger, NIGHT, &n, NULL));
        g_assert_cmpuint(n, ==, 0);
}

/* A copy in memory knows the past, and what is done to it stays there. */
static void test_memory(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GError) error = NULL;
        struct fixture dry = *fixture;
        hear(fixture, announced());
        dry.ledger = ledger_memory(fixture->directory, &error);
        g_assert_no_error(error);
        g_assert_cmpint(hear(&dry, announced()), ==, RESOLUTION_NONE);
        g_assert_cmpint(hear(&dry, make_reading(KIND_CANCELLED, STATUS_CANCELLED, NIGHT - DAY)), ==, RESOLUTION_CALENDAR);
        g_assert_cmpint(counts_of(dry.ledger).mails, ==, 2);
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 1);
        ledger_free(dry.ledger);
        dry.ledger = ledger_memory("/nonexistent", &error);
        g_assert_no_error(error);
        g_assert_cmpint(counts_of(dry.ledger).mails, ==, 0);
        ledger_free(dry.ledger);
}

static void test_backup(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *place = g_build_filename(fixture->directory, "backup", NULL),
                        *file = g_build_filename(place, "ledger.sqlite", NULL);
        hear(fixture, announced());
        g_mkdir(place, 0700);
        g_assert_true(ledger_backup(fixture->ledger, file, &error));
        struct ledger *copy = ledger_open(place, &error);
        g_assert_no_error(error);
        g_assert_cmpint(counts_of(copy).mails, ==, 1);
        g_assert_true(ledger_check(copy, &error));
        ledger_free(copy);
        g_assert_false(ledger_backup(fixture->ledger, file, &error));
        remove_in(place, "ledger.sqlite");
        remove_in(place, "ledger.sqlite-wal");
        remove_in(place, "ledger.sqlite-shm");
        g_rmdir(place);
}

static void test_modes(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        static const char *const names[] = {"ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"};
        hear(fixture, announced());
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
                g_autofree char *path = g_build_filename(fixture->directory, names[i], NULL);
                GStatBuf about;
                g_assert_cmpint(g_stat(path, &about), ==, 0);
                g_assert_cmphex(about.st_mode & 0777, ==, 0600);
        }
}

/* Deliveries, each of which opens it alone: what one wrote is read by the next, and does not pile up. */
static void test_one_by_one(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *wal = g_build_filename(fixture->directory, "ledger.sqlite-wal", NULL);
        goffset most = 0;
        for (int i = 0; i < 100; i++) {
                struct reading *reading = announced();
                g_free(reading->message_id);
                reading->message_id = g_strdup_printf("%d@mail.example", i);
                ledger_free(fixture->ledger);
                fixture->ledger = ledger_open(fixture->directory, NULL);
                hear(fixture, reading);
                GStatBuf about;
                g_assert_cmpint(g_stat(wal, &about), ==, 0);
                most = MAX(most, about.st_size);
        }
        g_assert_cmpint(counts_of(fixture->ledger).mails, ==, 100);
        g_assert_cmpint(most, >, 0);
        g_assert_cmpint(most, <, 512 * 1024);
}

/* Put bytes at a place in the database file; -1: all of it. */
static char *spoil(struct fixture *fixture, long at, const char *bytes, gsize length)
{
        char *path = g_build_filename(fixture->directory, "ledger.sqlite", NULL);
        FILE *file = fopen(path, at < 0 ? "w" : "r+");
        fseek(file, MAX(at, 0), SEEK_SET);
        fwrite(bytes, 1, length, file);
        fclose(file);
        return path;
}

/* Refused with this in its words, and not a byte of it changed. */
static void refused(struct fixture *fixture, const char *path, const char *words)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *before = NULL, *after = NULL;
        gsize n_before, n_after;
        g_file_get_contents(path, &before, &n_before, NULL);
        g_assert_null(ledger_open(fixture->directory, &error));
        g_assert_error(error, FAIL, FAIL_DATA);
        g_assert_nonnull(strstr(error->message, words));
        g_file_get_contents(path, &after, &n_after, NULL);
        g_assert_cmpuint(n_before, ==, n_after);
        g_assert_true(memcmp(before, after, n_before) == 0);
}

static void test_damaged(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_clear_pointer(&fixture->ledger, ledger_free);
        remove_in(fixture->directory, "ledger.sqlite-wal");
        g_autofree char *path = spoil(fixture, -1, "This is no database, but a text that somebody put here by mistake.\n", 66);
        refused(fixture, path, "rebuild it from the mailboxes with 'mailclinic replay'");
}

/* The version stands at offset 60, the id at 68, both big-endian (sqlite.org/fileformat2.html 1.3). */
static void test_newer(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *copy = g_build_filename(fixture->directory, "copy", NULL);
        g_assert_true(ledger_backup(fixture->ledger, copy, NULL));
        g_clear_pointer(&fixture->ledger, ledger_free);
        remove_in(fixture->directory, "ledger.sqlite-wal");
        remove_in(fixture->directory, "ledger.sqlite-shm");
        g_autofree char *file = g_build_filename(fixture->directory, "ledger.sqlite", NULL);
        g_rename(copy, file);
        g_autofree char *path = spoil(fixture, 60, "\0\0\0\x63", 4);
        refused(fixture, path, "is of a newer mailclinic (version 99");
        g_free(spoil(fixture, 68, "abcd", 4));
        refused(fixture, path, "is no ledger of ours");
}

static const char *const old_steps[] = {"CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y DEFAULT 7", "THIS IS NO SQL"};

static struct sql *open_at(struct fixture *fixture, int version, GError **error)
{
        const struct sql_schema schema = {.id = 1, .steps = old_steps, .n = version};
        g_autofree char *path = g_build_filename(fixture->directory, "steps", NULL);
        return sql_open(path, &schema, error);
}

/* An old file is brought forward, an old program that still has it open is stopped, and a step that fails leaves the file as it was. */
static void test_steps(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GError) error = NULL;
        gint64 y;
        struct sql *old = open_at(fixture, 1, &error);
        g_assert_true(sql_run(old, &error, "INSERT INTO a VALUES (1)", ""));
        struct sql *young = open_at(fixture, 2, &error);
        g_assert_no_error(error);
        g_assert_true(sql_one(young, &error, &y, 0, "SELECT y FROM a", ""));
        g_assert_cmpint(y, ==, 7);
        g_assert_false(sql_begin(old, &error));
        g_assert_nonnull(strstr(error->message, "another program brought it to version 2"));
        g_clear_error(&error);
        g_assert_null(open_at(fixture, 3, &error));
        g_clear_error(&error);
        g_assert_true(sql_begin(young, &error));
        sql_rollback(young);
        sql_close(old);
        sql_close(young);
}

int main(int argc, char **argv)
{
        static const struct {
                const char *name;
                void (*run)(struct fixture *fixture, gconstpointer data);
        } tests[] = {
                {"/ledger/once", test_once},
                {"/ledger/oldest", test_oldest},
                {"/ledger/other-text", test_other_text},
                {"/ledger/no-message-id", test_no_message_id},
                {"/ledger/unread", test_unread},
                {"/ledger/streams", test_streams},
                {"/ledger/maintenance", test_maintenance},
                {"/ledger/leads", test_leads},
                {"/ledger/over", test_over},
                {"/ledger/mails", test_mails},
                {"/ledger/decide", test_decide},
                {"/ledger/arbiter", test_arbiter},
                {"/ledger/rollback", test_rollback},
                {"/ledger/act-on", test_act_on},
                {"/ledger/memory", test_memory},
                {"/ledger/backup", test_backup},
                {"/ledger/modes", test_modes},
                {"/ledger/one-by-one", test_one_by_one},
                {"/ledger/damaged", test_damaged},
                {"/ledger/newer", test_newer},
                {"/ledger/steps", test_steps},
                {"/outbox/acts", test_outbox},
                {"/outbox/copies", test_copies},
        };
        g_test_init(&argc, &argv, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
                g_test_add(tests[i].name, struct fixture, NULL, set_up, tests[i].run, tear_down);
        return g_test_run();
}
