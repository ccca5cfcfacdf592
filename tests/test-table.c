/* Tables: which rows are read, and what of a changed table is a doubt.
 * In: tables made here. Out: TAP. */
#include "reader/table.h"

#include <string.h>

static char circuit_words[] = "Circuit", alias_words[] = "Old Circuit", impact_words[] = "Impact";

/* "circuit|alias|impact" of each row, "-" for none; then the doubts. Caller frees. */
static char *rows_of(const char *text)
{
        char *circuit[] = {circuit_words}, *alias[] = {alias_words}, *impact[] = {impact_words};
        const struct words empty = {0};
        struct labels headings = {.field = {[FIELD_CIRCUIT] = {circuit, 1}, [FIELD_ALIAS] = {alias, 1}, [FIELD_IMPACT] = {impact, 1}}};
        struct label_set *set = label_set_new();
        struct block block = block_of("html", text);
        g_autoptr(GPtrArray) doubts = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GArray) rows = table_read(label_set_get(set, &headings), &headings, &block, &empty, doubts);
        GString *out = g_string_new(NULL);
        for (guint i = 0; i < rows->len; i++) {
                static const enum field shown[] = {FIELD_CIRCUIT, FIELD_ALIAS, FIELD_IMPACT};
                struct captures *captures = &g_array_index(rows, struct table_row, i).captures;
                for (gsize f = 0; f < G_N_ELEMENTS(shown); f++) {
                        const char *value = captures_value(captures, shown[f]);
                        g_string_append_printf(out, "%s%s", f ? "|" : i ? ", " : "", value ? value : "-");
                }
                captures_clear(captures);
        }
        for (guint i = 0; i < doubts->len; i++)
                g_string_append_printf(out, "; %s", (char *)doubts->pdata[i]);
        label_set_free(set);
        return g_string_free(out, FALSE);
}

static void test_tables(void)
{
        static const struct {
                const char *text, *rows;
        } cases[] = {
                {"Circuit\tSite\tImpact\nC1\tOslo\tdown\n\nC9\tx\ty\n", "C1|-|down"},
                {"Circuit\tOld Circuit\tImpact\nC1\tO1\tdown\n-\tO2\tdown\n", "C1|O1|down, -|O2|down"},
                /* a heading that changed its name */
                {"Line\tOld Circuit\tImpact\nC1\tO1\tdown\n", "-|O1|down; a table has no column for circuit ('Circuit')"},
                {"Circuit\tSite\tEffect\nC1\tOslo\tdown\n",
                 "; a table was not read: its header has but one known heading; a table has no column for impact ('Impact')"},
                /* a cell that lost its text */
                {"Circuit\tSite\tImpact\nC1\tOslo\tdown\n\tBergen\tdown\n", "C1|-|down; a row of a table was not read: ' Bergen down'"},
                {"Circuit\tOld Circuit\tImpact\n\tO1\tdown\n", "-|O1|down; 'Circuit' is blank beside 'O1'"},
                {"Circuit\tSite\tImpact\n\nC1\tOslo\tdown\n", "; a table has a header and no row"},
                /* nothing that the map names: a line of layout */
                {"Circuit\tSite\tImpact\nC1\tOslo\tdown\n\tNorway\t\n", "C1|-|down"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
                g_autofree char *rows = rows_of(cases[i].text);
                g_assert_cmpstr(rows, ==, cases[i].rows);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/table/rows-and-doubts", test_tables);
        return g_test_run();
}
