/* The reading as JSON: the contract of DESIGN.md, and the line on which the confined child hands a reading back.
 * In: a reading, or such a line, which is not trusted. Out: JSON, or a reading. */
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "data/reading.h"

/* jansson refuses what is no UTF-8; a reading with such a text is still a reading. */
static json_t *text(const char *value)
{
        if (!value)
                return json_null();
        json_t *string = json_string(value);
        if (string)
                return string;
        g_autofree char *valid = g_utf8_make_valid(value, -1);
        return json_string(valid);
}

static json_t *instant(gint64 at)
{
        g_autofree char *value = instant_text(at);
        return text(value);
}

static json_t *texts(const GPtrArray *values)
{
        json_t *list = json_array();
        for (guint i = 0; i < values->len; i++)
                json_array_append_new(list, text(g_ptr_array_index(values, i)));
        return list;
}

static json_t *circuits_to_json(const GPtrArray *circuits)
{
        json_t *list = json_array();
        for (guint i = 0; i < circuits->len; i++) {
                const struct circuit *circuit = g_ptr_array_index(circuits, i);
                json_array_append_new(
                        list, json_pack("{s:o, s:s?}", "circuit_id", text(circuit->circuit_id), "impact", impact_word(circuit->impact)));
        }
        return list;
}

/* is_line: with what the contract leaves out. */
static json_t *window_to_json(const struct window *window, bool is_line)
{
        json_t *json = json_pack("{s:o, s:o, s:s, s:s?}", "start", instant(window->start), "end", instant(window->end), "role",
                                 role_word(window->role), "status", status_word(window->status));
        if (is_line || window->circuits->len > 0)
                json_object_set_new(json, "circuits", circuits_to_json(window->circuits));
        if (is_line)
                json_object_set_new(json, "written", text(window->written));
        return json;
}

static json_t *notice_to_json(const struct notice *notice, bool is_line)
{
        json_t *windows = json_array();
        for (guint i = 0; i < notice->windows->len; i++)
                json_array_append_new(windows, window_to_json(g_ptr_array_index(notice->windows, i), is_line));
        json_t *json = json_pack("{s:o, s:o, s:s?, s:o, s:o, s:o}", "maintenance_id", text(notice->maintenance_id), "account",
                                 text(notice->account), "status", status_word(notice->status), "summary", text(notice->summary), "windows",
                                 windows, "circuits", circuits_to_json(notice->circuits));
        if (is_line) {
                json_object_set_new(json, "revision", text(notice->revision));
                json_object_set_new(json, "location", text(notice->location));
        }
        return json;
}

static json_t *to_json(const struct reading *reading, bool is_line)
{
        json_t *notices = json_array();
        for (guint i = 0; i < reading->notices->len; i++)
                json_array_append_new(notices, notice_to_json(g_ptr_array_index(reading->notices, i), is_line));
        return json_pack("{s:o, s:s, s:o, s:s?, s:b, s:s, s:s, s:o, s:o}", "message_id", text(reading->message_id), "stream",
                         stream_word(reading->stream), "vendor", text(reading->vendor), "kind", kind_word(reading->kind), "emergency",
                         (int)reading->emergency, "confidence", confidence_word(reading->confidence), "sender",
                         sender_word(reading->sender), "reasons", texts(reading->reasons), "notices", notices);
}

json_t *reading_to_json(const struct reading *reading)
{
        return to_json(reading, false);
}

static json_t *evidence_to_json(const struct evidence *evidence)
{
        return json_pack("{s:o, s:o, s:o, s:o, s:i}", "field", text(evidence->field), "value", text(evidence->value), "rule",
                         text(evidence->rule), "where", text(evidence->where), "line", evidence->line);
}

json_t *reading_to_line(const struct reading *reading)
{
        json_t *evidence = json_array();
        for (guint i = 0; i < reading->evidence->len; i++)
                json_array_append_new(evidence, evidence_to_json(g_ptr_array_index(reading->evidence, i)));
        json_t *line = to_json(reading, true);
        json_t *beside = json_pack("{s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:o, s:o}", "is_test", (int)reading->is_test, "is_noise",
                                   (int)reading->is_noise, "needs_person", (int)reading->needs_person, "other", text(reading->other),
                                   "evidence", evidence, "tried", texts(reading->tried), "from", text(reading->from), "subject",
                                   text(reading->subject), "date", instant(reading->date));
        json_object_update(line, beside);
        json_decref(beside);
        return line;
}

/* An object being taken apart. After the first fault its members are given as empty, so that the fault is asked for once, at the end. */
struct unpack {
        const json_t *object; /* borrowed */
        GError *fault;
};

static void fault(struct unpack *unpack, const char *name, const char *wanted)
{
        if (!unpack->fault)
                unpack->fault = g_error_new(FAIL, FAIL_DATA, "'%s' is no %s", name, wanted);
}

static char *as_text(const json_t *value)
{
        const char *string = json_string_value(value);
        return string && strlen(string) == json_string_length(value) ? g_strdup(string) : NULL;
}

