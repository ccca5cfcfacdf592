/* What a value of a YAML file is expected to be, in words.
 * In: a row of data/schema.h. Out: phrases for people. */
#include "data/expected.h"

#include "data/lapse.h"
#include "data/network.h"
#include "data/roster.h"
#include "data/words.h"

#include <string.h>

enum { COUNT_DIGITS = 6 };

char *expected_text(const struct schema *schema)
{
        static const char *const texts[] = {
                [TEXT_ANY] = "a text",
                [TEXT_PATTERN] = "a pattern",
                [TEXT_SHORT_PATTERN] = "a pattern",
                [TEXT_FORM] = "a strptime form",
                [TEXT_ZONE] = "a tz name",
                [TEXT_COUNT] = "a number from 1 to 1000000",
                [TEXT_SPAN] = "a length of time such as 12h, 7d or 4w",
                [TEXT_NETWORK] = "a host, a domain, an address or a network such as 10.0.0.0/8",
                [TEXT_MONDAY] = "the Monday of a week, such as 2026-11-23",
                [TEXT_TITLE] = "a text with fields in braces, such as 'cron: {job}'",
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

bool expected_is_count(const char *text)
{
        gsize digits = text ? strspn(text, "0123456789") : 1;

        return !text || (digits > 0 && digits <= COUNT_DIGITS && text[digits] == '\0' && *text != '0') || g_str_equal(text, "1000000");
}

bool expected_is_span(const char *text)
{
        return !text || lapse_read(text, NULL);
}

bool expected_is_title(const char *text)
{
        for (const char *brace = text; brace && (brace = strpbrk(brace, "{}")); brace++) {
                const char *end = *brace == '{' ? strchr(brace, '}') : NULL;
                g_autofree char *name = end ? g_strndup(brace + 1, (gsize)(end - brace - 1)) : NULL;
                if (!name || root_field_from_word(name) < 0)
                        return false;
                brace = end;
        }
        return true;
}

bool expected_fits(const struct schema *schema, const char *text)
{
        int day;

        switch (schema_text(schema)) {
        case TEXT_COUNT:
                return expected_is_count(text);
        case TEXT_SPAN:
                return expected_is_span(text);
        case TEXT_NETWORK:
                return network_is_entry(text);
        case TEXT_MONDAY:
                return roster_day(text, &day) && roster_is_monday(day);
        case TEXT_TITLE:
                return expected_is_title(text);
        default:
                return true;
        }
}
