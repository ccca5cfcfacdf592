/* A tracker of tasks, kept true by Conduit: who is told, when, and how often (TRACKER.md).
 * In: acts of the outbox, issues as they are now. Out: what became of each act; the states of the tasks in the ledger. */
#include "out/tracker.h"

#include "base/fail.h"
#include "out/lookup.h"
#include "out/opening.h"

enum {
        HOUR_SECONDS = 60 * 60,
        DAY_SECONDS = 24 * HOUR_SECONDS,
        TASKS_PER_DAY = 10,
        TASKS_PER_RUN = 5,
        COMMENTS_PER_DAY = 50,
        MOST_TRIES = 3
};

/* Notes of the target: whose import was run. */
static char *import_note(const char *parent)
{
        return g_strconcat("imported ", parent, NULL);
}

bool tracker_is_imported(struct ledger *ledger, const char *parent, bool *is_imported, GError **error)
{
        g_autofree char *name = import_note(parent);
        g_autoptr(GError) trouble = NULL;
        g_autofree char *value = target_note(ledger, TRACKER_TARGET, name, &trouble);
        *is_imported = value != NULL;
        if (!trouble)
                return true;
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
}

bool tracker_set_imported(struct ledger *ledger, const char *parent, GError **error)
{
        g_autofree char *name = import_note(parent);
        return target_set_note(ledger, TRACKER_TARGET, name, "yes", error);
}

void tracker_open(struct tracker *tracker, struct outcome *outcome)
{
        struct call call;
        *outcome = (struct outcome){.sent = SENT_DONE, .retry_after = -1};
        known_ask(&tracker->known, &tracker->conduit, tracker->settings, tracker->clinicians, &call);
        if (call.heard != HEARD_OK)
                opening_failed(outcome, &call);
        else if (!tracker->known.parent_phid)
                opening_end(outcome, SENT_STOP, NULL, g_strdup_printf("the parent %s cannot be seen", tracker->settings->tracker.parent));
        else if (!tracker->known.open || !tracker->known.resolved)
                opening_end(outcome, SENT_STOP, NULL, g_strdup("maniphest.status.search names no status of new and of resolved tasks"));
        /* A refusal of what every run asks is no matter of one act. */
        if (outcome->sent == SENT_LATER)
                outcome->sent = SENT_BUSY;
        call_release(&call);
}

bool tracker_count(struct tracker *tracker, GError **error)
{
        return issue_filings_since(tracker->ledger, tracker->now - DAY_SECONDS, &tracker->tasks_today, &tracker->comments_today, error);
}

void tracker_release(struct tracker *tracker)
{
        known_release(&tracker->known);
}

/* ---- Whether its time has come: asked of the ledger alone. */

static void hold_for_wish(const struct tracker *tracker, const struct issue *issue, struct outcome *outcome)
{
        if (issue->wish == ISSUE_IGNORE || issue->wish == ISSUE_MERGED)
                opening_hold(outcome, HOUR_SECONDS, g_strdup(issue->wish == ISSUE_IGNORE ? "ignored" : "merged into another issue"));
        else if (issue->wish == ISSUE_SNOOZE && issue->snoozed_until > tracker->now)
                opening_hold(outcome, issue->snoozed_until - tracker->now, g_strdup("snoozed"));
}

static void hold_create(const struct tracker *tracker, const struct issue *issue, struct outcome *outcome)
{
        const struct tracker_settings *settings = &tracker->settings->tracker;
        const char *view = settings->view;
        bool is_open_to_all = !view || g_str_equal(view, "public") || g_str_equal(view, "users");
        if (!issue->is_fileable)
                opening_hold(outcome, HOUR_SECONDS, g_strdup("no mail of it came from our own hosts"));
        else if (issue->is_sensitive && is_open_to_all)
                opening_hold(outcome, HOUR_SECONDS, g_strdup("sensitive: it needs a view: of the tracker that few can see"));
        else if (tracker->tasks_today >= settings_cap(settings->caps.tasks_per_day, TASKS_PER_DAY))
                opening_hold(outcome, HOUR_SECONDS, g_strdup("enough tasks for a day"));
        else if (tracker->tasks_this_run >= settings_cap(settings->caps.tasks_per_run, TASKS_PER_RUN))
                opening_hold(outcome, 0, g_strdup("enough tasks for a run"));
}

