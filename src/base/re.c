/* Regular expressions: PCRE2 behind three calls (UTF, caseless, multiline, duplicate names, \C off, JIT, limits of limits.h).
 * In: patterns and UTF-8 text. Out: matches with their named captures, as byte offsets. */
#include "base/re.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "base/fail.h"
#include "base/needs.h"

/* A named group, by group number; name is an index into re->names. */
struct group {
        guint number, name;
};

struct re {
        pcre2_code *code;
        pcre2_match_data *found;
        pcre2_match_context *limits; /* borrowed from the set */
        char **names;
        struct group *groups;
        guint n_groups;
        gsize searched; /* bytes, until it is compiled to machine code */
};

enum { WORTH_JIT = 1024 }; /* bytes that are searched about as fast without as the machine code is made */

/* A pattern of a table. */
struct entry {
        char *pattern;
        struct needs *needs; /* NULL: not known */
        guint8 *code;        /* of pcre2_serialize_encode() */
        guint64 length, sum; /* of the code */
};

/* The numbers of entries, counted from 1, by the hash of their patterns, or the next place that is free (0). */
struct re_table {
        guint64 places; /* a power of two, and at least twice as many as entries */
        guint32 *numbers;
        struct entry *entries;
};

/* What is known of a pattern. */
struct known {
        const struct entry *entry; /* of the table; NULL: the next two are our own */
        const char *pattern;
        const struct needs *needs; /* NULL: not known */
        struct re *re;             /* NULL: not compiled yet */
};

struct re_set {
        GHashTable *known; /* pattern text to struct known */
        GHashTable *kept;  /* the same by the address of a pattern that is kept; borrowed */
        const struct re_table *table;
        pcre2_compile_context *dialect;
        pcre2_match_context *limits;
        pcre2_jit_stack *stack;
};

static void re_free(struct re *re)
{
        pcre2_match_data_free(re->found);
        pcre2_code_free(re->code);
        g_strfreev(re->names);
        g_free(re->groups);
        g_free(re);
}

static void known_free(struct known *known)
{
        if (!known->entry) {
                g_free((char *)known->pattern);
                needs_free((struct needs *)known->needs);
        }
        if (known->re)
                re_free(known->re);
        g_free(known);
}

struct re_set *re_set_new(const struct re_table *table)
{
        struct re_set *set = g_new0(struct re_set, 1);
        set->known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)known_free);
        set->kept = g_hash_table_new(NULL, NULL);
        set->table = table;
        set->dialect = pcre2_compile_context_create(NULL);
        set->limits = pcre2_match_context_create(NULL);
        set->stack = pcre2_jit_stack_create(LIMIT_RE_JIT_STACK / 32, LIMIT_RE_JIT_STACK, NULL);
        g_assert(set->dialect && set->limits && set->stack);
        pcre2_set_newline(set->dialect, PCRE2_NEWLINE_LF);
        pcre2_set_match_limit(set->limits, LIMIT_RE_MATCH);
        pcre2_set_heap_limit(set->limits, LIMIT_RE_HEAP / 1024);
        pcre2_jit_stack_assign(set->limits, NULL, set->stack);
        return set;
}

void re_set_free(struct re_set *set)
{
        if (!set)
                return;
        g_hash_table_destroy(set->kept);
        g_hash_table_destroy(set->known);
        pcre2_jit_stack_free(set->stack);
        pcre2_match_context_free(set->limits);
        pcre2_compile_context_free(set->dialect);
        g_free(set);
}

static pcre2_code *compile(const struct re_set *set, const char *pattern, GError **error)
{
        const guint32 options = PCRE2_UTF | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C;
        int code = 0;
        gsize place = 0;
        pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &code, &place, set->dialect);
        if (!compiled) {
                PCRE2_UCHAR why[256];
                pcre2_get_error_message(code, why, sizeof why);
                g_set_error(error, FAIL, FAIL_CONFIG, "pattern '%s' is bad at byte %" G_GSIZE_FORMAT ": %s", pattern, place + 1,
                            (const char *)why);
                return NULL;
        }
        return compiled;
}

static gint by_number(gconstpointer a, gconstpointer b)
{
        const struct group *one = a, *other = b;
        return one->number < other->number ? -1 : one->number > other->number;
}

