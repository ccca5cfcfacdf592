/* What a mail comes to in the clinician's words (DESIGN.md "Words", "Who sent it"), as far as the mail alone can tell.
 * In: a reading. Out: its resolution, and why. */
#ifndef MAILCLINIC_RESOLUTION_H
#define MAILCLINIC_RESOLUTION_H

#include "data/reading.h"

/* `none` only with positive evidence (noise, a test, a reminder, an outage report), `calendar` only for a notice of high confidence that
 * makes or changes an event and whose sender may do so, `review` for all else. *why is a phrase that says so; caller frees it. */
enum resolution resolution_of(const struct reading *reading, char **why);

#endif
