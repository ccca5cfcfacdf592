/* Lines as a page shows them: blocks under one another, the cells of a table row side by side (FILTERS.md "What is read").
 * In: text, breaks, and where tables, rows and cells begin and end. Out: lines joined by \n, cells by TAB, breaks inside a cell as \v. */
#include "reader/grid.h"

#include "base/limits.h"
#include "reader/fold.h"

#include <string.h>

/* A cell that reaches into the rows below it, by its column. */
struct span {
        char *text; /* owned; NULL for an empty cell */
        guint rows; /* that it still fills, the present one counted */
};

struct table {
        bool in_row, in_cell;
        bool is_plain; /* the row at hand is written as plain lines, at once */
        guint column;  /* of the next cell */
        GArray *spans; /* struct span, one a column */
};

/* Only the innermost row can still become TAB-joined: one that holds a table is plain. So there is one buffer for cells. */
struct grid {
        GString *out;        /* whole lines, each with its \n, and the plain line at hand */
        GString *row;        /* the cells so far of the innermost row */
        GArray *tables;      /* struct table, outermost first; the first stands for what is outside of tables */
        struct fold fold;    /* the line of `out`, or of a cell in `row`, that text goes to */
        guint filled;        /* cells of the row that have text, repeated ones counted */
        guint own;           /* those not repeated */
        gsize cell;          /* where the cell at hand begins in `row` */
        guint columns, rows; /* that it fills */
        gsize repeated;      /* bytes of repeated cells so far */
};

static void span_clear(gpointer span)
{
        g_free(((struct span *)span)->text);
}

static struct table *push_table(struct grid *grid)
{
        struct table table = {.spans = g_array_new(FALSE, TRUE, sizeof(struct span))};
        g_array_set_clear_func(table.spans, span_clear);
        g_array_append_val(grid->tables, table);
        return &g_array_index(grid->tables, struct table, grid->tables->len - 1);
}

static void table_clear(gpointer table)
{
        g_array_unref(((struct table *)table)->spans);
}

static struct table *innermost(const struct grid *grid)
{
        return &g_array_index(grid->tables, struct table, grid->tables->len - 1);
}

static struct span *span_at(const struct table *table, guint column)
{
        return column < table->spans->len ? &g_array_index(table->spans, struct span, column) : NULL;
}

struct grid *grid_new(void)
{
        struct grid *grid = g_new0(struct grid, 1);
        grid->out = g_string_sized_new(4096);
        grid->row = g_string_sized_new(1024);
        grid->tables = g_array_new(FALSE, FALSE, sizeof(struct table));
        g_array_set_clear_func(grid->tables, table_clear);
        push_table(grid);
        fold_start(&grid->fold, grid->out, false);
        return grid;
}

void grid_free(struct grid *grid)
{
        if (!grid)
                return;
        g_string_free(grid->out, TRUE);
        g_string_free(grid->row, TRUE);
        g_array_unref(grid->tables);
        g_free(grid);
}

void grid_break(struct grid *grid)
{
        if (!fold_is_empty(&grid->fold))
                g_string_append_c(grid->fold.out, grid->fold.out == grid->row ? '\v' : '\n');
        fold_start(&grid->fold, grid->fold.out, false);
}

void grid_text(struct grid *grid, const char *text, gsize length, bool keeps_breaks)
{
        const char *newline;
        while (keeps_breaks && (newline = memchr(text, '\n', length))) {
                fold_add(&grid->fold, text, (gsize)(newline - text));
                grid_break(grid);
                length -= (gsize)(newline + 1 - text);
                text = newline + 1;
        }
        fold_add(&grid->fold, text, length);
}

/* Text goes to plain lines again. What stood in a cell without a line end has one now. */
static void leave_cell(struct grid *grid)
{
        grid_break(grid);
        if (grid->fold.out == grid->row && grid->row->len > grid->cell && grid->row->str[grid->row->len - 1] == '\v')
                g_string_truncate(grid->row, grid->row->len - 1);
        fold_start(&grid->fold, grid->out, false);
}

/* Write the cells so far as lines, one for each filled line of a cell. */
static void write_plain(struct grid *grid)
{
        const char *p = grid->row->str;
        while (*p) {
                gsize n = strcspn(p, "\t\v");
                if (n) {
                        g_string_append_len(grid->out, p, (gssize)n);
                        g_string_append_c(grid->out, '\n');
                }
                p += n + (p[n] ? 1 : 0);
        }
        g_string_truncate(grid->row, 0);
        fold_start(&grid->fold, grid->out, false);
}

static void write_row(struct grid *grid)
{
        if (grid->filled == 1) {
                write_plain(grid);
                return;
        }
        g_string_append_len(grid->out, grid->row->str, (gssize)grid->row->len);
        g_string_append_c(grid->out, '\n');
        g_string_truncate(grid->row, 0);
        fold_start(&grid->fold, grid->out, false);
}

/* The row at hand is no row of a table of values: write what there is of it, and what follows as it comes. */
static void make_plain(struct grid *grid)
{
        struct table *table = innermost(grid);
        if (!table->in_row || table->is_plain)
                return;
        leave_cell(grid);
        write_plain(grid);
        table->is_plain = true;
}

