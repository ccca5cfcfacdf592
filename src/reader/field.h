/* Header fields as they stand in a mail (RFC 5322 2.2), split where GMime splits them.
 * In: bytes. Out: lines and fields as slices of them, values as one line. */
#ifndef MAILCLINIC_FIELD_H
#define MAILCLINIC_FIELD_H

#include <stdbool.h>

#include <glib.h>

struct slice {
        const char *text;
        gsize length;
};

/* The line at this place, with its line end. */
struct slice field_line(const char *at, const char *end);

/* The same with its continuation lines (RFC 5322 2.2.3). */
struct slice field_at(const char *at, const char *end);

bool field_is_blank(struct slice line);

/* Where the name of a field ends: at its colon (blanks may stand before it), or at the first byte that no name has. */
const char *field_name_end(struct slice field);

/* One line of valid UTF-8: controls and line ends are blanks, and a run of blanks with one of these in it is one. Caller frees. */
char *field_one_line(const char *value);

#endif
