/* The outbox: acts that the verdicts left behind, and their fate on each target.
 * In: a ledger, the name of a target. Out: acts in the order of queueing; rows. */
#include "ledger/outbox.h"

#include "ledger/inside.h"

void pending_free(struct pending *pending)
{
        if (!pending)
                return;
        g_free(pending->uid);
        g_free(pending->why);
        g_free(pending);
}

void copy_free(struct copy *copy)
{
        if (!copy)
                return;
        g_free(copy->uid);
        g_free(copy->href);
        g_free(copy->etag);
        g_free(copy->sha256);
        g_free(copy);
}

static enum act_kind kind_of_word(const char *word)
{
        for (int i = 0; i < ACT_REOPEN_TASK; i++)
                if (g_strcmp0(word, act_word((enum act_kind)i)) == 0)
                        return (enum act_kind)i;
        return ACT_REOPEN_TASK;
}

static struct pending *pending_of(struct sql_rows *rows)
{
        struct pending *pending = g_new0(struct pending, 1);
        pending->id = sql_number(rows, 0);
        pending->kind = kind_of_word(sql_text(rows, 1));
        pending->uid = g_strdup(sql_text(rows, 2));
        pending->sequence = (int)sql_number(rows, 3);
        pending->tries = (int)sql_number(rows, 4);
        pending->not_before = sql_number(rows, 5);
        pending->is_parked = sql_number(rows, 6);
        pending->why = g_strdup(sql_text(rows, 7));
        return pending;
}

static GPtrArray *take_all(struct sql_rows *rows, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)pending_free);
        if (!rows)
                return NULL;
        while (sql_next(rows, &wrong))
                g_ptr_array_add(list, pending_of(rows));
        sql_end(rows);
        if (!wrong)
                return g_steal_pointer(&list);
        g_propagate_error(error, g_steal_pointer(&wrong));
        return NULL;
}

#define TASK_KINDS "('create', 'comment', 'reopen')"
#define UNDONE                                                                                                                             \
        "SELECT id, kind, uid, sequence, ifnull(tries, 0), ifnull(not_before, 0), ifnull(is_parked, 0), why FROM act LEFT JOIN fate ON "   \
        "fate.act = act.id AND target = ?1 WHERE ifnull(is_done, 0) = 0 AND (kind IN " TASK_KINDS ") = ?2 "

/* Nobody waits longer than this (a server's Retry-After counts for an hour at most): a time beyond it was set by a clock that ran ahead. */
#define LONGEST_WAIT "7200"

GPtrArray *outbox_pending(struct ledger *ledger, enum target_kind kind, const char *target, gint64 now, GError **error)
{
        return take_all(sql_ask(ledger->sql, error,
                                UNDONE "AND ifnull(is_parked, 0) = 0 AND (ifnull(not_before, 0) <= ?3 OR not_before > ?3 + " LONGEST_WAIT
                                       ") ORDER BY id",
                                "tii", target, (gint64)(kind == TARGET_TRACKER), now),
                        error);
}

GPtrArray *outbox_all(struct ledger *ledger, enum target_kind kind, const char *target, GError **error)
{
        return take_all(sql_ask(ledger->sql, error, UNDONE "ORDER BY id", "ti", target, (gint64)(kind == TARGET_TRACKER)), error);
}

GPtrArray *outbox_targets(struct ledger *ledger, enum target_kind kind, GError **error)
{
        g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GError) wrong = NULL;
        struct sql_rows *rows =
                sql_ask(ledger->sql, error,
                        "SELECT DISTINCT target FROM fate JOIN act ON act.id = act WHERE (kind IN " TASK_KINDS ") = ?1 ORDER BY target",
                        "i", (gint64)(kind == TARGET_TRACKER));
        while (rows && sql_next(rows, &wrong))
                g_ptr_array_add(targets, g_strdup(sql_text(rows, 0)));
        bool is_asked = rows != NULL;
        sql_end(rows);
        if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return NULL;
        }
        return is_asked ? g_steal_pointer(&targets) : NULL;
}

