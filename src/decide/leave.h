/* How far a reading may go (DESIGN.md "Who sent it", "The reading as JSON"): weak evidence makes nothing certain and ends nothing.
 * In: a reading, what is known of its mail, the configuration. Out: what it may do. */
#ifndef MAILCLINIC_LEAVE_H
#define MAILCLINIC_LEAVE_H

#include "decide/decide-maint.h"

enum leave {
        LEAVE_NOTHING, /* looked at by a person, nothing else */
        LEAVE_REVIEW,  /* makes events that wait for a person; puts CHECK to those that it would change */
        LEAVE_NO_END,  /* all but a cancellation, an earlier end, a completion: those put CHECK */
        LEAVE_ALL,
};

/* *why is the phrase for a person, a doubt of the reading itself where it has one; borrowed, also from the reading; NULL for LEAVE_ALL. */
enum leave leave_of(const struct reading *reading, const struct past *past, const struct policy *policy, const char **why);

/* Whether such a reason is that the sender is in doubt. */
bool leave_is_of_sender(const char *why);

#endif
