/* Templates: what lines have in common, found as they come.
 * In: masked lines (reader/mask.h), in their order. Out: the template of each, by number. */
#include "decide/template.h"

#include "base/fail.h"
#include "data/pack.h"
#include "reader/mask.h"

#include <stdbool.h>
#include <string.h>

enum {
        SIBLINGS = 5,       /* templates that differ in one or two words: from so many on the words are values */
        FIXED_FOR_ONE = 3,  /* words of letters that a template must have for one of them to become a value */
        FIXED_FOR_TWO = 5,  /* for two */
        LEAF_AT_MOST = 200, /* templates of one length and first word that are looked at, the newest */
        WORDS_AT_MOST = 200,
        LINES_AT_MOST = 20 * 1000, /* whose templates are remembered; the others are looked up in their leaf */
};

struct template
{
        guint id;
        char **words; /* NULL-terminated; ANY where anything may stand */
        char *first;  /* word by which its leaf is known */
        guint n, fixed;
        bool is_joined; /* with another, and out of its leaf */
};

struct templates {
        GPtrArray *all;      /* struct template, by id */
        GArray *parents;     /* guint by id: the template it was joined with, itself if none */
        GHashTable *by_line; /* masked line to id + 1, as long as nothing changes; owns its keys */
        GHashTable *leaves;  /* "N WORD" to GPtrArray of struct template, borrowed */
        guint64 changes;
};

static const char any[] = "\x1a"; /* no word of a line: the text of a mail has no controls */

static void template_free(gpointer data)
{
        struct template *template = data;
        g_strfreev(template->words);
        g_free(template->first);
        g_free(template);
}

struct templates *templates_new(void)
{
        struct templates *templates = g_new0(struct templates, 1);
        templates->all = g_ptr_array_new_with_free_func(template_free);
        templates->parents = g_array_new(FALSE, FALSE, sizeof(guint));
        templates->by_line = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        templates->leaves = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
        return templates;
}

void templates_free(struct templates *templates)
{
        if (!templates)
                return;
        g_hash_table_unref(templates->leaves);
        g_hash_table_unref(templates->by_line);
        g_array_unref(templates->parents);
        g_ptr_array_unref(templates->all);
        g_free(templates);
}

static bool has_letter(const char *word)
{
        for (; *word; word++)
                if (g_ascii_isalpha(*word) || (guchar)*word >= 0x80)
                        return true;
        return false;
}

/* "and/or", "kernel/sched": words, where "/var/log" is a path. */
static bool is_path(const char *word)
{
        const char *slash = strchr(word, '/');
        return slash && (slash == word || !g_ascii_isalpha(slash[-1]) || !g_ascii_isalpha(slash[1]) || strchr(slash + 1, '/'));
}

/* Whether a word must agree: it is made of letters, or says what value follows ("uid=<*>"). Names with numbers and paths need not. */
static bool is_fixed(const char *word)
{
        if (is_path(word) || !has_letter(word))
                return false;
        return !strstr(word, MASK) || strchr(word, '=');
}

static const char *first_fixed(char *const *words)
{
        for (; *words; words++)
                if (is_fixed(*words))
                        return *words;
        return "";
}

static guint count_fixed(char *const *words)
{
        guint n = 0;
        for (; *words; words++)
                n += is_fixed(*words);
        return n;
}

static GPtrArray *leaf_of(struct templates *templates, const struct template *template)
{
        g_autofree char *key = g_strdup_printf("%u %s", template->n, template->first);
        GPtrArray *leaf = g_hash_table_lookup(templates->leaves, key);
        if (!leaf) {
                leaf = g_ptr_array_new();
                g_hash_table_insert(templates->leaves, g_steal_pointer(&key), leaf);
        }
        return leaf;
}

static bool agree(const char *one, const char *other)
{
        return *one == *any || *other == *any || strcmp(one, other) == 0 || (!is_fixed(one) && !is_fixed(other));
}

