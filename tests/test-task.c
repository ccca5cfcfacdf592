/* What a task says of its issue, and that nothing of a mail can break out of it; edits against the recorded ones. */
#include "out/opening.h"
#include "out/owner.h"
#include "out/remarkup.h"
#include "out/resemble.h"
#include "out/task.h"
#include "recorded.h"

#include <string.h>

#define NAME "rmf0123456789abcdef0123456789abcdef"

static struct issue *make_issue(void)
{
        struct issue *issue = issue_new(NAME);
        struct issue_host *host = issue_host_new("db1001");
        host->sightings = 17;
        host->first_seen = 1795132800;
        host->last_seen = 1795305600;
        g_ptr_array_add(issue->hosts, host);
        issue->kind = g_strdup("cron");
        issue->title = g_strdup("cron: prune");
        issue->template = g_strdup("rm: cannot remove <*>: No such file");
        issue->field[ROOT_JOB] = g_strdup("/usr/local/bin/prune --all");
        issue->sightings = 17;
        issue->first_seen = 1795132800; /* 2026-11-20 00:00 UTC */
        issue->last_seen = 1795305600;  /* 2026-11-22 00:00 UTC */
        issue->phase = ISSUE_RECURRING;
        issue->newest_id = g_strdup("20261122.T123@db1001.example");
        return issue;
}

static void test_description(void)
{
        struct redactor *redactor = redactor_new();
        struct issue *issue = make_issue();
        const struct task_words words = {.redactor = redactor, .link_template = "https://lists.example/{msgid}"};
        g_autofree char *title = task_title(&words, issue), *text = task_description(&words, issue);
        g_assert_cmpstr(title, ==, "root@ mail: cron: prune on db1001");
        g_assert_cmpstr(
                text, ==,
                "Mail to root@ of the kind `cron`, seen 17 times from 2026-11-20 to 2026-11-22.\n\n"
                "Host: `db1001` (17)\n"
                "Job: `/usr/local/bin/prune --all`\n"
                "Newest mail: <https://lists.example/20261122.%54123%40db1001.example>\n\n"
                "```lang=text\nrm: cannot remove <*>: No such file\n```\n\n"
                "Filed by mailclinic. It comments here at most once a day, reopens this task if the mails go on after it was resolved, "
                "and closes nothing. All mails: `mailclinic issue show " NAME "`\n\n"
                "Fingerprint: `" NAME "`");
        g_assert_true(task_is_of(text, NAME));
        issue_free(issue);
        redactor_free(redactor);
}

static void test_comment(void)
{
        struct redactor *redactor = redactor_new();
        struct issue *issue = make_issue();
        struct issue_host *host = issue_host_new("db1002");
        const struct task_words words = {.redactor = redactor};
        host->sightings = 2;
        host->first_seen = 1795478400;
        g_ptr_array_add(issue->hosts, host);
        issue->task = (struct task){
                .state = TASK_FILED, .told_at = 1795305600, .told_of = 17, .told_until = 1795305600, .told_phase = ISSUE_RECURRING};
        g_assert_false(task_has_news(issue));
        issue->sightings = 19;
        issue->last_seen = 1795478400; /* 2026-11-24 */
        g_assert_true(task_has_news(issue));
        g_autofree char *more = task_comment(&words, issue, false), *again = task_comment(&words, issue, true);
        g_assert_cmpstr(more, ==, "Seen 2 times more from 2026-11-22 to 2026-11-24 (19 in all).\n\nNew on: `db1002` (2)");
        g_assert_cmpstr(
                again, ==,
                "Seen 2 times more from 2026-11-22 to 2026-11-24 (19 in all). Reopened, since the mails went on after this task was "
                "resolved.\n\nNew on: `db1002` (2)");
        g_assert_cmpint(task_told_of(more), ==, 19);
        issue->task.told_of = 19;
        issue->task.told_until = 1795478400;
        issue->phase = ISSUE_QUIET;
        g_assert_true(task_has_news(issue));
        g_autofree char *quiet = task_comment(&words, issue, false);
        g_assert_cmpstr(quiet, ==, "Not seen since 2026-11-24 (19 in all).");
        g_assert_cmpint(task_told_of(quiet), ==, 19);
        issue_free(issue);
        redactor_free(redactor);
}

