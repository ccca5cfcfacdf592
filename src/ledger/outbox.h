/* The outbox: acts that the verdicts left behind, to be carried out by `flush` on each of its targets, and what it knows of each target.
 * In: a ledger, the name of a target (of the configuration). Out: acts in the order of queueing; their fate.
 *
 * How `flush` uses it, one process at a time:
 *   pending = outbox_pending(ledger, kind, target, now)      every act not done, parked, claimed or backing off on this target
 *   for each: outbox_claim(); ledger_maintenance_of(ledger, act->uid), or ledger_issue(), is the event as it is NOW (its sequence may be
 * above the act's: then the later act will find nothing to do); copy_find() says what stands on the target; talk to it; then outbox_done()
 * with what stands there now, outbox_retry() or outbox_park(). Died in between: the claim runs out, and the act comes again. `publish`
 * needs nothing of it: ledger_maintenances() and ledger_newest() are all it reads. */
#ifndef MAILCLINIC_OUTBOX_H
#define MAILCLINIC_OUTBOX_H

#include "data/verdict.h"
#include "ledger/ledger.h"

/* What a target takes: the acts of events, or those of issues. */
enum target_kind { TARGET_CALENDAR, TARGET_TRACKER };

/* An act on one target. */
struct pending {
        gint64 id; /* of the act; in the order of queueing */
        enum act_kind kind;
        char *uid; /* of the event; fingerprint of the issue */
        int sequence;
        int tries;         /* that failed */
        gint64 not_before; /* Unix seconds */
        bool is_parked;
        char *why; /* what went wrong last; NULL */
};
void pending_free(struct pending *pending);

/* What stands on a target for one event, as we know it (CALENDAR.md 3). */
struct copy {
        char *uid;
        char *href;   /* NULL */
        char *etag;   /* NULL */
        char *sha256; /* of what we wrote; NULL */
        int sequence; /* that we wrote; -1: none */
};
void copy_free(struct copy *copy);

/* The acts that can be carried out on a target at a time (Unix seconds); also those that a clock which ran ahead has put off for long.
 * Array of struct pending; NULL and an error. Caller frees. */
GPtrArray *outbox_pending(struct ledger *ledger, enum target_kind kind, const char *target, gint64 now, GError **error);

/* The acts that are not done on it, whatever keeps them: for `status`. */
GPtrArray *outbox_all(struct ledger *ledger, enum target_kind kind, const char *target, GError **error);

/* The targets of a kind on which anything was tried: char *. NULL and an error. Caller frees. */
GPtrArray *outbox_targets(struct ledger *ledger, enum target_kind kind, GError **error);

/* Keep an act for ourselves until a time. *is_ours: nobody else had it. */
bool outbox_claim(struct ledger *ledger, gint64 id, const char *target, gint64 now, gint64 until, bool *is_ours, GError **error);

/* It is done, and this is what stands there now (NULL: unchanged), in one transaction. */
bool outbox_done(struct ledger *ledger, gint64 id, const char *target, const struct copy *copy, GError **error);

/* It failed for now: one more try, not before a time. */
bool outbox_retry(struct ledger *ledger, gint64 id, const char *target, gint64 not_before, const char *why, GError **error);

/* It failed for good: a person must look; and the way back, once a person did (`flush --retry`). */
bool outbox_park(struct ledger *ledger, gint64 id, const char *target, const char *why, GError **error);
bool outbox_unpark(struct ledger *ledger, gint64 id, const char *target, GError **error);

/* What stands on a target for an event. NULL without an error: nothing is known. Caller frees. */
struct copy *copy_find(struct ledger *ledger, const char *target, const char *uid, GError **error);
bool copy_keep(struct ledger *ledger, const char *target, const struct copy *copy, GError **error);

/* A value that `flush` remembers of a target beside (sync token, when it last went well): NULL value forgets. */
char *target_note(struct ledger *ledger, const char *target, const char *name, GError **error);
bool target_set_note(struct ledger *ledger, const char *target, const char *name, const char *value, GError **error);

#endif
