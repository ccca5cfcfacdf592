/* The lines of every part, and the bodies of a mail: what filters read.
 * In: a mail from mime_read(). Out: the same mail with lines, calendars and bodies filled in. */
#ifndef MAILCLINIC_LINES_H
#define MAILCLINIC_LINES_H

#include "data/mail.h"

/* Fill part->lines, part->calendar, mail->body and mail->calendar, also of enclosed messages. What cannot be read is said in mail->notes.
 */
void lines_read(struct mail *mail);

#endif
