/* What a pattern needs: text without which it cannot match.
 * In: caseless patterns of PCRE2. Out: "it cannot match" a text, told without a search, or "it may". */
#include "base/needs.h"

#include <string.h>

enum {
        DIGIT = '0',      /* stands for \d: all digits have the same hash */
        REPEATS_KEPT = 8, /* of what is there many times */
};

/* A need in one piece, since hundreds are looked at for each mail: a word with its sort and the number of its words, itself included; then
 * the hashes of a text, or the needs that it is made of. */
struct needs {
        guint16 n; /* of the words */
        guint16 words[];
};

enum sort { SORT_TEXT, SORT_ALL, SORT_ANY, SORT_BITS = 2, SORT_MASK = 3 };

/* The same while it is read. */
struct need {
        GArray *text;     /* guint: the hashes of a text that is needed; NULL: the parts say what is */
        GPtrArray *parts; /* struct need */
        bool is_any;      /* one of the parts is needed, not all */
};

static void need_free(struct need *one)
{
        if (!one)
                return;
        g_clear_pointer(&one->text, g_array_unref);
        g_clear_pointer(&one->parts, g_ptr_array_unref);
        g_free(one);
}

/* One part is all that there is. */
static struct need *need_of_parts(GPtrArray *parts, bool is_any)
{
        if (parts->len == 1) {
                g_ptr_array_set_free_func(parts, NULL);
                return parts->pdata[0];
        }
        struct need *one = g_new0(struct need, 1);
        *one = (struct need){.parts = g_ptr_array_ref(parts), .is_any = is_any};
        return one;
}

/* NULL: less than three letters tell nothing. */
static struct need *need_of_text(const GString *text)
{
        struct need *one = text->len < 3 ? NULL : g_new0(struct need, 1);
        guint hash = 0;
        if (one)
                one->text = g_array_new(FALSE, FALSE, sizeof(guint));
        for (gsize i = 0; one && i < text->len; i++) {
                hash = trigram_next(hash, text->str[i]);
                if (i >= 2)
                        g_array_append_val(one->text, hash);
        }
        return one;
}

/* An alternative while it is read. */
struct sequence {
        GString *run;       /* text that must be there as it stands, as far as it was read */
        struct need *group; /* of the group that was read last, which what follows may make needless; NULL: none, or nothing */
        GPtrArray *all;     /* struct need: what is needed so far */
        bool is_failure;    /* it ends in (*F): it can only keep others from matching */
};

static void need(struct sequence *sequence, struct need *one)
{
        if (one)
                g_ptr_array_add(sequence->all, one);
}

static void end_run(struct sequence *sequence)
{
        need(sequence, need_of_text(sequence->run));
        g_string_truncate(sequence->run, 0);
}

/* What may be left out is not needed. */
static void end_run_before_last(struct sequence *sequence)
{
        g_clear_pointer(&sequence->group, need_free);
        if (sequence->run->len)
                g_string_truncate(sequence->run, sequence->run->len - 1);
        end_run(sequence);
}

/* Past "[:alpha:]", which may stand in a class; p where it is none. */
static const char *skip_named_class(const char *p)
{
        gsize n = g_str_has_prefix(p, "[:") ? strspn(p + 2, "^abcdefghijklmnopqrstuvwxyz") : 0;
        return n && g_str_has_prefix(p + 2 + n, ":]") ? p + 2 + n + 2 : p;
}

/* p stands at '['. Where the class ends; NULL where it does not. */
static const char *skip_class(const char *p)
{
        p += p[1] == '^' ? 2 : 1;
        p += *p == ']';
        while (*p && *p != ']') {
                const char *next = skip_named_class(p);
                if (next == p)
                        next += *p == '\\' && p[1] ? 2 : 1;
                p = next;
        }
        return *p ? p + 1 : NULL;
}

/* How many bytes a group's beginning takes that says nothing of what is in it; 0 where it is another one, or sets options for more than
 * itself. p stands at '('. */
static gsize opening(const char *p)
{
        static const char *const openings[] = {"(?:", "(?=", "(?<=", "(?>"};
        if (p[1] != '?' && p[1] != '*')
                return 1;
        for (gsize i = 0; i < G_N_ELEMENTS(openings); i++)
                if (g_str_has_prefix(p, openings[i]))
                        return strlen(openings[i]);
        if (g_str_has_prefix(p, "(?<") && p[3] != '!')
                return strcspn(p, ">") + 1;
        gsize n = g_str_has_prefix(p, "(?") ? 2 + strspn(p + 2, "-imsn") : 0;
        return n && p[n] == ':' ? n + 1 : 0;
}

