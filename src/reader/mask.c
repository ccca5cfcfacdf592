/* The built-in masks: what varies from one mail of a problem to the next is replaced, in one pass over each line.
 * In: lines. Out: lines in which equal problems are equal. */
#include "reader/mask.h"

#include "reader/mask-value.h"
#include "reader/zone.h"

#include <stdbool.h>
#include <string.h>

enum { MASK_LENGTH = sizeof MASK - 1, HASH_IN_PATH = 8, QUOTED_AT_MOST = 80, SIDES_AT_MOST = 8, ZONE_AT_LEAST = 3, ZONE_AT_MOST = 4 };

/* A line on its way. */
struct masking {
        GString *out;
        gsize last;         /* where the last word begins in out */
        bool has_last;      /* there is one */
        bool last_is_value; /* it is nothing but a value and signs */
        bool last_is_user;  /* it was the word "user": a name follows */
};

/* Controls are blanks: no word holds one. */
static bool is_blank(char c)
{
        return (guchar)c <= ' ' || c == '\x7f';
}

/* What cuts a word into pieces that are looked at one by one. */
static bool is_fence(char c)
{
        return c != '\0' && strchr("=,;()[]{}\"'<>|!?`", c) != NULL;
}

static gsize trimmed(const char *word, gsize n, gsize *from)
{
        while (*from < n && (is_fence(word[*from]) || word[*from] == ':' || word[*from] == '.'))
                ++*from;
        while (n > *from && (is_fence(word[n - 1]) || word[n - 1] == ':' || word[n - 1] == '.'))
                n--;
        return n - *from;
}

/* Replace the runs of digits, and long hex ids where they stand alone, within a name or path. */
static void mask_within(const char *piece, gsize n, GString *out)
{
        for (gsize i = 0; i < n;) {
                bool is_inside = i > 0 && g_ascii_isalnum(piece[i - 1]);
                gsize hex = is_inside ? 0 : mask_hex_span(piece + i, n - i), digits = 0;
                if (hex >= HASH_IN_PATH && (i + hex == n || !g_ascii_isalnum(piece[i + hex])) && mask_is_value(piece + i, hex)) {
                        g_string_append(out, MASK);
                        i += hex;
                        continue;
                }
                gsize sign = piece[i] == '-' ? 1 : 0;
                while (i + sign + digits < n && g_ascii_isdigit(piece[i + sign + digits]))
                        digits++;
                if (digits == 0) {
                        g_string_append_c(out, piece[i++]);
                        continue;
                }
                i += sign + digits;
                while (i + 1 < n && strchr("-.:", piece[i]) && g_ascii_isdigit(piece[i + 1]))
                        for (i++; i < n && g_ascii_isdigit(piece[i]);)
                                i++;
                g_string_append(out, MASK);
        }
}

static bool is_path(const char *piece, gsize n)
{
        return piece[0] == '/' || (n > 1 && piece[0] == '~' && piece[1] == '/') || (piece[0] == '.' && memchr(piece, '/', n)) ||
               (n > 2 && g_ascii_isalpha(piece[0]) && piece[1] == ':' && piece[2] == '\\');
}

static void mask_piece(const char *piece, gsize n, guint sides, GString *out);

/* "host:/path", "file.c:42", "name:value": by their sides, of which so many are left to be looked at. */
static void mask_sides(const char *piece, gsize n, guint sides, GString *out)
{
        const char *colon = memchr(piece, ':', n);
        if (!colon || sides == 0) {
                mask_within(piece, n, out);
                return;
        }
        gsize left = (gsize)(colon - piece);
        if (mask_is_value(piece, left))
                g_string_append(out, MASK);
        else
                mask_within(piece, left, out);
        g_string_append_c(out, ':');
        mask_piece(colon + 1, n - left - 1, sides - 1, out);
}

static void mask_piece(const char *piece, gsize n, guint sides, GString *out)
{
        gsize tail = n;
        while (tail > 0 && (piece[tail - 1] == '.' || piece[tail - 1] == ':'))
                tail--;
        if (tail > 1 && strchr("#@$", piece[0])) {
                g_string_append_c(out, piece[0]);
                piece++, tail--, n--;
        }
        bool is_rooted_address = tail > 1 && piece[0] == '/' && g_ascii_isdigit(piece[1]) && mask_is_value(piece + 1, tail - 1);
        if (is_rooted_address || mask_is_value(piece, tail))
                g_string_append(out, MASK);
        else if (tail > 0 && is_path(piece, tail))
                mask_within(piece, tail, out);
        else
                mask_sides(piece, tail, sides, out);
        g_string_append_len(out, piece + tail, (gssize)(n - tail));
}

/* How long the value is that a quote at `at` encloses, if it is one: "'libfoo'", but not "'two words'" unless it follows a '='. */
static gsize quoted_value(const char *word, gsize n, gsize at)
{
        char quote = word[at];
        if (quote != '"' && quote != '\'' && quote != '`')
                return 0;
        if (at > 0 && !is_fence(word[at - 1]) && word[at - 1] != ':')
                return 0;
        const char *end = memchr(word + at + 1, quote, MIN(n - at - 1, QUOTED_AT_MOST));
        return end ? (gsize)(end - word) - at - 1 : 0;
}

/* Where the query of a URL or path ends: its names and values are part of the value. */
static gsize query_end(const char *word, gsize n, gsize at)
{
        while (at < n && !strchr("\"'<>()[]{}`", word[at]))
                at++;
        return at;
}

