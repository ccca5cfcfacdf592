/* The reader in a child process without network, exec or write rights (Landlock, seccomp, rlimits), kept alive over many mails.
 * In: the bytes of mails. Out: readings; any death of the child is a reading too ("reader failed"). */
#ifndef MAILCLINIC_CONFINE_H
#define MAILCLINIC_CONFINE_H

#include <stdbool.h>

#include "data/reading.h"
#include "reader/reader.h"

struct confined; /* a child, renewed when it dies or has read LIMIT_CHILD_MAILS mails */

/* Start a child that reads as `reader` says (borrowed, and kept: it is used again for each renewal). NULL and an error if no child can be
 * had. */
struct confined *confined_new(const struct reader *reader, GError **error);
void confined_free(struct confined *confined);

/* Read one mail in the child. Never fails: a crash, a loop, a bomb, a cut or a false line become reading_failed() "reader failed: ...", and
 * the child is renewed. Caller frees. */
struct reading *confined_read(struct confined *confined, GBytes *mail);

/* The same in two steps, so that several children can read side by side: hand the mail over; wait until the descriptor is readable, or
 * LIMIT_WALL_SECONDS have passed since the mail was sent; take the reading. A child has one mail at a time. confined_send() may wait until
 * the child has taken in the bytes; confined_receive() waits for the answer until the mail's time is up, and never fails either. The
 * descriptor may be another one after a mail has been received, since the child may have been renewed. */
void confined_send(struct confined *confined, GBytes *mail);
int confined_fd(const struct confined *confined);
struct reading *confined_receive(struct confined *confined);

/* What holds the child, for `status`: "Landlock ABI 4, seccomp, limits", or what is missing. */
const char *confined_how(const struct confined *confined);

#endif