/* Whether a group is one that is skipped without harm: it looks around, calls another, or is a verb that only fails. p stands at '('. */
static bool is_harmless(const char *p)
{
        static const char *const harmless[] = {"(?!", "(?<!", "(?&", "(*SKIP)", "(*F)"};
        for (gsize i = 0; i < G_N_ELEMENTS(harmless); i++)
                if (g_str_has_prefix(p, harmless[i]))
                        return true;
        return opening(p) > 0;
}

/* p stands at '('. Where the group ends; NULL where it does not, or harm might be done. */
static const char *skip_group(const char *p)
{
        guint depth = 0;
        do {
                if (*p == '(' && !is_harmless(p))
                        return NULL;
                depth += *p == '(';
                depth -= *p == ')';
                if (*p == '[')
                        p = skip_class(p);
                else
                        p += *p == '\\' && p[1] ? 2 : 1;
        } while (p && *p && depth);
        return depth ? NULL : p;
}

/* p stands at '{': where a count ends; NULL where it is none. */
static const char *skip_count(const char *p)
{
        gsize n = strspn(p + 1, "0123456789,");
        return n && p[n + 1] == '}' ? p + n + 2 : NULL;
}

/* p stands at '{' of a count: what it repeats is there so many times at least. */
static const char *read_count(struct sequence *sequence, const char *p)
{
        guint64 least = g_ascii_strtoull(p + 1, NULL, 10);
        GString *run = sequence->run;
        if (least == 0) {
                end_run_before_last(sequence);
        } else {
                for (guint64 i = 1; run->len && i < MIN(least, REPEATS_KEPT); i++)
                        g_string_append_c(run, run->str[run->len - 1]);
                end_run(sequence);
        }
        return skip_count(p);
}

/* p stands at '\\'. NULL where it is not known how far it reaches. */
static const char *read_escape(struct sequence *sequence, const char *p)
{
        bool is_sign = p[1] > ' ' && p[1] < 0x7f && !g_ascii_isalnum(p[1]);
        if (is_sign || p[1] == 'd')
                g_string_append_c(sequence->run, is_sign ? p[1] : DIGIT);
        else
                end_run(sequence);
        if (p[1] && strchr("pPg", p[1])) {
                const char *close = p[2] == '{' ? strchr(p, '}') : NULL;
                return close ? close + 1 : NULL;
        }
        return is_sign || p[1] == ' ' || (p[1] && strchr("abdefhnrstvwzABDGHKRSVWXZ", p[1])) ? p + 2 : NULL;
}

/* p stands at '['. A class of one letter is that letter: so blanks are written where layout does not count. */
static const char *read_class(struct sequence *sequence, const char *p)
{
        bool is_letter = p[1] && !strchr("^\\[]", p[1]) && (guchar)p[1] < 0x80 && p[2] == ']';
        if (is_letter)
                g_string_append_c(sequence->run, p[1]);
        else
                end_run(sequence);
        return skip_class(p);
}

static struct need *read_alternatives(const char **p);

/* p stands at '('. NULL where it is not understood. */
static const char *read_group(struct sequence *sequence, const char *p)
{
        gsize n = opening(p);
        end_run(sequence);
        if (g_str_has_prefix(p, "(*F)"))
                sequence->is_failure = true;
        if (n == 0)
                return skip_group(p);
        p += n;
        sequence->group = read_alternatives(&p);
        return p && *p == ')' ? p + 1 : NULL;
}

/* The item of a pattern at p. Where the next one begins, NULL where that is not known. */
static const char *read_item(struct sequence *sequence, const char *p)
{
        if (!strchr("?*{", *p))
                need(sequence, g_steal_pointer(&sequence->group));
        switch (*p) {
        case '\\':
                return read_escape(sequence, p);
        case '[':
                return read_class(sequence, p);
        case '(':
                return read_group(sequence, p);
        case '{':
                return read_count(sequence, p);
        case '?':
        case '*':
                end_run_before_last(sequence);
                return p + 1;
        default:
                break;
        }
        if (strchr("+^$.", *p) || (guchar)*p >= 0x80)
                end_run(sequence);
        else
                g_string_append_c(sequence->run, *p);
        return p + 1;
}

