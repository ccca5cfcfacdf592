/* Text for tasks: nothing within it may notify, link, run or break out (TRACKER.md "Text from mail is hostile").
 * In: text from mail. Out: remarkup in which it is shown and nothing else. */
#include "out/remarkup.h"

#include "base/visible.h"

#include <stdbool.h>
#include <string.h>

enum { MOST_TITLE = 255, MOST_CODE = 300, MOST_LINK = 1000, FENCE = 3 };

static bool is_odd(gunichar c)
{
        return g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT || c == 0x2028 || c == 0x2029;
}

/* Valid UTF-8 without controls and what turns the reading direction. */
static void append_harmless(GString *out, const char *text)
{
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
                gunichar c = g_utf8_get_char(p);
                if (c == '\n' || c == '\t' || !is_odd(c))
                        g_string_append_unichar(out, c);
        }
}

/* A run of three would end the fence, wherever it stands. */
static void blunt(GString *text)
{
        for (gsize i = 0, n; i < text->len; i += MAX(n, 1)) {
                n = strspn(text->str + i, "`");
                if (n >= FENCE)
                        memset(text->str + i, '\'', n);
        }
}

char *remarkup_block(const char *text)
{
        g_autoptr(GString) shown = g_string_new(NULL);
        append_harmless(shown, text);
        blunt(shown);
        while (shown->len && g_ascii_isspace(shown->str[shown->len - 1]))
                g_string_truncate(shown, shown->len - 1);
        return g_strdup_printf("```lang=text\n%s\n```", shown->len ? shown->str : "-");
}

/* One line without blanks at its ends, cut by characters. */
static char *line_of(const char *text, glong most)
{
        g_autofree char *shown = visible_text(text ? text : "");
        g_strstrip(shown);
        if (g_utf8_strlen(shown, -1) <= most)
                return g_steal_pointer(&shown);
        g_autofree char *start = g_utf8_substring(shown, 0, most - 1);
        return g_strconcat(g_strchomp(start), "…", NULL);
}

char *remarkup_code(const char *text)
{
        g_autofree char *line = line_of(text, MOST_CODE);
        g_strdelimit(line, "`", '\'');
        return g_strdup_printf("`%s`", *line ? line : "-");
}

char *remarkup_title(const char *text)
{
        g_autofree char *line = line_of(text, MOST_TITLE);
        return *line ? g_steal_pointer(&line) : g_strdup("-");
}

/* A capital before a digit could be read as the name of an object, "T123". */
char *remarkup_link(const char *url)
{
        GString *link = g_string_new("<");
        if (!g_str_has_prefix(url, "https://") && !g_str_has_prefix(url, "http://")) {
                g_string_free(link, TRUE);
                return NULL;
        }
        for (const char *p = url; *p && link->len < MOST_LINK; p++) {
                bool is_plain = g_ascii_isalnum(*p) || strchr("-._~:/?#&=%+", *p);
                bool is_object = g_ascii_isupper(*p) && g_ascii_isdigit(p[1]);
                if (is_plain && !is_object)
                        g_string_append_c(link, *p);
                else
                        g_string_append_printf(link, "%%%02X", (guchar)*p);
        }
        g_string_append_c(link, '>');
        return g_string_free(link, FALSE);
}