static char *unpack_text(struct unpack *unpack, const char *name)
{
        const json_t *value = json_object_get(unpack->object, name);
        char *string = as_text(value);
        if (!string && !json_is_null(value))
                fault(unpack, name, "text or null");
        return string;
}

static bool unpack_flag(struct unpack *unpack, const char *name)
{
        const json_t *value = json_object_get(unpack->object, name);
        if (!json_is_boolean(value))
                fault(unpack, name, "true or false");
        return json_is_true(value);
}

/* A closed word; null is the first member of those enums that begin with NONE. */
static int unpack_word(struct unpack *unpack, const char *name, int (*from_word)(const char *), bool may_be_null)
{
        const json_t *value = json_object_get(unpack->object, name);
        int member = json_is_string(value) ? from_word(json_string_value(value)) : -1;
        if (member >= 0)
                return member;
        if (!may_be_null || !json_is_null(value))
                fault(unpack, name, "known word");
        return 0;
}

static gint64 unpack_instant(struct unpack *unpack, const char *name)
{
        g_autofree char *value = unpack_text(unpack, name);
        if (!value)
                return READING_NO_TIME;
        g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(value, NULL);
        gint64 at = time ? g_date_time_to_unix(time) : READING_NO_TIME;
        g_autofree char *again = instant_text(at);
        if (g_strcmp0(value, again) == 0)
                return at;
        fault(unpack, name, "instant of the form 2021-11-14T08:01:00Z");
        return READING_NO_TIME;
}

static int unpack_line_number(struct unpack *unpack, const char *name)
{
        const json_t *value = json_object_get(unpack->object, name);
        json_int_t number = json_integer_value(value);
        if (json_is_integer(value) && number >= 0 && number <= G_MAXINT)
                return (int)number;
        fault(unpack, name, "line number");
        return 0;
}

/* Makes one element of a list; NULL and an error if it is none. */
typedef gpointer element_from(const json_t *json, GError **error);

static void unpack_list(struct unpack *unpack, const char *name, gsize most, element_from *from, GPtrArray *into)
{
        const json_t *list = json_object_get(unpack->object, name);
        if (!json_is_array(list) || json_array_size(list) > most) {
                g_autofree char *wanted = g_strdup_printf("list of at most %" G_GSIZE_FORMAT, most);
                fault(unpack, name, wanted);
                return;
        }
        for (gsize i = 0; i < json_array_size(list) && !unpack->fault; i++) {
                gpointer element = from(json_array_get(list, i), &unpack->fault);
                if (element)
                        g_ptr_array_add(into, element);
                else
                        g_prefix_error(&unpack->fault, "%s[%" G_GSIZE_FORMAT "]: ", name, i);
        }
}

/* The made thing if nothing was wrong with its members; else it is freed and the fault handed on. */
static gpointer unpack_end(struct unpack *unpack, gpointer made, GDestroyNotify destroy, GError **error)
{
        if (!unpack->fault)
                return made;
        g_propagate_error(error, unpack->fault);
        destroy(made);
        return NULL;
}

static gpointer text_from(const json_t *json, GError **error)
{
        char *string = as_text(json);
        if (!string)
                g_set_error(error, FAIL, FAIL_DATA, "no text");
        return string;
}

static gpointer circuit_from(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct circuit *circuit = circuit_new(NULL, IMPACT_NONE);
        circuit->circuit_id = unpack_text(&unpack, "circuit_id");
        if (!circuit->circuit_id)
                fault(&unpack, "circuit_id", "text");
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
        unpack_list(&unpack, "circuits", LIMIT_CIRCUITS, circuit_from, window->circuits);
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
        unpack_list(&unpack, "circuits", LIMIT_CIRCUITS, circuit_from, notice->circuits);
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
        evidence->line = unpack_line_number(&unpack, "line");
        return unpack_end(&unpack, evidence, (GDestroyNotify)evidence_free, error);
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
        reading->is_noise = unpack_flag(&unpack, "is_noise");
        reading->needs_person = unpack_flag(&unpack, "needs_person");
        reading->other = unpack_text(&unpack, "other");
        reading->confidence = (enum confidence)unpack_word(&unpack, "confidence", confidence_from_word, false);
        reading->sender = (enum sender)unpack_word(&unpack, "sender", sender_from_word, false);
        unpack_list(&unpack, "reasons", LIMIT_READING_LINE, text_from, reading->reasons);
        unpack_list(&unpack, "notices", LIMIT_READING_LINE, notice_from, reading->notices);
        unpack_list(&unpack, "evidence", LIMIT_READING_LINE, evidence_from, reading->evidence);
        unpack_list(&unpack, "tried", LIMIT_READING_LINE, text_from, reading->tried);
        reading->from = unpack_text(&unpack, "from");
        reading->subject = unpack_text(&unpack, "subject");
        reading->date = unpack_instant(&unpack, "date");
        return unpack_end(&unpack, reading, (GDestroyNotify)reading_free, error);
}
