/* What people want of issues: snoozed, ignored, merged, linked to a task; and all of it taken back again.
 * In: decisions. Out: rows. */
#include "ledger/wishes.h"

#include "base/fail.h"
#include "data/pack.h"
#include "ledger/decisions.h"
#include "ledger/issue-rows.h"
#include "ledger/issues.h"

#include <stdlib.h>

/* An issue under decision. */
struct wishing {
        struct ledger *ledger;
        struct decision *decision;
        struct issue *issue; /* as it is, without hosts */
        json_t *before;      /* what undoing it restores; NULL */
};

/* An issue that must be there. Caller frees. */
static struct issue *issue_needed(struct ledger *ledger, const char *fingerprint, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct issue *issue = issue_kept(ledger, fingerprint, &wrong);
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        else if (!issue)
                g_set_error(error, FAIL, FAIL_INPUT, "the ledger has no issue %s", fingerprint);
        return issue;
}

static json_t *task_to_json(const struct task *task)
{
        if (task->state != TASK_FILED)
                return json_null();
        return json_pack("{s:I, s:o, s:b}", "number", (json_int_t)task->number, "phid", pack_text(task->phid), "is_adopted",
                         (int)task->is_adopted);
}

/* What stands before a decision. New reference. */
static json_t *keep_before(const struct issue *issue)
{
        return json_pack("{s:s, s:I, s:o, s:o}", "wish", issue_wish_word(issue->wish), "snoozed_until", (json_int_t)issue->snoozed_until,
                         "merged_into", pack_text(issue->merged_into), "task", task_to_json(&issue->task));
}

/* What an issue is without those that are merged into it: as it was before the first of them. New reference; NULL and an error. */
static json_t *own_of(struct ledger *ledger, const struct issue *issue, GError **error)
{
        struct sql_rows *rows = sql_ask(ledger->sql, error,
                                        "SELECT json_extract(before, '$.own') FROM decision WHERE deed = 'merge' AND is_standing AND "
                                        "json_extract(before, '$.own.name') = ?1 ORDER BY id LIMIT 1",
                                        "t", issue->fingerprint);
        json_t *own = rows && sql_next(rows, error) ? json_loads(sql_text(rows, 0), 0, NULL) : NULL;
        sql_end(rows);
        if (own || !rows)
                return own;
        return json_pack("{s:s, s:s, s:b, s:b}", "name", issue->fingerprint, "phase", issue_phase_word(issue->phase), "is_fileable",
                         (int)issue->is_fileable, "is_sensitive", (int)issue->is_sensitive);
}

static bool wish(const struct wishing *wishing, enum issue_wish wish, gint64 until, const char *into, GError **error)
{
        return sql_run(wishing->ledger->sql, error,
                       "UPDATE issue SET wish = ?2, snoozed_until = ?3, merged_into = ?4 WHERE fingerprint = ?1", "ttit",
                       wishing->issue->fingerprint, issue_wish_word(wish), until, into);
}

static bool resolve(const struct wishing *wishing, enum resolution resolution, const char *what, GError **error)
{
        g_autofree char *why = g_strdup_printf("its problem is %s by %s", what, wishing->decision->by);
        return issue_resolve_mails(wishing->ledger, wishing->issue->fingerprint, resolution, why, error);
}

/* The issue that one is merged into, over all steps; NULL and an error. Caller frees. */
static struct issue *end_of(struct ledger *ledger, const char *fingerprint, GError **error)
{
        struct issue *issue = issue_needed(ledger, fingerprint, error);
        while (issue && issue->wish == ISSUE_MERGED) {
                struct issue *into = issue_needed(ledger, issue->merged_into, error);
                issue_free(issue);
                issue = into;
        }
        return issue;
}

/* All that is known of one is known of the other; what recurs goes on recurring. */
static bool hand_over(const struct wishing *wishing, const struct issue *into, GError **error)
{
        const struct issue *issue = wishing->issue;
        enum issue_phase phase = into->phase == ISSUE_NEW ? issue->phase : into->phase;
        return sql_run(wishing->ledger->sql, error, "UPDATE sighting SET issue = ?2 WHERE issue = ?1", "tt", issue->fingerprint,
                       into->fingerprint) &&
               sql_run(wishing->ledger->sql, error,
                       "UPDATE issue SET phase = ?2, is_fileable = is_fileable OR ?3, is_sensitive = is_sensitive OR ?4 WHERE fingerprint "
                       "= ?1",
                       "ttii", into->fingerprint, issue_phase_word(phase), (gint64)issue->is_fileable, (gint64)issue->is_sensitive) &&
               issue_count_again(wishing->ledger, into->fingerprint, error);
}

