/* A root@ mail as the sighting of an issue.
 * In: a reading and the issues so far. Out: a verdict that names the issue. */
#ifndef MAILCLINIC_SIGHT_H
#define MAILCLINIC_SIGHT_H

#include "data/reading.h"
#include "data/verdict.h"
#include "decide/group.h"

/* Which issue the mail is of, and what that comes to: nothing where all is well or the issue is known, else review. Caller frees. */
struct verdict *sight(struct groups *groups, const struct reading *reading);

#endif
