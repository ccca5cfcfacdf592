/* The reading as JSON: the contract of DESIGN.md, and the line on which the ledger keeps a reading.
 * In: a reading, or such a line. Out: JSON, or a reading. */
#include "base/limits.h"
#include "data/pack.h"
#include "data/reading.h"

json_t *circuits_to_json(const GPtrArray *circuits)
{
        json_t *list = json_array();
        for (guint i = 0; i < circuits->len; i++) {
                const struct circuit *circuit = g_ptr_array_index(circuits, i);
                json_array_append_new(list, json_pack("{s:o, s:s?}", "circuit_id", pack_text(circuit->circuit_id), "impact",
                                                      impact_word(circuit->impact)));
        }
        return list;
}

/* is_line: with what the contract leaves out. */
static json_t *window_to_json(const struct window *window, bool is_line)
{
        json_t *json = json_pack("{s:o, s:o, s:s, s:s?}", "start", pack_instant(window->start), "end", pack_instant(window->end), "role",
                                 role_word(window->role), "status", status_word(window->status));
        if (is_line || window->circuits->len > 0)
                json_object_set_new(json, "circuits", circuits_to_json(window->circuits));
        if (is_line)
                json_object_set_new(json, "written", pack_text(window->written));
        return json;
}

static json_t *notice_to_json(const struct notice *notice, bool is_line)
{
        json_t *windows = json_array();
        for (guint i = 0; i < notice->windows->len; i++)
                json_array_append_new(windows, window_to_json(g_ptr_array_index(notice->windows, i), is_line));
        json_t *json = json_pack("{s:o, s:o, s:s?, s:o, s:o, s:o}", "maintenance_id", pack_text(notice->maintenance_id), "account",
                                 pack_text(notice->account), "status", status_word(notice->status), "summary", pack_text(notice->summary),
                                 "windows", windows, "circuits", circuits_to_json(notice->circuits));
        if (is_line) {
                json_object_set_new(json, "revision", pack_text(notice->revision));
                json_object_set_new(json, "location", pack_text(notice->location));
        }
        return json;
}

static json_t *to_json(const struct reading *reading, bool is_line)
{
        json_t *notices = json_array();
        for (guint i = 0; i < reading->notices->len; i++)
                json_array_append_new(notices, notice_to_json(g_ptr_array_index(reading->notices, i), is_line));
        json_t *json = json_pack("{s:o, s:s, s:o, s:s?, s:b, s:s, s:s, s:o, s:o}", "message_id", pack_text(reading->message_id), "stream",
                                 stream_word(reading->stream), "vendor", pack_text(reading->vendor), "kind", kind_word(reading->kind),
                                 "emergency", (int)reading->emergency, "confidence", confidence_word(reading->confidence), "sender",
                                 sender_word(reading->sender), "reasons", pack_texts(reading->reasons), "notices", notices);
        if (reading->root)
                json_object_set_new(json, "root", root_to_json(reading->root, is_line));
        if (!reading->root || is_line)
                return json;
        json_object_set_new(json, "kind", pack_text(reading->root->kind));
        json_object_del(json, "notices");
        return json;
}

json_t *reading_to_json(const struct reading *reading)
{
        return to_json(reading, false);
}

static json_t *evidence_to_json(const struct evidence *evidence)
{
        return json_pack("{s:o, s:o, s:o, s:o, s:i}", "field", pack_text(evidence->field), "value", pack_text(evidence->value), "rule",
                         pack_text(evidence->rule), "where", pack_text(evidence->where), "line", evidence->line);
}

static json_t *thread_to_json(const struct thread *thread)
{
        return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:o}", "references", pack_texts(thread->references), "list_id",
                         pack_text(thread->list_id), "list_archive", pack_text(thread->list_archive), "list_post",
                         pack_text(thread->list_post), "text_hash", pack_text(thread->text_hash), "calendar_uid",
                         pack_text(thread->calendar_uid), "calendar_sequence", thread->calendar_sequence, "received",
                         pack_instant(thread->received));
}

json_t *reading_to_line(const struct reading *reading)
{
        json_t *evidence = json_array();
        for (guint i = 0; i < reading->evidence->len; i++)
                json_array_append_new(evidence, evidence_to_json(g_ptr_array_index(reading->evidence, i)));
        json_t *line = to_json(reading, true);
        json_t *beside =
                json_pack("{s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "is_test", (int)reading->is_test, "is_by_words",
                          (int)reading->is_by_words, "is_noise", (int)reading->is_noise, "needs_person", (int)reading->needs_person,
                          "other", pack_text(reading->other), "evidence", evidence, "tried", pack_texts(reading->tried), "from",
                          pack_text(reading->from), "subject", pack_text(reading->subject), "date", pack_instant(reading->date),
                          "vendor_name", pack_text(reading->vendor_name), "thread", thread_to_json(&reading->thread));
        json_object_update(line, beside);
        json_decref(beside);
        return line;
}

gpointer circuit_from_json(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct circuit *circuit = circuit_new(NULL, IMPACT_NONE);
        circuit->circuit_id = unpack_needed(&unpack, "circuit_id");
        circuit->impact = (enum impact)unpack_word(&unpack, "impact", impact_from_word, true);
        return unpack_end(&unpack, circuit, (GDestroyNotify)circuit_free, error);
}

