/* The tasks of issues: what `flush` knows of them.
 * In: a ledger, what the tracker said. Out: rows (ledger/issues.h). */
#include "base/fail.h"
#include "ledger/issue-rows.h"
#include "ledger/issues.h"
#include "ledger/outbox.h"

/* The notes of no target in particular: there is one tracker. */
#define TRACKER "tracker"
#define VIEW    "view"

static bool tell(struct ledger *ledger, const char *fingerprint, gint64 at, const char *what, GError **error)
{
        return sql_run(ledger->sql, error, "INSERT INTO telling VALUES (?1, ?2, ?3)", "tit", fingerprint, at, what);
}

static bool intend(struct ledger *ledger, const char *fingerprint, gint64 now, bool *is_ours, GError **error)
{
        if (!sql_run(ledger->sql, error,
                     "INSERT INTO task (fingerprint, state, started_at) VALUES (?1, 'creating', ?2) ON CONFLICT DO NOTHING", "ti",
                     fingerprint, now))
                return false;
        *is_ours = sql_changes(ledger->sql) > 0;
        return !*is_ours || tell(ledger, fingerprint, now, "task", error);
}

bool issue_intend(struct ledger *ledger, const char *fingerprint, gint64 now, bool *is_ours, GError **error)
{
        bool is_own, is_first = false;
        if (!step_begin(ledger, &is_own, error) || !step_end(ledger, is_own, intend(ledger, fingerprint, now, &is_first, error), error))
                return false;
        *is_ours = is_first;
        return true;
}

static bool file(struct ledger *ledger, const char *fingerprint, gint64 number, const char *phid, bool is_adopted, GError **error)
{
        gint64 others;
        if (!sql_one(ledger->sql, error, &others, 0, "SELECT count(*) FROM task WHERE number = ?1 AND fingerprint <> ?2", "it", number,
                     fingerprint))
                return false;
        if (others) {
                g_set_error(error, FAIL, FAIL_INPUT, "T%" G_GINT64_FORMAT " is the task of another issue; 'issue merge' makes them one",
                            number);
                return false;
        }
        return sql_run(ledger->sql, error,
                       "INSERT INTO task (fingerprint, state, started_at, number, phid, is_adopted) VALUES (?1, 'filed', 0, ?2, ?3, ?4) ON "
                       "CONFLICT DO UPDATE SET state = 'filed', number = ?2, phid = ?3, is_adopted = ?4",
                       "titi", fingerprint, number, phid, (gint64)is_adopted);
}

bool issue_filed(struct ledger *ledger, const char *fingerprint, gint64 number, const char *phid, bool is_adopted, GError **error)
{
        bool is_own;
        return step_begin(ledger, &is_own, error) &&
               step_end(ledger, is_own, file(ledger, fingerprint, number, phid, is_adopted, error), error);
}

static bool forget(struct ledger *ledger, const char *fingerprint, GError **error)
{
        return sql_run(ledger->sql, error, "DELETE FROM telling WHERE fingerprint = ?1 AND what = 'task'", "t", fingerprint) &&
               sql_run(ledger->sql, error, "DELETE FROM task WHERE fingerprint = ?1 AND state = 'creating'", "t", fingerprint);
}

bool issue_not_filed(struct ledger *ledger, const char *fingerprint, GError **error)
{
        bool is_own;
        return step_begin(ledger, &is_own, error) && step_end(ledger, is_own, forget(ledger, fingerprint, error), error);
}

/* The first telling of a task that we made is its being made. */
static bool told(struct ledger *ledger, const struct issue *issue, gint64 now, GError **error)
{
        gint64 is_comment;
        return sql_one(ledger->sql, error, &is_comment, 0, "SELECT told_at > 0 OR is_adopted FROM task WHERE fingerprint = ?1", "t",
                       issue->fingerprint) &&
               (!is_comment || tell(ledger, issue->fingerprint, now, "comment", error)) &&
               sql_run(ledger->sql, error,
                       "UPDATE task SET told_at = ?2, told_of = ?3, told_until = ?4, told_phase = ?5 WHERE fingerprint = ?1", "tiiit",
                       issue->fingerprint, now, issue->sightings, issue->last_seen, issue_phase_word(issue->phase));
}

bool issue_told(struct ledger *ledger, const struct issue *issue, gint64 now, GError **error)
{
        bool is_own;
        return step_begin(ledger, &is_own, error) && step_end(ledger, is_own, told(ledger, issue, now, error), error);
}

bool issues_tell_quiet(struct ledger *ledger, gint64 now, GError **error)
{
        return sql_run(ledger->sql, error,
                       "INSERT INTO act (kind, uid, sequence) SELECT 'comment', fingerprint, ?1 FROM issue JOIN task USING (fingerprint) "
                       "WHERE state = 'filed' AND told_at > 0 AND ifnull(told_phase, '') <> 'quiet' AND wish = 'watch' AND phase <> 'new' "
                       "AND (SELECT max(at) FROM sighting) - last_seen > quiet_after ON CONFLICT DO NOTHING",
                       "i", now / (24 * 60 * 60));
}

bool issues_view(struct ledger *ledger, bool *is_restricted, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        g_autofree char *view = target_note(ledger, TRACKER, VIEW, &wrong);
        if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        *is_restricted = g_strcmp0(view, "restricted") == 0;
        return true;
}

bool issues_set_view(struct ledger *ledger, bool is_restricted, GError **error)
{
        return target_set_note(ledger, TRACKER, VIEW, is_restricted ? "restricted" : NULL, error);
}

bool issue_filings_since(struct ledger *ledger, gint64 since, gint64 *tasks, gint64 *comments, GError **error)
{
        gint64 n_tasks, n_comments;
        if (!sql_one(ledger->sql, error, &n_tasks, 0, "SELECT count(*) FROM telling WHERE at >= ?1 AND what = 'task'", "i", since) ||
            !sql_one(ledger->sql, error, &n_comments, 0, "SELECT count(*) FROM telling WHERE at >= ?1 AND what = 'comment'", "i", since))
                return false;
        *tasks = n_tasks;
        *comments = n_comments;
        return true;
}
