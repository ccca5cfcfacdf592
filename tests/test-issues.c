/* Issues in the ledger: sightings and their counts, the acts that they leave, tasks and caps, merging, quiet, and the groups' way through
 * it. In: nothing. Out: TAP. */
#include "base/fail.h"
#include "ledger/heads.h"
#include "ledger/issues.h"
#include "ledger/outbox.h"
#include "ledger/review.h"

#define DAY   (gint64)86400
#define START (gint64)(20000 * DAY)
#define ONE   "rmf00000000000000000000000000000001"
#define TWO   "rmf00000000000000000000000000000002"
#define THREE "rmf00000000000000000000000000000003"

static const struct rules rules = {.after = 3, .within = 7 * DAY, .quiet_after = 30 * DAY};

static struct reading *reading_of(const char *host, gint64 at)
{
        static guint n;
        struct reading *reading = reading_new();
        reading->stream = STREAM_ROOT;
        reading->message_id = g_strdup_printf("m%u@example.org", n++);
        reading->thread.text_hash = g_strdup("hash");
        reading->thread.received = at;
        reading->sender = SENDER_PASSED;
        reading->root = root_new();
        reading->root->kind = g_strdup("cron");
        reading->root->title = g_strdup("cron: report");
        reading->root->signature = g_strdup("cron");
        reading->root->field[ROOT_HOST] = g_strdup(host);
        return reading;
}

/* One mail of a problem, as it was read; what it came to. */
static enum resolution see_reading(struct ledger *ledger, const char *via, struct reading *reading)
{
        g_autoptr(GError) error = NULL;
        struct root_policy policy = {.rules = rules, .has_internal = true, .act_from = G_MININT64};
        struct root_past past = {.newest = READING_NO_TIME, .template = "error <*>"};
        g_assert_true(ledger_newest_root(ledger, &past.newest, &error));
        g_assert_true(issue_past(ledger, via, reading->thread.received, &rules, &past, &error));
        struct verdict *verdict = decide_root(&past, reading, &policy);
        struct record record = {.key = mail_key_of(reading, "raw:1"), .reading = reading, .verdict = verdict};
        g_assert_true(ledger_record(ledger, &record, NULL, &error));
        g_assert_no_error(error);
        enum resolution resolution = verdict->resolution;
        issue_past_release(&past);
        verdict_free(verdict);
        reading_free(reading);
        return resolution;
}

static enum resolution see(struct ledger *ledger, const char *via, const char *host, gint64 at)
{
        return see_reading(ledger, via, reading_of(host, at));
}

static struct issue *get(struct ledger *ledger, const char *fingerprint)
{
        struct issue *issue = ledger_issue(ledger, fingerprint, NULL);
        g_assert_nonnull(issue);
        return issue;
}

static struct ledger *seen_three_times(void)
{
        struct ledger *ledger = ledger_memory(NULL, NULL);
        g_assert_cmpint(see(ledger, ONE, "db1", START), ==, RESOLUTION_REVIEW);
        g_assert_cmpint(see(ledger, ONE, "db2", START + DAY), ==, RESOLUTION_NONE);
        g_assert_cmpint(see(ledger, ONE, "db1", START + 2 * DAY), ==, RESOLUTION_TASK);
        return ledger;
}

static void test_counts(void)
{
        struct ledger *ledger = seen_three_times();
        struct issue *issue = get(ledger, ONE);
        const struct issue_host *first = issue->hosts->pdata[0], *second = issue->hosts->pdata[1];
        g_assert_cmpint(issue->sightings, ==, 3);
        g_assert_cmpint(issue->first_seen, ==, START);
        g_assert_cmpint(issue->last_seen, ==, START + 2 * DAY);
        g_assert_cmpstr(issue->template, ==, "error <*>");
        g_assert_cmpstr(issue->field[ROOT_HOST], ==, "db1");
        g_assert_cmpint(issue->newest_mail, ==, 3);
        g_assert_cmpuint(issue->hosts->len, ==, 2);
        g_assert_cmpstr(first->name, ==, "db1");
        g_assert_cmpint(first->sightings, ==, 2);
        g_assert_cmpint(first->last_seen, ==, START + 2 * DAY);
        g_assert_cmpint(second->sightings, ==, 1);
        g_assert_cmpint(second->first_seen, ==, START + DAY);
        g_assert_cmpint(issue->task.state, ==, TASK_NONE);
        issue_free(issue);
        g_autoptr(GError) error = NULL;
        g_assert_null(ledger_issue(ledger, TWO, &error));
        g_assert_no_error(error);
        ledger_free(ledger);
}

