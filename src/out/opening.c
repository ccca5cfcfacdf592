/* The making of an issue's task: at most one, whatever answer gets lost (TRACKER.md "At most one subtask per fingerprint").
 * In: a tracker, an issue. Out: its task, in the tracker and in the ledger. */
#include "out/opening.h"

#include "base/fail.h"
#include "out/lookup.h"
#include "out/owner.h"

enum { MOST_TRIES = 3, PATIENCE = 60, HOUR_SECONDS = 60 * 60 };

void opening_end(struct outcome *outcome, enum sent sent, const char *did, char *why)
{
        outcome->sent = sent;
        outcome->did = did;
        g_free(outcome->why);
        outcome->why = why;
}

void opening_hold(struct outcome *outcome, gint64 seconds, char *why)
{
        opening_end(outcome, SENT_HELD, NULL, why);
        outcome->retry_after = seconds;
}

void opening_failed(struct outcome *outcome, const struct call *call)
{
        static const enum sent meaning[] = {
                [HEARD_OK] = SENT_LATER,      [HEARD_BUSY] = SENT_BUSY,  [HEARD_NOTHING] = SENT_BUSY,
                [HEARD_REFUSAL] = SENT_LATER, [HEARD_LOGIN] = SENT_STOP,
        };
        opening_end(outcome, meaning[call->heard], NULL, g_strdup(call->why));
}

/* The text of a mail is for few: where all may see the task it shows the template. */
struct task_words opening_words(const struct tracker *tracker, const struct issue *issue)
{
        bool is_shown = tracker->excerpts && tracker->known.is_restricted;
        return (struct task_words){
                .redactor = tracker->conduit.redactor,
                .link_template = tracker->settings->link_template,
                .excerpt = is_shown ? g_hash_table_lookup(tracker->excerpts, issue->fingerprint) : NULL,
        };
}

json_t *opening_change(const char *type, json_t *value)
{
        return json_pack("{s:s, s:o}", "type", type, "value", value);
}

static gint64 patience(const struct tracker *tracker)
{
        return settings_cap(tracker->settings->tracker.patience, PATIENCE);
}

/* ---- What is sent. */

/* The PHIDs of names, each once. false: one of them is not known there. */
static bool add_phids(json_t *list, GHashTable *known, const struct words *names)
{
        for (unsigned i = 0; i < names->n; i++) {
                g_autofree char *lower = g_ascii_strdown(names->word[i], -1);
                const char *phid = g_hash_table_lookup(known, names->word[i]);
                if (!phid && !(phid = g_hash_table_lookup(known, lower)))
                        return false;
                bool is_there = false;
                for (size_t k = 0; k < json_array_size(list); k++)
                        is_there |= g_str_equal(json_string_value(json_array_get(list, k)), phid);
                if (!is_there)
                        json_array_append_new(list, json_string(phid));
        }
        return true;
}

/* The clinicians of the week, as far as the tracker knows them: a roster goes on without us. */
static void add_clinicians(json_t *list, const struct tracker *tracker)
{
        for (const char *const *name = tracker->clinicians; name && *name; name++) {
                const struct words one = {.word = (char *[]){(char *)*name}, .n = 1};
                add_phids(list, tracker->known.users, &one);
        }
}

/* Those who are told of everything, those of the rule, and where it names nobody the clinicians. */
static bool add_subscribers(json_t *list, const struct tracker *tracker, const struct owner_rule *rule)
{
        GHashTable *users = tracker->known.users;
        if (!add_phids(list, users, &tracker->settings->tracker.subscribers) || (rule && !add_phids(list, users, &rule->subscribers)))
                return false;
        if (!rule || !rule->subscribers.n)
                add_clinicians(list, tracker);
        return true;
}

static void add_list(json_t *changes, const char *type, json_t *list)
{
        if (json_array_size(list))
                json_array_append_new(changes, opening_change(type, list));
        else
                json_decref(list);
}

/* All of a new task, in one edit. NULL: a name is not known there. */
static json_t *changes_of(const struct tracker *tracker, const struct issue *issue)
{
        const struct task_words words = opening_words(tracker, issue);
        const struct owner_rule *rule = owner_of(tracker->settings, issue);
        const char *priority = rule && rule->priority ? rule->priority : tracker->settings->tracker.priority;
        json_t *changes = json_array(), *projects = json_array(), *subscribers = json_array();
        g_autofree char *title = task_title(&words, issue), *description = task_description(&words, issue);
        bool is_known = add_phids(projects, tracker->known.projects, &tracker->settings->tracker.projects) &&
                        (!rule || add_phids(projects, tracker->known.projects, &rule->projects)) &&
                        add_subscribers(subscribers, tracker, rule) &&
                        (!priority || g_hash_table_contains(tracker->known.priorities, priority));
        json_array_append_new(changes, opening_change("title", json_string(title)));
        json_array_append_new(changes, opening_change("description", json_string(description)));
        json_array_append_new(changes, opening_change("parents.set", json_pack("[s]", tracker->known.parent_phid)));
        if (priority)
                json_array_append_new(changes, opening_change("priority", json_string(priority)));
        add_list(changes, "projects.add", projects);
        add_list(changes, "subscribers.add", subscribers);
        if (tracker->known.view)
                json_array_append_new(changes, opening_change("view", json_string(tracker->known.view)));
        if (is_known)
                return changes;
        json_decref(changes);
        return NULL;
}

