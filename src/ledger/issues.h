/* Issues in the ledger: their sightings are recorded with the mail (ledger_record()), their tasks by `flush`.
 * In: a ledger. Out: issues as they are now; the state of their tasks, each change one transaction.
 *
 * The acts of an issue are queued in the outbox as events' acts are: kind ACT_CREATE_TASK, ACT_COMMENT_TASK or ACT_REOPEN_TASK, uid the
 * fingerprint, sequence 0 for the create, the day (Unix seconds / 86,400) for a comment, the count of returns for a reopening. What is said
 * is made of the issue as it is when the act is carried out. */
#ifndef MAILCLINIC_LEDGER_ISSUES_H
#define MAILCLINIC_LEDGER_ISSUES_H

#include "data/issue.h"
#include "ledger/ledger.h"

/* One issue. NULL without an error: there is none. Caller frees. */
struct issue *ledger_issue(struct ledger *ledger, const char *fingerprint, GError **error);

/* All of them, last seen first. The issue is the callee's alone to read; false: no more are wanted. */
typedef bool issue_each(const struct issue *issue, void *data);
bool ledger_issues(struct ledger *ledger, issue_each *each, void *data, GError **error);

/* Commit the intent of creating its task, before the call: state creating, at `now`. *is_ours: it had none and no intent yet. */
bool issue_intend(struct ledger *ledger, const char *fingerprint, gint64 now, bool *is_ours, GError **error);

/* Its task is there (or was adopted): number and PHID, state filed. Another issue that has this task already is an error of FAIL_INPUT. */
bool issue_filed(struct ledger *ledger, const char *fingerprint, gint64 number, const char *phid, bool is_adopted, GError **error);

/* The create was refused for certain and nothing is there: back to no task. */
bool issue_not_filed(struct ledger *ledger, const char *fingerprint, GError **error);

/* What the readers of its task were told, as of the issue that the telling was made of. */
bool issue_told(struct ledger *ledger, const struct issue *issue, gint64 now, GError **error);

/* How many tasks were intended, and comments told, since a time: for the caps. */
bool issue_filings_since(struct ledger *ledger, gint64 since, gint64 *tasks, gint64 *comments, GError **error);

#endif
