/* Lines as a page shows them: blocks under one another, the cells of a table row side by side (FILTERS.md "What is read").
 * In: text, breaks, and where tables, rows and cells begin and end. Out: lines joined by \n, cells by TAB, breaks inside a cell as \v. */
#ifndef MAILCLINIC_GRID_H
#define MAILCLINIC_GRID_H

#include <stdbool.h>

#include <glib.h>

struct grid;

struct grid *grid_new(void);
void grid_free(struct grid *grid);

/* Text of the line or cell at hand; white space is folded. With keeps_breaks each \n in it ends the line. */
void grid_text(struct grid *grid, const char *text, gsize length, bool keeps_breaks);

/* End the line, or the line of a cell, if anything stands in it. */
void grid_break(struct grid *grid);

void grid_table_start(struct grid *grid);
void grid_table_end(struct grid *grid);

/* A row that begins ends the one before it; likewise a cell, which also begins a row where none is open. An end without a start does
 * nothing. Outside of tables rows are joined all the same, but cells without a row are blocks. */
void grid_row_start(struct grid *grid);
void grid_row_end(struct grid *grid);
void grid_cell_start(struct grid *grid, guint columns, guint rows);
void grid_cell_end(struct grid *grid);

/* Whether the lines, or the cells repeated in them, are more than LIMIT_PART_TEXT: then no more should be added. */
bool grid_is_full(const struct grid *grid);

/* End whatever is open. The lines; caller frees. The grid is used up. */
char *grid_finish(struct grid *grid);

#endif