/* One alternative; *p is set to where it ends, or to NULL. What it needs is added to `any`; false where it needs nothing. */
static bool read_sequence(const char **p, GPtrArray *any)
{
        g_autoptr(GString) run = g_string_new(NULL);
        g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)need_free);
        struct sequence sequence = {.run = run, .all = all};
        while (*p && **p && **p != '|' && **p != ')')
                *p = read_item(&sequence, *p);
        end_run(&sequence);
        need(&sequence, sequence.group);
        if (all->len && !sequence.is_failure)
                g_ptr_array_add(any, need_of_parts(all, false));
        return all->len || sequence.is_failure;
}

/* NULL where one of them needs nothing. */
static struct need *read_alternatives(const char **p)
{
        g_autoptr(GPtrArray) any = g_ptr_array_new_with_free_func((GDestroyNotify)need_free);
        bool is_last = false, is_needy = true;
        while (!is_last) {
                is_needy = read_sequence(p, any) && is_needy;
                is_last = !*p || **p != '|';
                if (!is_last)
                        ++*p;
        }
        return is_needy ? need_of_parts(any, true) : NULL;
}

/* A pattern that begins with (?x) without its layout. NULL where it is not known what that is. Caller frees. */
static char *without_layout(const char *pattern)
{
        g_autoptr(GString) plain = g_string_new(NULL);
        for (const char *p = pattern + strlen("(?x)"); *p;) {
                const char *next = *p == '[' ? skip_class(p) : *p == '\\' && p[1] ? p + 2 : p + 1;
                if (!next)
                        return NULL;
                if (*p == '#')
                        next = p + strcspn(p, "\n");
                else if (!g_ascii_isspace(*p))
                        g_string_append_len(plain, p, next - p);
                p = next;
        }
        return g_string_free(g_steal_pointer(&plain), FALSE);
}

static struct need *read_pattern(const char *pattern)
{
        g_autofree char *plain = g_str_has_prefix(pattern, "(?x)") ? without_layout(pattern) : g_strdup(pattern);
        const char *p = plain && !strstr(plain, "\\Q") ? plain : NULL; /* what is quoted may look like anything */
        struct need *need = p ? read_alternatives(&p) : NULL;
        if (!p || *p)
                g_clear_pointer(&need, need_free);
        return need;
}

/* Append a need, and those that it is made of. */
static void lay_out(GArray *words, const struct need *need)
{
        guint at = words->len;
        g_array_set_size(words, at + 1);
        if (need->text)
                for (guint i = 0; i < need->text->len; i++)
                        g_array_append_val(words, ((guint16){(guint16)g_array_index(need->text, guint, i)}));
        for (guint i = 0; need->parts && i < need->parts->len; i++)
                lay_out(words, need->parts->pdata[i]);
        enum sort sort = need->text ? SORT_TEXT : need->is_any ? SORT_ANY : SORT_ALL;
        g_array_index(words, guint16, at) = (guint16)((words->len - at) << SORT_BITS | sort);
}

struct needs *needs_of_pattern(const char *pattern)
{
        struct need *need = read_pattern(pattern);
        if (!need)
                return NULL;
        g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(guint16));
        lay_out(words, need);
        need_free(need);
        if (words->len > G_MAXUINT16 >> SORT_BITS) /* too long a pattern to tell anything of */
                return NULL;
        struct needs *needs = g_malloc(sizeof *needs + words->len * sizeof(guint16));
        needs->n = (guint16)words->len;
        memcpy(needs->words, words->data, words->len * sizeof(guint16));
        return needs;
}

void needs_free(struct needs *needs)
{
        g_free(needs);
}

gsize needs_size(const struct needs *needs)
{
        return sizeof *needs + needs->n * sizeof(guint16);
}

static bool is_met(const guint16 *word, const struct trigrams *trigrams)
{
        const guint16 *end = word + (*word >> SORT_BITS);
        enum sort sort = *word & SORT_MASK;
        bool is_any = sort == SORT_ANY;
        for (const guint16 *at = word + 1; at < end; at += sort == SORT_TEXT ? 1 : *at >> SORT_BITS)
                if ((sort == SORT_TEXT ? trigrams_have(trigrams, *at) : is_met(at, trigrams)) == is_any)
                        return is_any;
        return !is_any;
}

bool needs_may_be_met(const struct needs *needs, const struct trigrams *trigrams)
{
        return is_met(needs->words, trigrams);
}
