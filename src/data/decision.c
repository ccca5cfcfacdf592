/* A person's decision on a mail, and its line of decisions.jsonl.
 * In: what was decided, or such a line. Out: plain structs, JSON. */
#include "data/decision.h"

#include "base/limits.h"
#include "data/pack.h"
#include "data/reading.h"

static const char *const deeds[] = {
        [DEED_ACCEPT] = "accept", [DEED_CORRECT] = "correct", [DEED_UNDO] = "undo",
        [DEED_NOTE] = "note",     [DEED_SNOOZE] = "snooze",   [DEED_IGNORE] = "ignore",
        [DEED_MERGE] = "merge",   [DEED_LINK] = "link",       [DEED_UNDO_ISSUE] = "undo-issue",
};

const char *deed_word(enum deed deed)
{
        return deeds[deed];
}

int deed_from_word(const char *word)
{
        for (guint i = 0; i < G_N_ELEMENTS(deeds); i++)
                if (g_strcmp0(deeds[i], word) == 0)
                        return (int)i;
        return -1;
}

bool decision_is_on_issue(enum deed deed)
{
        return deed >= DEED_SNOOZE;
}

struct decision *decision_new(enum deed deed)
{
        struct decision *decision = g_new0(struct decision, 1);
        decision->deed = deed;
        decision->correction.windows = g_ptr_array_new_with_free_func((GDestroyNotify)window_free);
        decision->correction.circuits = g_ptr_array_new_with_free_func((GDestroyNotify)circuit_free);
        decision->correction.without = g_ptr_array_new_with_free_func(g_free);
        return decision;
}

static void mail_name_clear(struct mail_name *name)
{
        g_free(name->message_id);
        g_free(name->text_hash);
}

void decision_free(struct decision *decision)
{
        if (!decision)
                return;
        g_free(decision->by);
        mail_name_clear(&decision->mail);
        mail_name_clear(&decision->after);
        g_free(decision->revision);
        g_free(decision->correction.vendor);
        g_free(decision->correction.maintenance_id);
        g_free(decision->correction.same_as);
        g_ptr_array_unref(decision->correction.windows);
        g_ptr_array_unref(decision->correction.circuits);
        g_ptr_array_unref(decision->correction.without);
        g_free(decision->text);
        g_free(decision->issue);
        g_free(decision->into);
        g_free(decision);
}

static json_t *name_to_json(const struct mail_name *name)
{
        return json_pack("{s:s, s:o, s:o}", "stream", stream_word(name->stream), "message_id", pack_text(name->message_id), "text_hash",
                         pack_text(name->text_hash));
}

static json_t *windows_to_json(const GPtrArray *windows)
{
        json_t *list = json_array();
        for (guint i = 0; i < windows->len; i++) {
                const struct window *window = windows->pdata[i];
                json_t *json = json_pack("{s:o, s:o}", "start", pack_instant(window->start), "end", pack_instant(window->end));
                if (window->is_all_day)
                        json_object_set_new(json, "is_all_day", json_true());
                json_array_append_new(list, json);
        }
        return list;
}

static json_t *correction_to_json(const struct correction *correction)
{
        return json_pack("{s:b, s:s?, s:s?, s:o, s:o, s:o, s:o, s:o, s:o}", "is_no_maintenance", (int)correction->is_no_maintenance, "kind",
                         kind_word(correction->kind), "status", status_word(correction->status), "vendor", pack_text(correction->vendor),
                         "maintenance_id", pack_text(correction->maintenance_id), "same_as", pack_text(correction->same_as), "windows",
                         windows_to_json(correction->windows), "circuits", circuits_to_json(correction->circuits), "without",
                         pack_texts(correction->without));
}

static void issue_to_json(const struct decision *decision, json_t *json)
{
        json_object_set_new(json, "issue", pack_text(decision->issue));
        if (decision->deed == DEED_SNOOZE)
                json_object_set_new(json, "until", pack_instant(decision->until));
        if (decision->deed == DEED_MERGE)
                json_object_set_new(json, "into", pack_text(decision->into));
        if (decision->deed == DEED_LINK)
                json_object_set_new(json, "task", json_integer(decision->task));
}

