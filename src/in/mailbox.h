/* All mails of some paths, one at a time: mboxes, Maildirs, directories of mails, single mails, packed or not, FIFOs and standard input.
 * In: paths. Out: the bytes of one mail after another, in the order of the paths and, in each, of arrival. */
#ifndef MAILCLINIC_MAILBOX_H
#define MAILCLINIC_MAILBOX_H

#include "in/mbox.h"

struct mailbox;

/* The mails of the paths ("-": standard input); see listing_add() and mbox_open() for what a path may be. No file is held in memory, but
 * the names of those in directories are. */
struct mailbox *mailbox_new(const char *const *paths);
void mailbox_free(struct mailbox *mailbox);

/* The next mail. NULL without an error at the end; NULL and an error where a file, or the rest of one, cannot be read: call again for what
 * comes after it. Caller frees. */
struct raw_mail *mailbox_next(struct mailbox *mailbox, GError **error);

/* Bytes read so far, and in all: without what is no regular file. */
void mailbox_progress(const struct mailbox *mailbox, guint64 *done, guint64 *total);

#endif
