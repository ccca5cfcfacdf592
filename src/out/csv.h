/* Rows of comma-separated values (RFC 4180) that a spreadsheet can be trusted with.
 * In: cells. Out: text. */
#ifndef MAILCLINIC_CSV_H
#define MAILCLINIC_CSV_H

#include <glib.h>

/* A row with its CRLF. NULL is an empty cell. A cell that begins with = + - @ TAB or CR, which spreadsheets take for a formula, is given
 * a leading apostrophe. Caller frees. */
char *csv_row(const char *const *cells, guint n);

#endif