json_t *decision_to_json(const struct decision *decision)
{
        json_t *json =
                json_pack("{s:I, s:s, s:o, s:o, s:o, s:o, s:o}", "number", (json_int_t)decision->number, "deed", deed_word(decision->deed),
                          "at", pack_instant(decision->at), "by", pack_text(decision->by), "mail", name_to_json(&decision->mail), "after",
                          name_to_json(&decision->after), "revision", pack_text(decision->revision));
        if (decision->deed == DEED_CORRECT)
                json_object_set_new(json, "correction", correction_to_json(&decision->correction));
        if (decision->deed == DEED_NOTE)
                json_object_set_new(json, "text", pack_text(decision->text));
        if (decision->issue)
                issue_to_json(decision, json);
        return json;
}

static void name_from(struct unpack *unpack, const char *member, struct mail_name *name)
{
        struct unpack inner = {.object = json_object_get(unpack->object, member)};
        name->stream = (enum stream)unpack_word(&inner, "stream", stream_from_word, false);
        name->message_id = unpack_text(&inner, "message_id");
        name->text_hash = unpack_text(&inner, "text_hash");
        if (inner.fault)
                unpack_fault(unpack, member, "name of a mail");
        g_clear_error(&inner.fault);
}

static gpointer window_from(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct window *window = window_new();
        window->start = unpack_instant(&unpack, "start");
        window->end = unpack_instant(&unpack, "end");
        window->is_all_day = json_is_true(json_object_get(json, "is_all_day"));
        return unpack_end(&unpack, window, (GDestroyNotify)window_free, error);
}

/* Decisions of earlier days name a circuit alone. */
static gpointer circuit_from(const json_t *json, GError **error)
{
        return json_is_string(json) ? circuit_new(json_string_value(json), IMPACT_NONE) : circuit_from_json(json, error);
}

static void correction_from(struct unpack *unpack, struct correction *correction)
{
        struct unpack inner = {.object = json_object_get(unpack->object, "correction")};
        correction->is_no_maintenance = unpack_flag(&inner, "is_no_maintenance");
        correction->kind = (enum kind)unpack_word(&inner, "kind", kind_from_word, true);
        correction->status = (enum status)unpack_word(&inner, "status", status_from_word, true);
        correction->vendor = unpack_text(&inner, "vendor");
        correction->maintenance_id = unpack_text(&inner, "maintenance_id");
        correction->same_as = unpack_text(&inner, "same_as");
        unpack_list(&inner, "windows", LIMIT_WINDOWS, window_from, correction->windows);
        unpack_list(&inner, "circuits", LIMIT_CIRCUITS, circuit_from, correction->circuits);
        if (json_object_get(inner.object, "without"))
                unpack_list(&inner, "without", LIMIT_CIRCUITS, unpack_text_element, correction->without);
        if (inner.fault && !unpack->fault)
                unpack->fault = g_steal_pointer(&inner.fault);
        g_clear_error(&inner.fault);
}

static void issue_from(struct unpack *unpack, struct decision *decision)
{
        decision->issue = unpack_needed(unpack, "issue");
        if (decision->deed == DEED_SNOOZE)
                decision->until = unpack_instant(unpack, "until");
        if (decision->deed == DEED_MERGE)
                decision->into = unpack_needed(unpack, "into");
        if (decision->deed == DEED_LINK)
                decision->task = unpack_number(unpack, "task", 1);
}

struct decision *decision_from_json(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct decision *decision = decision_new((enum deed)unpack_word(&unpack, "deed", deed_from_word, false));
        decision->number = unpack_number(&unpack, "number", 1);
        decision->at = unpack_instant(&unpack, "at");
        decision->by = unpack_needed(&unpack, "by");
        decision->revision = unpack_text(&unpack, "revision");
        name_from(&unpack, "mail", &decision->mail);
        name_from(&unpack, "after", &decision->after);
        if (decision->deed == DEED_CORRECT)
                correction_from(&unpack, &decision->correction);
        if (decision->deed == DEED_NOTE)
                decision->text = unpack_text(&unpack, "text");
        if (decision_is_on_issue(decision->deed))
                issue_from(&unpack, decision);
        return unpack_end(&unpack, decision, (GDestroyNotify)decision_free, error);
}
