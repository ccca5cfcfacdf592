/* What a root@ mail says, for people.
 * In: a reading that has a struct root. Out: lines on a stream. */
#include "out/show-root.h"

enum { SHOWN_LINES = 20 };

static void show_line(const struct paint *paint, const char *label, enum style style, const char *text)
{
        paint_print(paint, STYLE_DIM, "  %-9s ", label);
        paint_print(paint, style, "%s\n", text);
}

void show_signature(const struct paint *paint, const char *signature, guint most, int indent)
{
        g_auto(GStrv) lines = g_strsplit(signature, "\n", -1);
        guint n = g_strv_length(lines);
        for (guint i = 0; i < MIN(n, most); i++)
                paint_print(paint, STYLE_PLAIN, "%*s%s\n", *lines[i] ? indent : 0, "", lines[i]);
        if (n > most)
                paint_print(paint, STYLE_DIM, "%*sand %u more lines\n", indent, "", n - most);
}

void show_root(const struct paint *paint, const struct root *root)
{
        show_line(paint, "kind", STYLE_BOLD, root->kind);
        show_line(paint, "title", STYLE_BOLD, root->title);
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                if (root->field[i])
                        show_line(paint, root_field_word((enum root_field)i), STYLE_PLAIN, root->field[i]);
        if (root->is_well)
                show_line(paint, "issue", STYLE_GREEN, "none: all is well");
        if (root->is_sensitive)
                show_line(paint, "sensitive", STYLE_YELLOW, "filed only where few can see it");
        if (root->is_rest)
                show_line(paint, "rest", STYLE_YELLOW, "no filter knows this kind: counted, never filed");
        paint_print(paint, STYLE_PLAIN, "\n");
        paint_print(paint, STYLE_BOLD, "  Signature\n");
        show_signature(paint, root->signature, SHOWN_LINES, 4);
}
