/* Issues in the ledger: their sightings are recorded with the mail (ledger_record()), their tasks by `flush`.
 * In: a ledger. Out: issues as they are now; the state of their tasks, each change one transaction.
 *
 * The acts of an issue are queued in the outbox (TARGET_TRACKER) as events' acts are: kind ACT_CREATE_TASK, ACT_COMMENT_TASK or
 * ACT_REOPEN_TASK, uid the fingerprint, sequence 0 for the create, the day (Unix seconds / 86,400) for a comment, the count of returns for
 * a reopening. What is said is made of the issue as it is when the act is carried out. */
#ifndef MAILCLINIC_LEDGER_ISSUES_H
#define MAILCLINIC_LEDGER_ISSUES_H

#include "data/issue.h"
#include "decide/decide-root.h"
#include "ledger/ledger.h"

/* One issue, with its hosts; it is quiet if the newest root@ mail is later than its last sighting by more than `quiet_after`. NULL without
 * an error: there is none. Caller frees. */
struct issue *ledger_issue(struct ledger *ledger, const char *fingerprint, GError **error);

/* The whole fingerprint that a beginning of one stands for ("rmf" may be left out). NULL and an error of FAIL_INPUT: none, or several.
 * Caller frees. */
char *ledger_issue_name(struct ledger *ledger, const char *beginning, GError **error);

/* All of them, those that are merged into others too, last seen first. The issue is the callee's alone to read; false: no more are wanted.
 * Nothing may be written meanwhile. */
typedef bool issue_each(const struct issue *issue, void *data);
bool ledger_issues(struct ledger *ledger, issue_each *each, void *data, GError **error);

/* The newest sightings of an issue, newest first: the mails that are its evidence (ledger_mail()). */
typedef bool sighting_each(gint64 mail, const struct sighting *sighting, void *data);
bool ledger_sightings(struct ledger *ledger, const char *fingerprint, guint most, sighting_each *each, void *data, GError **error);

/* When the newest root@ mail came; READING_NO_TIME: there is none. */
bool ledger_newest_root(struct ledger *ledger, gint64 *at, GError **error);

/* The past (decide/decide-root.h) of a mail that came at a time and is grouped with the issue `via`. To be released. */
bool issue_past(struct ledger *ledger, const char *via, gint64 at, const struct rules *rules, struct root_past *past, GError **error);
void issue_past_release(struct root_past *past);

/* The issue that a recorded mail is of. NULL without an error: none. Caller frees. */
char *ledger_issue_of(struct ledger *ledger, gint64 mail, GError **error);

/* Queue the creating or reopening of the task of each issue that is to have one and was sighted after a time, unless it was queued before
 * (`replay --act`). How many: *n. */
bool issues_act_on(struct ledger *ledger, gint64 after, bool is_view_restricted, guint *n, GError **error);

/* Commit the intent of creating its task, before the call: state creating, at `now`. *is_ours: it had none and no intent yet. */
bool issue_intend(struct ledger *ledger, const char *fingerprint, gint64 now, bool *is_ours, GError **error);

/* Its task is there (or was adopted): number and PHID (NULL where a person gave the number and nobody asked yet), state filed. Another
 * issue that has this task already is an error of FAIL_INPUT. */
bool issue_filed(struct ledger *ledger, const char *fingerprint, gint64 number, const char *phid, bool is_adopted, GError **error);

/* The create was refused for certain and nothing is there: back to no task. */
bool issue_not_filed(struct ledger *ledger, const char *fingerprint, GError **error);

/* What the readers of its task were told, as of the issue that the telling was made of: by its being created, or by a comment. */
bool issue_told(struct ledger *ledger, const struct issue *issue, gint64 now, GError **error);

/* Queue a comment for each issue whose task's readers do not know yet that it is quiet. */
bool issues_tell_quiet(struct ledger *ledger, gint64 now, GError **error);

/* Whether the tracker was last found to keep our tasks from the public: `flush` asks it and says so; until then it does not. */
bool issues_view(struct ledger *ledger, bool *is_restricted, GError **error);
bool issues_set_view(struct ledger *ledger, bool is_restricted, GError **error);

/* How many tasks were intended, and comments told, since a time: for the caps. */
bool issue_filings_since(struct ledger *ledger, gint64 since, gint64 *tasks, gint64 *comments, GError **error);

#endif
