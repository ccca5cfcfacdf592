/* Whether a task that a person made is about an issue: the same job, a host of it, its kind, the words of its template.
 * In: an issue, the text of a task. Out: a weight, and why. Pure. */
#include "out/resemble.h"

#include <string.h>

enum { LEAST_WORD = 4, JOB_WEIGHT = 4, HOST_WEIGHT = 2, KIND_WEIGHT = 2, MOST_WORDS = 4 };

/* Words of letters, digits and what stands within names, in lower case. */
static GHashTable *words_of(const char *text)
{
        GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_autofree char *lower = g_utf8_strdown(text ? text : "", -1);
        for (const char *p = lower; *p;) {
                gsize n = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789._-");
                g_autofree char *word = g_strndup(p, n);
                /* What ends a sentence is not of its last word. */
                while (n && strchr("._-", word[n - 1]))
                        word[--n] = '\0';
                if (n)
                        g_hash_table_add(words, g_steal_pointer(&word));
                p += strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789._-");
                p += *p != '\0';
        }
        return words;
}

static void say(GString *why, const char *sort, const char *what)
{
        g_string_append_printf(why, "%s%s %s", why->len ? ", " : "", sort, what);
}

/* "/usr/local/bin/prune --all" is known as "prune". */
static char *short_job(const char *job)
{
        g_autofree char *program = g_strndup(job, strcspn(job, " \t"));
        g_autofree char *base = g_path_get_basename(program);
        return g_ascii_strdown(base, -1);
}

static int weigh_job(const struct issue *issue, GHashTable *words, GString *why)
{
        static const enum root_field fields[] = {ROOT_JOB, ROOT_UNIT, ROOT_SERVICE, ROOT_DEVICE};
        for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
                const char *value = issue->field[fields[i]];
                g_autofree char *name = value ? short_job(value) : NULL;
                if (!name || strlen(name) < LEAST_WORD - 1 || !g_hash_table_contains(words, name))
                        continue;
                say(why, root_field_word(fields[i]), name);
                return JOB_WEIGHT;
        }
        return 0;
}

static int weigh_hosts(const struct issue *issue, GHashTable *words, GString *why)
{
        for (guint i = 0; i < issue->hosts->len; i++) {
                const char *name = ((const struct issue_host *)issue->hosts->pdata[i])->name;
                g_autofree char *whole = g_ascii_strdown(name, -1), *first = g_strndup(whole, strcspn(whole, "."));
                if (!g_hash_table_contains(words, whole) && !g_hash_table_contains(words, first))
                        continue;
                say(why, "host", first);
                return HOST_WEIGHT;
        }
        return 0;
}

static int weigh_kind(const struct issue *issue, GHashTable *words, GString *why)
{
        if (!issue->kind || !g_hash_table_contains(words, issue->kind))
                return 0;
        say(why, "kind", issue->kind);
        return KIND_WEIGHT;
}

/* Words of its title that are in the task's text. */
static int weigh_words(const struct issue *issue, GHashTable *words, GString *why)
{
        GHashTable *wanted = words_of(issue->title), *common = words_of(issue->template);
        GHashTableIter iter;
        gpointer word;
        int n = 0;
        g_hash_table_iter_init(&iter, common);
        while (g_hash_table_iter_next(&iter, &word, NULL))
                g_hash_table_add(wanted, g_strdup(word));
        g_hash_table_iter_init(&iter, wanted);
        while (g_hash_table_iter_next(&iter, &word, NULL))
                n += strlen(word) >= LEAST_WORD && g_hash_table_contains(words, word);
        g_hash_table_unref(wanted);
        g_hash_table_unref(common);
        if (n) {
                g_autofree char *count = g_strdup_printf("%d", n);
                say(why, count, n == 1 ? "word" : "words");
        }
        return MIN(n, MOST_WORDS);
}

int resemblance(const struct issue *issue, const char *title, const char *description, char **why)
{
        g_autofree char *text = g_strdup_printf("%s %s", title ? title : "", description ? description : "");
        GHashTable *words = words_of(text);
        GString *reasons = g_string_new(NULL);
        int weight = weigh_job(issue, words, reasons);
        weight += weigh_hosts(issue, words, reasons);
        weight += weigh_kind(issue, words, reasons);
        weight += weigh_words(issue, words, reasons);
        g_hash_table_unref(words);
        *why = g_string_free(reasons, weight == 0);
        return weight;
}
