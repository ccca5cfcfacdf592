/* What a value of a YAML file is expected to be, in words.
 * In: a row of data/schema.h. Out: phrases for people. */
#include "data/expected.h"

char *expected_text(const struct schema *schema)
{
        static const char *const texts[] = {
                [TEXT_ANY] = "a text",           [TEXT_PATTERN] = "a pattern", [TEXT_SHORT_PATTERN] = "a pattern",
                [TEXT_FORM] = "a strptime form", [TEXT_ZONE] = "a tz name",
        };
        enum schema_shape shape = schema_shape(schema);

        if (shape == SHAPE_MAP)
                return g_strdup("a map {...}");
        if (shape == SHAPE_TEXT)
                return g_strdup(texts[schema_text(schema)]);
        if (shape == SHAPE_LIST) {
                g_autofree char *member = expected_text(schema_entry(schema));
                return g_strdup_printf("a list [...], each member %s", member);
        }
        g_autoptr(GString) words = g_string_new(shape == SHAPE_WORDS ? "a list [...] of" : "one of");
        for (guint i = 0; schema_word(schema, i); i++)
                g_string_append_printf(words, " %s", schema_word(schema, i));
        return g_string_free(g_steal_pointer(&words), FALSE);
}

bool expected_has(const struct schema *schema, const char *word)
{
        for (guint i = 0; schema_word(schema, i); i++)
                if (g_str_equal(schema_word(schema, i), word))
                        return true;
        return false;
}
