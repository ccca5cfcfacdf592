/* A forgiving reader of address lists: GMime's own calls itself for each nested group.
 * In: a decoded value. Out: bare addresses. */
#include "reader/address.h"

#include <stdbool.h>
#include <string.h>

/* The value without comments and quoted strings (RFC 5322 3.2.2, 3.2.4). Caller frees. */
static char *strip_names(const char *value)
{
        GString *plain = g_string_new(NULL);
        bool is_quoted = false;
        int depth = 0;

        for (const char *c = value; *c; c++) {
                if (*c == '\\' && c[1] && (is_quoted || depth))
                        c++;
                else if (*c == '"' && !depth)
                        is_quoted = !is_quoted;
                else if (*c == '(' && !is_quoted)
                        depth++;
                else if (*c == ')' && depth)
                        depth--;
                else if (!is_quoted && !depth)
                        g_string_append_c(plain, *c);
        }
        return g_string_free(plain, FALSE);
}

static bool is_local(char c)
{
        return g_ascii_isalnum(c) || (c && strchr(".!#$%&'*+/=?^_`{|}~-", c)) || (guchar)c >= 0x80;
}

static bool is_domain(char c)
{
        return g_ascii_isalnum(c) || c == '.' || c == '-' || (guchar)c >= 0x80;
}

static void add_unless_known(GPtrArray *addresses, char *address)
{
        if (g_ptr_array_find_with_equal_func(addresses, address, g_str_equal, NULL))
                g_free(address);
        else
                g_ptr_array_add(addresses, address);
}

/* Each word with an '@' in it. */
static void add_words(GPtrArray *addresses, const char *text)
{
        for (const char *at = text; (at = strchr(at, '@')); at++) {
                const char *start = at, *end = at + 1;
                while (start > text && is_local(start[-1]))
                        start--;
                while (is_domain(*end))
                        end++;
                while (end > at + 1 && (end[-1] == '.' || end[-1] == '-'))
                        end--;
                if (start < at && end > at + 1) {
                        g_autofree char *address = g_strndup(start, (gsize)(end - start));
                        add_unless_known(addresses, g_utf8_strdown(address, -1));
                }
        }
}

GPtrArray *address_list(const char *value)
{
        GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *plain = strip_names(value);
        g_auto(GStrv) items = g_strsplit_set(plain, ",;", -1);

        for (char **item = items; *item; item++) {
                const char *open = strrchr(*item, '<');
                add_words(addresses, open && strchr(open, '@') ? open + 1 : *item);
        }
        return addresses;
}
