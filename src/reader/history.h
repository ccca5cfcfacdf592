/* Quoted history: where the new text of a mail ends (FILTERS.md "How it reads" 8).
 * In: the lines of a body, and the subject. Out: a byte offset, the quoted text; pure. */
#ifndef MAILCLINIC_HISTORY_H
#define MAILCLINIC_HISTORY_H

#include "reader/quoted.h"

#include <glib.h>

/* The byte at which quoted history begins: the first run of '>' lines, "On ... wrote:", "Original Message" or header block. The length of
 * the lines where there is none, and where the mail is a forward: nothing but a short cover note stands above a forward's mark, or above
 * any header block if the subject (may be NULL) says so ("Fwd:"), or nothing at all stands above it. A forward is read as the mail
 * itself, up to the history that the forwarded mail quotes. */
gsize history_start(const char *lines, const char *subject);

/* The history that begins at a byte, its '>' marks taken off. Caller frees. */
char *history_quoted(const char *lines, gsize start);

/* Every quoted header in the lines, in order: struct quoted_header. Caller frees. */
GPtrArray *history_headers(const char *lines);

#endif
