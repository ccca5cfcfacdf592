/* Maintenances in the ledger: kept as JSON, with rows by which they are found again.
 * In: a maintenance, or a key. Out: rows, or a maintenance. */
#include "base/fail.h"
#include "ledger/inside.h"

#include <stdlib.h>

char *circuit_key(const char *circuit_id)
{
        GString *key = g_string_new(NULL);
        for (const char *c = circuit_id; *c; c++)
                if (!g_ascii_isspace(*c))
                        g_string_append_c(key, g_ascii_toupper(*c));
        return g_string_free(key, FALSE);
}

static bool is_over(const struct event *event)
{
        return event->state == STATE_CANCELLED || event->state == STATE_COMPLETED;
}

static bool is_open(const struct maintenance *maintenance)
{
        for (guint i = 0; i < maintenance->events->len; i++)
                if (!is_over(maintenance->events->pdata[i]))
                        return true;
        return false;
}

/* MAINTENANCE_NO_TIME where an event has no end. */
static gint64 last_end(const struct maintenance *maintenance)
{
        gint64 last = G_MININT64 + 1;
        for (guint i = 0; i < maintenance->events->len; i++) {
                const struct event *event = maintenance->events->pdata[i];
                if (event->end == MAINTENANCE_NO_TIME)
                        return MAINTENANCE_NO_TIME;
                last = MAX(last, event->end);
        }
        return maintenance->events->len ? last : MAINTENANCE_NO_TIME;
}

/* Those that lead to it by now: most stay, and threads grow long. */
static bool keep_aliases(struct sql *sql, const struct maintenance *maintenance, GError **error)
{
        g_autoptr(GHashTable) gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_autoptr(GError) wrong = NULL;
        struct sql_rows *rows = sql_ask(sql, error, "SELECT alias FROM alias WHERE key = ?1", "t", maintenance->key);
        if (!rows)
                return false;
        while (sql_next(rows, &wrong))
                g_hash_table_add(gone, g_strdup(sql_text(rows, 0)));
        sql_end(rows);
        if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        for (guint i = 0; i < maintenance->aliases->len; i++) {
                const char *alias = maintenance->aliases->pdata[i];
                if (!g_hash_table_remove(gone, alias) &&
                    !sql_run(sql, error, "INSERT OR IGNORE INTO alias VALUES (?1, ?2)", "tt", alias, maintenance->key))
                        return false;
        }
        GHashTableIter iter;
        gpointer alias;
        for (g_hash_table_iter_init(&iter, gone); g_hash_table_iter_next(&iter, &alias, NULL);)
                if (!sql_run(sql, error, "DELETE FROM alias WHERE alias = ?1 AND key = ?2", "tt", (char *)alias, maintenance->key))
                        return false;
        return true;
}

static bool keep_circuits(struct sql *sql, const struct maintenance *maintenance, const GPtrArray *circuits, GError **error)
{
        for (guint i = 0; i < circuits->len; i++) {
                g_autofree char *circuit = circuit_key(((const struct circuit *)circuits->pdata[i])->circuit_id);
                if (!sql_run(sql, error, "INSERT OR IGNORE INTO circuit VALUES (?1, ?2, ?3)", "ttt", maintenance->vendor, circuit,
                             maintenance->key))
                        return false;
        }
        return true;
}

/* Only an open one is found by its circuits (decide/identity.c), so only its rows are kept. */
static bool keep_all_circuits(struct sql *sql, const struct maintenance *maintenance, GError **error)
{
        if (!sql_run(sql, error, "DELETE FROM circuit WHERE key = ?1", "t", maintenance->key))
                return false;
        if (!is_open(maintenance))
                return true;
        for (guint i = 0; i < maintenance->events->len; i++)
                if (!keep_circuits(sql, maintenance, ((const struct event *)maintenance->events->pdata[i])->circuits, error))
                        return false;
        return keep_circuits(sql, maintenance, maintenance->circuits, error);
}

static bool keep_events(struct sql *sql, const struct maintenance *maintenance, GError **error)
{
        for (guint i = 0; i < maintenance->events->len; i++) {
                const struct event *event = maintenance->events->pdata[i];
                if (!sql_run(sql, error, "INSERT OR REPLACE INTO event VALUES (?1, ?2, ?3, nullif(?4, -9223372036854775808))", "ttti",
                             event->uid, maintenance->key, maintenance->vendor, event->start))
                        return false;
        }
        return true;
}

bool keep_maintenance(struct ledger *ledger, const struct maintenance *maintenance, gint64 mail, GError **error)
{
        struct sql *sql = ledger->sql;
        json_t *json = maintenance_to_json(maintenance);
        char *text = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        bool is_kept =
                sql_run(sql, error, "INSERT OR REPLACE INTO maintenance VALUES (?1, ?2, ?3, nullif(?4, -9223372036854775808), ?5, ?6)",
                        "ttiiit", maintenance->key, maintenance->vendor, (gint64)is_open(maintenance), last_end(maintenance), mail, text) &&
                keep_aliases(sql, maintenance, error) && keep_events(sql, maintenance, error) && keep_all_circuits(sql, maintenance, error);
        free(text);
        return is_kept;
}

struct maintenance *maintenance_of_text(const char *text, const char *key, GError **error)
{
        json_error_t at = {.text = ""};
        json_t *json = json_loads(text, 0, &at);
        g_autoptr(GError) wrong = NULL;
        struct maintenance *maintenance = json ? maintenance_from_json(json, &wrong) : NULL;
        json_decref(json);
        if (!maintenance)
                g_set_error(error, FAIL, FAIL_DATA, "the ledger's maintenance %s cannot be read: %s", key,
                            wrong ? wrong->message : at.text);
        return maintenance;
}
