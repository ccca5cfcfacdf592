/* Text from mail for people's eyes: nothing in it may move the cursor, hide, or turn the reading direction.
 * In: any bytes. Out: valid UTF-8 that shows what it holds, its width in terminal columns, and cuts of it. */
#include "base/visible.h"

#include <stdbool.h>
#include <string.h>

static const char ellipsis[] = "…";

/* Characters that GLib calls letters, marks or symbols, and that show nothing all the same (Default_Ignorable_Code_Point in Unicode's
 * DerivedCoreProperties.txt, and the blank braille pattern). Those of category Cf need no row. */
static bool shows_nothing(gunichar c)
{
        static const struct {
                gunichar first, last;
        } ranges[] = {{0x034F, 0x034F}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},  {0x2800, 0x2800},
                      {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFFA0, 0xFFA0}, {0xE0000, 0xE0FFF}};
        for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++)
                if (c >= ranges[i].first && c <= ranges[i].last)
                        return true;
        return false;
}

static bool is_visible(gunichar c)
{
        if (c >= ' ' && c < 0x7F)
                return true;
        switch (g_unichar_type(c)) {
        case G_UNICODE_CONTROL:
        case G_UNICODE_FORMAT:
        case G_UNICODE_LINE_SEPARATOR:
        case G_UNICODE_PARAGRAPH_SEPARATOR:
        case G_UNICODE_PRIVATE_USE:
        case G_UNICODE_SURROGATE:
        case G_UNICODE_UNASSIGNED:
                return false;
        default:
                return !shows_nothing(c);
        }
}

char *visible_text(const char *text)
{
        if (!text)
                return g_strdup("");
        GString *out = g_string_sized_new(strlen(text));
        for (const char *p = text; *p;) {
                gunichar c = g_utf8_get_char_validated(p, -1);
                if (c == (gunichar)-1 || c == (gunichar)-2) {
                        g_string_append_printf(out, "<0x%02X>", (guint)(guchar)*p++);
                        continue;
                }
                const char *next = g_utf8_next_char(p);
                if (is_visible(c))
                        g_string_append_len(out, p, next - p);
                else
                        g_string_append_printf(out, "<U+%04X>", c);
                p = next;
        }
        return g_string_free(out, FALSE);
}

static int character_width(gunichar c)
{
        if (g_unichar_iszerowidth(c))
                return 0;
        return g_unichar_iswide(c) ? 2 : 1;
}

int visible_width(const char *text)
{
        int width = 0;
        for (const char *p = text; *p; p = g_utf8_next_char(p))
                width += character_width(g_utf8_get_char(p));
        return width;
}

char *visible_cut(const char *text, int width)
{
        if (visible_width(text) <= width)
                return g_strdup(text);
        if (width < 1)
                return g_strdup("");
        int left = width - 1;
        const char *end = text;
        for (; *end; end = g_utf8_next_char(end)) {
                left -= character_width(g_utf8_get_char(end));
                if (left < 0)
                        break;
        }
        return g_strdup_printf("%.*s%s", (int)(end - text), text, ellipsis);
}
