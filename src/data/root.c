/* What a root@ mail says: of which kind it is, its fields, and its signature.
 * In: filled by reader/root.c, or read back from JSON. Out: plain struct, and the JSON contract of DESIGN.md. */
#include "data/root.h"

#include "data/pack.h"

struct root *root_new(void)
{
        return g_new0(struct root, 1);
}

void root_free(struct root *root)
{
        if (!root)
                return;
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                g_free(root->field[i]);
        g_free(root->kind);
        g_free(root->title);
        g_free(root->signature);
        g_free(root);
}

json_t *root_to_json(const struct root *root, bool is_line)
{
        json_t *fields = json_object();
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                if (root->field[i])
                        json_object_set_new(fields, root_field_word((enum root_field)i), pack_text(root->field[i]));
        json_t *json = json_pack("{s:o, s:o, s:o, s:o, s:o}", "kind", pack_text(root->kind), "host", pack_text(root->field[ROOT_HOST]),
                                 "title", pack_text(root->title), "signature", pack_text(root->signature), "fields", fields);
        if (is_line) {
                json_object_set_new(json, "is_well", json_boolean(root->is_well));
                json_object_set_new(json, "is_sensitive", json_boolean(root->is_sensitive));
                json_object_set_new(json, "is_echo", json_boolean(root->is_echo));
                json_object_set_new(json, "is_rest", json_boolean(root->is_rest));
        }
        return json;
}

static void unpack_fields(struct unpack *unpack, struct root *root)
{
        struct unpack fields = {.object = json_object_get(unpack->object, "fields")};
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                if (json_object_get(fields.object, root_field_word((enum root_field)i)))
                        root->field[i] = unpack_needed(&fields, root_field_word((enum root_field)i));
        if (!json_is_object(fields.object))
                unpack_fault(unpack, "fields", "an object");
        if (fields.fault && !unpack->fault)
                unpack->fault = g_steal_pointer(&fields.fault);
        g_clear_error(&fields.fault);
}

gpointer root_from_json(const json_t *json, GError **error)
{
        struct unpack unpack = {.object = json};
        struct root *root = root_new();
        root->kind = unpack_needed(&unpack, "kind");
        root->title = unpack_needed(&unpack, "title");
        root->signature = unpack_needed(&unpack, "signature");
        unpack_fields(&unpack, root);
        root->is_well = unpack_flag(&unpack, "is_well");
        root->is_sensitive = unpack_flag(&unpack, "is_sensitive");
        root->is_echo = unpack_flag(&unpack, "is_echo");
        root->is_rest = unpack_flag(&unpack, "is_rest");
        return unpack_end(&unpack, root, (GDestroyNotify)root_free, error);
}
