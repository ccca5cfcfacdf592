/* The ledger: every mail, what it was decided to mean, the maintenances that came of it, and the acts still to be carried out.
 * In: readings and verdicts. Out: the past of a reading, rows for people, the outbox (ledger/outbox.h).
 *
 * A directory of mode 0700: ledger.sqlite (WAL, synchronous=FULL), mail/YYYY/MM/HASH (raw mails), spool/ (mails that are not recorded yet).
 * Several processes may use it at once: SQLite's lock and unique keys are the arbiter. Errors are FAIL_IO for a ledger that is locked, full
 * or cannot be opened (try again), FAIL_DATA for one that is damaged or of a newer program (never written to; the message advises). */
#ifndef MAILCLINIC_LEDGER_H
#define MAILCLINIC_LEDGER_H

#include "data/maintenance.h"
#include "data/reading.h"
#include "data/verdict.h"
#include "decide/decide-maint.h"

#include <glib.h>

struct ledger;

/* Open the ledger in a directory, which is made if it is missing. */
struct ledger *ledger_open(const char *directory, GError **error);

/* Whole mailboxes are to be recorded: trade memory for speed. */
bool ledger_expect_many(struct ledger *ledger, GError **error);

/* A copy of it in memory, for dry runs: the directory is not written to, and need not be there (then the copy is empty; NULL: the same).
 * All functions work on it but ledger_backup(). */
struct ledger *ledger_memory(const char *directory, GError **error);
void ledger_free(struct ledger *ledger);

/* Where it is; NULL in memory. Borrowed. */
const char *ledger_directory(const struct ledger *ledger);

/* One transaction (BEGIN IMMEDIATE), so that what a decision rests on cannot change before it is recorded. Waits 5 s at most for others.
 * All that is read or written in between is one step; each function that writes makes a transaction of its own where none was begun. */
bool ledger_begin(struct ledger *ledger, GError **error);
bool ledger_commit(struct ledger *ledger, GError **error);
void ledger_rollback(struct ledger *ledger); /* nothing to do: no harm */

/* What makes a mail the same mail (DESIGN.md "Same mail, once"). */
struct mail_key {
        enum stream stream;
        const char *message_id; /* NULL: none */
        const char *text_hash;  /* of the decoded text; raw_hash where nothing could be read */
        const char *raw_hash;   /* "raw:" and that of the bytes: a mail that could not be read then is known by it now */
};

/* The key of a reading; borrowed from it. `raw_hash` stands in for the text's. */
struct mail_key mail_key_of(const struct reading *reading, const char *raw_hash);

/* What may concern a reading (decide/decide-maint.h). To be released by past_release(). */
bool ledger_past(struct ledger *ledger, const struct mail_key *key, const struct reading *reading, struct past *past, GError **error);

/* The same for a mail that is recorded and is to be decided again. */
bool ledger_past_again(struct ledger *ledger, gint64 id, const struct reading *reading, struct past *past, GError **error);
void past_release(struct past *past);

/* A mail to be recorded; all borrowed. */
struct record {
        struct mail_key key;
        const struct reading *reading;
        const struct verdict *verdict;
        const char *raw;    /* its file beneath the directory, "mail/2026/11/HASH"; NULL: not kept */
        const char *source; /* where it came from, for people: "archive.mbox, offset 12"; NULL: delivered */
        bool is_history;    /* its acts are left out (DESIGN.md "The past is not acted on") */
        bool is_unfiled;    /* it is still to be put into its folder (ledger/unfiled.h) */
};

/* Record a mail, the maintenances of its verdict and its acts. Idempotent: a mail that is known changes nothing; *id is then that of the
 * first. `id` may be NULL. */
bool ledger_record(struct ledger *ledger, const struct record *record, gint64 *id, GError **error);

/* Decide a recorded mail anew (a person did): its resolution and reasons are replaced, maintenances and acts recorded as above. */
bool ledger_decide(struct ledger *ledger, gint64 id, const struct verdict *verdict, GError **error);

/* Queue an act for every event that ends after `after`, as it is now, unless it was queued before (`replay --act`). How many: *n. */
bool ledger_act_on(struct ledger *ledger, gint64 after, guint *n, GError **error);

