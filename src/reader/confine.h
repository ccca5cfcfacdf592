/* The reader in a child process without network, exec or write rights (Landlock, seccomp, rlimits), kept alive over many mails.
 * In: the bytes of mails. Out: readings; any death of the child is a reading too ("reader failed"). */
#ifndef MAILCLINIC_CONFINE_H
#define MAILCLINIC_CONFINE_H

#include <stdbool.h>

#include "data/reading.h"
#include "reader/reader.h"

struct confined; /* a child, renewed when it dies or has read LIMIT_CHILD_MAILS mails */
struct answer;   /* what a child gave for a mail, or how it died of it */

/* Start a child that reads as `reader` says (borrowed, and kept: it is used again for each renewal). The process must have no other
 * threads, since the child is forked. NULL and an error if no child can be had. */
struct confined *confined_new(const struct reader *reader, GError **error);
void confined_free(struct confined *confined);

/* The same with any function in place of the reader, as tests need. data is borrowed and kept; what the function returns is freed. */
struct confined *confined_new_with(struct reading *(*read_mail)(const void *data, GBytes *mail), const void *data, GError **error);

/* Read one mail in the child. Never fails: a crash, a loop, a bomb, a cut or a false line become reading_failed() "reader failed: ...", and
 * the child is renewed. So that no mail pays for those before it, it is tried once more in a new child unless time ran out. Caller frees.
 */
struct reading *confined_read(struct confined *confined, GBytes *mail);

/* The two halves of confined_read(), so that several children can work side by side: each send is followed by one receive, which waits for
 * the answer. confined_fd() can be polled for it (POLLIN) in between; it changes when the child is renewed. */
void confined_send(struct confined *confined, GBytes *mail);
struct reading *confined_receive(struct confined *confined);
int confined_fd(const struct confined *confined);

/* Whether a mail may be sent. There is room for some more while the child is at work on the first, if all are small: then it need not wait
 * for us. Answers come in the order of the mails, and some may come along with the first: then confined_fd() does not tell of them. Each is
 * sent as soon as it is there, so that of a child that dies the first mail without an answer is the one to blame. */
bool confined_has_room(const struct confined *confined, GBytes *mail);
bool confined_has_answer(const struct confined *confined);

/* The two halves of confined_receive(), so that the child can have another mail while its answer is looked at: take the answer in, whatever
 * it is; and make a reading of it, which frees it. A line that is no reading is not tried again here, but the child is renewed all the
 * same. */
struct answer *confined_take(struct confined *confined);
struct reading *answer_read(struct answer *answer);

/* What holds the child, for `status`: "Landlock ABI 4, seccomp, limits", or what is missing. */
const char *confined_how(const struct confined *confined);

#endif