/* The third within the time counts, whatever the order in which they come. */
static void test_within(void)
{
        struct ledger *ledger = ledger_memory(NULL, NULL);
        see(ledger, ONE, "db1", START);
        see(ledger, ONE, "db1", START + 8 * DAY);
        g_assert_cmpint(see(ledger, ONE, "db1", START + 9 * DAY), ==, RESOLUTION_NONE);
        g_assert_cmpint(see(ledger, ONE, "db1", START + 10 * DAY), ==, RESOLUTION_TASK);
        ledger_free(ledger);
}

/* Acts of issues and of events know nothing of each other. */
static void test_outbox(void)
{
        struct ledger *ledger = seen_three_times();
        g_autoptr(GPtrArray) events = outbox_pending(ledger, TARGET_CALENDAR, "t", 0, NULL);
        g_autoptr(GPtrArray) tasks = outbox_pending(ledger, TARGET_TRACKER, "t", 0, NULL);
        g_autoptr(GPtrArray) all = outbox_all(ledger, TARGET_TRACKER, "t", NULL);
        g_assert_cmpuint(events->len, ==, 0);
        g_assert_cmpuint(tasks->len, ==, 1);
        g_assert_cmpuint(all->len, ==, 1);
        const struct pending *act = tasks->pdata[0];
        g_assert_cmpint(act->kind, ==, ACT_CREATE_TASK);
        g_assert_cmpstr(act->uid, ==, ONE);
        g_assert_cmpint(act->sequence, ==, 0);
        g_assert_true(outbox_done(ledger, act->id, "t", NULL, NULL));
        g_autoptr(GPtrArray) of_events = outbox_targets(ledger, TARGET_CALENDAR, NULL);
        g_autoptr(GPtrArray) of_tasks = outbox_targets(ledger, TARGET_TRACKER, NULL);
        g_assert_cmpuint(of_events->len, ==, 0);
        g_assert_cmpuint(of_tasks->len, ==, 1);
        ledger_free(ledger);
}

static void test_tasks(void)
{
        struct ledger *ledger = seen_three_times();
        g_autoptr(GError) error = NULL;
        bool is_ours = false;
        gint64 tasks, comments;
        g_assert_true(issue_intend(ledger, ONE, 1000, &is_ours, NULL) && is_ours);
        g_assert_true(issue_intend(ledger, ONE, 1001, &is_ours, NULL) && !is_ours);
        struct issue *issue = get(ledger, ONE);
        g_assert_cmpint(issue->task.state, ==, TASK_CREATING);
        g_assert_cmpint(issue->task.started_at, ==, 1000);
        issue_free(issue);
        g_assert_true(issue_not_filed(ledger, ONE, NULL));
        g_assert_true(issue_filings_since(ledger, 0, &tasks, &comments, NULL));
        g_assert_cmpint(tasks, ==, 0);
        g_assert_true(issue_intend(ledger, ONE, 2000, &is_ours, NULL) && is_ours);
        g_assert_true(issue_filed(ledger, ONE, 7, "PHID-TASK-1", false, NULL));
        issue = get(ledger, ONE);
        g_assert_true(issue_told(ledger, issue, 2001, NULL));
        g_assert_true(issue_filings_since(ledger, 2000, &tasks, &comments, NULL));
        g_assert_cmpint(tasks, ==, 1);
        g_assert_cmpint(comments, ==, 0); /* its being made is no comment */
        g_assert_true(issue_told(ledger, issue, 3000, NULL));
        issue_free(issue);
        g_assert_true(issue_filings_since(ledger, 2001, &tasks, &comments, NULL));
        g_assert_cmpint(tasks, ==, 0);
        g_assert_cmpint(comments, ==, 1);
        issue = get(ledger, ONE);
        g_assert_cmpint(issue->task.state, ==, TASK_FILED);
        g_assert_cmpint(issue->task.number, ==, 7);
        g_assert_cmpstr(issue->task.phid, ==, "PHID-TASK-1");
        g_assert_cmpint(issue->task.told_at, ==, 3000);
        g_assert_cmpint(issue->task.told_of, ==, 3);
        g_assert_cmpint(issue->task.told_until, ==, START + 2 * DAY);
        g_assert_cmpint(issue->task.told_phase, ==, ISSUE_RECURRING);
        issue_free(issue);
        see(ledger, TWO, "db1", START);
        g_assert_false(issue_filed(ledger, TWO, 7, NULL, true, &error));
        g_assert_error(error, FAIL, FAIL_INPUT);
        g_assert_true(issue_filed(ledger, TWO, 8, NULL, true, NULL));
        ledger_free(ledger);
}

