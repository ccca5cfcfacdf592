/* Values and labels as filters compare them: white space folded, decoration dropped, case and accents forgotten.
 * In: text of a mail or a filter. Out: its comparable form. */
#include "reader/value.h"

#include <string.h>

static const char *const nothing[] = {"", "-", "--", "_", "n/a", "na", "tbd"};

/* The white space that may stand in lines: text_lines() and html_lines() leave no other. */
static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\r' || c == '\f';
}

static void trim(const char **text, gsize *length, bool stars)
{
        while (*length && (is_blank(**text) || (stars && **text == '*'))) {
                (*text)++;
                (*length)--;
        }
        while (*length && (is_blank((*text)[*length - 1]) || (stars && (*text)[*length - 1] == '*')))
                (*length)--;
}

/* Append text with each run of white space made one blank; stars are left out if drop_stars. */
static void append_folded(GString *out, const char *text, gsize length, bool drop_stars)
{
        bool blank = false;
        for (gsize i = 0; i < length; i++) {
                if (is_blank(text[i]) || (drop_stars && text[i] == '*')) {
                        blank = blank || is_blank(text[i]);
                        continue;
                }
                if (blank && out->len)
                        g_string_append_c(out, ' ');
                blank = false;
                g_string_append_c(out, text[i]);
        }
}

char *value_fold(const char *text, gsize length)
{
        trim(&text, &length, true);
        GString *out = g_string_sized_new(length + 1);
        append_folded(out, text, length, false);
        return g_string_free(out, FALSE);
}

/* NFKD takes accented letters apart; the marks are then left out. */
static char *without_accents(const char *text)
{
        g_autofree char *folded = g_utf8_casefold(text, -1);
        g_autofree char *apart = g_utf8_normalize(folded, -1, G_NORMALIZE_ALL);
        GString *out = g_string_new(NULL);
        for (const char *p = apart; p && *p; p = g_utf8_next_char(p)) {
                gunichar c = g_utf8_get_char(p);
                if (!g_unichar_ismark(c))
                        g_string_append_unichar(out, c);
        }
        return g_string_free(out, FALSE);
}

char *value_label(const char *text, gsize length)
{
        trim(&text, &length, true);
        GString *out = g_string_sized_new(length + 1);
        append_folded(out, text, length, true);
        while (out->len && (out->str[out->len - 1] == ':' || out->str[out->len - 1] == ' '))
                g_string_truncate(out, out->len - 1);
        g_string_ascii_down(out);
        char *plain = g_string_free(out, FALSE);
        if (g_str_is_ascii(plain))
                return plain;
        char *folded = without_accents(plain);
        g_free(plain);
        return folded;
}

bool value_is_empty(const char *value, const struct words *empty)
{
        for (gsize i = 0; i < G_N_ELEMENTS(nothing); i++)
                if (g_ascii_strcasecmp(value, nothing[i]) == 0)
                        return true;
        g_autofree char *label = empty->n ? value_label(value, strlen(value)) : NULL;
        for (unsigned i = 0; i < empty->n; i++) {
                g_autofree char *word = value_label(empty->word[i], strlen(empty->word[i]));
                if (g_str_equal(label, word))
                        return true;
        }
        return false;
}

/* Zeros that lead a number are left out: "TT-00042" is "TT-042". */
static char *id_core(const char *id)
{
        GString *out = g_string_new(NULL);
        for (bool in_number = false; *id; id++) {
                if (is_blank(*id) || *id == '#' || (*id == '0' && !in_number && g_ascii_isdigit(id[1])))
                        continue;
                in_number = g_ascii_isdigit(*id);
                g_string_append_c(out, g_ascii_toupper(*id));
        }
        return g_string_free(out, FALSE);
}

bool value_same_id(const char *a, const char *b)
{
        g_autofree char *core_a = id_core(a);
        g_autofree char *core_b = id_core(b);
        return g_str_equal(core_a, core_b);
}