/* ---- What comes back. */

/* Its task is there, and tells what the issue was when it was made. */
static bool keep(struct tracker *tracker, const struct issue *issue, gint64 number, const char *phid, struct outcome *outcome,
                 GError **error)
{
        struct ledger *ledger = tracker->ledger;
        g_autoptr(GError) trouble = NULL;
        if (ledger_begin(ledger, &trouble) && issue_filed(ledger, issue->fingerprint, number, phid, false, &trouble) &&
            issue_told(ledger, issue, tracker->now, &trouble) && ledger_commit(ledger, &trouble))
                return true;
        ledger_rollback(ledger);
        if (g_error_matches(trouble, FAIL, FAIL_INPUT)) {
                opening_end(outcome, SENT_NEVER, NULL, g_strdup(trouble->message));
                return true;
        }
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
}

/* {"object":{"id","phid"}}; another shape tells nothing. */
static bool take_created(struct tracker *tracker, const struct issue *issue, const struct call *call, struct outcome *outcome,
                         GError **error)
{
        const json_t *object = json_object_get(call->result, "object");
        gint64 number = json_integer_value(json_object_get(object, "id"));
        const char *phid = json_string_value(json_object_get(object, "phid"));
        if (number > 0 && phid) {
                opening_end(outcome, SENT_DONE, "created", NULL);
                return keep(tracker, issue, number, phid, outcome, error);
        }
        opening_end(outcome, SENT_BUSY, NULL, g_strdup("maniphest.edit: the answer names no task"));
        outcome->retry_after = patience(tracker);
        return true;
}

/* After an answer that is lost or unclear the intent stays: the next run looks before it makes anything. */
static bool take_answer(struct tracker *tracker, const struct issue *issue, const struct call *call, struct outcome *outcome,
                        GError **error)
{
        if (call->heard == HEARD_OK)
                return take_created(tracker, issue, call, outcome, error);
        opening_failed(outcome, call);
        if (call->heard == HEARD_BUSY || call->heard == HEARD_LOGIN)
                return issue_not_filed(tracker->ledger, issue->fingerprint, error);
        outcome->retry_after = patience(tracker);
        return true;
}

/* What few may see is not shown to all because a name is wrong. */
static bool may_show(const struct tracker *tracker, const struct issue *issue)
{
        const struct known *known = &tracker->known;
        return (known->view || !tracker->settings->tracker.view) && (known->is_restricted || !issue->is_sensitive);
}

/* Intent first, then the call. */
static bool create(struct tracker *tracker, const struct issue *issue, struct outcome *outcome, GError **error)
{
        bool is_ours = false;
        struct call call;
        json_t *changes = may_show(tracker, issue) ? changes_of(tracker, issue) : NULL;
        if (!changes) {
                opening_hold(outcome, HOUR_SECONDS, g_strdup_printf("unknown to the tracker: %s", tracker->known.missing->str));
                return true;
        }
        /* The time that a lost request is given runs from here, not from the start of the run. */
        gint64 now = MAX(tracker->now, g_get_real_time() / G_USEC_PER_SEC);
        bool is_good = issue_intend(tracker->ledger, issue->fingerprint, now, &is_ours, error);
        if (!is_good || !is_ours) {
                json_decref(changes);
                opening_hold(outcome, patience(tracker), g_strdup("another one is making its task"));
                return is_good;
        }
        tracker->tasks_today++;
        tracker->tasks_this_run++;
        conduit_call(&tracker->conduit, "maniphest.edit", json_pack("{s:o}", "transactions", changes), &call);
        is_good = take_answer(tracker, issue, &call, outcome, error);
        call_release(&call);
        return is_good;
}

/* The answer to a create was lost: look for what it made. *is_settled: nothing is left to do here; else there is no task, for certain. */
static bool reconcile(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome,
                      bool *is_settled, GError **error)
{
        gint64 rest = issue->task.started_at + patience(tracker) - tracker->now;
        struct seen_task task = {0};
        struct call call = {0};
        bool is_good = true;
        *is_settled = true;
        if (rest > 0) {
                opening_hold(outcome, rest, g_strdup("its create may still be at work there"));
                return true;
        }
        lookup_marked(&tracker->conduit, &tracker->known, issue->fingerprint, issue->task.started_at, &task, &call);
        if (call.heard != HEARD_OK) {
                opening_failed(outcome, &call);
        } else if (task.number) {
                opening_end(outcome, SENT_DONE, "found", NULL);
                is_good = keep(tracker, issue, task.number, task.phid, outcome, error);
        } else {
                is_good = issue_not_filed(tracker->ledger, issue->fingerprint, error);
                *is_settled = !is_good || act->tries >= MOST_TRIES;
                if (*is_settled)
                        opening_end(outcome, SENT_NEVER, NULL, g_strdup(act->why ? act->why : "its create was refused again and again"));
        }
        seen_task_clear(&task);
        call_release(&call);
        return is_good;
}

bool opening_create(struct tracker *tracker, const struct pending *act, const struct issue *issue, struct outcome *outcome, GError **error)
{
        bool is_settled = false;
        if (issue->task.state == TASK_FILED) {
                opening_end(outcome, SENT_DONE, "has a task already", NULL);
                return true;
        }
        if (issue->task.state == TASK_CREATING && !reconcile(tracker, act, issue, outcome, &is_settled, error))
                return false;
        return is_settled || create(tracker, issue, outcome, error);
}
