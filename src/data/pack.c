/* Members of JSON objects, both ways: how our plain structs are written, and how they come back from lines that are not trusted.
 * In: values, or JSON. Out: JSON, or values; every member that is not as it should be is named in an error. */
#include "data/pack.h"

#include "base/fail.h"
#include "data/reading.h"

#include <string.h>

/* jansson refuses what is no UTF-8; a reading with such a text is still a reading. */
json_t *pack_text(const char *value)
{
        if (!value)
                return json_null();
        json_t *string = json_string(value);
        if (string)
                return string;
        g_autofree char *valid = g_utf8_make_valid(value, -1);
        return json_string(valid);
}

json_t *pack_instant(gint64 at)
{
        g_autofree char *value = instant_text(at);
        return pack_text(value);
}

json_t *pack_texts(const GPtrArray *values)
{
        json_t *list = json_array();
        for (guint i = 0; i < values->len; i++)
                json_array_append_new(list, pack_text(g_ptr_array_index(values, i)));
        return list;
}

void unpack_fault(struct unpack *unpack, const char *name, const char *wanted)
{
        if (!unpack->fault)
                unpack->fault = g_error_new(FAIL, FAIL_DATA, "'%s' is no %s", name, wanted);
}

static char *as_text(const json_t *value)
{
        const char *string = json_string_value(value);
        return string && strlen(string) == json_string_length(value) ? g_strdup(string) : NULL;
}

char *unpack_text(struct unpack *unpack, const char *name)
{
        const json_t *value = json_object_get(unpack->object, name);
        char *string = as_text(value);
        if (!string && !json_is_null(value))
                unpack_fault(unpack, name, "text or null");
        return string;
}

char *unpack_needed(struct unpack *unpack, const char *name)
{
        char *string = unpack_text(unpack, name);
        if (!string)
                unpack_fault(unpack, name, "text");
        return string;
}

bool unpack_flag(struct unpack *unpack, const char *name)
{
        const json_t *value = json_object_get(unpack->object, name);
        if (!json_is_boolean(value))
                unpack_fault(unpack, name, "true or false");
        return json_is_true(value);
}

int unpack_word(struct unpack *unpack, const char *name, int (*from_word)(const char *), bool may_be_null)
{
        const json_t *value = json_object_get(unpack->object, name);
        int member = json_is_string(value) ? from_word(json_string_value(value)) : -1;
        if (member >= 0)
                return member;
        if (!may_be_null || !json_is_null(value))
                unpack_fault(unpack, name, "known word");
        return 0;
}

gint64 unpack_instant(struct unpack *unpack, const char *name)
{
        g_autofree char *value = unpack_text(unpack, name);
        if (!value)
                return READING_NO_TIME;
        g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(value, NULL);
        gint64 at = time ? g_date_time_to_unix(time) : READING_NO_TIME;
        g_autofree char *again = instant_text(at);
        if (g_strcmp0(value, again) == 0)
                return at;
        unpack_fault(unpack, name, "instant of the form 2021-11-14T08:01:00Z");
        return READING_NO_TIME;
}

int unpack_number(struct unpack *unpack, const char *name, int least)
{
        const json_t *value = json_object_get(unpack->object, name);
        json_int_t number = json_integer_value(value);
        if (json_is_integer(value) && number >= least && number <= G_MAXINT)
                return (int)number;
        unpack_fault(unpack, name, "number in its range");
        return least;
}

void unpack_list(struct unpack *unpack, const char *name, gsize most, unpack_element *from, GPtrArray *into)
{
        const json_t *list = json_object_get(unpack->object, name);
        if (!json_is_array(list) || json_array_size(list) > most) {
                g_autofree char *wanted = g_strdup_printf("list of at most %" G_GSIZE_FORMAT, most);
                unpack_fault(unpack, name, wanted);
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

gpointer unpack_end(struct unpack *unpack, gpointer made, GDestroyNotify destroy, GError **error)
{
        if (!unpack->fault)
                return made;
        g_propagate_error(error, unpack->fault);
        destroy(made);
        return NULL;
}

gpointer unpack_text_element(const json_t *json, GError **error)
{
        char *string = as_text(json);
        if (!string)
                g_set_error(error, FAIL, FAIL_DATA, "no text");
        return string;
}
