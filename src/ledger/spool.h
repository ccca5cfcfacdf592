/* The spool: a mail that was taken in is a durable file before anything reads it, and stays one until it is recorded.
 * In: a mail on a file descriptor. Out: its bytes, and a count of the runs that died of it.
 *
 * DIR/spool/HASH is the mail. What its mode allows to others (who cannot come to it, since the directory is 0700) is the count of runs that
 * began to read it and did not say how that went: so that is told of no file but the mail's own, and outlives any death but the machine's.
 * Whoever works on a mail holds a lock on it: copies of one mail that come at once are worked on one after the other. */
#ifndef MAILCLINIC_SPOOL_H
#define MAILCLINIC_SPOOL_H

#include <stdbool.h>

#include <glib.h>

struct spooled {
        char *directory; /* of the ledger */
        char *path;
        char *hash; /* raw_hash() */
        GBytes *bytes;
        int fd;    /* holds the lock */
        int tries; /* earlier runs that died of it */
};

/* Read a mail to its end (a From_ line before it is left out), make it durable, wait until nobody else works on it. NULL and an error. */
struct spooled *spool_take(int fd, const char *directory, GError **error);

/* Give it up; what was not dropped stays in the spool. */
void spooled_free(struct spooled *spooled);

/* Count this run among those that die of the mail; and take that back. */
bool spool_try(struct spooled *spooled, GError **error);
void spool_forgive(struct spooled *spooled);

/* Give the mail its name for good beneath the ledger's directory (raw_place()), durably; it stays in the spool, too. */
bool spool_keep(const struct spooled *spooled, const char *place, GError **error);

/* It is recorded: take it out of the spool. What cannot be removed does no harm. */
void spool_drop(struct spooled *spooled);

/* How many mails are in the spool of a directory, and how many were not taken in whole. */
struct spool_counts {
        guint mails, unfinished;
};
struct spool_counts spool_count(const char *directory);

#endif
