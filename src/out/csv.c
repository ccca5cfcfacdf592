/* Rows of comma-separated values (RFC 4180) that a spreadsheet can be trusted with.
 * In: cells. Out: text. */
#include "out/csv.h"

#include <string.h>

static void add_cell(GString *row, const char *cell)
{
        const char *formula = strchr("=+-@\t\r", *cell) && *cell ? "'" : "";
        if (!strpbrk(cell, ",\"\r\n")) {
                g_string_append_printf(row, "%s%s", formula, cell);
                return;
        }
        g_string_append_printf(row, "\"%s", formula);
        for (; *cell; cell++) {
                if (*cell == '"')
                        g_string_append_c(row, '"');
                g_string_append_c(row, *cell);
        }
        g_string_append_c(row, '"');
}

char *csv_row(const char *const *cells, guint n)
{
        GString *row = g_string_new(NULL);
        for (guint i = 0; i < n; i++) {
                if (i > 0)
                        g_string_append_c(row, ',');
                add_cell(row, cells[i] ? cells[i] : "");
        }
        g_string_append(row, "\r\n");
        return g_string_free(row, FALSE);
}