static gpointer window_from(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct window *window = window_new();
        window->start = unpack_instant(&unpack, "start");
        window->end = unpack_instant(&unpack, "end");
        window->role = (enum role)unpack_word(&unpack, "role", role_from_word, false);
        window->status = (enum status)unpack_word(&unpack, "status", status_from_word, true);
        window->written = unpack_text(&unpack, "written");
        unpack_list(&unpack, "circuits", LIMIT_CIRCUITS, circuit_from_json, window->circuits);
        return unpack_end(&unpack, window, (GDestroyNotify)window_free, error);
}

static gpointer notice_from(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct notice *notice = notice_new();
        notice->maintenance_id = unpack_text(&unpack, "maintenance_id");
        notice->account = unpack_text(&unpack, "account");
        notice->status = (enum status)unpack_word(&unpack, "status", status_from_word, true);
        notice->summary = unpack_text(&unpack, "summary");
        notice->revision = unpack_text(&unpack, "revision");
        notice->location = unpack_text(&unpack, "location");
        unpack_list(&unpack, "windows", LIMIT_WINDOWS, window_from, notice->windows);
        unpack_list(&unpack, "circuits", LIMIT_CIRCUITS, circuit_from_json, notice->circuits);
        return unpack_end(&unpack, notice, (GDestroyNotify)notice_free, error);
}

static gpointer evidence_from(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct evidence *evidence = g_new0(struct evidence, 1);
        evidence->field = unpack_text(&unpack, "field");
        evidence->value = unpack_text(&unpack, "value");
        evidence->rule = unpack_text(&unpack, "rule");
        evidence->where = unpack_text(&unpack, "where");
        evidence->line = unpack_number(&unpack, "line", 0);
        return unpack_end(&unpack, evidence, (GDestroyNotify)evidence_free, error);
}

static void unpack_thread(struct unpack *line, struct thread *thread)
{
        struct unpack unpack = {.object = json_object_get(line->object, "thread")};
        unpack_list(&unpack, "references", LIMIT_REFERENCES, unpack_text_element, thread->references);
        thread->list_id = unpack_text(&unpack, "list_id");
        thread->list_archive = unpack_text(&unpack, "list_archive");
        thread->list_post = unpack_text(&unpack, "list_post");
        thread->text_hash = unpack_text(&unpack, "text_hash");
        thread->calendar_uid = unpack_text(&unpack, "calendar_uid");
        thread->calendar_sequence = unpack_number(&unpack, "calendar_sequence", -1);
        thread->received = unpack_instant(&unpack, "received");
        if (line->fault || !unpack.fault) {
                g_clear_error(&unpack.fault);
                return;
        }
        g_propagate_prefixed_error(&line->fault, unpack.fault, "thread: ");
}

static void unpack_root(struct unpack *line, struct reading *reading)
{
        const json_t *json = json_object_get(line->object, "root");
        g_autoptr(GError) fault = NULL;
        if (!json)
                return;
        reading->root = root_from_json(json, &fault);
        if (fault && !line->fault)
                g_propagate_prefixed_error(&line->fault, g_steal_pointer(&fault), "root: ");
}

struct reading *reading_from_line(const json_t *line, GError **error)
{
        struct unpack unpack = {.object = line};
        struct reading *reading = reading_new();
        reading->message_id = unpack_text(&unpack, "message_id");
        reading->stream = (enum stream)unpack_word(&unpack, "stream", stream_from_word, false);
        reading->vendor = unpack_text(&unpack, "vendor");
        reading->kind = (enum kind)unpack_word(&unpack, "kind", kind_from_word, true);
        reading->emergency = unpack_flag(&unpack, "emergency");
        reading->is_test = unpack_flag(&unpack, "is_test");
        reading->is_by_words = unpack_flag(&unpack, "is_by_words");
        reading->is_noise = unpack_flag(&unpack, "is_noise");
        reading->needs_person = unpack_flag(&unpack, "needs_person");
        reading->other = unpack_text(&unpack, "other");
        reading->confidence = (enum confidence)unpack_word(&unpack, "confidence", confidence_from_word, false);
        reading->sender = (enum sender)unpack_word(&unpack, "sender", sender_from_word, false);
        unpack_list(&unpack, "reasons", LIMIT_READING_LINE, unpack_text_element, reading->reasons);
        unpack_list(&unpack, "notices", LIMIT_READING_LINE, notice_from, reading->notices);
        unpack_list(&unpack, "evidence", LIMIT_READING_LINE, evidence_from, reading->evidence);
        unpack_list(&unpack, "tried", LIMIT_READING_LINE, unpack_text_element, reading->tried);
        reading->from = unpack_text(&unpack, "from");
        reading->subject = unpack_text(&unpack, "subject");
        reading->date = unpack_instant(&unpack, "date");
        reading->vendor_name = unpack_text(&unpack, "vendor_name");
        unpack_thread(&unpack, &reading->thread);
        unpack_root(&unpack, reading);
        return unpack_end(&unpack, reading, (GDestroyNotify)reading_free, error);
}