static void hold_comment(const struct tracker *tracker, const struct issue *issue, struct outcome *outcome)
{
        gint64 rest = issue->task.told_at + DAY_SECONDS - tracker->now;
        if (issue->task.state == TASK_CREATING)
                opening_hold(outcome, HOUR_SECONDS, g_strdup("its task is being made"));
        else if (issue->task.state == TASK_NONE)
                opening_end(outcome, SENT_DONE, "no task: the create will tell", NULL);
        else if (!task_has_news(issue))
                opening_end(outcome, SENT_DONE, "nothing new", NULL);
        else if (rest > 0)
                opening_hold(outcome, rest, g_strdup("told within a day"));
        else if (tracker->comments_today >= settings_cap(tracker->settings->tracker.caps.comments_per_day, COMMENTS_PER_DAY))
                opening_hold(outcome, HOUR_SECONDS, g_strdup("enough comments for a day"));
}

bool tracker_is_due(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome, GError **error)
{
        bool is_create = act->kind == ACT_CREATE_TASK, is_imported = true;
        *outcome = (struct outcome){.sent = SENT_DONE, .retry_after = -1};
        if (is_create && !tracker_is_imported(tracker->ledger, tracker->settings->tracker.parent, &is_imported, error))
                return false;
        hold_for_wish(tracker, issue, outcome);
        if (!outcome->why && is_create && issue->task.state == TASK_NONE)
                hold_create(tracker, issue, outcome);
        else if (!outcome->why && !is_create)
                hold_comment(tracker, issue, outcome);
        if (!outcome->why && issue->task.state == TASK_NONE && !is_imported) {
                opening_hold(outcome, 0, g_strdup("waits for 'mailclinic issue import'"));
                tracker->waits_for_import = true;
        }
        return true;
}

/* ---- Comments. */

/* Mails may go on for a while after the repair; a day later they are news. Where it came back after it was quiet, they are at once. */
static bool is_to_reopen(const struct tracker *tracker, const struct pending *act, const struct issue *issue, const struct seen_task *task)
{
        gint64 grace = act->kind == ACT_REOPEN_TASK || issue->phase == ISSUE_BACK ? 0 : DAY_SECONDS;
        return g_str_equal(task->status, tracker->known.resolved) && issue->last_seen > task->closed_at + grace;
}

/* All that changes goes in one edit: who is subscribed gets one mail. */
static bool send_comment(struct tracker *tracker, const struct issue *issue, gint64 number, const char *text, bool reopens,
                         struct outcome *outcome, GError **error)
{
        g_autofree char *name = g_strdup_printf("T%" G_GINT64_FORMAT, number);
        json_t *changes = json_array();
        struct call call;
        if (reopens)
                json_array_append_new(changes, opening_change("status", json_string(tracker->known.open)));
        json_array_append_new(changes, opening_change("comment", json_string(text)));
        conduit_call(&tracker->conduit, "maniphest.edit", json_pack("{s:o, s:s}", "transactions", changes, "objectIdentifier", name),
                     &call);
        bool is_done = call.heard == HEARD_OK, is_good = true;
        if (is_done) {
                tracker->comments_today++;
                opening_end(outcome, SENT_DONE, reopens ? "reopened" : "commented", NULL);
                is_good = issue_told(tracker->ledger, issue, tracker->now, error);
        } else {
                opening_failed(outcome, &call);
        }
        call_release(&call);
        return is_good;
}

