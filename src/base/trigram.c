/* What a pattern needs: text without which it cannot match, told from the letters of a text taken three by three, without a search.
 * In: patterns of PCRE2, and texts. Out: "it cannot match", or "it may". */
#include "base/trigram.h"

#include <string.h>

enum { MASK = (1 << TRIGRAM_BITS) - 1, SHIFT = TRIGRAM_BITS / 3, CASE = 0x20 };

struct needs {
        GPtrArray *alternatives; /* GArray of guint: the hashes of one's text */
};

/* After three letters the hash knows no other. Case is a bit; that other signs lose it too does no harm. */
static guint add_letter(guint hash, char letter)
{
        return (hash << SHIFT ^ ((guchar)letter | CASE)) & MASK;
}

void trigrams_of_text(struct trigrams *trigrams, const char *text, gsize length)
{
        guint hash = 0;
        guchar all = 0;
        memset(trigrams, 0, sizeof *trigrams);
        for (gsize i = 0; i < length; i++) {
                hash = add_letter(hash, text[i]);
                all |= (guchar)text[i];
                trigrams->bits[hash / 64] |= G_GUINT64_CONSTANT(1) << hash % 64;
        }
        /* Two letters beyond ASCII are equal to ASCII ones but for case: LATIN SMALL LETTER LONG S and KELVIN SIGN. */
        if (all >= 0x80 && (memmem(text, length, "\xc5\xbf", 2) || memmem(text, length, "\xe2\x84\xaa", 3)))
                memset(trigrams, 0xff, sizeof *trigrams);
}

/* One alternative while it is read. */
struct literal {
        GString *run, *best;
};

static void end_run(struct literal *literal)
{
        if (literal->run->len > literal->best->len)
                g_string_assign(literal->best, literal->run->str);
        g_string_truncate(literal->run, 0);
}

/* What may be left out is not needed. */
static void end_run_before_last(struct literal *literal)
{
        if (literal->run->len)
                g_string_truncate(literal->run, literal->run->len - 1);
        end_run(literal);
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

/* Not a group that sets options or is a comment, nor a verb but those that only fail. p stands at '('. */
static bool is_simple_group(const char *p)
{
        if (p[1] == '*')
                return g_str_has_prefix(p, "(*SKIP)") || g_str_has_prefix(p, "(*F)");
        return p[1] != '?' || (p[2] && strchr(":<=!>|", p[2]));
}

/* p stands at '('. Where the group ends; NULL where it does not, or is not simple. */
static const char *skip_group(const char *p)
{
        guint depth = 0;
        do {
                if (*p == '(' && !is_simple_group(p))
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

/* p stands at '\\'. NULL where it is not known how far it reaches. */
static const char *read_escape(struct literal *literal, const char *p)
{
        if (g_ascii_isalnum(p[1])) {
                end_run(literal);
                return strchr("abdefhnrstvwzABDGHKRSVWXZ", p[1]) ? p + 2 : NULL;
        }
        if (p[1] > ' ' && p[1] < 0x7f)
                g_string_append_c(literal->run, p[1]);
        else
                end_run(literal);
        return p[1] && (guchar)p[1] < 0x80 ? p + 2 : NULL;
}

/* The item of a pattern at p. Where the next one begins, NULL where that is not known. */
static const char *read_item(struct literal *literal, const char *p)
{
        switch (*p) {
        case '\\':
                return read_escape(literal, p);
        case '[':
                end_run(literal);
                return skip_class(p);
        case '(':
                end_run(literal);
                return skip_group(p);
        case '{':
                end_run_before_last(literal);
                return skip_count(p);
        case '?':
        case '*':
                end_run_before_last(literal);
                return p + 1;
        case ')':
                return NULL;
        default:
                break;
        }
        if (strchr("+^$.", *p) || (guchar)*p >= 0x80)
                end_run(literal);
        else
                g_string_append_c(literal->run, *p);
        return p + 1;
}

/* false where less than three letters are needed, which tell nothing. */
static bool add_alternative(struct needs *needs, struct literal *literal)
{
        guint hash = 0;
        end_run(literal);
        if (literal->best->len < 3)
                return false;
        GArray *hashes = g_array_new(FALSE, FALSE, sizeof(guint));
        for (gsize i = 0; i < literal->best->len; i++) {
                hash = add_letter(hash, literal->best->str[i]);
                if (i >= 2)
                        g_array_append_val(hashes, hash);
        }
        g_ptr_array_add(needs->alternatives, hashes);
        g_string_truncate(literal->best, 0);
        return true;
}

static bool read_pattern(struct needs *needs, struct literal *literal, const char *pattern)
{
        if (strstr(pattern, "\\Q")) /* what is quoted may look like anything */
                return false;
        for (const char *p = pattern; p && *p;) {
                if (*p != '|')
                        p = read_item(literal, p);
                else if (add_alternative(needs, literal))
                        p++;
                else
                        return false;
                if (!p)
                        return false;
        }
        return add_alternative(needs, literal);
}

struct needs *needs_of_pattern(const char *pattern)
{
        g_autoptr(GString) run = g_string_new(NULL), best = g_string_new(NULL);
        struct literal literal = {run, best};
        struct needs *needs = g_new0(struct needs, 1);
        needs->alternatives = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
        if (read_pattern(needs, &literal, pattern))
                return needs;
        needs_free(needs);
        return NULL;
}

void needs_free(struct needs *needs)
{
        if (!needs)
                return;
        g_ptr_array_unref(needs->alternatives);
        g_free(needs);
}

static bool has_all(const struct trigrams *trigrams, const GArray *hashes)
{
        for (guint i = 0; i < hashes->len; i++) {
                guint hash = g_array_index(hashes, guint, i);
                if (!(trigrams->bits[hash / 64] >> hash % 64 & 1))
                        return false;
        }
        return true;
}

bool needs_may_be_met(const struct needs *needs, const struct trigrams *trigrams)
{
        for (guint i = 0; i < needs->alternatives->len; i++)
                if (has_all(trigrams, needs->alternatives->pdata[i]))
                        return true;
        return false;
}
