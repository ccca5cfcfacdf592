/* Where two JSON values differ, in words.
 * In: JSON. Out: phrases for people. */
#include "data/differ.h"

#include <stdlib.h>

enum { MOST = 100 };

static char *text_of(const json_t *json)
{
        char *dumped = json ? json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL;
        char *text = g_strdup(dumped ? dumped : "null");
        free(dumped);
        return text;
}

static void compare(const char *path, const json_t *was, const json_t *is, GPtrArray *phrases);

static void compare_members(const char *path, const json_t *was, const json_t *is, GPtrArray *phrases)
{
        const char *name;
        json_t *member;
        json_object_foreach((json_t *)was, name, member)
        {
                g_autofree char *inner = g_strdup_printf("%s%s%s", path, *path ? ", " : "", name);
                compare(inner, member, json_object_get(is, name), phrases);
        }
        json_object_foreach((json_t *)is, name, member)
        {
                g_autofree char *inner = g_strdup_printf("%s%s%s", path, *path ? ", " : "", name);
                if (!json_object_get(was, name))
                        compare(inner, NULL, member, phrases);
        }
}

static void compare_elements(const char *path, const json_t *was, const json_t *is, GPtrArray *phrases)
{
        gsize n = MAX(json_array_size(was), json_array_size(is));
        for (gsize i = 0; i < n; i++) {
                g_autofree char *inner = g_strdup_printf("%s %" G_GSIZE_FORMAT, path, i + 1);
                compare(inner, json_array_get(was, i), json_array_get(is, i), phrases);
        }
}

static void compare(const char *path, const json_t *was, const json_t *is, GPtrArray *phrases)
{
        if (json_equal(was, is) || phrases->len >= MOST)
                return;
        if (json_is_object(was) && json_is_object(is)) {
                compare_members(path, was, is, phrases);
        } else if (json_is_array(was) && json_is_array(is)) {
                compare_elements(path, was, is, phrases);
        } else {
                g_autofree char *before = text_of(was), *now = text_of(is);
                g_ptr_array_add(phrases, g_strdup_printf("%s: %s, was %s", path, now, before));
        }
}

GPtrArray *differ(const json_t *was, const json_t *is)
{
        GPtrArray *phrases = g_ptr_array_new_with_free_func(g_free);
        compare("", was, is, phrases);
        return phrases;
}
