/* What a person says a mail means, put in place of what was read from it.
 * In: a reading, a correction, what is known. Out: a reading that decide_maint() can be asked about. */
#ifndef MAILCLINIC_CORRECT_H
#define MAILCLINIC_CORRECT_H

#include "data/decision.h"
#include "data/maintenance.h"
#include "data/reading.h"

/* The corrected reading. It is sure, and as new as the newest notice of the maintenances in `known` (struct maintenance), since a person
 * says how things are by now. With `same_as`, `known` is that maintenance alone, and its vendor holds. Windows without a kind move what is
 * known, else announce it, but for a mail that tells of work begun, over or called off: that it still does. NULL and an error that says
 * what is missing: a vendor, an id or times, or which of several notices (by its id) is meant. Caller frees. */
struct reading *correct_reading(const struct reading *reading, const struct correction *correction, const GPtrArray *known, GError **error);

/* Let the mail's notices lead to `target`, by its id or its thread, and from now on no longer to any other in `known`. */
void correct_lead(const struct reading *reading, struct maintenance *target, const GPtrArray *known);

#endif
