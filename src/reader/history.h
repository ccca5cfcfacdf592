/* Quoted history: where the new text of a mail ends, and what the mail that it quotes said of itself (FILTERS.md "How it reads" 8).
 * In: the lines of a body. Out: byte offsets, unquoted lines, quoted headers; pure. */
#ifndef MAILCLINIC_HISTORY_H
#define MAILCLINIC_HISTORY_H

#include <glib.h>

/* The header of a quoted or forwarded mail, as its quoter printed it ("From: / Sent: / To: / Subject:", or "On DATE, NAME wrote:"). */
struct quoted_header {
        char *from;    /* as written, NULL where there is none */
        char *subject; /* NULL where there is none */
        gint64 date;   /* Unix seconds (UTC where no zone is printed); MAIL_NO_DATE where there is none that can be read */
        gsize start;   /* where the header begins in the lines */
        gsize end;     /* where the quoted text begins */
};

/* The byte at which quoted history begins: the first run of '>' lines, "On ... wrote:", "Original Message" or header block. The length of
 * the lines where there is none, and where the mail is a forward: nothing but a short cover note stands above a forward's mark, or above
 * any header block if the subject (may be NULL) says so ("Fwd:") or nothing at all stands there. A forward is read as the mail itself. */
gsize history_start(const char *lines, const char *subject);

/* The quoted history with its '>' marks taken off; NULL where there is none. Caller frees. */
char *history_quoted(const char *lines, const char *subject);

/* Every quoted header in the lines ('>' marks do not matter), in order: struct quoted_header. Caller frees. */
GPtrArray *history_headers(const char *lines);
void quoted_header_free(struct quoted_header *header);

#endif
