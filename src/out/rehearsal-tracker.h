/* A dry run's exchange with a tracker: requests are printed without the token, and answered as by a tracker that knows every name, has no
 * task but those that are asked for by number, and takes everything.
 * In: requests. Out: their text. */
#ifndef MAILCLINIC_REHEARSAL_TRACKER_H
#define MAILCLINIC_REHEARSAL_TRACKER_H

#include "out/exchange.h"

#include <stdio.h>

struct tracker_rehearsal {
        FILE *out;
        gint64 tasks; /* that were made */
};

/* An exchange whose sender is a struct tracker_rehearsal. */
bool rehearse_tracker(void *rehearsal, const struct request *request, struct answer *answer, GError **error);

#endif