static bool merge(const struct wishing *wishing, GError **error)
{
        const char *from = wishing->issue->fingerprint;
        struct issue *into = end_of(wishing->ledger, wishing->decision->into, error);
        bool is_fine = into != NULL;
        if (into && g_str_equal(into->fingerprint, from)) {
                g_set_error(error, FAIL, FAIL_USAGE, "%s is the same as %s already", wishing->decision->into, from);
                is_fine = false;
        }
        json_t *own = is_fine ? own_of(wishing->ledger, into, error) : NULL;
        is_fine = own && json_object_set_new(wishing->before, "own", own) == 0 && resolve(wishing, RESOLUTION_NONE, "merged", error) &&
                  hand_over(wishing, into, error) && wish(wishing, ISSUE_MERGED, 0, wishing->decision->into, error);
        issue_free(into);
        return is_fine;
}

static bool link_task(const struct wishing *wishing, GError **error)
{
        const struct issue *issue = wishing->issue;
        if (issue->task.state == TASK_CREATING) {
                g_set_error(error, FAIL, FAIL_USAGE, "its task is just being made; 'mailclinic flush' says which it is");
                return false;
        }
        return issue_filed(wishing->ledger, issue->fingerprint, wishing->decision->task, NULL, true, error) &&
               resolve(wishing, RESOLUTION_TASK, "linked to a task", error);
}

/* The sightings that came by way of an issue, or of one that is merged into it, are its own again. */
static bool take_home(const struct wishing *wishing, GError **error)
{
        struct sql *sql = wishing->ledger->sql;
        const char *from = wishing->issue->fingerprint;
        struct issue *into = end_of(wishing->ledger, wishing->issue->merged_into, error);
        bool is_fine =
                into &&
                sql_run(sql, error,
                        "WITH RECURSIVE ways (name) AS (SELECT ?1 UNION SELECT fingerprint FROM issue JOIN ways ON merged_into = name) "
                        "UPDATE sighting SET issue = ?1 WHERE issue = ?2 AND via IN ways",
                        "tt", from, into->fingerprint) &&
                issue_count_again(wishing->ledger, from, error) && issue_count_again(wishing->ledger, into->fingerprint, error);
        issue_free(into);
        return is_fine;
}

/* What it is by itself, and by those that are still merged into it. A task that was made of it meanwhile goes on. */
static bool settle(struct ledger *ledger, const json_t *own, GError **error)
{
        return sql_run(ledger->sql, error,
                       "WITH others AS (SELECT phase, is_fileable, is_sensitive FROM issue WHERE merged_into = ?1 AND wish = 'merged') "
                       "UPDATE issue SET phase = CASE WHEN fingerprint IN (SELECT fingerprint FROM task) THEN phase WHEN ?2 <> 'new' THEN "
                       "?2 ELSE ifnull((SELECT phase FROM others WHERE phase <> 'new' LIMIT 1), ?2) END, "
                       "is_fileable = ?3 OR EXISTS (SELECT 1 FROM others WHERE is_fileable), "
                       "is_sensitive = ?4 OR EXISTS (SELECT 1 FROM others WHERE is_sensitive) WHERE fingerprint = ?1",
                       "ttii", json_string_value(json_object_get(own, "name")), json_string_value(json_object_get(own, "phase")),
                       (gint64)json_is_true(json_object_get(own, "is_fileable")),
                       (gint64)json_is_true(json_object_get(own, "is_sensitive")));
}