/* Nobody else has an act whose time has come: a claim is a time before which it does not come. */
bool outbox_claim(struct ledger *ledger, gint64 id, const char *target, gint64 now, gint64 until, bool *is_ours, GError **error)
{
        if (!sql_run(ledger->sql, error,
                     "INSERT INTO fate (act, target, not_before) VALUES (?1, ?2, ?4) ON CONFLICT DO UPDATE SET not_before = ?4 "
                     "WHERE is_done = 0 AND is_parked = 0 AND not_before <= ?3",
                     "itii", id, target, now, until))
                return false;
        *is_ours = sql_changes(ledger->sql) > 0;
        return true;
}

static bool finish(struct ledger *ledger, gint64 id, const char *target, const struct copy *copy, GError **error)
{
        return (!copy || copy_keep(ledger, target, copy, error)) && sql_run(ledger->sql, error,
                                                                            "INSERT INTO fate (act, target, is_done) VALUES (?1, ?2, 1) ON "
                                                                            "CONFLICT DO UPDATE SET is_done = 1, is_parked = 0, why = NULL",
                                                                            "it", id, target);
}

bool outbox_done(struct ledger *ledger, gint64 id, const char *target, const struct copy *copy, GError **error)
{
        bool is_own;
        return step_begin(ledger, &is_own, error) && step_end(ledger, is_own, finish(ledger, id, target, copy, error), error);
}

bool outbox_retry(struct ledger *ledger, gint64 id, const char *target, gint64 not_before, const char *why, GError **error)
{
        return sql_run(ledger->sql, error,
                       "INSERT INTO fate (act, target, tries, not_before, why) VALUES (?1, ?2, 1, ?3, ?4) ON CONFLICT DO UPDATE SET "
                       "tries = tries + 1, not_before = ?3, why = ?4",
                       "itit", id, target, not_before, why);
}

bool outbox_park(struct ledger *ledger, gint64 id, const char *target, const char *why, GError **error)
{
        return sql_run(ledger->sql, error,
                       "INSERT INTO fate (act, target, tries, is_parked, why) VALUES (?1, ?2, 1, 1, ?3) ON CONFLICT DO UPDATE SET "
                       "tries = tries + 1, is_parked = 1, why = ?3",
                       "itt", id, target, why);
}

bool outbox_unpark(struct ledger *ledger, gint64 id, const char *target, GError **error)
{
        return sql_run(ledger->sql, error, "UPDATE fate SET is_parked = 0, not_before = 0, tries = 0 WHERE act = ?1 AND target = ?2", "it",
                       id, target);
}

struct copy *copy_find(struct ledger *ledger, const char *target, const char *uid, GError **error)
{
        struct sql_rows *rows = sql_ask(
                ledger->sql, error, "SELECT uid, href, etag, sha256, sequence FROM copy WHERE target = ?1 AND uid = ?2", "tt", target, uid);
        struct copy *copy = NULL;
        if (rows && sql_next(rows, error)) {
                copy = g_new0(struct copy, 1);
                copy->uid = g_strdup(sql_text(rows, 0));
                copy->href = g_strdup(sql_text(rows, 1));
                copy->etag = g_strdup(sql_text(rows, 2));
                copy->sha256 = g_strdup(sql_text(rows, 3));
                copy->sequence = (int)sql_number(rows, 4);
        }
        sql_end(rows);
        return copy;
}

bool copy_keep(struct ledger *ledger, const char *target, const struct copy *copy, GError **error)
{
        return sql_run(ledger->sql, error, "INSERT OR REPLACE INTO copy VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "ttttti", target, copy->uid,
                       copy->href, copy->etag, copy->sha256, (gint64)copy->sequence);
}

char *target_note(struct ledger *ledger, const char *target, const char *name, GError **error)
{
        struct sql_rows *rows = sql_ask(ledger->sql, error, "SELECT value FROM note WHERE target = ?1 AND name = ?2", "tt", target, name);
        char *value = rows && sql_next(rows, error) ? g_strdup(sql_text(rows, 0)) : NULL;
        sql_end(rows);
        return value;
}

bool target_set_note(struct ledger *ledger, const char *target, const char *name, const char *value, GError **error)
{
        if (!value)
                return sql_run(ledger->sql, error, "DELETE FROM note WHERE target = ?1 AND name = ?2", "tt", target, name);
        return sql_run(ledger->sql, error, "INSERT OR REPLACE INTO note VALUES (?1, ?2, ?3)", "ttt", target, name, value);
}
