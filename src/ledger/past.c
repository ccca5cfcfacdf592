/* What the ledger knows that may concern a reading.
 * In: a reading. Out: a struct past of decide/decide-maint.h. */
#include "decide/identity.h"
#include "ledger/inside.h"

enum { MOST_ALIKE = 50 }; /* maintenances that one circuit or time may lead to: the newest ones */

/* SQLite makes a table of what stands in IN (...), which takes longer than to look twice. */
static bool find_mail(struct ledger *ledger, const struct mail_key *key, struct past *past, GError **error)
{
        const char *message_id = key->message_id ? key->message_id : "";
        gint64 same, others = 0;
        if (!sql_one(ledger->sql, error, &same, 0,
                     "SELECT EXISTS (SELECT 1 FROM mail WHERE message_id = ?1 AND stream = ?2 AND text_hash = ?3) OR "
                     "EXISTS (SELECT 1 FROM mail WHERE message_id = ?1 AND stream = ?2 AND text_hash = ?4)",
                     "tttt", message_id, stream_word(key->stream), key->text_hash, key->raw_hash))
                return false;
        if (key->message_id && !sql_one(ledger->sql, error, &others, 0,
                                        "SELECT EXISTS (SELECT 1 FROM mail WHERE message_id = ?1 AND stream = ?2 AND text_hash <> ?3 AND "
                                        "text_hash <> ?4)",
                                        "tttt", message_id, stream_word(key->stream), key->text_hash, key->raw_hash))
                return false;
        past->is_known = same > 0;
        past->is_other_text = others > 0;
        return true;
}

/* Add the keys that rows give, and end them. */
static bool add_keys(struct sql_rows *rows, GHashTable *keys, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        if (!rows)
                return false;
        while (sql_next(rows, &wrong))
                g_hash_table_add(keys, g_strdup(sql_text(rows, 0)));
        sql_end(rows);
        if (!wrong)
                return true;
        g_propagate_error(error, g_steal_pointer(&wrong));
        return false;
}

static bool find_by_aliases(struct ledger *ledger, const struct reading *reading, GHashTable *keys, GError **error)
{
        g_autoptr(GPtrArray) aliases = identity_aliases(reading);
        for (guint i = 0; i < aliases->len; i++)
                if (!add_keys(sql_ask(ledger->sql, error, "SELECT key FROM alias WHERE alias = ?1", "t", (char *)aliases->pdata[i]), keys,
                              error))
                        return false;
        return true;
}

static bool find_by_circuits(struct ledger *ledger, const char *vendor, const GPtrArray *circuits, GHashTable *keys, GError **error)
{
        for (guint i = 0; i < circuits->len; i++) {
                g_autofree char *circuit = circuit_key(((const struct circuit *)circuits->pdata[i])->circuit_id);
                struct sql_rows *rows =
                        sql_ask(ledger->sql, error,
                                "SELECT circuit.key FROM circuit JOIN maintenance USING (key) WHERE circuit.vendor = ?1 AND "
                                "circuit = ?2 ORDER BY mail DESC LIMIT ?3",
                                "tti", vendor, circuit, (gint64)MOST_ALIKE);
                if (!add_keys(rows, keys, error))
                        return false;
        }
        return true;
}

static bool find_alike(struct ledger *ledger, const char *vendor, const struct notice *notice, GHashTable *keys, GError **error)
{
        for (guint i = 0; i < notice->windows->len; i++) {
                const struct window *window = notice->windows->pdata[i];
                struct sql_rows *rows = sql_ask(ledger->sql, error, "SELECT key FROM event WHERE vendor = ?1 AND start = ?2 LIMIT ?3",
                                                "tii", vendor, window->start, (gint64)MOST_ALIKE);
                if (!add_keys(rows, keys, error) || !find_by_circuits(ledger, vendor, window->circuits, keys, error))
                        return false;
        }
        return find_by_circuits(ledger, vendor, notice->circuits, keys, error);
}

/* Without an id, by what they are about (decide/identity.h). */
static bool find_all(struct ledger *ledger, const struct reading *reading, GHashTable *keys, GError **error)
{
        if (!find_by_aliases(ledger, reading, keys, error))
                return false;
        for (guint i = 0; reading->vendor && i < reading->notices->len; i++) {
                const struct notice *notice = reading->notices->pdata[i];
                if (!notice->maintenance_id && !find_alike(ledger, reading->vendor, notice, keys, error))
                        return false;
        }
        return true;
}

static int by_text(gconstpointer a, gconstpointer b)
{
        return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, so that a decision never hangs on the order of a hash table. */
static GPtrArray *sorted(GHashTable *keys)
{
        GPtrArray *list = g_ptr_array_new();
        GHashTableIter iter;
        gpointer key;
        for (g_hash_table_iter_init(&iter, keys); g_hash_table_iter_next(&iter, &key, NULL);)
                g_ptr_array_add(list, key);
        g_ptr_array_sort(list, by_text);
        return list;
}

static bool load(struct ledger *ledger, GHashTable *keys, GPtrArray *maintenances, GError **error)
{
        g_autoptr(GPtrArray) list = sorted(keys);
        for (guint i = 0; i < list->len; i++) {
                g_autoptr(GError) wrong = NULL;
                struct maintenance *maintenance = ledger_maintenance(ledger, list->pdata[i], &wrong);
                if (wrong) {
                        g_propagate_error(error, g_steal_pointer(&wrong));
                        return false;
                }
                if (maintenance)
                        g_ptr_array_add(maintenances, maintenance);
        }
        return true;
}

bool ledger_past(struct ledger *ledger, const struct mail_key *key, const struct reading *reading, struct past *past, GError **error)
{
        g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        GPtrArray *maintenances = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free);
        struct past found = {.maintenances = maintenances};
        if (find_mail(ledger, key, &found, error) &&
            (found.is_known || (find_all(ledger, reading, keys, error) && load(ledger, keys, maintenances, error)))) {
                *past = found;
                return true;
        }
        g_ptr_array_unref(maintenances);
        return false;
}

bool ledger_past_again(struct ledger *ledger, gint64 id, const struct reading *reading, struct past *past, GError **error)
{
        g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        GPtrArray *maintenances = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free);
        gint64 others = 0;
        bool is_fine = sql_one(ledger->sql, error, &others, 0,
                               "SELECT count(*) FROM mail JOIN mail other USING (message_id, stream) WHERE mail.id = ?1 AND other.id < "
                               "?1 AND message_id <> ''",
                               "i", id);
        if (is_fine && find_all(ledger, reading, keys, error) && load(ledger, keys, maintenances, error)) {
                *past = (struct past){.maintenances = maintenances, .is_other_text = others > 0};
                return true;
        }
        g_ptr_array_unref(maintenances);
        return false;
}

void past_release(struct past *past)
{
        if (past->maintenances)
                g_ptr_array_unref((GPtrArray *)past->maintenances);
        past->maintenances = NULL;
}