/* A year of a daily problem: one create, and one comment a day. */
static void test_year(void)
{
        struct ledger *ledger = seen_three_times();
        g_assert_true(issue_filed(ledger, ONE, 7, NULL, false, NULL));
        for (int day = 3; day < 365; day++)
                for (int hour = 0; hour < 24; hour += 8)
                        g_assert_cmpint(see(ledger, ONE, "db1", START + day * DAY + hour * 3600), ==, RESOLUTION_NONE);
        g_autoptr(GPtrArray) acts = outbox_pending(ledger, TARGET_TRACKER, "t", 0, NULL);
        g_assert_cmpuint(acts->len, ==, 1 + 362);
        for (guint i = 1; i < acts->len; i++) {
                const struct pending *act = acts->pdata[i];
                g_assert_cmpint(act->kind, ==, ACT_COMMENT_TASK);
                g_assert_cmpint(act->sequence, ==, 20000 + 2 + (int)i);
        }
        ledger_free(ledger);
}

static bool count_issue(const struct issue *issue, void *data)
{
        g_string_append_printf(data, "%c %s\n", issue->fingerprint[34], issue_phase_word(issue->phase));
        return true;
}

static void test_quiet(void)
{
        struct ledger *ledger = seen_three_times();
        see(ledger, TWO, "db1", START + 32 * DAY);
        struct issue *issue = get(ledger, ONE);
        g_assert_cmpint(issue->phase, ==, ISSUE_RECURRING); /* exactly as long */
        issue_free(issue);
        see(ledger, TWO, "db1", START + 32 * DAY + 1);
        issue = get(ledger, ONE);
        g_assert_cmpint(issue->phase, ==, ISSUE_QUIET);
        issue_free(issue);
        g_autoptr(GString) list = g_string_new(NULL);
        g_assert_true(ledger_issues(ledger, count_issue, list, NULL));
        g_assert_cmpstr(list->str, ==, "2 new\n1 quiet\n");
        g_assert_cmpint(see(ledger, ONE, "db1", START + 40 * DAY), ==, RESOLUTION_TASK);
        issue = get(ledger, ONE);
        g_assert_cmpint(issue->phase, ==, ISSUE_BACK);
        g_assert_cmpint(issue->returns, ==, 1);
        issue_free(issue);
        ledger_free(ledger);
}

static bool carry_out(struct ledger *ledger, enum deed deed, const char *issue, const char *into, GError **error)
{
        struct decision *decision = decision_new(deed);
        decision->by = g_strdup("jane");
        decision->at = START;
        decision->issue = g_strdup(issue);
        decision->into = g_strdup(into);
        bool is_done = review_name_last(ledger, decision, error) && review_carry_out(ledger, decision, NULL, NULL, error);
        decision_free(decision);
        return is_done;
}

static gint64 sightings_of(struct ledger *ledger, const char *fingerprint)
{
        struct issue *issue = get(ledger, fingerprint);
        gint64 n = issue->sightings;
        issue_free(issue);
        return n;
}

/* One into two, two into three; and each taken back by itself. */
static void test_merge(void)
{
        struct ledger *ledger = seen_three_times();
        g_autoptr(GError) error = NULL;
        see(ledger, TWO, "db3", START + 3 * DAY);
        see(ledger, THREE, "db4", START + 4 * DAY);
        g_assert_true(carry_out(ledger, DEED_MERGE, ONE, TWO, NULL));
        g_assert_cmpint(sightings_of(ledger, TWO), ==, 4);
        g_assert_true(carry_out(ledger, DEED_MERGE, TWO, THREE, NULL));
        g_assert_cmpint(sightings_of(ledger, THREE), ==, 5);
        see(ledger, ONE, "db1", START + 5 * DAY);
        g_assert_cmpint(sightings_of(ledger, THREE), ==, 6);
        g_assert_false(carry_out(ledger, DEED_MERGE, THREE, ONE, &error));
        g_assert_error(error, FAIL, FAIL_USAGE);
        g_clear_error(&error);
        g_assert_false(carry_out(ledger, DEED_IGNORE, ONE, NULL, &error));
        g_assert_error(error, FAIL, FAIL_USAGE);
        struct issue *issue = get(ledger, THREE);
        g_assert_cmpint(issue->phase, ==, ISSUE_RECURRING);
        g_assert_cmpint(issue->first_seen, ==, START);
        g_assert_cmpuint(issue->hosts->len, ==, 4);
        issue_free(issue);
        g_assert_true(carry_out(ledger, DEED_UNDO_ISSUE, TWO, NULL, NULL));
        g_assert_cmpint(sightings_of(ledger, THREE), ==, 1);
        g_assert_cmpint(sightings_of(ledger, TWO), ==, 5);
        g_assert_true(carry_out(ledger, DEED_UNDO_ISSUE, ONE, NULL, NULL));
        g_assert_cmpint(sightings_of(ledger, ONE), ==, 4);
        g_assert_cmpint(sightings_of(ledger, TWO), ==, 1);
        ledger_free(ledger);
}

