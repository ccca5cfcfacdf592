/* Loading the YAML files of the program by libcyaml into plain structs, and what its tables say of a value.
 * In: the bytes of a filter or configuration file. Out: structs of data/filter.h and data/settings.h, or why the file was refused. */
#include "data/schema.h"

#include "base/fail.h"

#include <string.h>

#include <cyaml/cyaml.h>

static const cyaml_schema_value_t *value_of(const struct schema *schema)
{
        return (const cyaml_schema_value_t *)schema;
}

static const cyaml_schema_field_t *field_of(const cyaml_schema_field_t *fields, const char *key)
{
        while (fields->key && !g_str_equal(fields->key, key))
                fields++;
        return fields->key ? fields : NULL;
}

/* libcyaml's memory is GLib's: structs may be made and freed by either. */
static void *memory(G_GNUC_UNUSED void *context, void *pointer, size_t size)
{
        return g_realloc(pointer, size);
}

static const cyaml_config_t config = {.mem_fn = memory, .flags = CYAML_CFG_NO_ALIAS};

void *schema_load(enum schema_file file, const char *bytes, gsize length, GError **error)
{
        cyaml_data_t *data = NULL;

        cyaml_err_t fault = cyaml_load_data((const uint8_t *)bytes, length, &config, value_of(schema_of(file)), &data, NULL);
        if (fault != CYAML_OK)
                g_set_error(error, FAIL, FAIL_CONFIG, "%s", cyaml_strerror(fault));
        else if (!data && schema_may_be_empty(schema_of(file)))
                data = g_malloc0(value_of(schema_of(file))->data_size);
        return fault == CYAML_OK ? data : NULL;
}

void schema_free(enum schema_file file, void *data)
{
        if (data)
                cyaml_free(&config, value_of(schema_of(file)), data, 0);
}

/* Where data is laid out. */
struct layout {
        struct flat *flat;
        GPtrArray *patterns;
};

static void lay_out(const struct layout *layout, const cyaml_schema_value_t *value, gsize at, const char *data, guint64 n);

static void lay_out_fields(const struct layout *layout, const cyaml_schema_field_t *fields, gsize at, const char *data)
{
        for (const cyaml_schema_field_t *field = fields; field->key; field++) {
                guint64 n = 0;
                memcpy(&n, data + field->count_offset, field->count_size);
                lay_out(layout, &field->value, at + field->data_offset, data + field->data_offset, n);
        }
}

static void lay_out_text(const struct layout *layout, const cyaml_schema_value_t *value, gsize at, const char *text)
{
        enum schema_text is = schema_text((const struct schema *)value);
        flat_lead_to_text(layout->flat, at, text);
        if (text && (is == TEXT_PATTERN || is == TEXT_SHORT_PATTERN))
                g_ptr_array_add(layout->patterns, (char *)text);
}

static gsize size_of(const cyaml_schema_value_t *value)
{
        return value->flags & CYAML_FLAG_POINTER ? sizeof(gpointer) : value->data_size;
}

/* What stands at `data` was copied to `at` as it is; what it points to follows. n: of a list. */
static void lay_out(const struct layout *layout, const cyaml_schema_value_t *value, gsize at, const char *data, guint64 n)
{
        bool is_list = value->type == CYAML_SEQUENCE;
        if (value->flags & CYAML_FLAG_POINTER) {
                memcpy(&data, data, sizeof data);
                if (value->type == CYAML_STRING || !data) {
                        lay_out_text(layout, value, at, data);
                        return;
                }
                gsize to = flat_add(layout->flat, data, is_list ? n * size_of(value->sequence.entry) : value->data_size);
                flat_lead(layout->flat, at, to);
                at = to;
        }
        if (value->type == CYAML_MAPPING)
                lay_out_fields(layout, value->mapping.fields, at, data);
        for (guint64 i = 0; is_list && i < n; i++) {
                gsize place = i * size_of(value->sequence.entry);
                lay_out(layout, value->sequence.entry, at + place, data + place, 0);
        }
}

gsize schema_lay_out(enum schema_file file, struct flat *flat, gsize at, const void *data, GPtrArray *patterns)
{
        const cyaml_schema_value_t *value = value_of(schema_of(file));
        gsize to = flat_add(flat, data, value->data_size);
        flat_lead(flat, at, to);
        lay_out_fields(&(struct layout){flat, patterns}, value->mapping.fields, to, data);
        return to;
}

enum schema_shape schema_shape(const struct schema *schema)
{
        static const enum schema_shape shapes[CYAML__TYPE_COUNT] = {
                [CYAML_MAPPING] = SHAPE_MAP, [CYAML_SEQUENCE] = SHAPE_LIST, [CYAML_FLAGS] = SHAPE_WORDS,
                [CYAML_STRING] = SHAPE_TEXT, [CYAML_ENUM] = SHAPE_WORD,
        };
        return shapes[value_of(schema)->type];
}

const struct schema *schema_child(const struct schema *schema, const char *key)
{
        const cyaml_schema_field_t *field = field_of(value_of(schema)->mapping.fields, key);

        return field ? (const struct schema *)&field->value : NULL;
}

const char *schema_key(const struct schema *schema, guint n)
{
        return value_of(schema)->mapping.fields[n].key;
}

bool schema_is_required(const struct schema *schema, const char *key)
{
        return !(field_of(value_of(schema)->mapping.fields, key)->value.flags & CYAML_FLAG_OPTIONAL);
}

bool schema_may_be_empty(const struct schema *schema)
{
        bool only_one;

        for (const cyaml_schema_field_t *field = value_of(schema)->mapping.fields; field->key; field++)
                if (!(field->value.flags & CYAML_FLAG_OPTIONAL))
                        return false;
        return !schema_choice(schema, &only_one);
}

const struct schema *schema_entry(const struct schema *schema)
{
        return (const struct schema *)value_of(schema)->sequence.entry;
}

const char *schema_word(const struct schema *schema, guint n)
{
        const cyaml_schema_value_t *value = value_of(schema);

        return n < value->enumeration.count ? value->enumeration.strings[n].str : NULL;
}