/* A mail as recorded. */
struct entry {
        gint64 id; /* in the order of recording */
        enum stream stream;
        char *message_id, *text_hash, *raw, *source; /* as of struct record; NULL */
        char *vendor, *from, *subject;               /* NULL */
        enum kind kind;
        gint64 date; /* Unix seconds or READING_NO_TIME */
        enum resolution resolution;
        GPtrArray *reasons;      /* char *: why, of the verdict */
        GPtrArray *maintenances; /* char *: keys of those that it touched */
        char *cell;              /* NULL */
};
void entry_free(struct entry *entry);

/* Called for one row after the other; false: no more are wanted. The row is the callee's alone to read. Nothing may be written meanwhile.
 */
typedef bool entry_each(const struct entry *entry, void *data);
typedef bool maintenance_each(const struct maintenance *maintenance, void *data);

/* Which mails are wanted. */
struct wanted {
        gint64 after;    /* only ids above this one; 0: all */
        int resolution;  /* enum resolution; -1: any */
        const char *key; /* only mails that touched this maintenance; NULL: any */
};

/* Mails in the order of recording. */
bool ledger_mails(struct ledger *ledger, const struct wanted *wanted, entry_each *each, void *data, GError **error);

/* A page of the mails, by date (those without one first). */
struct stretch {
        bool is_resolved;  /* what no longer needs a person, in place of what does */
        const char *words; /* that subject, sender, vendor or Message-ID hold, whatever the case; NULL: any */
        gint64 beside;     /* id of the mail next to which it begins; 0: at the end */
        bool is_backwards; /* from the newest on */
        gint64 most;       /* so many at most */
};
bool ledger_stretch(struct ledger *ledger, const struct stretch *stretch, entry_each *each, void *data, GError **error);

/* How many there are, wherever it begins. */
bool ledger_stretch_count(struct ledger *ledger, const struct stretch *stretch, gint64 *n, GError **error);

/* One mail and (if reading is not NULL) all that was read from it. NULL without an error: there is none. Caller frees. */
struct entry *ledger_mail(struct ledger *ledger, gint64 id, struct reading **reading, GError **error);

/* The recorded mail with this key: its id, 0: none, -1 and an error. */
gint64 ledger_find(struct ledger *ledger, const struct mail_key *key, GError **error);

/* All maintenances that have an event ending at or after `since` or without an end, and with G_MININT64 all; by key. */
bool ledger_maintenances(struct ledger *ledger, gint64 since, maintenance_each *each, void *data, GError **error);

/* Those that have an event which starts before `to`, and one that ends at or after `from` or without an end; by key. */
bool ledger_maintenances_between(struct ledger *ledger, gint64 from, gint64 to, maintenance_each *each, void *data, GError **error);

/* When the first event from a time on starts; where there is none, the last one before it; MAINTENANCE_NO_TIME: there is none at all. */
bool ledger_event_beside(struct ledger *ledger, gint64 at, gint64 *start, GError **error);

/* The maintenance with this key, or the one that has this event. NULL without an error: there is none. Caller frees. */
struct maintenance *ledger_maintenance(struct ledger *ledger, const char *key, GError **error);
struct maintenance *ledger_maintenance_of(struct ledger *ledger, const char *uid, GError **error);

/* Date of the newest mail that was recorded and may be acted on: the "now" of the feed. READING_NO_TIME: none. */
bool ledger_newest(struct ledger *ledger, gint64 *date, GError **error);

struct ledger_counts {
        gint64 mails, resolution[RESOLUTION_REVIEW + 1]; /* by enum resolution */
        gint64 maintenances, events;
        gint64 acts;           /* queued since ever, for whatever target */
        gint64 unread;         /* in review since the reader failed on them */
        gint64 oldest_review;  /* Date of the oldest mail in review; READING_NO_TIME */
        gint64 last_id, bytes; /* of the newest mail; of the database */
        gint64 unfiled;        /* mails that are still to be put into their folder */
};
bool ledger_count(struct ledger *ledger, struct ledger_counts *counts, GError **error);

/* Whether the database is whole (PRAGMA quick_check): reads all of it. */
bool ledger_check(struct ledger *ledger, GError **error);

/* Write a whole copy of the database to a file that is not there yet (0600), while others go on. Raw mails are files: copy those with it.
 */
bool ledger_backup(struct ledger *ledger, const char *path, GError **error);

#endif
