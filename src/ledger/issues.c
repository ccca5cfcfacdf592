/* Issues in the ledger: their sightings are recorded with the mail (ledger_record()), their tasks by `flush`.
 * In: a ledger. Out: issues as they are now; the state of their tasks, each change one transaction. */
#include "ledger/issues.h"

#include "base/fail.h"
#include "ledger/issue-rows.h"

#include <string.h>

enum { MERGES_AT_MOST = 20, NAME_AT_LEAST = 4 };

bool ledger_newest_root(struct ledger *ledger, gint64 *at, GError **error)
{
        return sql_one(ledger->sql, error, at, READING_NO_TIME, "SELECT max(at) FROM sighting", "");
}

/* How it looks by now. */
static void look(struct issue *issue, gint64 newest)
{
        if (newest != READING_NO_TIME && issue->phase != ISSUE_NEW && newest - issue->last_seen > issue->quiet_after)
                issue->phase = ISSUE_QUIET;
}

struct issue *ledger_issue(struct ledger *ledger, const char *fingerprint, GError **error)
{
        gint64 newest;
        struct issue *issue = ledger_newest_root(ledger, &newest, error) ? issue_kept(ledger, fingerprint, error) : NULL;
        if (!issue)
                return NULL;
        look(issue, newest);
        if (issue_load_hosts(ledger, issue, error))
                return issue;
        issue_free(issue);
        return NULL;
}

char *ledger_issue_name(struct ledger *ledger, const char *beginning, GError **error)
{
        bool is_whole = g_str_has_prefix(beginning, "rmf");
        g_autofree char *lower = g_ascii_strdown(beginning, -1), *from = g_strconcat(is_whole ? "" : "rmf", lower, NULL);
        g_autofree char *to = g_strconcat(from, "~", NULL), *found = NULL;
        g_autoptr(GError) wrong = NULL;
        guint n = 0;
        struct sql_rows *rows = sql_ask(
                ledger->sql, error, "SELECT fingerprint FROM issue WHERE fingerprint >= ?1 AND fingerprint < ?2 LIMIT 2", "tt", from, to);
        if (!rows)
                return NULL;
        while (sql_next(rows, &wrong)) {
                g_free(found);
                found = g_strdup(sql_text(rows, 0));
                n++;
        }
        sql_end(rows);
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        else if (n == 1 && strlen(from) >= strlen("rmf") + NAME_AT_LEAST)
                return g_steal_pointer(&found);
        else if (n == 0)
                g_set_error(error, FAIL, FAIL_INPUT, "there is no issue '%s'; 'mailclinic issue list' shows them", beginning);
        else
                g_set_error(error, FAIL, FAIL_INPUT, "'%s' may be more than one issue: give more of its digits", beginning);
        return NULL;
}

bool ledger_issues(struct ledger *ledger, issue_each *each, void *data, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        bool is_wanted = true;
        gint64 newest;
        if (!ledger_newest_root(ledger, &newest, error))
                return false;
        struct sql_rows *rows = sql_ask(ledger->sql, error, ISSUE_ROWS "ORDER BY last_seen DESC, fingerprint", "");
        if (!rows)
                return false;
        while (is_wanted && sql_next(rows, &wrong)) {
                struct issue *issue = issue_of_rows(rows);
                look(issue, newest);
                is_wanted = issue_load_hosts(ledger, issue, &wrong) && each(issue, data);
                issue_free(issue);
        }
        sql_end(rows);
        if (!wrong)
                return true;
        g_propagate_error(error, g_steal_pointer(&wrong));
        return false;
}

