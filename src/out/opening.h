/* The making of an issue's task: at most one, whatever answer gets lost (TRACKER.md "At most one subtask per fingerprint").
 * In: a tracker, an issue. Out: its task, in the tracker and in the ledger. */
#ifndef MAILCLINIC_OPENING_H
#define MAILCLINIC_OPENING_H

#include "out/task.h"
#include "out/tracker.h"

/* Make the task, or find the one that a create whose answer was lost has made. false and an error of the ledger. */
bool opening_create(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome, GError **error);

/* What a call that failed means for its act. */
void opening_failed(struct outcome *outcome, const struct call *call);

/* Set an outcome; `why` is taken. */
void opening_end(struct outcome *outcome, enum sent sent, const char *did, char *why);

/* Hold an act for some seconds; `why` is taken. */
void opening_hold(struct outcome *outcome, gint64 seconds, char *why);

/* How an issue is worded here; borrowed from the tracker. */
struct task_words opening_words(const struct tracker *tracker, const struct issue *issue);

/* {"type","value"} for maniphest.edit; the value is taken. */
json_t *opening_change(const char *type, json_t *value);

#endif
