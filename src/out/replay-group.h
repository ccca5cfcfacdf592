/* Replayed mails grouped by maintenance and by issue, for people.
 * In: gathered mails. Out: groups; text on a stream. */
#ifndef MAILCLINIC_REPLAY_GROUP_H
#define MAILCLINIC_REPLAY_GROUP_H

#include "out/paint.h"
#include "out/replayed.h"

struct mail_group {
        const char *name; /* key of the maintenance, name of the issue; NULL: of neither; borrowed */
        GPtrArray *mails; /* struct gathered, in their order; borrowed */
        guint n_review;
};

/* The groups (struct mail_group) of mails, in the order of their first; what is of no maintenance and no issue last. Caller frees. */
GPtrArray *replay_groups(const GPtrArray *mails);

/* Print them, each mail on a line and (is_why) what it rests on below. */
void replay_group_print(const struct paint *paint, const GPtrArray *mails, bool is_why);

/* Print what a mail rests on. */
void replay_why_print(const struct paint *paint, const GPtrArray *grounds);

#endif
