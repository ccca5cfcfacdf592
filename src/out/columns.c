/* A table for people: cells in aligned columns; the widest columns give way where the terminal is narrow.
 * In: rows of text. Out: on a stream (out/paint.h); nothing is cut where it is no terminal. */
#include "out/columns.h"

#include "base/visible.h"

enum { GAP = 2, AT_LEAST = 8 };

struct columns {
        struct column *column;
        guint n;
        GArray *cells; /* struct cell, row after row; their text is ours, and visible */
};

static void cell_clear(gpointer cell)
{
        g_free((gpointer)((struct cell *)cell)->text);
}

struct columns *columns_new(const struct column *column, guint n)
{
        g_assert(n > 0);
        struct columns *columns = g_new0(struct columns, 1);
        columns->column = g_memdup2(column, n * sizeof *column);
        columns->n = n;
        columns->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
        g_array_set_clear_func(columns->cells, cell_clear);
        return columns;
}

void columns_free(struct columns *columns)
{
        if (!columns)
                return;
        g_array_unref(columns->cells);
        g_free(columns->column);
        g_free(columns);
}

void columns_add(struct columns *columns, const struct cell *cells)
{
        for (guint i = 0; i < columns->n; i++) {
                struct cell cell = {.text = visible_text(cells[i].text), .style = cells[i].style};
                g_array_append_val(columns->cells, cell);
        }
}

/* Take from the widest until all of them fit, so that each says something. Where they cannot, a row flows over several lines, and each
 * cell has a line's room. */
static void narrow(int *width, guint n, int room)
{
        int all = -GAP, least = -GAP;
        for (guint i = 0; i < n; i++) {
                all += width[i] + GAP;
                least += MIN(width[i], AT_LEAST) + GAP;
        }
        for (guint i = 0; least > room && i < n; i++)
                width[i] = CLAMP(width[i], 0, MAX(room - FLOW_INDENT, AT_LEAST));
        if (least > room)
                return;
        for (guint widest = 0; all > room; all--, widest = 0) {
                for (guint i = 1; i < n; i++)
                        widest = width[i] > width[widest] ? i : widest;
                width[widest]--;
        }
}

/* How wide each column is printed: as its widest cell, within what the terminal and `widest` leave. */
static int *widths(const struct columns *columns, const struct paint *paint, int indent)
{
        int *width = g_new0(int, columns->n);
        for (guint i = 0; i < columns->n; i++)
                width[i] = columns->column[i].head ? visible_width(columns->column[i].head) : 0;
        for (guint i = 0; i < columns->cells->len; i++) {
                int wanted = visible_width(g_array_index(columns->cells, struct cell, i).text);
                width[i % columns->n] = MAX(width[i % columns->n], wanted);
        }
        if (!paint->is_terminal)
                return width;
        for (guint i = 0; i < columns->n; i++)
                if (columns->column[i].widest > 0)
                        width[i] = MIN(width[i], columns->column[i].widest);
        narrow(width, columns->n, paint->width - indent);
        return width;
}

static void print_row(const struct columns *columns, const struct paint *paint, const int *width, int indent, const struct cell *row)
{
        int blanks = indent; /* printed only before a cell, so that no line ends in blanks */
        int at = indent;
        for (guint i = 0; i < columns->n; i++) {
                if (paint->is_terminal && i > 0 && at + width[i] > paint->width) {
                        fputc('\n', paint->out);
                        at = blanks = indent + FLOW_INDENT;
                }
                at += width[i] + GAP;
                g_autofree char *text = visible_cut(row[i].text, width[i]);
                int fill = width[i] - visible_width(text);
                if (columns->column[i].is_number)
                        blanks += fill;
                if (*text) {
                        fprintf(paint->out, "%*s", blanks, "");
                        paint_print(paint, row[i].style, "%s", text);
                        blanks = 0;
                }
                blanks += columns->column[i].is_number ? GAP : fill + GAP;
        }
        fputc('\n', paint->out);
}

static void print_heads(const struct columns *columns, const struct paint *paint, const int *width, int indent)
{
        g_autofree struct cell *heads = g_new0(struct cell, columns->n);
        bool has_heads = false;
        for (guint i = 0; i < columns->n; i++) {
                const char *head = columns->column[i].head;
                heads[i] = (struct cell){.text = head ? head : "", .style = STYLE_BOLD};
                has_heads |= head != NULL;
        }
        if (has_heads)
                print_row(columns, paint, width, indent, heads);
}

void columns_print(const struct columns *columns, const struct paint *paint, int indent)
{
        if (columns->cells->len == 0)
                return;
        g_autofree int *width = widths(columns, paint, indent);
        print_heads(columns, paint, width, indent);
        for (guint i = 0; i < columns->cells->len; i += columns->n)
                print_row(columns, paint, width, indent, &g_array_index(columns->cells, struct cell, i));
}
