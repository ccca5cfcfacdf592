/* The manual of the configuration tells of every key, and its whole example has every key.
 * In: the tables of data/schema.h, doc/mailclinic.conf.5. Out: TAP. */
#include "data/schema.h"

#include <string.h>

/* Every key of a map and of the maps within, once each. */
static void collect(const struct schema *schema, GPtrArray *keys)
{
        if (schema_shape(schema) == SHAPE_LIST)
                collect(schema_entry(schema), keys);
        if (schema_shape(schema) != SHAPE_MAP)
                return;
        const char *key;
        for (guint i = 0; (key = schema_key(schema, i)); i++) {
                if (!g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL))
                        g_ptr_array_add(keys, (char *)key);
                collect(schema_child(schema, key), keys);
        }
}

/* Each key is found, with these patterns around it. */
static void assert_told(const char *text, const char *before, const char *after, const GPtrArray *keys)
{
        for (guint i = 0; i < keys->len; i++) {
                g_autofree char *whole = g_strconcat(before, keys->pdata[i], after, NULL);
                if (!g_regex_match_simple(whole, text, G_REGEX_MULTILINE, 0))
                        g_error("the key '%s' is not there: /%s/", (const char *)keys->pdata[i], whole);
        }
}

static void test_manual(void)
{
        g_autofree char *path = g_build_filename(g_getenv("srcdir"), "doc", "mailclinic.conf.5", NULL), *text = NULL;
        g_autoptr(GPtrArray) keys = g_ptr_array_new();
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        collect(schema_of(SCHEMA_SETTINGS), keys);
        g_assert_cmpuint(keys->len, >, 30);
        const char *examples = strstr(text, ".Sh EXAMPLES");
        g_assert_nonnull(examples);
        assert_told(examples, "\\b", ":", keys);
        *(char *)examples = '\0';
        assert_told(text, "^\\..*Ic ", "\\b", keys);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/settings/manual", test_manual);
        return g_test_run();
}
