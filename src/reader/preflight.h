/* The bytes of a mail checked before GMime sees them: it overflows its stack on nested address groups, and its time grows with
 * boundaries times lines.
 * In: the bytes of one message. Out: bytes within every limit of limits.h, and what was left out. */
#ifndef MAILCLINIC_PREFLIGHT_H
#define MAILCLINIC_PREFLIGHT_H

#include <glib.h>

/* A copy of the message without a BOM, a leading mbox "From " line and what is over a limit; each limit that was passed is said once in
 * notes (char *). Over LIMIT_MAIL only the header block is left. Caller unrefs. */
GBytes *preflight(GBytes *mail, GPtrArray *notes);

#endif