/* How an issue stands: the first letter of its phase, and what it may be filed as. */
static const char *stands(struct ledger *ledger, const char *fingerprint)
{
        static char text[4];
        struct issue *issue = get(ledger, fingerprint);
        g_snprintf(text, sizeof text, "%c%c%c", *issue_phase_word(issue->phase), issue->is_fileable ? 'f' : '-',
                   issue->is_sensitive ? 's' : '-');
        issue_free(issue);
        return text;
}

static void undo(struct ledger *ledger, const char *fingerprint)
{
        g_assert_true(carry_out(ledger, DEED_UNDO_ISSUE, fingerprint, NULL, NULL));
}

/* ONE recurs and may be filed, TWO is a stranger's, THREE is sensitive. */
static struct ledger *seen_three_ways(void)
{
        struct ledger *ledger = seen_three_times();
        struct reading *stranger = reading_of("db3", START + 3 * DAY), *sensitive = reading_of("db4", START + 4 * DAY);
        stranger->sender = SENDER_UNCHECKED;
        sensitive->root->is_sensitive = true;
        see_reading(ledger, TWO, stranger);
        see_reading(ledger, THREE, sensitive);
        g_assert_cmpstr(stands(ledger, ONE), ==, "rf-");
        g_assert_cmpstr(stands(ledger, TWO), ==, "n--");
        g_assert_cmpstr(stands(ledger, THREE), ==, "nfs");
        return ledger;
}

/* An issue is what it was before, and what those make it that are still merged into it; in whatever order they are taken back. */
static void test_unmerge(void)
{
        struct ledger *ledger = seen_three_ways();
        for (int order = 0; order < 2; order++) {
                g_assert_true(carry_out(ledger, DEED_MERGE, ONE, TWO, NULL));
                g_assert_cmpstr(stands(ledger, TWO), ==, "rf-");
                g_assert_true(carry_out(ledger, DEED_MERGE, THREE, TWO, NULL));
                g_assert_cmpstr(stands(ledger, TWO), ==, "rfs");
                undo(ledger, order ? THREE : ONE);
                g_assert_cmpstr(stands(ledger, TWO), ==, order ? "rf-" : "nfs");
                undo(ledger, order ? ONE : THREE);
                g_assert_cmpstr(stands(ledger, TWO), ==, "n--");
        }
        g_assert_true(carry_out(ledger, DEED_MERGE, ONE, TWO, NULL));
        g_assert_true(carry_out(ledger, DEED_MERGE, TWO, THREE, NULL));
        g_assert_cmpstr(stands(ledger, THREE), ==, "rfs");
        undo(ledger, ONE);
        g_assert_cmpstr(stands(ledger, THREE), ==, "nfs");
        undo(ledger, TWO);
        g_assert_cmpstr(stands(ledger, TWO), ==, "n--");
        ledger_free(ledger);
}

/* What was said of it in the tracker meanwhile was said. */
static void test_unmerge_filed(void)
{
        struct ledger *ledger = seen_three_ways();
        g_assert_true(carry_out(ledger, DEED_MERGE, ONE, TWO, NULL));
        g_assert_true(issue_filed(ledger, TWO, 7, NULL, false, NULL));
        undo(ledger, ONE);
        g_assert_cmpstr(stands(ledger, TWO), ==, "r--");
        ledger_free(ledger);
}

static guint resolved(struct ledger *ledger, enum resolution resolution)
{
        struct ledger_counts counts;
        g_assert_true(ledger_count(ledger, &counts, NULL));
        return (guint)counts.resolution[resolution];
}