bool ledger_sightings(struct ledger *ledger, const char *fingerprint, guint most, sighting_each *each, void *data, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        bool is_wanted = true;
        struct sql_rows *rows =
                sql_ask(ledger->sql, error,
                        "SELECT mail, issue, via, at, host, is_ours FROM sighting WHERE issue = ?1 ORDER BY at DESC, mail DESC "
                        "LIMIT ?2",
                        "ti", fingerprint, (gint64)most);
        if (!rows)
                return false;
        while (is_wanted && sql_next(rows, &wrong)) {
                const struct sighting sighting = {
                        .issue = (char *)sql_text(rows, 1),
                        .via = (char *)sql_text(rows, 2),
                        .at = sql_number(rows, 3),
                        .host = (char *)sql_text(rows, 4),
                        .is_ours = sql_number(rows, 5),
                };
                is_wanted = each(sql_number(rows, 0), &sighting, data);
        }
        sql_end(rows);
        if (!wrong)
                return true;
        g_propagate_error(error, g_steal_pointer(&wrong));
        return false;
}

char *ledger_issue_of(struct ledger *ledger, gint64 mail, GError **error)
{
        struct sql_rows *rows = sql_ask(ledger->sql, error, "SELECT ifnull(issue, via) FROM sighting WHERE mail = ?1", "i", mail);
        char *fingerprint = rows && sql_next(rows, error) ? g_strdup(sql_text(rows, 0)) : NULL;
        sql_end(rows);
        return fingerprint;
}

/* The issue that people say it is; it itself where they say nothing, or where there is none yet. */
static bool find_merged(struct ledger *ledger, const char *via, struct issue **found, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct issue *issue = issue_kept(ledger, via, &wrong);
        for (int i = 0; i < MERGES_AT_MOST && issue && issue->wish == ISSUE_MERGED; i++) {
                struct issue *into = issue_kept(ledger, issue->merged_into, &wrong);
                issue_free(issue);
                issue = into;
        }
        if (wrong) {
                issue_free(issue);
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        *found = issue;
        return true;
}

/* Counted only where it decides. */
static bool count_recent(struct ledger *ledger, const struct issue *issue, gint64 at, const struct rules *rules, gint64 *n, GError **error)
{
        *n = 0;
        return !issue || issue->phase == ISSUE_RECURRING ||
               sql_one(ledger->sql, error, n, 0,
                       "SELECT count(*) FROM (SELECT 1 FROM sighting WHERE issue = ?1 AND at > ?2 AND at <= ?3 LIMIT ?4)", "tiii",
                       issue->fingerprint, at - rules->within, at, (gint64)rules->after);
}

bool issue_past(struct ledger *ledger, const char *via, gint64 at, const struct rules *rules, struct root_past *past, GError **error)
{
        struct issue *issue = NULL;
        gint64 recent;
        if (!find_merged(ledger, via, &issue, error))
                return false;
        if (!count_recent(ledger, issue, at, rules, &recent, error)) {
                issue_free(issue);
                return false;
        }
        past->via = via;
        past->issue = issue;
        past->fingerprint = issue ? issue->fingerprint : via;
        past->recent = recent;
        return true;
}

void issue_past_release(struct root_past *past)
{
        issue_free((struct issue *)past->issue);
        past->issue = NULL;
}

bool issues_act_on(struct ledger *ledger, gint64 after, bool is_view_restricted, guint *n, GError **error)
{
        bool is_fine =
                sql_run(ledger->sql, error,
                        "INSERT INTO act (kind, uid, sequence, mail) SELECT iif(state IS NULL, 'create', 'reopen'), fingerprint, "
                        "iif(state IS NULL, 0, returns), newest_mail FROM issue LEFT JOIN task USING (fingerprint) WHERE last_seen >= "
                        "?1 AND is_fileable AND (NOT is_sensitive OR ?2) AND wish IN ('watch', 'snooze') AND snoozed_until <= last_seen "
                        "AND (phase = 'back' OR (phase = 'recurring' AND state IS NULL)) ORDER BY fingerprint ON CONFLICT DO NOTHING",
                        "ii", after, (gint64)is_view_restricted);
        *n = is_fine ? (guint)sql_changes(ledger->sql) : 0;
        return is_fine;
}