/* How many words do not agree; the places of the first two of them. */
static guint differences(const struct template *one, const struct template *other, guint at[2])
{
        guint n = 0;
        for (guint i = 0; i < one->n && n <= 2; i++) {
                if (agree(one->words[i], other->words[i]))
                        continue;
                if (n < 2)
                        at[n] = i;
                n++;
        }
        return n;
}

static void note_change(struct templates *templates)
{
        templates->changes++;
        g_hash_table_remove_all(templates->by_line);
}

/* What the two have in common. */
static void widen(struct templates *templates, struct template *template, const struct template *by)
{
        for (guint i = 0; i < template->n; i++) {
                if (*template->words[i] == *any || strcmp(template->words[i], by->words[i]) == 0)
                        continue;
                g_free(template->words[i]);
                template->words[i] = g_strdup(any);
                note_change(templates);
        }
}

guint templates_root(const struct templates *templates, guint id)
{
        while (g_array_index(templates->parents, guint, id) != id)
                id = g_array_index(templates->parents, guint, id);
        return id;
}

static void join(struct templates *templates, struct template *into, struct template *other)
{
        widen(templates, into, other);
        g_array_index(templates->parents, guint, other->id) = into->id;
        other->is_joined = true;
}

/* Whether the places where two templates differ are among those of `at`. */
static bool is_within(const guint places[2], guint n, const guint at[2], guint allowed)
{
        for (guint i = 0; i < n; i++)
                if (places[i] != at[0] && (allowed < 2 || places[i] != at[1]))
                        return false;
        return true;
}

/* Join the new template with those of its leaf that differ from it in these places alone, if they are many. */
static bool join_siblings(struct templates *templates, GPtrArray *leaf, struct template *latest, const guint at[2], guint allowed)
{
        g_autoptr(GPtrArray) siblings = g_ptr_array_new();
        for (guint i = leaf->len - MIN(leaf->len, LEAF_AT_MOST); i < leaf->len; i++) {
                guint places[2], n = differences(leaf->pdata[i], latest, places);
                if (n <= allowed && is_within(places, n, at, allowed))
                        g_ptr_array_add(siblings, leaf->pdata[i]);
        }
        if (siblings->len < SIBLINGS)
                return false;
        for (guint i = 1; i < siblings->len; i++) {
                join(templates, siblings->pdata[0], siblings->pdata[i]);
                g_ptr_array_remove(leaf, siblings->pdata[i]);
        }
        return true;
}

/* Look for words of the new template that are values, since many templates differ in them alone. The first word never is. */
static void find_siblings(struct templates *templates, GPtrArray *leaf, struct template *latest)
{
        const char *first = first_fixed(latest->words);
        for (guint allowed = 1; allowed <= 2; allowed++) {
                if (latest->fixed < (allowed == 1 ? FIXED_FOR_ONE : FIXED_FOR_TWO))
                        return;
                for (guint i = leaf->len - MIN(leaf->len, LEAF_AT_MOST); i < leaf->len; i++) {
                        guint at[2], n = differences(leaf->pdata[i], latest, at);
                        if (n != allowed || latest->words[at[0]] == first)
                                continue;
                        if (join_siblings(templates, leaf, latest, at, allowed))
                                return;
                }
        }
}

static struct template *template_new(struct templates *templates, char **words, guint n)
{
        struct template *template = g_new0(struct template, 1);
        *template = (struct template){
                .id = templates->all->len, .words = words, .first = g_strdup(first_fixed(words)), .n = n, .fixed = count_fixed(words)};
        g_ptr_array_add(templates->all, template);
        g_array_append_val(templates->parents, template->id);
        return template;
}

