/* Issues as rows: what the files of the ledger share about them.
 * In: rows, issues, sightings. Out: the same in the other form. */
#include "ledger/issue-rows.h"

#include "data/pack.h"

#include <stdlib.h>

static void fields_of_text(const char *text, struct issue *issue)
{
        json_t *json = text ? json_loads(text, 0, NULL) : NULL;
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                issue->field[i] = g_strdup(json_string_value(json_object_get(json, root_field_word((enum root_field)i))));
        json_decref(json);
}

/* Caller frees with free(). */
static char *text_of_fields(const struct issue *issue)
{
        json_t *json = json_object();
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                if (issue->field[i])
                        json_object_set_new(json, root_field_word((enum root_field)i), pack_text(issue->field[i]));
        char *text = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        return text;
}

static void task_of_rows(struct sql_rows *rows, struct task *task)
{
        if (sql_is_null(rows, 18))
                return;
        task->state = (enum task_state)MAX(task_state_from_word(sql_text(rows, 18)), 0);
        task->started_at = sql_number(rows, 19);
        task->number = sql_number(rows, 20);
        task->phid = g_strdup(sql_text(rows, 21));
        task->is_adopted = sql_number(rows, 22);
        task->told_at = sql_number(rows, 23);
        task->told_of = sql_number(rows, 24);
        task->told_until = sql_number(rows, 25);
        task->told_phase = (enum issue_phase)MAX(issue_phase_from_word(sql_text(rows, 26)), 0);
}

struct issue *issue_of_rows(struct sql_rows *rows)
{
        struct issue *issue = issue_new(sql_text(rows, 0));
        issue->kind = g_strdup(sql_text(rows, 1));
        issue->title = g_strdup(sql_text(rows, 2));
        issue->template = g_strdup(sql_text(rows, 3));
        fields_of_text(sql_text(rows, 4), issue);
        issue->sightings = sql_number(rows, 5);
        issue->first_seen = sql_number(rows, 6);
        issue->last_seen = sql_number(rows, 7);
        issue->phase = (enum issue_phase)MAX(issue_phase_from_word(sql_text(rows, 8)), 0);
        issue->quiet_after = sql_number(rows, 9);
        issue->returns = (int)sql_number(rows, 10);
        issue->wish = (enum issue_wish)MAX(issue_wish_from_word(sql_text(rows, 11)), 0);
        issue->snoozed_until = sql_number(rows, 12);
        issue->merged_into = g_strdup(sql_text(rows, 13));
        issue->is_sensitive = sql_number(rows, 14);
        issue->is_fileable = sql_number(rows, 15);
        issue->newest_id = g_strdup(sql_text(rows, 16));
        issue->newest_mail = sql_number(rows, 17);
        task_of_rows(rows, &issue->task);
        return issue;
}

struct issue *issue_kept(struct ledger *ledger, const char *fingerprint, GError **error)
{
        struct sql_rows *rows = sql_ask(ledger->sql, error, ISSUE_ROWS "WHERE fingerprint = ?1", "t", fingerprint);
        struct issue *issue = rows && sql_next(rows, error) ? issue_of_rows(rows) : NULL;
        sql_end(rows);
        return issue;
}

bool issue_load_hosts(struct ledger *ledger, struct issue *issue, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct sql_rows *rows =
                sql_ask(ledger->sql, error, "SELECT host, sightings, first_seen, last_seen FROM issue_host WHERE issue = ?1 ORDER BY host",
                        "t", issue->fingerprint);
        if (!rows)
                return false;
        while (sql_next(rows, &wrong)) {
                struct issue_host *host = issue_host_new(sql_text(rows, 0));
                host->sightings = sql_number(rows, 1);
                host->first_seen = sql_number(rows, 2);
                host->last_seen = sql_number(rows, 3);
                g_ptr_array_add(issue->hosts, host);
        }
        sql_end(rows);
        if (!wrong)
                return true;
        g_propagate_error(error, g_steal_pointer(&wrong));
        return false;
}

