/* A workbook (Office Open XML, .xlsx) as lines, by libarchive and libxml2's SAX reader.
 * In: the bytes of the attachment. Out: rows of every sheet as TAB-joined lines, an empty line after each sheet. */
#ifndef MAILCLINIC_SHEET_H
#define MAILCLINIC_SHEET_H

#include <glib.h>

/* Shared and inline strings, numbers as written, cells by their reference (a gap is an empty cell), dates in date formats as ISO 8601
 * without zone. NULL and an error if it is no workbook, is cut, or is over a limit (LIMIT_SHEET_*). Caller frees. */
char *sheet_lines(GBytes *bytes, GError **error);

#endif
