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

/* What holds the child, for `status`: "Landlock ABI 4, seccomp, limits", or what is missing. */
const char *confined_how(const struct confined *confined);

#endif