/* What no longer needs a person leaves the queue. */
static void test_queue(void)
{
        struct ledger *ledger = ledger_memory(NULL, NULL);
        see(ledger, ONE, "db1", START);
        see(ledger, TWO, "db1", START);
        g_assert_cmpuint(resolved(ledger, RESOLUTION_REVIEW), ==, 2);
        g_assert_true(carry_out(ledger, DEED_IGNORE, ONE, NULL, NULL));
        g_assert_cmpuint(resolved(ledger, RESOLUTION_REVIEW), ==, 1);
        see(ledger, TWO, "db1", START + 1);
        see(ledger, TWO, "db1", START + 2);
        g_assert_cmpuint(resolved(ledger, RESOLUTION_REVIEW), ==, 0);
        g_assert_cmpuint(resolved(ledger, RESOLUTION_TASK), ==, 2);
        ledger_free(ledger);
}

/* `replay --act`: what was seen lately, and not yet asked for. */
static void test_act_on(void)
{
        struct ledger *ledger = seen_three_times();
        guint n;
        see(ledger, TWO, "db1", START);
        g_assert_true(issues_act_on(ledger, START, false, &n, NULL));
        g_assert_cmpuint(n, ==, 0); /* the create is there already, two is new */
        g_assert_true(issue_filed(ledger, ONE, 7, NULL, false, NULL));
        see(ledger, TWO, "db1", START + 1);
        see(ledger, TWO, "db1", START + 2);
        g_assert_true(issues_act_on(ledger, START + 3 * DAY, false, &n, NULL));
        g_assert_cmpuint(n, ==, 0);
        ledger_free(ledger);
}

static void test_view(void)
{
        struct ledger *ledger = ledger_memory(NULL, NULL);
        bool is_restricted = true;
        g_assert_true(issues_view(ledger, &is_restricted, NULL) && !is_restricted);
        g_assert_true(issues_set_view(ledger, true, NULL) && issues_view(ledger, &is_restricted, NULL) && is_restricted);
        g_assert_true(issues_set_view(ledger, false, NULL) && issues_view(ledger, &is_restricted, NULL) && !is_restricted);
        ledger_free(ledger);
}

static const char *const signatures[] = {
        "cron\njob: a\n\nerror: disk 1 is full",           "cron\njob: a\n\nerror: no route to host",
        "cron\njob: a\n\nerror: disk 2 is full",           "cron\njob: b\n\nerror: disk 1 is full",
        "cron\njob: a\n\nstarting\nerror: disk 3 is full", "cron\njob: a\n\nunable to open /srv/a",
        "cron\njob: a\n\nunable to open /srv/b/1",         "cron\njob: a\n\nerror: no route to host\nbye",
};

static char *name_of(struct heads *heads, struct ledger *ledger, const char *signature)
{
        g_autofree char *head = group_head(signature);
        struct groups *groups = heads_open(heads, ledger, head, NULL);
        g_assert_nonnull(groups);
        char *name = g_strdup(groups_add(groups, signature, NULL, NULL));
        g_assert_true(heads_keep(heads, ledger, head, NULL));
        return name;
}

static char *name_afresh(struct ledger *ledger, const char *signature)
{
        struct heads *heads = heads_new();
        char *name = name_of(heads, ledger, signature);
        heads_free(heads);
        return name;
}

/* Groups that are read back for each mail go on as those that stay in memory, and those see what another process kept. */
static void test_heads(void)
{
        struct ledger *one = ledger_memory(NULL, NULL), *other = ledger_memory(NULL, NULL);
        struct heads *kept = heads_new();
        for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++) {
                const char *signature = signatures[i], *later = signatures[(i * 3 + 1) % G_N_ELEMENTS(signatures)];
                g_autofree char *a = name_of(kept, one, signature), *b = name_afresh(other, signature);
                g_autofree char *c = name_afresh(one, later), *d = name_afresh(other, later);
                g_assert_cmpstr(a, ==, b);
                g_assert_cmpstr(c, ==, d);
        }
        heads_free(kept);
        ledger_free(one);
        ledger_free(other);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/issues/counts", test_counts);
        g_test_add_func("/issues/within", test_within);
        g_test_add_func("/issues/outbox", test_outbox);
        g_test_add_func("/issues/tasks", test_tasks);
        g_test_add_func("/issues/year", test_year);
        g_test_add_func("/issues/quiet", test_quiet);
        g_test_add_func("/issues/merge", test_merge);
        g_test_add_func("/issues/unmerge", test_unmerge);
        g_test_add_func("/issues/unmerge-filed", test_unmerge_filed);
        g_test_add_func("/issues/queue", test_queue);
        g_test_add_func("/issues/act-on", test_act_on);
        g_test_add_func("/issues/view", test_view);
        g_test_add_func("/issues/heads", test_heads);
        return g_test_run();
}