static void mask_word(const char *word, gsize n, GString *out)
{
        for (gsize i = 0; i < n;) {
                gsize quoted = quoted_value(word, n, i), from = i;
                if (quoted > 0) {
                        g_string_append_printf(out, "%c" MASK "%c", word[i], word[i]);
                        i += quoted + 2;
                        continue;
                }
                if (is_fence(word[i])) {
                        g_string_append_c(out, word[i++]);
                        continue;
                }
                while (i < n && !is_fence(word[i]))
                        i++;
                mask_piece(word + from, i - from, SIDES_AT_MOST, out);
                if (i < n && word[i] == '?' && memchr(word + from, '/', i - from))
                        i = query_end(word, n, i);
        }
}

/* Whether it holds a mask and no letters, or no letters at all. */
static bool is_only(const char *text, bool needs_mask)
{
        bool has_mask = strstr(text, MASK) != NULL;
        for (const char *c = text; *c; c++) {
                if (has_mask && strncmp(c, MASK, MASK_LENGTH) == 0)
                        c += MASK_LENGTH - 1;
                else if (g_ascii_isalnum(*c) || (guchar)*c >= 0x80)
                        return false;
        }
        return has_mask || !needs_mask;
}

static bool is_number_ahead(const char *next, const char *end)
{
        while (next < end && is_fence(*next))
                next++;
        return next < end && g_ascii_isdigit(*next);
}

static bool is_zone(const char *core, gsize n)
{
        if (n < ZONE_AT_LEAST || n > ZONE_AT_MOST || !g_ascii_isupper(core[0]))
                return false;
        g_autofree char *word = g_strndup(core, n);
        return zone_is_word(word);
}

/* A month, weekday or zone beside numbers belongs to them. */
static bool is_of_date(const struct masking *masking, const char *core, gsize n, const char *next, const char *end)
{
        if (mask_is_month(core, n))
                return masking->last_is_value || is_number_ahead(next, end);
        if (mask_is_weekday(core, n)) {
                gsize from = 0, length = 0;
                while (next + length < end && !is_blank(next[length]))
                        length++;
                length = trimmed(next, length, &from);
                return is_number_ahead(next, end) || mask_is_month(next + from, length);
        }
        return masking->last_is_value && is_zone(core, n);
}

/* What follows "user" is a name, unless the sentence goes on. */
static bool is_name(const struct masking *masking, const char *core, gsize n)
{
        static const char *const others[] = {"from", "by",   "on",  "at", "in",  "is", "was",  "not",
                                             "has",  "with", "for", "to", "and", "or", "name", "id"};
        if (!masking->last_is_user || !(g_ascii_isalpha(core[0]) || core[0] == '_'))
                return false;
        for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
                if (strlen(others[i]) == n && g_ascii_strncasecmp(others[i], core, n) == 0)
                        return false;
        return true;
}

/* Whether the word is a value for what stands beside it. */
static bool is_by_neighbour(const struct masking *masking, const char *core, gsize n, const char *next, const char *end)
{
        return n > 0 && (is_name(masking, core, n) || is_of_date(masking, core, n, next, end));
}

static bool last_ends_in_mask(const struct masking *masking)
{
        const GString *out = masking->out;
        return masking->has_last && out->len - masking->last >= MASK_LENGTH && strcmp(out->str + out->len - MASK_LENGTH, MASK) == 0;
}

/* Take a masked word into the line: a value beside a value is one with it, and so are names that differ in what is masked alone. */
static void take_word(struct masking *masking, const char *word)
{
        GString *out = masking->out;
        if (masking->has_last && strstr(word, MASK) && strcmp(out->str + masking->last, word) == 0)
                return;
        if (masking->last_is_value && is_only(word, false)) {
                g_string_truncate(out, masking->last);
                g_string_append(out, MASK);
                return;
        }
        if (masking->has_last)
                g_string_append_c(out, ' ');
        masking->last = out->len;
        masking->has_last = true;
        g_string_append(out, word);
        masking->last_is_value = is_only(word, true);
}

/* Where the word ends: at a blank, or behind the quotes of a value ("tag='two words'"). */
static gsize word_end(const char *line, gsize n, gsize at)
{
        gsize end = at;
        while (end < n && !is_blank(line[end])) {
                gsize quoted = end > at && line[end - 1] == '=' ? quoted_value(line, n, end) : 0;
                end += quoted > 0 ? quoted + 2 : 1;
        }
        return MIN(end, n);
}

void mask_line(const char *line, gsize n, GString *out)
{
        struct masking masking = {.out = out};
        g_autoptr(GString) word = g_string_new(NULL);
        for (gsize at = 0, end; at < n; at = end) {
                if (is_blank(line[at])) {
                        end = at + 1;
                        continue;
                }
                end = word_end(line, n, at);
                gsize next = end, from = 0, length = trimmed(line + at, end - at, &from);
                const char *core = line + at + from;
                while (next < n && is_blank(line[next]))
                        next++;
                g_string_truncate(word, 0);
                bool is_unit = last_ends_in_mask(&masking) && mask_is_unit(core, length);
                bool is_value = is_by_neighbour(&masking, core, length, line + next, line + n);
                if (is_value)
                        g_string_append(word, MASK);
                else
                        mask_word(line + at, end - at, word);
                if (!is_unit)
                        take_word(&masking, word->str);
                masking.last_is_user = !is_value && length == 4 && end - at == length && g_ascii_strncasecmp(core, "user", 4) == 0;
        }
}

void mask_name(const char *name, gsize n, GString *out)
{
        mask_within(name, n, out);
}
