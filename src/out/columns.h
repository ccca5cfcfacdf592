/* A table for people: cells in aligned columns; the widest columns give way where the terminal is narrow.
 * In: rows of text. Out: on a stream (out/paint.h); nothing is cut where it is no terminal. */
#ifndef MAILCLINIC_COLUMNS_H
#define MAILCLINIC_COLUMNS_H

#include "out/paint.h"

#include <glib.h>

struct column {
        const char *head; /* borrowed; NULL in all columns: no line of headings */
        int widest;       /* cells are cut to this on a terminal; 0: as wide as the widest cell */
        bool is_number;   /* to the right */
};

struct cell {
        const char *text; /* copied and made visible; NULL is empty */
        enum style style;
};

struct columns;

/* A table with n columns (copied). */
struct columns *columns_new(const struct column *column, guint n);
void columns_free(struct columns *columns);

/* Append a row of as many cells as there are columns: columns_add(columns, (struct cell[]){{.text = id}, {.text = kind, .style =
 * STYLE_BOLD}}); */
void columns_add(struct columns *columns, const struct cell *cells);

/* Print all rows, each after `indent` blanks. A table without rows prints nothing. */
void columns_print(const struct columns *columns, const struct paint *paint, int indent);

#endif
