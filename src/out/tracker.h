/* A tracker of tasks, kept true by Conduit: at most one subtask of the parent for an issue, whatever answer gets lost (TRACKER.md).
 * In: acts of the outbox, issues as they are now. Out: what became of each act; the states of the tasks in the ledger. */
#ifndef MAILCLINIC_TRACKER_H
#define MAILCLINIC_TRACKER_H

#include "ledger/issues.h"
#include "out/conduit.h"
#include "out/known.h"
#include "out/outcome.h"

/* Its name in the outbox. */
#define TRACKER_TARGET "tracker"

struct tracker {
        struct conduit conduit;
        const struct settings *settings; /* borrowed */
        struct ledger *ledger;           /* borrowed */
        const char *const *clinicians;   /* of the week: users who are told where nobody else is; NULL: none; borrowed */
        GHashTable *excerpts;            /* char *: fingerprint to the text of its newest mail; NULL: none are to be shown; borrowed */
        struct known known;
        gint64 now;
        gint64 tasks_today, comments_today, tasks_this_run;
        bool waits_for_import; /* an act was held for that */
};

/* Begin a run: every name of the configuration is looked up. SENT_STOP: the login is refused, or the parent cannot be seen. */
void tracker_open(struct tracker *tracker, struct outcome *outcome);
void tracker_release(struct tracker *tracker);

/* How many tasks and comments the last day saw: before anything else. */
bool tracker_count(struct tracker *tracker, GError **error);

/* Whether the time of an act has come, as far as the ledger knows: then the outcome has neither `did` nor `why`. */
bool tracker_is_due(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome, GError **error);

/* Carry out an act on its issue as it is now. false and an error of the ledger: then nothing is known of the act that was not known before.
 */
bool tracker_act(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome, GError **error);

/* Whether `mailclinic issue import` was run for the parent. */
bool tracker_is_imported(struct ledger *ledger, const char *parent, bool *is_imported, GError **error);
bool tracker_set_imported(struct ledger *ledger, const char *parent, GError **error);

#endif