/* The same of all that it is merged into by now. */
static bool settle_on(struct ledger *ledger, const json_t *own, GError **error)
{
        struct issue *issue = issue_needed(ledger, json_string_value(json_object_get(own, "name")), error);
        bool is_fine = issue && settle(ledger, own, error);
        if (is_fine && issue->wish == ISSUE_MERGED) {
                struct issue *end = end_of(ledger, issue->merged_into, error);
                json_t *further = end ? own_of(ledger, end, error) : NULL;
                is_fine = further && settle_on(ledger, further, error);
                json_decref(further);
                issue_free(end);
        }
        issue_free(issue);
        return is_fine;
}

static bool restore_task(const struct wishing *wishing, const json_t *task, GError **error)
{
        const char *fingerprint = wishing->issue->fingerprint;
        if (json_is_object(task))
                return issue_filed(wishing->ledger, fingerprint, json_integer_value(json_object_get(task, "number")),
                                   json_string_value(json_object_get(task, "phid")), json_is_true(json_object_get(task, "is_adopted")),
                                   error);
        return sql_run(wishing->ledger->sql, error, "DELETE FROM task WHERE fingerprint = ?1 AND is_adopted", "t", fingerprint);
}

/* A merge that an older program made does not say what the other issue was: that stays as it is. */
static bool restore(const struct wishing *wishing, const char *before, enum deed deed, GError **error)
{
        json_t *json = json_loads(before, 0, NULL), *own = json_object_get(json, "own");
        int was = issue_wish_from_word(json_string_value(json_object_get(json, "wish")));
        bool is_fine = (deed != DEED_LINK || restore_task(wishing, json_object_get(json, "task"), error)) &&
                       (deed != DEED_MERGE || take_home(wishing, error)) &&
                       wish(wishing, (enum issue_wish)MAX(was, 0), json_integer_value(json_object_get(json, "snoozed_until")),
                            json_string_value(json_object_get(json, "merged_into")), error) &&
                       (!own || settle_on(wishing->ledger, own, error));
        json_decref(json);
        return is_fine;
}

static bool undo(const struct wishing *wishing, GError **error)
{
        g_autofree char *before = NULL;
        g_autoptr(GError) wrong = NULL;
        struct decision *last = decisions_standing_on(wishing->ledger, wishing->issue->fingerprint, &before, &wrong);
        if (wrong) {
                g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
        if (!last) {
                g_set_error(error, FAIL, FAIL_INPUT, "there is no decision to undo on %s", wishing->issue->fingerprint);
                return false;
        }
        bool is_fine = restore(wishing, before, last->deed, error) && decisions_take_back(wishing->ledger, last->number, error);
        decision_free(last);
        return is_fine;
}

static bool carry_out(const struct wishing *wishing, GError **error)
{
        switch (wishing->decision->deed) {
        case DEED_SNOOZE:
                return wish(wishing, ISSUE_SNOOZE, wishing->decision->until, NULL, error) &&
                       resolve(wishing, RESOLUTION_NONE, "snoozed", error);
        case DEED_IGNORE:
                return wish(wishing, ISSUE_IGNORE, 0, NULL, error) && resolve(wishing, RESOLUTION_NONE, "ignored", error);
        case DEED_MERGE:
                return merge(wishing, error);
        case DEED_LINK:
                return link_task(wishing, error);
        default:
                return undo(wishing, error);
        }
}

/* What is merged away is decided on by the other's name, but for the merging itself. */
static bool check(const struct wishing *wishing, GError **error)
{
        if (wishing->issue->wish != ISSUE_MERGED || wishing->decision->deed == DEED_UNDO_ISSUE)
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "it is merged into %s: decide on that, or undo it first", wishing->issue->merged_into);
        return false;
}

struct verdict *wishes_carry_out(struct ledger *ledger, struct decision *decision, GError **error)
{
        struct wishing wishing = {.ledger = ledger, .decision = decision, .issue = issue_needed(ledger, decision->issue, error)};
        if (!wishing.issue)
                return NULL;
        wishing.before = decision->deed == DEED_UNDO_ISSUE ? NULL : keep_before(wishing.issue);
        bool is_fine = check(&wishing, error) && carry_out(&wishing, error);
        char *before = wishing.before ? json_dumps(wishing.before, JSON_COMPACT) : NULL;
        is_fine = is_fine && decisions_add(ledger, decision, 0, before, error);
        free(before);
        json_decref(wishing.before);
        issue_free(wishing.issue);
        return is_fine ? verdict_new() : NULL;
}
