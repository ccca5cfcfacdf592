/* Issues as rows: what the files of the ledger share about them.
 * In: rows, issues, sightings. Out: the same in the other form. */
#ifndef MAILCLINIC_LEDGER_ISSUE_ROWS_H
#define MAILCLINIC_LEDGER_ISSUE_ROWS_H

#include "data/issue.h"
#include "data/verdict.h"
#include "ledger/inside.h"

/* Hand out the issues that a query ISSUE_ROWS with something behind it gives, without hosts, and end it. */
#define ISSUE_ROWS                                                                                                                         \
        "SELECT fingerprint, kind, title, template, fields, sightings, first_seen, last_seen, phase, quiet_after, returns, wish, "         \
        "snoozed_until, merged_into, is_sensitive, is_fileable, newest_id, newest_mail, task.state, started_at, number, phid, "            \
        "is_adopted, told_at, told_of, told_until, told_phase FROM issue LEFT JOIN task USING (fingerprint) "
struct issue *issue_of_rows(struct sql_rows *rows);

/* An issue as it is kept, without hosts and never quiet. NULL without an error: there is none. Caller frees. */
struct issue *issue_kept(struct ledger *ledger, const char *fingerprint, GError **error);

/* Add the hosts. */
bool issue_load_hosts(struct ledger *ledger, struct issue *issue, GError **error);

/* Keep the new state of an issue in place of what was known, its hosts and its task left as they are. */
bool issue_keep(struct ledger *ledger, const struct issue *issue, GError **error);

/* Keep what a verdict says of a root@ mail that was just recorded. */
bool issue_keep_sighting(struct ledger *ledger, const struct verdict *verdict, gint64 mail, GError **error);

/* Its mails no longer need a person, for this reason; they come to `resolution`. */
bool issue_resolve_mails(struct ledger *ledger, const char *fingerprint, enum resolution resolution, const char *why, GError **error);

/* Count its sightings and hosts anew, after some were given to or taken from it. */
bool issue_count_again(struct ledger *ledger, const char *fingerprint, GError **error);

#endif