static guint find_or_make(struct templates *templates, char **words, guint n)
{
        struct template *latest = template_new(templates, words, n);
        GPtrArray *leaf = leaf_of(templates, latest);
        for (guint i = leaf->len - MIN(leaf->len, LEAF_AT_MOST); i < leaf->len; i++) {
                guint at[2];
                struct template *known = leaf->pdata[i];
                if (differences(known, latest, at) > 0)
                        continue;
                widen(templates, known, latest);
                g_array_set_size(templates->parents, latest->id);
                g_ptr_array_set_size(templates->all, (int)latest->id);
                return known->id;
        }
        guint id = latest->id;
        note_change(templates);
        g_ptr_array_add(leaf, latest);
        find_siblings(templates, leaf, latest);
        return id;
}

guint templates_add(struct templates *templates, const char *line)
{
        guint id = GPOINTER_TO_UINT(g_hash_table_lookup(templates->by_line, line));
        if (id > 0)
                return id - 1;
        char **words = g_strsplit(line, " ", WORDS_AT_MOST);
        id = find_or_make(templates, words, g_strv_length(words));
        if (g_hash_table_size(templates->by_line) >= LINES_AT_MOST)
                g_hash_table_remove_all(templates->by_line);
        g_hash_table_insert(templates->by_line, g_strdup(line), GUINT_TO_POINTER(id + 1));
        return id;
}

guint templates_count(const struct templates *templates)
{
        return templates->all->len;
}

guint64 templates_changes(const struct templates *templates)
{
        return templates->changes;
}

char *templates_text(const struct templates *templates, guint id)
{
        const struct template *template = templates->all->pdata[templates_root(templates, id)];
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < template->n; i++) {
                g_string_append(text, i > 0 ? " " : "");
                g_string_append(text, *template->words[i] == *any ? MASK : template->words[i]);
        }
        return g_string_free(g_steal_pointer(&text), FALSE);
}

json_t *templates_to_json(const struct templates *templates)
{
        json_t *list = json_array();
        for (guint i = 0; i < templates->all->len; i++) {
                const struct template *template = templates->all->pdata[i];
                json_t *words = json_array();
                for (guint k = 0; k < template->n; k++)
                        json_array_append_new(words, *template->words[k] == *any ? json_null() : pack_text(template->words[k]));
                json_array_append_new(list, json_pack("{s:o, s:o, s:i}", "words", words, "first", pack_text(template->first), "joined",
                                                      (int)g_array_index(templates->parents, guint, i)));
        }
        return list;
}

/* The words of a saved template; NULL where it is none. */
static char **words_from(const json_t *list, guint *n)
{
        g_autoptr(GStrvBuilder) words = g_strv_builder_new();
        *n = (guint)json_array_size(list);
        for (guint i = 0; i < *n; i++) {
                const json_t *word = json_array_get(list, i);
                if (!json_is_null(word) && !json_is_string(word))
                        return NULL;
                g_strv_builder_add(words, json_is_null(word) ? any : json_string_value(word));
        }
        return *n > 0 ? g_strv_builder_end(words) : NULL;
}

static bool add_saved(struct templates *templates, const json_t *saved)
{
        guint n, id = templates->all->len;
        char **words = words_from(json_object_get(saved, "words"), &n);
        const json_t *joined = json_object_get(saved, "joined"), *first = json_object_get(saved, "first");
        json_int_t parent = json_integer_value(joined);
        if (!words || !json_is_string(first) || !json_is_integer(joined) || parent < 0 || parent > id) {
                g_strfreev(words);
                return false;
        }
        struct template *template = template_new(templates, words, n);
        g_free(template->first);
        template->first = g_strdup(json_string_value(first));
        g_array_index(templates->parents, guint, id) = (guint)parent;
        template->is_joined = (guint)parent != id;
        if (!template->is_joined)
                g_ptr_array_add(leaf_of(templates, template), template);
        return true;
}

struct templates *templates_from_json(const json_t *json, GError **error)
{
        struct templates *templates = templates_new();
        for (gsize i = 0; i < json_array_size(json); i++) {
                if (add_saved(templates, json_array_get(json, i)))
                        continue;
                g_set_error(error, FAIL, FAIL_DATA, "template %zu: not what was saved", i);
                templates_free(templates);
                return NULL;
        }
        return templates;
}
