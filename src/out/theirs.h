/* A calendar object as it stands on a server, where people may have edited it.
 * In: its text. Out: what of it is theirs, and that merged with ours. */
#ifndef MAILCLINIC_THEIRS_H
#define MAILCLINIC_THEIRS_H

#include <stdbool.h>

#include <glib.h>

struct theirs {
        int sequence;       /* of the event; -1: none */
        GPtrArray *managed; /* char *: its content lines, unfolded, of properties that we write */
        GPtrArray *kept;    /* char *: those that stay whatever we write: other properties, alarms */
};

/* The event with this UID, recurrences left out. NULL and an error: the text lacks it. Caller frees. */
struct theirs *theirs_read(const char *object, const char *uid, GError **error);
void theirs_free(struct theirs *theirs);

/* Whether it says all that ours (an object of out/event.h) says to people. */
bool theirs_says(const struct theirs *theirs, const char *ours);

/* Our object and what is kept of theirs. Caller frees. */
char *theirs_merge(const struct theirs *theirs, const char *ours);

#endif
