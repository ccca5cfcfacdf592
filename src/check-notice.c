/* The check that every entry of a filter's `notices` can be reached.
 * In: the places of a filter file. Out: faults. */
#include "check-notice.h"

#include "check-file.h"

#include <stdlib.h>
#include <string.h>

/* Keys that choose the mails of a notice: one that is left out takes them all. */
static const char *const conditions[] = {"subject", "says"};

/* Keys that decide whether a notice finds what it must. */
static const char *const means[] = {"part",  "body",    "after",    "before", "labels", "find",
                                    "dates", "windows", "circuits", "assume", "must",   "zone"};

/* One entry of `notices`: what stands under each of its keys, as one text. */
struct entry {
        const struct place *place;
        GHashTable *keys; /* key to GString */
};

static void entry_free(gpointer data)
{
        struct entry *entry = data;

        g_hash_table_unref(entry->keys);
        g_free(entry);
}

static void free_text(gpointer text)
{
        g_string_free(text, TRUE);
}

static struct entry *entry_new(const struct place *place)
{
        struct entry *entry = g_new0(struct entry, 1);

        entry->place = place;
        entry->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_text);
        return entry;
}

/* rest: "labels.ref[0]" of "notices[1].labels.ref[0]". */
static void entry_add(struct entry *entry, const char *rest, const char *text)
{
        gsize length = strcspn(rest, ".[");
        g_autofree char *key = g_strndup(rest, length);
        GString *value = g_hash_table_lookup(entry->keys, key);

        if (!value) {
                value = g_string_new(NULL);
                g_hash_table_insert(entry->keys, g_steal_pointer(&key), value);
        }
        g_string_append_printf(value, "%s=%s\n", rest + length, text ? text : "");
}

static GPtrArray *entries_of(const GPtrArray *places)
{
        static const char prefix[] = "notices[";
        GPtrArray *entries = g_ptr_array_new_with_free_func(entry_free);

        for (guint i = 0; i < places->len; i++) {
                const struct place *place = g_ptr_array_index(places, i);
                if (!g_str_has_prefix(place->field, prefix))
                        continue;
                const char *rest = strchr(place->field, ']') + 1;
                if (!*rest)
                        g_ptr_array_add(entries, entry_new(place));
                else
                        entry_add(g_ptr_array_index(entries, entries->len - 1), rest + 1, place->text);
        }
        return entries;
}

static const char *value(const struct entry *entry, const char *key)
{
        const GString *text = g_hash_table_lookup(entry->keys, key);

        return text ? text->str : "";
}

static bool is_same(const struct entry *a, const struct entry *b, const char *key)
{
        return g_str_equal(value(a, key), value(b, key));
}

/* Whether the earlier entry takes every mail that the later one could take. */
static bool takes_all_of(const struct entry *earlier, const struct entry *later)
{
        for (guint i = 0; i < G_N_ELEMENTS(conditions); i++)
                if (*value(earlier, conditions[i]) && !is_same(earlier, later, conditions[i]))
                        return false;
        /* What the later one captures from its subject may be what the earlier one lacks. */
        if (!is_same(earlier, later, "subject") && (strstr(value(later, "subject"), "(?<") || strstr(value(later, "subject"), "(?P<")))
                return false;
        for (guint i = 0; i < G_N_ELEMENTS(means); i++)
                if (!is_same(earlier, later, means[i]))
                        return false;
        return true;
}

void check_notices(const char *path, const GPtrArray *places, GPtrArray *faults)
{
        g_autoptr(GPtrArray) entries = entries_of(places);

        for (guint later = 1; later < entries->len; later++)
                for (guint earlier = 0; earlier < later; earlier++) {
                        const struct entry *taken = g_ptr_array_index(entries, later);
                        if (!takes_all_of(g_ptr_array_index(entries, earlier), taken))
                                continue;
                        check_fault(faults, path, taken->place, "is never reached: notices[%u] takes every mail that it could take",
                                    earlier);
                        break;
                }
}
