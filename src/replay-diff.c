/* What a ledger made afresh of mailboxes says otherwise than the ledger that is kept.
 * In: two ledgers. Out: differences. */
#include "replay-diff.h"

#include "data/differ.h"
#include "data/pack.h"
#include "out/difference.h"
#include "out/tell.h"

#include <string.h>

struct diff {
        struct ledger *kept, *fresh; /* borrowed */
        GArray *mails;               /* gint64: ids in `fresh` */
        GHashTable *keys;            /* of maintenances that they touch */
        GPtrArray *differences;
};

/* What a reader of the ledger's mail sees. */
static json_t *facts_of_mail(const struct entry *entry, const struct reading *reading)
{
        json_t *facts = reading_to_json(reading);
        json_object_del(facts, "reasons");
        json_object_del(facts, "message_id");
        json_object_set_new(facts, "resolution", json_string(resolution_word(entry->resolution)));
        return facts;
}

/* What is published of a maintenance; how often it was is no fact. */
static json_t *facts_of_event(const struct event *event)
{
        return json_pack("{s:s, s:o, s:o, s:s, s:b, s:b, s:o}", "state", state_word(event->state), "start", pack_instant(event->start),
                         "end", pack_instant(event->end), "role", role_word(event->role), "is_postponed", (int)event->is_postponed,
                         "is_checked", (int)event->is_checked, "circuits", circuits_to_json(event->circuits));
}

static json_t *facts_of_maintenance(const struct maintenance *maintenance)
{
        json_t *events = json_array();
        for (guint i = 0; i < maintenance->events->len; i++)
                json_array_append_new(events, facts_of_event(maintenance->events->pdata[i]));
        return json_pack("{s:o, s:o, s:o, s:o, s:o}", "maintenance_id", pack_text(maintenance->maintenance_id), "account",
                         pack_text(maintenance->account), "summary", pack_text(maintenance->summary), "circuits",
                         circuits_to_json(maintenance->circuits), "events", events);
}

/* Both are freed; `was` may be NULL: the kept ledger has nothing of it. */
static void add(struct diff *diff, char *about, json_t *was, json_t *is)
{
        GPtrArray *changes = was ? differ(was, is) : g_ptr_array_new_with_free_func(g_free);
        struct difference *difference = difference_new(about, changes);
        difference->is_new = !was;
        if (!was || changes->len > 0)
                g_ptr_array_add(diff->differences, difference);
        else
                difference_free(difference);
        json_decref(was);
        json_decref(is);
}

static void note_keys(struct diff *diff, const struct entry *entry)
{
        for (guint i = 0; i < entry->maintenances->len; i++)
                g_hash_table_add(diff->keys, g_strdup(entry->maintenances->pdata[i]));
}

static bool note_mail(const struct entry *entry, void *data)
{
        struct diff *diff = data;
        g_array_append_val(diff->mails, entry->id);
        note_keys(diff, entry);
        return true;
}

/* The facts of a mail in the kept ledger; NULL without an error: it has none with this id. */
static json_t *kept_facts(struct diff *diff, gint64 id, GError **error)
{
        struct reading *reading = NULL;
        struct entry *entry = id > 0 ? ledger_mail(diff->kept, id, &reading, error) : NULL;
        json_t *facts = entry ? facts_of_mail(entry, reading) : NULL;
        if (entry)
                note_keys(diff, entry);
        reading_free(reading);
        entry_free(entry);
        return facts;
}

static bool compare_mail(struct diff *diff, gint64 id, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct reading *reading = NULL;
        struct entry *entry = ledger_mail(diff->fresh, id, &reading, error);
        if (!entry)
                return false;
        struct mail_key key = {
                .stream = entry->stream, .message_id = entry->message_id, .text_hash = entry->text_hash, .raw_hash = entry->text_hash};
        gint64 known = ledger_find(diff->kept, &key, &wrong);
        json_t *was = wrong ? NULL : kept_facts(diff, known, &wrong);
        g_autofree char *day = tell_day(entry->date), *number = known > 0 ? g_strdup_printf("mail %" G_GINT64_FORMAT ", ", known) : NULL;
        char *about = g_strdup_printf("%s%s: %s", number ? number : "mail of ", day, entry->subject ? entry->subject : "");
        bool is_fine = !wrong;
        if (wrong) {
                g_free(about);
                g_propagate_error(error, g_steal_pointer(&wrong));
        } else {
                add(diff, about, was, facts_of_mail(entry, reading));
        }
        reading_free(reading);
        entry_free(entry);
        return is_fine;
}

static json_t *maintenance_facts(struct ledger *ledger, const char *key, GError **error)
{
        struct maintenance *maintenance = ledger_maintenance(ledger, key, error);
        json_t *facts = maintenance ? facts_of_maintenance(maintenance) : NULL;
        maintenance_free(maintenance);
        return facts;
}

static bool compare_maintenance(struct diff *diff, const char *key, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        json_t *was = maintenance_facts(diff->kept, key, &wrong), *is = wrong ? NULL : maintenance_facts(diff->fresh, key, &wrong);
        if (!wrong) {
                add(diff, g_strdup(key), was, is ? is : json_object());
                return true;
        }
        json_decref(was);
        json_decref(is);
        g_propagate_error(error, g_steal_pointer(&wrong));
        return false;
}

static bool compare(struct diff *diff, GError **error)
{
        struct wanted all = {.resolution = -1};
        if (!ledger_mails(diff->fresh, &all, note_mail, diff, error))
                return false;
        for (guint i = 0; i < diff->mails->len; i++)
                if (!compare_mail(diff, g_array_index(diff->mails, gint64, i), error))
                        return false;
        g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(diff->keys), (GCompareFunc)strcmp);
        for (GList *at = keys; at; at = at->next)
                if (!compare_maintenance(diff, at->data, error))
                        return false;
        return true;
}

GPtrArray *replay_diff(struct ledger *kept, struct ledger *fresh, GError **error)
{
        struct diff diff = {
                .kept = kept,
                .fresh = fresh,
                .mails = g_array_new(FALSE, FALSE, sizeof(gint64)),
                .keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                .differences = g_ptr_array_new_with_free_func((GDestroyNotify)difference_free),
        };
        bool is_done = compare(&diff, error);
        g_array_unref(diff.mails);
        g_hash_table_unref(diff.keys);
        if (is_done)
                return diff.differences;
        g_ptr_array_unref(diff.differences);
        return NULL;
}
