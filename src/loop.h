/* Mails that our own programs or another robot sent back: acting on one could begin a loop (DELIVERY.md G19).
 * In: a mail and its reading. Out: why it is one. */
#ifndef MAILCLINIC_LOOP_H
#define MAILCLINIC_LOOP_H

#include "data/reading.h"

/* Why it is recorded and not acted on; NULL: it is no such mail, or a noise filter, which does not act either, knows it. `sender` is that
 * of the envelope, "" for a bounce; NULL: not known. */
const char *loop_why(GBytes *mail, const struct reading *reading, const char *sender);

#endif
