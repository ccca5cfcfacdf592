/* A dry run's exchange: requests are printed, and answered as by a calendar that is empty and takes everything.
 * In: requests. Out: their text, without secrets since none are in them. */
#ifndef MAILCLINIC_REHEARSAL_H
#define MAILCLINIC_REHEARSAL_H

#include "out/exchange.h"

/* An exchange whose sender is a FILE. */
bool rehearse(void *out, const struct request *request, struct answer *answer, GError **error);

#endif
