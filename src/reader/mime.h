/* From the bytes of a mail to headers and decoded parts (RFC 5322, 2045-2047, 2231, 3676), by GMime.
 * In: the bytes of one message. Out: a struct mail whose parts have no lines yet (reader/lines.h). */
#ifndef MAILCLINIC_MIME_H
#define MAILCLINIC_MIME_H

#include "data/mail.h"

/* Once in a process, before mime_read(). */
void mime_init(void);

/* Read one message. Never fails: what is broken or over a limit is left out and said in mail->notes. A leading mbox "From " line and
 * a BOM are skipped. Bytes are checked before GMime sees them (limits.h). Caller frees. */
struct mail *mime_read(GBytes *bytes);

#endif
