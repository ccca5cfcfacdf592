/* Recording mails: history and outbox in one transaction, unique keys as the arbiter.
 * In: a mail's reading and verdict. Out: rows. */
#include "base/fail.h"
#include "data/pack.h"
#include "ledger/inside.h"
#include "ledger/issue-rows.h"

#include <stdlib.h>
#include <string.h>

static const char *const act_words[] = {
        [ACT_PUT_EVENT] = "put",        [ACT_CANCEL_EVENT] = "cancel", [ACT_CREATE_TASK] = "create",
        [ACT_COMMENT_TASK] = "comment", [ACT_REOPEN_TASK] = "reopen",
};

const char *act_word(enum act_kind kind)
{
        return act_words[kind];
}

struct mail_key mail_key_of(const struct reading *reading, const char *raw_hash)
{
        return (struct mail_key){
                .stream = reading->stream,
                .message_id = reading->message_id,
                .text_hash = reading->thread.text_hash ? reading->thread.text_hash : raw_hash,
                .raw_hash = raw_hash,
        };
}

gint64 ledger_find(struct ledger *ledger, const struct mail_key *key, GError **error)
{
        gint64 id;
        bool is_fine = sql_one(ledger->sql, error, &id, 0,
                               "SELECT coalesce((SELECT id FROM mail WHERE message_id = ?1 AND stream = ?2 AND text_hash = ?3), "
                               "(SELECT id FROM mail WHERE message_id = ?1 AND stream = ?2 AND text_hash = ?4))",
                               "tttt", key->message_id ? key->message_id : "", stream_word(key->stream), key->text_hash, key->raw_hash);
        return is_fine ? id : -1;
}

/* Caller frees with free(). */
static char *dump(json_t *json)
{
        char *text = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        return text;
}

/* A mail that is there already is an error: the unique key is the last arbiter. */
static bool insert_mail(struct ledger *ledger, const struct record *record, GError **error)
{
        const struct reading *reading = record->reading;
        const struct verdict *verdict = record->verdict;
        char *reasons = dump(pack_texts(verdict->reasons)), *line = dump(reading_to_line(reading));
        bool is_fine =
                sql_run(ledger->sql, error,
                        "INSERT INTO mail (message_id, stream, text_hash, raw, source, vendor, kind, sender, subject, date, resolution, "
                        "reasons, cell, reading) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif(?10, -9223372036854775808), ?11, ?12, "
                        "?13, ?14)",
                        "tttttttttitttt", record->key.message_id ? record->key.message_id : "", stream_word(record->key.stream),
                        record->key.text_hash, record->raw, record->source, reading->vendor, reading_kind(reading), reading->from,
                        reading->subject, reading->date, resolution_word(verdict->resolution), reasons, verdict->cell, line);
        free(reasons);
        free(line);
        return is_fine;
}

static bool queue(struct ledger *ledger, const struct act *act, gint64 mail, GError **error)
{
        return sql_run(ledger->sql, error,
                       "INSERT INTO act (kind, uid, sequence, mail) VALUES (?1, ?2, ?3, nullif(?4, 0)) ON CONFLICT DO NOTHING", "ttii",
                       act_word(act->kind), act->uid, (gint64)act->sequence, mail);
}

static bool keep_verdict(struct ledger *ledger, const struct verdict *verdict, bool is_history, gint64 mail, GError **error)
{
        for (guint i = 0; i < verdict->maintenances->len; i++) {
                const struct maintenance *maintenance = verdict->maintenances->pdata[i];
                if (!keep_maintenance(ledger, maintenance, mail, error) ||
                    !sql_run(ledger->sql, error, "INSERT OR IGNORE INTO touched VALUES (?1, ?2)", "it", mail, maintenance->key))
                        return false;
        }
        for (guint i = 0; !is_history && i < verdict->acts->len; i++)
                if (!queue(ledger, verdict->acts->pdata[i], mail, error))
                        return false;
        return true;
}

static bool record_all(struct ledger *ledger, const struct record *record, gint64 *id, GError **error)
{
        *id = ledger_find(ledger, &record->key, error);
        if (*id != 0)
                return *id > 0;
        if (!insert_mail(ledger, record, error))
                return false;
        *id = sql_last_id(ledger->sql);
        if (record->is_unfiled && !sql_run(ledger->sql, error, "INSERT INTO unfiled VALUES (?1)", "i", *id))
                return false;
        return keep_verdict(ledger, record->verdict, record->is_history, *id, error) &&
               issue_keep_sighting(ledger, record->verdict, *id, error);
}

bool ledger_record(struct ledger *ledger, const struct record *record, gint64 *id, GError **error)
{
        bool is_own;
        gint64 row = 0;
        if (!step_begin(ledger, &is_own, error))
                return false;
        if (!step_end(ledger, is_own, record_all(ledger, record, &row, error), error))
                return false;
        if (id)
                *id = row;
        return true;
}

static bool decide_all(struct ledger *ledger, gint64 id, const struct verdict *verdict, GError **error)
{
        char *reasons = dump(pack_texts(verdict->reasons));
        bool is_fine = sql_run(ledger->sql, error, "UPDATE mail SET resolution = ?2, reasons = ?3, cell = ?4 WHERE id = ?1", "ittt", id,
                               resolution_word(verdict->resolution), reasons, verdict->cell);
        free(reasons);
        if (is_fine && sql_changes(ledger->sql) == 0) {
                g_set_error(error, FAIL, FAIL_INPUT, "the ledger has no mail %" G_GINT64_FORMAT, id);
                return false;
        }
        return is_fine && keep_verdict(ledger, verdict, false, id, error);
}

bool ledger_decide(struct ledger *ledger, gint64 id, const struct verdict *verdict, GError **error)
{
        bool is_own;
        return step_begin(ledger, &is_own, error) && step_end(ledger, is_own, decide_all(ledger, id, verdict, error), error);
}

struct action {
        struct ledger *ledger;
        gint64 after;
        GPtrArray *acts;
};

static bool add_acts(const struct maintenance *maintenance, void *data)
{
        const struct action *action = data;
        for (guint i = 0; i < maintenance->events->len; i++) {
                const struct event *event = maintenance->events->pdata[i];
                enum act_kind kind = event->state == STATE_CANCELLED ? ACT_CANCEL_EVENT : ACT_PUT_EVENT;
                if (event->start != MAINTENANCE_NO_TIME && event->end != MAINTENANCE_NO_TIME && event->end > action->after)
                        g_ptr_array_add(action->acts, act_new(kind, event->uid, event->sequence));
        }
        return true;
}

static bool act_on_all(struct action *action, guint *n, GError **error)
{
        if (!ledger_maintenances(action->ledger, action->after, add_acts, action, error))
                return false;
        for (guint i = 0; i < action->acts->len; i++) {
                if (!queue(action->ledger, action->acts->pdata[i], 0, error))
                        return false;
                *n += (guint)sql_changes(action->ledger->sql);
        }
        return true;
}

bool ledger_act_on(struct ledger *ledger, gint64 after, guint *n, GError **error)
{
        g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func((GDestroyNotify)act_free);
        struct action action = {ledger, after, acts};
        bool is_own;
        *n = 0;
        return step_begin(ledger, &is_own, error) && step_end(ledger, is_own, act_on_all(&action, n, error), error);
}