/* The table of PCRE2 is sorted by name, so that equal names stand together: two bytes of group number, then the name. */
static void list_groups(struct re *re)
{
        PCRE2_SPTR entry = NULL;
        guint32 n = 0, size = 0;
        pcre2_pattern_info(re->code, PCRE2_INFO_NAMETABLE, &entry);
        pcre2_pattern_info(re->code, PCRE2_INFO_NAMECOUNT, &n);
        pcre2_pattern_info(re->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        re->groups = g_new0(struct group, n);
        re->n_groups = n;
        for (guint i = 0; i < n; i++, entry += size) {
                const char *name = (const char *)entry + 2;
                if (names->len == 0 || strcmp(g_ptr_array_index(names, names->len - 1), name) != 0)
                        g_ptr_array_add(names, g_strdup(name));
                re->groups[i] = (struct group){.number = (guint)entry[0] << 8 | entry[1], .name = names->len - 1};
        }
        g_ptr_array_add(names, NULL);
        re->names = (char **)g_ptr_array_steal(names, NULL);
        if (n > 0)
                qsort(re->groups, n, sizeof *re->groups, by_number);
}

static struct re *re_of_code(const struct re_set *set, pcre2_code *code)
{
        struct re *re = g_new0(struct re, 1);
        re->code = code;
        re->limits = set->limits;
        re->found = pcre2_match_data_create_from_pattern(code, NULL);
        g_assert(re->found);
        list_groups(re);
        return re;
}

static struct re *re_new(const struct re_set *set, const char *pattern, GError **error)
{
        pcre2_code *code = compile(set, pattern, error);
        struct re *re = code ? re_of_code(set, code) : NULL;
        if (re && g_strv_length(re->names) > LIMIT_RE_NAMED) {
                g_set_error(error, FAIL, FAIL_CONFIG, "pattern '%s' has more than %d named groups", pattern, LIMIT_RE_NAMED);
                g_clear_pointer(&re, re_free);
        }
        return re;
}

/* The place where the number of a pattern's entry stands, or would. */
static guint32 *find_place(const struct re_table *table, const char *pattern)
{
        for (guint64 at = g_str_hash(pattern);; at++) {
                guint32 *number = &table->numbers[at & (table->places - 1)];
                if (*number == 0 || strcmp(table->entries[*number - 1].pattern, pattern) == 0)
                        return number;
        }
}

static void lay_out_entry(struct flat *flat, gsize at, const char *pattern, pcre2_code *code)
{
        struct needs *needs = needs_of_pattern(pattern);
        PCRE2_SIZE length = 0;
        guint8 *bytes = NULL;
        flat_lead_to_text(flat, at + offsetof(struct entry, pattern), pattern);
        if (needs)
                flat_lead(flat, at + offsetof(struct entry, needs), flat_add(flat, needs, needs_size(needs)));
        if (pcre2_serialize_encode((const pcre2_code **)&code, 1, &bytes, &length, NULL) == 1)
                flat_lead_to_bytes(flat, at + offsetof(struct entry, code), bytes, length);
        flat_set(flat, at + offsetof(struct entry, length), length);
        flat_set(flat, at + offsetof(struct entry, sum), flat_sum(bytes, length));
        pcre2_serialize_free(bytes);
        needs_free(needs);
}

gsize re_table_lay_out(struct flat *flat, const GPtrArray *patterns)
{
        struct re_set *set = re_set_new(NULL);
        guint64 places = 2;
        while (places < 2 * (guint64)patterns->len)
                places *= 2;
        g_autofree guint32 *numbers = g_new0(guint32, places);
        g_autofree struct entry *entries = g_new0(struct entry, patterns->len + 1);
        struct re_table table = {places, numbers, entries};
        gsize at = flat_add(flat, &table, sizeof table), entries_at = flat_add(flat, entries, patterns->len * sizeof *entries);
        guint32 n = 0;
        for (guint i = 0; i < patterns->len; i++) {
                guint32 *number = find_place(&table, patterns->pdata[i]);
                const struct re *re = *number ? NULL : re_set_get(set, patterns->pdata[i], NULL);
                if (!re)
                        continue;
                lay_out_entry(flat, entries_at + n * sizeof *entries, patterns->pdata[i], re->code);
                entries[n].pattern = patterns->pdata[i];
                *number = ++n;
        }
        flat_lead(flat, at + offsetof(struct re_table, entries), entries_at);
        flat_lead(flat, at + offsetof(struct re_table, numbers), flat_add(flat, numbers, places * sizeof *numbers));
        re_set_free(set);
        return at;
}

/* NULL: there is none, or it is damaged. */
static struct re *re_of_entry(const struct re_set *set, const struct entry *entry)
{
        pcre2_code *code = NULL;
        bool is_whole = entry && entry->code && flat_sum(entry->code, entry->length) == entry->sum;
        return is_whole && pcre2_serialize_decode(&code, 1, entry->code, NULL) == 1 ? re_of_code(set, code) : NULL;
}

static struct known *known_new(struct re_set *set, const char *pattern)
{
        struct known *known = g_new0(struct known, 1);
        guint32 number = set->table ? *find_place(set->table, pattern) : 0;
        const struct entry *entry = number ? &set->table->entries[number - 1] : NULL;
        if (entry)
                *known = (struct known){entry, entry->pattern, entry->needs, NULL};
        else
                *known = (struct known){NULL, g_strdup(pattern), needs_of_pattern(pattern), NULL};
        g_hash_table_insert(set->known, (char *)known->pattern, known);
        return known;
}

static struct known *known_get(struct re_set *set, const char *pattern)
{
        struct known *known = g_hash_table_lookup(set->known, pattern);
        return known ? known : known_new(set, pattern);
}

static struct known *known_get_kept(struct re_set *set, const char *pattern)
{
        struct known *known = g_hash_table_lookup(set->kept, pattern);
        if (!known) {
                known = known_get(set, pattern);
                g_hash_table_insert(set->kept, (gpointer)pattern, known);
        }
        return known;
}

static struct re *compiled(const struct re_set *set, struct known *known, GError **error)
{
        if (!known->re)
                known->re = re_of_entry(set, known->entry);
        if (!known->re)
                known->re = re_new(set, known->pattern, error);
        return known->re;
}

struct re *re_set_get(struct re_set *set, const char *pattern, GError **error)
{
        return compiled(set, known_get(set, pattern), error);
}

struct re *re_set_get_kept(struct re_set *set, const char *pattern, GError **error)
{
        return compiled(set, known_get_kept(set, pattern), error);
}

bool re_may_match(struct re_set *set, const char *pattern, const struct trigrams *trigrams)
{
        const struct known *known = known_get_kept(set, pattern);
        return !known->needs || needs_may_be_met(known->needs, trigrams);
}

/* n is one more than the highest group that took part. */
static void take_named(const struct re *re, guint n, struct re_match *match)
{
        const gsize *at = pcre2_get_ovector_pointer(re->found);
        guint32 taken = 0;
        G_STATIC_ASSERT(LIMIT_RE_NAMED <= 32);
        match->n_named = 0;
        for (guint i = 0; i < re->n_groups && re->groups[i].number < n; i++) {
                gsize start = at[2 * re->groups[i].number], end = at[2 * re->groups[i].number + 1];
                guint name = re->groups[i].name;
                if (start == PCRE2_UNSET || taken & 1U << name)
                        continue;
                taken |= 1U << name;
                match->named[match->n_named++] = (struct re_named){.name = re->names[name], .start = start, .end = end};
        }
}

/* Most patterns see a few short lines of one mail: to compile all of them would take four times as long as all else that PCRE2 does for it.
 * Where no executable memory is to be had PCRE2 interprets the pattern, under the same limits. */
static void note_search(struct re *re, gsize length)
{
        if (re->searched > WORTH_JIT)
                return;
        re->searched += length;
        if (re->searched > WORTH_JIT)
                pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
}

enum re_result re_search(struct re *re, const char *text, gsize length, gsize from, struct re_match *match)
{
        if (length > LIMIT_RE_SUBJECT)
                return RE_LIMIT;
        while (from < length && (text[from] & 0xC0) == 0x80)
                from++;
        if (from > length)
                return RE_NO;
        note_search(re, length - from);
        int n = pcre2_match(re->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_UTF_CHECK, re->found, re->limits);
        if (n == PCRE2_ERROR_NOMATCH)
                return RE_NO;
        if (n < 0)
                return RE_LIMIT;
        const gsize *at = pcre2_get_ovector_pointer(re->found);
        match->start = at[0];
        match->end = at[1];
        take_named(re, (guint)n, match);
        return RE_YES;
}

const char *const *re_names(const struct re *re)
{
        return (const char *const *)re->names;
}
