/* Plain text and separated values as lines (FILTERS.md "What is read").
 * In: text in UTF-8. Out: trimmed lines joined by \n, blanks folded, empty lines dropped, TAB kept. */
#ifndef MAILCLINIC_TEXT_H
#define MAILCLINIC_TEXT_H

#include <stdbool.h>

#include <glib.h>

/* Blanks (also NBSP) folded to one, those beside a TAB and characters of no width dropped, lines trimmed (also of TABs), empty lines
 * dropped; is_flowed joins soft line breaks (RFC 3676; is_delsp: and drops their blank). Quote marks ('>') stay. Caller frees. */
char *text_lines(const char *text, gsize length, bool is_flowed, bool is_delsp);

/* Comma, semicolon or TAB separated values (RFC 4180, quotes and line breaks inside cells allowed) as TAB-joined lines. Caller frees. */
char *text_csv_lines(const char *text, gsize length);

/* Append one cell: blanks folded, trimmed, TAB and line ends inside it made \v. */
void text_append_cell(GString *line, const char *cell, gsize length);

#endif