/* The marker counts outside a fence alone, and as a line of its own. */
static void test_marker(void)
{
        static const struct {
                const char *text;
                bool is_it;
        } rows[] = {
                {"Fingerprint: `" NAME "`", true},
                {"text\n\nFingerprint: `" NAME "`\n", true},
                {"```lang=text\nx\n```\n\nFingerprint: `" NAME "`\nadded by a person", true},
                {"```lang=text\nFingerprint: `" NAME "`\n```", false},
                {"Fingerprint: `" NAME "`\n```\nx\n```", false},
                {"see Fingerprint: `" NAME "`", false},
                {"Fingerprint: `rmf0123456789abcdef0123456789abcdee`", false},
                {NAME, false},
                {"", false},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
                g_assert_true(task_is_of(rows[i].text, NAME) == rows[i].is_it);
        g_assert_cmpint(task_told_of("The mail came back; reopening."), ==, -1);
        g_assert_cmpint(task_told_of("see `x` (5 in all)"), ==, -1);
}

static void test_remarkup(void)
{
        static const struct {
                const char *text, *block;
        } blocks[] = {
                {"a", "```lang=text\na\n```"},
                {"a```", "```lang=text\na'''\n```"},
                {"````b``c`", "```lang=text\n''''b``c`\n```"},
                {"`\x01``", "```lang=text\n'''\n```"},
                {"\n\n", "```lang=text\n-\n```"},
                {"a\r\n\xe2\x80\xae@x\xff", "```lang=text\na\n@x\xef\xbf\xbd\n```"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(blocks); i++) {
                g_autofree char *block = remarkup_block(blocks[i].text);
                g_assert_cmpstr(block, ==, blocks[i].block);
        }
        g_autofree char *code = remarkup_code(" a`b\n@c "), *none = remarkup_code(" "), *title = remarkup_title("");
        g_assert_cmpstr(code, ==, "`a'b<U+000A>@c`");
        g_assert_cmpstr(none, ==, "`-`");
        g_assert_cmpstr(title, ==, "-");
        g_autofree char *many = g_strnfill(400, 'x'), *cut = remarkup_title(many), *no_link = remarkup_link("javascript:x");
        g_assert_cmpint(g_utf8_strlen(cut, -1), ==, 255);
        g_assert_null(no_link);
}

static void test_resemblance(void)
{
        struct issue *issue = make_issue();
        g_autofree char *same = NULL, *other = NULL;
        g_assert_cmpint(resemblance(issue, "Prune fails on db1001.example.org", "cannot remove", &same), >=, RESEMBLES);
        g_assert_cmpstr(same, ==, "job prune, 3 words");
        g_assert_cmpint(resemblance(issue, "Buy new disks", "for backups", &other), <, RESEMBLES);
        issue_free(issue);
}

static void test_owner(void)
{
        struct owner_rule rules[] = {{.kind = (char *)"smartd"}, {.host = (char *)"web*"}, {.job = (char *)"/prune --a/"}, {0}};
        const struct settings settings = {.owners = rules, .owners_n = G_N_ELEMENTS(rules)};
        struct issue *issue = make_issue();
        g_assert_true(owner_of(&settings, issue) == &rules[2]);
        rules[2].kind = (char *)"mdadm";
        g_assert_true(owner_of(&settings, issue) == &rules[3]);
        rules[1].host = (char *)"db*";
        g_assert_true(owner_of(&settings, issue) == &rules[1]);
        issue_free(issue);
}

/* ---- The edits of a tracker, against the recorded ones: a ledger in memory, names that are known. */

static void add_name(GHashTable *names, const char *name, const char *phid)
{
        g_hash_table_insert(names, g_strdup(name), g_strdup(phid));
}

static void know(struct known *known)
{
        GHashTable **tables[] = {&known->projects, &known->users, &known->priorities, &known->closed};
        for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
                *tables[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        known->statuses = g_ptr_array_new();
        known->missing = g_string_new(NULL);
        known->parent = 132324;
        known->parent_phid = g_strdup("PHID-TASK-2o3kmt37d2hqjt3t5tk3");
        known->bot = g_strdup("PHID-USER-bhsc223pcmmifdbigs2b");
        known->open = g_strdup("open");
        known->resolved = g_strdup("resolved");
        known->merged = g_strdup("duplicate");
        add_name(known->projects, "sre", "PHID-PROJ-refiocfg74ejexxdh4ct");
        add_name(known->users, "alice", "PHID-USER-mrylzbwzbkvca7utaqwh");
        add_name(known->priorities, "normal", "");
        add_name(known->closed, "resolved", "");
}

static void make_task(struct conduit *conduit, struct call *call)
{
        g_autoptr(GError) error = NULL;
        char *projects[] = {(char *)"sre"}, *subscribers[] = {(char *)"alice"};
        const struct settings settings = {
                .tracker = {.projects = {projects, 1}, .subscribers = {subscribers, 1}, .priority = (char *)"normal"}};
        struct tracker tracker = {.conduit = *conduit, .settings = &settings, .ledger = ledger_memory(NULL, &error), .now = 1795305600};
        const struct pending act = {.kind = ACT_CREATE_TASK, .uid = (char *)NAME};
        struct outcome outcome = {0};
        struct issue *issue = make_issue();
        g_assert_no_error(error);
        know(&tracker.known);
        g_assert_true(opening_create(&tracker, &act, issue, &outcome, &error));
        g_assert_no_error(error);
        g_assert_cmpint(outcome.sent, ==, SENT_DONE);
        g_assert_cmpstr(outcome.did, ==, "created");
        call->heard = HEARD_OK;
        outcome_release(&outcome);
        issue_free(issue);
        tracker_release(&tracker);
        ledger_free(tracker.ledger);
}

/* The comment itself is made within a run: tests/tracker.sh looks at it there. */
static void comment(struct conduit *conduit, struct call *call)
{
        json_t *changes = json_pack("[o]", opening_change("comment", json_string("x")));
        conduit_call(conduit, "maniphest.edit", json_pack("{s:o, s:s}", "transactions", changes, "objectIdentifier", "T132325"), call);
}

static void test_recorded_edits(void)
{
        if (recorded_skips())
                return;
        compare_with_recorded("019-", "019-", make_task);
        compare_with_recorded("027-", "027-", comment);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/task/description", test_description);
        g_test_add_func("/task/comment", test_comment);
        g_test_add_func("/task/marker", test_marker);
        g_test_add_func("/task/remarkup", test_remarkup);
        g_test_add_func("/task/resemblance", test_resemblance);
        g_test_add_func("/task/owner", test_owner);
        g_test_add_func("/task/recorded edits", test_recorded_edits);
        return g_test_run();
}
