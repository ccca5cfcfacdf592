/* A reading as the confined child hands it back: cells of one line, which cost a tenth of what JSON does.
 * In: a reading, or such a line, which is not trusted. Out: a line, or a reading. */
#ifndef MAILCLINIC_READING_CELLS_H
#define MAILCLINIC_READING_CELLS_H

#include "data/reading.h"

/* Append all that reading_to_line() tells too: values in a fixed order, TAB between them, in a text \n \t \\ for what would end a cell, \N
 * for NULL (as PostgreSQL's COPY has it). There is no line break in it. */
void reading_to_cells(const struct reading *reading, GString *line);

/* The way back. Every value is checked; NULL and an error that says what is wrong. Caller frees. */
struct reading *reading_from_cells(const char *line, GError **error);

#endif