/* A comment may have arrived though its answer did not: what one told is not told again, and what it did not tell waits a day. */
static bool comment_on(struct tracker *tracker, const struct pending *act, const struct issue *issue, const struct seen_task *task,
                       struct outcome *outcome, GError **error)
{
        const struct task_words words = opening_words(tracker, issue);
        bool reopens = is_to_reopen(tracker, act, issue, task);
        g_autofree char *text = task_comment(&words, issue, reopens);
        struct said said = {.text = text};
        struct call call;
        lookup_said(&tracker->conduit, &tracker->known, task->number, &said, &call);
        enum heard heard = call.heard;
        if (heard != HEARD_OK)
                opening_failed(outcome, &call);
        call_release(&call);
        if (heard != HEARD_OK)
                return true;
        if (!said.is_said && said.told_of <= issue->task.told_of)
                return send_comment(tracker, issue, task->number, text, reopens, outcome, error);
        struct issue told = *issue;
        told.sightings = said.is_said ? issue->sightings : said.told_of;
        opening_end(outcome, SENT_DONE, "said already", NULL);
        return issue_told(tracker->ledger, &told, tracker->now, error);
}

/* Merged into another task: that one is told from now on. */
static bool follow(struct tracker *tracker, const struct issue *issue, const struct seen_task *task, GError **error)
{
        bool is_same = task->number == issue->task.number;
        if (is_same && issue->task.phid)
                return true;
        return issue_filed(tracker->ledger, issue->fingerprint, task->number, task->phid, !is_same || issue->task.is_adopted, error);
}

static bool tell(struct tracker *tracker, const struct pending *act, const struct issue *issue, const struct seen_task *task,
                 struct outcome *outcome, GError **error)
{
        g_autoptr(GError) trouble = NULL;
        bool is_closed = g_hash_table_contains(tracker->known.closed, task->status);
        if (is_closed && !is_to_reopen(tracker, act, issue, task)) {
                bool is_resolved = g_str_equal(task->status, tracker->known.resolved);
                opening_end(outcome, SENT_DONE, is_resolved ? "left alone: it is resolved" : "left alone: a person closed it", NULL);
                /* That it is quiet is told by its being closed. */
                return issue->phase != ISSUE_QUIET || issue_told(tracker->ledger, issue, tracker->now, error);
        }
        if (!follow(tracker, issue, task, &trouble)) {
                if (!g_error_matches(trouble, FAIL, FAIL_INPUT)) {
                        g_propagate_error(error, g_steal_pointer(&trouble));
                        return false;
                }
                opening_end(outcome, SENT_NEVER, NULL, g_strdup_printf("%s; merge the issues", trouble->message));
        } else {
                return comment_on(tracker, act, issue, task, outcome, error);
        }
        return true;
}

static bool comment(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome, GError **error)
{
        struct seen_task task;
        struct call call;
        bool is_good = true;
        lookup_task(&tracker->conduit, &tracker->known, issue->task.number, &task, &call);
        if (call.heard != HEARD_OK)
                opening_failed(outcome, &call);
        else if (!task.number)
                opening_end(outcome, SENT_NEVER, NULL, g_strdup_printf("T%" G_GINT64_FORMAT " cannot be seen", issue->task.number));
        else
                is_good = tell(tracker, act, issue, &task, outcome, error);
        call_release(&call);
        seen_task_clear(&task);
        return is_good;
}

bool tracker_act(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome, GError **error)
{
        if (!tracker_is_due(tracker, act, issue, outcome, error))
                return false;
        if (outcome->why || outcome->did)
                return true;
        if (act->kind == ACT_CREATE_TASK)
                return opening_create(tracker, act, issue, outcome, error);
        bool is_good = comment(tracker, act, issue, outcome, error);
        if (outcome->sent == SENT_LATER && act->tries >= MOST_TRIES)
                outcome->sent = SENT_NEVER;
        return is_good;
}
