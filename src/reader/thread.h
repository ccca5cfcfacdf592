/* How a mail stands among others: its references, its list, and the hash by which the same mail is known again.
 * In: a mail with its lines. Out: a struct thread. */
#ifndef MAILCLINIC_THREAD_H
#define MAILCLINIC_THREAD_H

#include "data/mail.h"
#include "data/reading.h"

/* Fill a new thread from the headers, bodies and calendar of a mail. The hash leaves out a list's tags before the subject and the footer
 * that a mailing list puts below the text, so that the copy by way of the list is the same mail (DESIGN.md "Same mail, once"). */
void thread_read(struct thread *thread, const struct mail *mail);

#endif
