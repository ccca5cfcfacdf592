/* A copy of all that a ledger is, in a directory that can be put in its place.
 * In: a ledger that others go on using. Out: files. */
#ifndef MAILCLINIC_BACKUP_H
#define MAILCLINIC_BACKUP_H

#include "ledger/ledger.h"

struct copied {
        guint mails, new_mails; /* raw mails that stand there, and those that came now */
};

/* Bring the copy in `directory` (made, 0700) up to date: the database, decisions.jsonl, and the raw mails that it lacks; those that left
 * the ledger stay. The spool is left out: its mails are the mail server's still. All of it is durable; whatever dies in between leaves the
 * copy of before. FAIL_USAGE where the directory is a ledger in use. */
bool backup_write(struct ledger *ledger, const char *directory, struct copied *copied, GError **error);

#endif
