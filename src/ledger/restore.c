/* What stood before a decision: kept with it, and put back.
 * In: a ledger, a decision. Out: a JSON text; a verdict. */
#include "ledger/restore.h"

#include "base/fail.h"
#include "data/pack.h"
#include "ledger/amend.h"
#include "ledger/inside.h"

char *restore_keep(struct ledger *ledger, const struct entry *entry, const struct verdict *verdict, GError **error)
{
        json_t *maintenances = json_object();
        bool is_fine = true;
        for (guint i = 0; is_fine && i < verdict->maintenances->len; i++) {
                g_autoptr(GError) wrong = NULL;
                const char *key = ((const struct maintenance *)verdict->maintenances->pdata[i])->key;
                struct maintenance *now = ledger_maintenance(ledger, key, &wrong);
                is_fine = !wrong;
                json_object_set_new(maintenances, key, now ? maintenance_to_json(now) : json_null());
                maintenance_free(now);
                if (wrong)
                        g_propagate_error(error, g_steal_pointer(&wrong));
        }
        json_t *json = json_pack("{s:s, s:o, s:o, s:o}", "resolution", resolution_word(entry->resolution), "reasons",
                                 pack_texts(entry->reasons), "cell", pack_text(entry->cell), "maintenances", maintenances);
        char *text = is_fine ? json_dumps(json, JSON_COMPACT) : NULL;
        json_decref(json);
        return text;
}

/* One maintenance as it was; NULL and an error. */
static struct maintenance *as_it_was(struct ledger *ledger, const char *key, const json_t *json, GError **error)
{
        if (!json_is_null(json))
                return maintenance_from_json(json, error);
        struct maintenance *now = ledger_maintenance(ledger, key, error);
        if (now)
                amend_call_off(now);
        return now;
}

static bool put_back(struct ledger *ledger, const json_t *maintenances, const struct decision *decision, struct verdict *verdict,
                     GError **error)
{
        const char *key;
        json_t *json;
        json_object_foreach((json_t *)maintenances, key, json)
        {
                struct maintenance *maintenance = as_it_was(ledger, key, json, error);
                if (!maintenance)
                        return false;
                amend_say(maintenance, decision, "decision taken back");
                g_ptr_array_add(verdict->maintenances, maintenance);
        }
        return true;
}

static enum resolution resolution_of_word(const char *word)
{
        for (int i = 0; i < RESOLUTION_REVIEW; i++)
                if (g_strcmp0(word, resolution_word((enum resolution)i)) == 0)
                        return (enum resolution)i;
        return RESOLUTION_REVIEW;
}

struct verdict *restore_verdict(struct ledger *ledger, const char *before, const struct decision *decision, GError **error)
{
        json_t *json = json_loads(before, 0, NULL);
        struct unpack unpack = {.object = json};
        struct verdict *verdict = verdict_new();
        g_autofree char *resolution = unpack_needed(&unpack, "resolution");
        verdict->resolution = resolution_of_word(resolution);
        verdict->cell = unpack_text(&unpack, "cell");
        unpack_list(&unpack, "reasons", G_MAXINT, unpack_text_element, verdict->reasons);
        verdict = unpack_end(&unpack, verdict, (GDestroyNotify)verdict_free, error);
        if (verdict && !put_back(ledger, json_object_get(json, "maintenances"), decision, verdict, error))
                g_clear_pointer(&verdict, verdict_free);
        json_decref(json);
        return verdict;
}

static bool add_id(const struct entry *entry, void *data)
{
        GHashTable *ids = data;
        g_hash_table_add(ids, GSIZE_TO_POINTER((gsize)entry->id));
        return true;
}

static int by_id(gconstpointer a, gconstpointer b)
{
        gsize one = GPOINTER_TO_SIZE(*(const gconstpointer *)a), other = GPOINTER_TO_SIZE(*(const gconstpointer *)b);
        return (one > other) - (one < other);
}

static bool decide_again(struct ledger *ledger, gint64 id, const struct policy *policy, GError **error)
{
        struct reading *reading = NULL;
        struct past past = {0};
        struct entry *entry = ledger_mail(ledger, id, &reading, error);
        bool is_fine = entry && ledger_past_again(ledger, id, reading, &past, error);
        struct verdict *verdict = is_fine ? decide_maint(&past, reading, policy) : NULL;
        is_fine = is_fine && ledger_decide(ledger, id, verdict, error);
        verdict_free(verdict);
        past_release(&past);
        reading_free(reading);
        entry_free(entry);
        return is_fine;
}

bool restore_later(struct ledger *ledger, gint64 after, const struct verdict *verdict, const struct policy *policy, GError **error)
{
        g_autoptr(GHashTable) ids = g_hash_table_new(NULL, NULL);
        for (guint i = 0; i < verdict->maintenances->len; i++) {
                const struct maintenance *maintenance = verdict->maintenances->pdata[i];
                struct wanted wanted = {.after = after, .resolution = -1, .key = maintenance->key};
                if (!ledger_mails(ledger, &wanted, add_id, ids, error))
                        return false;
        }
        g_autoptr(GPtrArray) order = g_ptr_array_new();
        GHashTableIter iter;
        gpointer id;
        for (g_hash_table_iter_init(&iter, ids); g_hash_table_iter_next(&iter, &id, NULL);)
                g_ptr_array_add(order, id);
        g_ptr_array_sort(order, by_id);
        for (guint i = 0; i < order->len; i++)
                if (!decide_again(ledger, (gint64)GPOINTER_TO_SIZE(order->pdata[i]), policy, error))
                        return false;
        return true;
}