bool issue_keep(struct ledger *ledger, const struct issue *issue, GError **error)
{
        char *fields = text_of_fields(issue);
        bool is_kept =
                sql_run(ledger->sql, error,
                        "INSERT OR REPLACE INTO issue (fingerprint, kind, title, template, fields, sightings, first_seen, last_seen, "
                        "phase, quiet_after, returns, wish, snoozed_until, merged_into, is_sensitive, is_fileable, newest_id, "
                        "newest_mail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                        "tttttiiitiititiiti", issue->fingerprint, issue->kind, issue->title, issue->template, fields, issue->sightings,
                        issue->first_seen, issue->last_seen, issue_phase_word(issue->phase), issue->quiet_after, (gint64)issue->returns,
                        issue_wish_word(issue->wish), issue->snoozed_until, issue->merged_into, (gint64)issue->is_sensitive,
                        (gint64)issue->is_fileable, issue->newest_id, issue->newest_mail);
        free(fields);
        return is_kept;
}

static bool count_host(struct ledger *ledger, const struct sighting *sighting, GError **error)
{
        return !sighting->host || sql_run(ledger->sql, error,
                                          "INSERT INTO issue_host VALUES (?1, ?2, 1, ?3, ?3) ON CONFLICT DO UPDATE SET sightings = "
                                          "sightings + 1, first_seen = "
                                          "min(first_seen, ?3), last_seen = max(last_seen, ?3)",
                                          "tti", sighting->issue, sighting->host, sighting->at);
}

bool issue_keep_sighting(struct ledger *ledger, const struct verdict *verdict, gint64 mail, GError **error)
{
        const struct sighting *sighting = verdict->sighting;
        if (!sighting)
                return true;
        /* The id of a mail that was pruned may come again. */
        if (!sql_run(ledger->sql, error, "INSERT OR REPLACE INTO sighting VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "ittiti", mail, sighting->issue,
                     sighting->via, sighting->at, sighting->host, (gint64)sighting->is_ours))
                return false;
        if (!verdict->sighted)
                return true;
        if (!verdict->sighted->newest_mail)
                verdict->sighted->newest_mail = mail;
        return issue_keep(ledger, verdict->sighted, error) && count_host(ledger, sighting, error) &&
               (verdict->resolution != RESOLUTION_TASK ||
                issue_resolve_mails(ledger, sighting->issue, RESOLUTION_TASK, "its problem is to have a task", error));
}

bool issue_resolve_mails(struct ledger *ledger, const char *fingerprint, enum resolution resolution, const char *why, GError **error)
{
        return sql_run(ledger->sql, error,
                       "UPDATE mail SET resolution = ?2, reasons = json_insert(reasons, '$[#]', ?3) WHERE resolution = 'review' AND id IN "
                       "(SELECT mail FROM sighting WHERE issue = ?1)",
                       "ttt", fingerprint, resolution_word(resolution), why);
}

bool issue_count_again(struct ledger *ledger, const char *fingerprint, GError **error)
{
        return sql_run(ledger->sql, error, "DELETE FROM issue_host WHERE issue = ?1", "t", fingerprint) &&
               sql_run(ledger->sql, error,
                       "INSERT INTO issue_host SELECT issue, host, count(*), min(at), max(at) FROM sighting WHERE issue = ?1 AND host IS "
                       "NOT "
                       "NULL GROUP BY host",
                       "t", fingerprint) &&
               sql_run(ledger->sql, error,
                       "UPDATE issue SET sightings = n, first_seen = ifnull(first, first_seen), last_seen = ifnull(last, last_seen) FROM "
                       "(SELECT count(*) n, min(at) first, max(at) last FROM sighting WHERE issue = ?1) WHERE fingerprint = ?1",
                       "t", fingerprint);
}
