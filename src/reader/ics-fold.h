/* Content lines of iCalendar (RFC 5545 3.1), checked before a library sees them.
 * In: the bytes of a part. Out: unfolded lines of valid UTF-8, or why there are none. */
#ifndef MAILCLINIC_ICS_FOLD_H
#define MAILCLINIC_ICS_FOLD_H

#include <glib.h>

/* The lines "NAME;PARAMETERS:value", names in capitals, folding undone even where the leading blank is missing, controls left out, octets
 * that are no UTF-8 taken for Windows-1252. NULL and an error where a limit is passed (limits.h: bytes, line, depth, events), a NUL occurs,
 * or BEGIN and END do not fit together. Array of char *; caller frees. */
GPtrArray *ics_unfold(const char *bytes, gsize length, GError **error);

/* The value of a content line, after its name and parameters; borrowed from the line. "" where there is none. */
const char *ics_line_value(const char *line);

/* Whether a content line has this name (in capitals). */
gboolean ics_line_is(const char *line, const char *name);

#endif
