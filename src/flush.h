/* What the parts of mailclinic-flush share: the run, how it ends, and what it says.
 * In: the configuration, the ledger. Out: lines; the exit status. */
#ifndef MAILCLINIC_FLUSH_H
#define MAILCLINIC_FLUSH_H

#include "data/settings.h"
#include "ledger/ledger.h"
#include "ledger/outbox.h"
#include "out/outcome.h"

struct flush {
        bool is_dry, is_retry;
        const char *config; /* path of the configuration; NULL: the usual places */
        const struct settings *settings;
        struct ledger *ledger;
        int status; /* of the program: the worst that happened */
};

/* Unix seconds. */
gint64 flush_now(void);

/* The program is to end with this status, unless something worse happened. */
void flush_worsen(struct flush *flush, int status);

/* 1, 2, 4 ... 300 s, and up to a half more, so that what failed together does not come back together; the server's word goes before. */
gint64 flush_backoff(int tries, gint64 retry_after);

/* Say on stderr what keeps a whole target from being reached when it begins, not at every run; NULL: nothing does. `label` is what people
 * call the target, `note` which of its troubles it is. */
bool flush_say_once(struct flush *flush, const char *target, const char *label, const char *note, const char *why, GError **error);

/* "done", "later", "parked" ...: what became of an act. */
const char *flush_fate(enum sent sent);

/* Where a person wants it (is_retry): what is parked or waits on a target is to be tried at once. */
bool flush_resume(const struct flush *flush, enum target_kind kind, const char *target, GError **error);

/* Carry out the acts of issues in the tracker (flush-tracker.c). */
bool flush_tracker(struct flush *flush, GError **error);

#endif
