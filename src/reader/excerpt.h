/* The text of a mail as people read it, for where a task may show it.
 * In: bytes of mails. Out: their text; read in a confined child, since mails are hostile. */
#ifndef MAILCLINIC_EXCERPT_H
#define MAILCLINIC_EXCERPT_H

#include "reader/confine.h"

/* A child that gives texts in place of readings. NULL and an error. */
struct confined *excerpt_confined(GError **error);

/* The lines of a mail's text, at most 32 KB; NULL where it has none or could not be read. Caller frees. */
char *excerpt_read(struct confined *confined, GBytes *mail);

#endif