static void separate_cells(struct grid *grid, struct table *table)
{
        if (table->column > 0)
                g_string_append_c(grid->row, '\t');
        table->column++;
}

/* Fill the next column from above, if a cell reaches down into it. */
static bool repeat_cell(struct grid *grid, struct table *table)
{
        const struct span *span = span_at(table, table->column);
        if (!span || !span->rows)
                return false;
        separate_cells(grid, table);
        if (span->text) {
                gsize length = strlen(span->text);
                g_string_append_len(grid->row, span->text, (gssize)length);
                grid->repeated += length;
                grid->filled++;
        }
        return true;
}

/* Cells from above that stand to the right of the row's own. */
static void repeat_rest(struct grid *grid, struct table *table)
{
        guint last = table->spans->len;
        while (last > table->column && !span_at(table, last - 1)->rows)
                last--;
        while (table->column < last)
                if (!repeat_cell(grid, table))
                        separate_cells(grid, table);
}

/* A row has passed: cells from above reach one row less. */
static void shorten_spans(struct table *table)
{
        for (guint i = 0; i < table->spans->len; i++) {
                struct span *span = span_at(table, i);
                if (span->rows && --span->rows == 0)
                        g_clear_pointer(&span->text, g_free);
        }
}

static void keep_span(struct grid *grid, struct table *table, guint column, const char *text)
{
        if (table->spans->len <= column)
                g_array_set_size(table->spans, column + 1);
        struct span *span = span_at(table, column);
        g_free(span->text);
        span->text = g_strdup(text);
        span->rows = grid->rows;
}

void grid_row_start(struct grid *grid)
{
        grid_row_end(grid);
        grid_break(grid);
        struct table *table = innermost(grid);
        table->in_row = true;
        table->in_cell = table->is_plain = false;
        table->column = 0;
        grid->filled = grid->own = 0;
}

void grid_row_end(struct grid *grid)
{
        struct table *table = innermost(grid);
        if (!table->in_row)
                return;
        grid_cell_end(grid);
        grid_break(grid);
        table->in_row = false;
        if (!table->is_plain && grid->own > 0) {
                repeat_rest(grid, table);
                write_row(grid);
        }
        g_string_truncate(grid->row, 0);
        shorten_spans(table);
}

void grid_cell_start(struct grid *grid, guint columns, guint rows)
{
        struct table *table = innermost(grid);
        grid_cell_end(grid);
        if (!table->in_row && grid->tables->len > 1)
                grid_row_start(grid);
        else if (!table->in_row)
                table->is_plain = true;
        while (!table->is_plain && repeat_cell(grid, table))
                ;
        if (!table->is_plain && table->column >= LIMIT_TABLE_COLUMNS)
                make_plain(grid);
        table->in_cell = true;
        grid_break(grid);
        if (table->is_plain)
                return;
        separate_cells(grid, table);
        grid->cell = grid->row->len;
        grid->columns = columns;
        grid->rows = rows;
        fold_start(&grid->fold, grid->row, false);
}

/* The cell that has just ended in `row`: count it, and fill the columns and rows it spans. */
static void span_cell(struct grid *grid, struct table *table)
{
        const char *text = grid->row->str + grid->cell;
        bool is_filled = *text != '\0';
        grid->filled += is_filled;
        grid->own += is_filled;
        if (grid->rows > 1)
                keep_span(grid, table, table->column - 1, is_filled ? text : NULL);
        for (guint i = 1; i < grid->columns && table->column < LIMIT_TABLE_COLUMNS; i++) {
                separate_cells(grid, table);
                if (grid->rows > 1)
                        keep_span(grid, table, table->column - 1, NULL);
        }
}

void grid_cell_end(struct grid *grid)
{
        struct table *table = innermost(grid);
        if (!table->in_cell)
                return;
        table->in_cell = false;
        leave_cell(grid);
        if (!table->is_plain)
                span_cell(grid, table);
}

void grid_table_start(struct grid *grid)
{
        make_plain(grid);
        grid_break(grid);
        push_table(grid);
}

static bool ends_with_empty_line(const GString *out)
{
        return out->len >= 2 && out->str[out->len - 2] == '\n' && out->str[out->len - 1] == '\n';
}

void grid_table_end(struct grid *grid)
{
        if (grid->tables->len == 1)
                return;
        grid_row_end(grid);
        grid_break(grid);
        g_array_set_size(grid->tables, grid->tables->len - 1);
        if (grid->out->len && !ends_with_empty_line(grid->out))
                g_string_append_c(grid->out, '\n');
        fold_start(&grid->fold, grid->out, false);
}

bool grid_is_full(const struct grid *grid)
{
        return grid->out->len + grid->row->len > LIMIT_PART_TEXT || grid->repeated > LIMIT_PART_TEXT;
}

char *grid_finish(struct grid *grid)
{
        while (grid->tables->len > 1)
                grid_table_end(grid);
        grid_row_end(grid);
        grid_break(grid);
        if (grid->out->len)
                g_string_truncate(grid->out, grid->out->len - 1);
        char *lines = g_string_free(g_steal_pointer(&grid->out), FALSE);
        grid->out = g_string_new(NULL);
        grid_free(grid);
        return lines;
}
