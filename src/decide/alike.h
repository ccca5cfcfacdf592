/* What two notices of one maintenance have alike: circuits and times.
 * In: a maintenance, a notice. Out: whether they speak of the same. */
#ifndef MAILCLINIC_ALIKE_H
#define MAILCLINIC_ALIKE_H

#include "data/maintenance.h"
#include "data/reading.h"

/* Circuit ids are compared without case and blanks. */
struct circuit *alike_circuit(const GPtrArray *circuits, const char *circuit_id);

/* Whether they share a circuit; where either names none, `otherwise`. */
bool alike_circuits(const struct maintenance *maintenance, const struct notice *notice, bool otherwise);

/* Whether a window starts when an event does. */
bool alike_times(const struct maintenance *maintenance, const struct notice *notice);

/* Whether any of its events is still to be done. */
bool alike_is_open(const struct maintenance *maintenance);

/* Whether the notice names every circuit that the maintenance is known to have: only then its list of windows is the whole list, since some
 * vendors write one copy for each circuit. */
bool alike_is_whole(const struct maintenance *maintenance, const struct notice *notice);

/* Take a circuit out of a list, however it is spelt. */
void alike_remove(GPtrArray *circuits, const char *circuit_id);

#endif
