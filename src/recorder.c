/* Whole mailboxes into the ledger: mails decided in their order, recorded in batches so that deliveries never wait long.
 * In: raw mails and their readings. Out: verdicts, each recorded before it is shown. */
#include "recorder.h"

#include "deciding.h"
#include "ledger/issues.h"
#include "ledger/journal.h"
#include "ledger/raw.h"
#include "loop.h"

enum {
        BATCH = 200,
        RECENT = 7 * 24 * 3600, /* what was not seen for longer has no task made of it */
};

struct item {
        struct raw_mail *raw;
        struct reading *reading;
        struct verdict *verdict; /* NULL: not decided yet */
        bool is_known;
};

struct recorder {
        struct ledger *ledger;
        struct deciding deciding;
        GPtrArray *batch;  /* struct item */
        struct redo *redo; /* NULL: none */
        recorder_show *show;
        void *data;
        guint n_new, n_known;
};

static void item_free(struct item *item)
{
        raw_mail_free(item->raw);
        reading_free(item->reading);
        verdict_free(item->verdict);
        g_free(item);
}

struct recorder *recorder_new(const struct settings *settings, const struct filters *filters, enum recording recording, recorder_show *show,
                              void *data, GError **error)
{
        g_autofree char *directory = settings_ledger(settings);
        struct ledger *ledger = recording == RECORDING_KEPT  ? ledger_open(directory, error)
                                : recording == RECORDING_DRY ? ledger_memory(directory, error)
                                                             : ledger_memory(NULL, error);
        if (!ledger || !ledger_expect_many(ledger, error)) {
                ledger_free(ledger);
                return NULL;
        }
        struct recorder *recorder = g_new0(struct recorder, 1);
        recorder->ledger = ledger;
        recorder->batch = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
        recorder->show = show;
        recorder->data = data;
        deciding_init(&recorder->deciding, settings, filters, ledger);
        return recorder;
}

void recorder_free(struct recorder *recorder)
{
        if (!recorder)
                return;
        redo_free(recorder->redo);
        deciding_release(&recorder->deciding);
        ledger_free(recorder->ledger);
        g_ptr_array_unref(recorder->batch);
        g_free(recorder);
}

static bool is_dry(const struct recorder *recorder)
{
        return !ledger_directory(recorder->ledger);
}

/* A mail that is known was kept when it came first. */
static bool keep_raw(const struct recorder *recorder, const struct item *item, const struct mail_key *key, const char *place,
                     GError **error)
{
        if (is_dry(recorder))
                return true;
        gint64 known = ledger_find(recorder->ledger, key, error);
        return known > 0 || (known == 0 && raw_keep(ledger_directory(recorder->ledger), place, item->raw->bytes, error));
}

static bool decide(struct recorder *recorder, struct item *item, GError **error)
{
        const struct reading *reading = item->reading;
        /* A ledger that is not kept need not know a mail by its bytes if it knows it by its text. */
        bool needs_hash = !is_dry(recorder) || !reading->thread.text_hash;
        g_autofree char *hash = needs_hash ? raw_hash(item->raw->bytes) : g_strdup(""), *stand_in = g_strconcat("raw:", hash, NULL);
        g_autofree char *place = raw_place(hash, reading->thread.received == READING_NO_TIME ? reading->date : reading->thread.received);
        g_autofree char *file = g_filename_display_name(item->raw->file);
        g_autofree char *source = g_strdup_printf("%s, offset %" G_GINT64_FORMAT, file, item->raw->offset);
        struct mail_key key = mail_key_of(reading, stand_in);
        struct decided decided = {
                .reading = reading,
                .raw_hash = stand_in,
                .raw = place,
                .source = source,
                .why_review = loop_why(item->raw->bytes, reading, NULL),
                .is_history = true,
        };
        if (!keep_raw(recorder, item, &key, place, error))
                return false;
        item->verdict = decide_and_record(&recorder->deciding, &decided, &item->is_known, error);
        return item->verdict && (!recorder->redo || redo_after(recorder->redo, &key, &recorder->deciding.policy, error));
}

/* The batch in one transaction, the raw mails durable before it ends. */
static bool record(struct recorder *recorder, GError **error)
{
        const char *directory = ledger_directory(recorder->ledger);
        if (!ledger_begin(recorder->ledger, error))
                return false;
        for (guint i = 0; i < recorder->batch->len; i++)
                if (!decide(recorder, recorder->batch->pdata[i], error)) {
                        ledger_rollback(recorder->ledger);
                        return false;
                }
        if ((!directory || raw_sync(directory, error)) && ledger_commit(recorder->ledger, error))
                return true;
        ledger_rollback(recorder->ledger);
        return false;
}

bool recorder_flush(struct recorder *recorder, GError **error)
{
        if (!recorder->batch->len)
                return true;
        bool is_recorded = record(recorder, error);
        for (guint i = 0; is_recorded && i < recorder->batch->len; i++) {
                const struct item *item = recorder->batch->pdata[i];
                recorder->show(recorder->data, item->raw, item->reading, item->verdict);
                recorder->n_new += !item->is_known;
                recorder->n_known += item->is_known;
        }
        g_ptr_array_set_size(recorder->batch, 0);
        return is_recorded;
}

bool recorder_put(struct recorder *recorder, struct raw_mail *raw, struct reading *reading, GError **error)
{
        struct item *item = g_new0(struct item, 1);
        item->raw = raw;
        item->reading = reading;
        g_ptr_array_add(recorder->batch, item);
        return (recorder->batch->len < BATCH && !is_dry(recorder)) || recorder_flush(recorder, error);
}

bool recorder_redo(struct recorder *recorder, const char *path, GError **error)
{
        recorder->redo = redo_new(recorder->ledger, path, error);
        return recorder->redo != NULL;
}

bool recorder_redo_rest(struct recorder *recorder, guint *n, const GPtrArray **faults, GError **error)
{
        if (!ledger_begin(recorder->ledger, error))
                return false;
        if (!redo_rest(recorder->redo, &recorder->deciding.policy, error) || !ledger_commit(recorder->ledger, error)) {
                ledger_rollback(recorder->ledger);
                return false;
        }
        *n = redo_done(recorder->redo);
        *faults = redo_faults(recorder->redo);
        return journal_write(recorder->ledger, error);
}

bool recorder_act(struct recorder *recorder, guint *n_events, guint *n_tasks, GError **error)
{
        struct ledger *ledger = recorder->ledger;
        gint64 newest, newest_root;
        bool is_view_restricted;
        *n_events = *n_tasks = 0;
        if (!ledger_newest(ledger, &newest, error) || !ledger_newest_root(ledger, &newest_root, error) ||
            !issues_view(ledger, &is_view_restricted, error))
                return false;
        return (newest == READING_NO_TIME || ledger_act_on(ledger, newest, n_events, error)) &&
               (newest_root == READING_NO_TIME || issues_act_on(ledger, newest_root - RECENT, is_view_restricted, n_tasks, error));
}

guint recorder_new_mails(const struct recorder *recorder)
{
        return recorder->n_new;
}

guint recorder_known_mails(const struct recorder *recorder)
{
        return recorder->n_known;
}

struct ledger *recorder_ledger(const struct recorder *recorder)
{
        return recorder->ledger;
}
