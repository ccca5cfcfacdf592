/* What a root@ mail means, cell by cell: written from DESIGN.md "resolution", "Who sent it" and "root@", not from the program.
 * In: rows. Out: TAP. */
#include "decide/decide-root.h"

#include <string.h>

#define HOUR (gint64)3600
#define DAY  (24 * HOUR)
#define NOW  (gint64)1900000000 /* when the mail came */
#define NAME "rmf00112233445566778899aabbccddeeff"

/* What the mail is. */
enum {
        OURS = 0,
        STRANGE = 1,   /* not from a host of ours */
        REST = 2,      /* of no known kind */
        SENSITIVE = 4, /* of a kind that is kept from the public */
        ANSWER = 8,    /* it refers to another mail */
        WELL = 16,
        ECHO = 32,        /* sent by the tracker */
        UNSURE = 64,      /* not read as it should be */
        UNSET = 128,      /* `internal:` is not given */
        RESTRICTED = 256, /* the tracker keeps tasks from the public */
};

/* Rules: 3 within 7 days; quiet after 30 days. Ages are days before the mail. */
static const struct row {
        const char *what;
        int mail;
        int phase; /* of the issue as it was; -1: there was none */
        int last;  /* its age */
        int recent;
        enum issue_wish wish;
        int until; /* days from the mail on, of a snooze */
        gint64 task;
        enum resolution resolution;
        int after; /* a phase; -1: it is no sighting */
        const char *acts;
} rows[] = {
        {"the first of it", OURS, -1, 0, 0, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_NEW, ""},
        {"the second", OURS, ISSUE_NEW, 1, 1, 0, 0, 0, RESOLUTION_NONE, ISSUE_NEW, ""},
        {"the third within the time", OURS, ISSUE_NEW, 1, 2, 0, 0, 0, RESOLUTION_TASK, ISSUE_RECURRING, "create 0"},
        {"the third, but the others are old", OURS, ISSUE_NEW, 8, 0, 0, 0, 0, RESOLUTION_NONE, ISSUE_NEW, ""},
        {"a new one after quiet is no return", OURS, ISSUE_NEW, 90, 0, 0, 0, 0, RESOLUTION_NONE, ISSUE_NEW, ""},
        {"it recurs, and the task is not there yet", OURS, ISSUE_RECURRING, 1, 0, 0, 0, 0, RESOLUTION_NONE, ISSUE_RECURRING, "create 0"},
        {"it recurs, with a task", OURS, ISSUE_RECURRING, 1, 0, 0, 0, 7, RESOLUTION_NONE, ISSUE_RECURRING, "comment 21990"},
        {"just not quiet", OURS, ISSUE_RECURRING, 30, 0, 0, 0, 7, RESOLUTION_NONE, ISSUE_RECURRING, "comment 21990"},
        {"back after quiet", OURS, ISSUE_RECURRING, 31, 0, 0, 0, 7, RESOLUTION_TASK, ISSUE_BACK, "reopen 1"},
        {"back, and there never was a task", OURS, ISSUE_RECURRING, 31, 0, 0, 0, 0, RESOLUTION_TASK, ISSUE_BACK, "create 0"},
        {"back already, seen again", OURS, ISSUE_BACK, 1, 1, 0, 0, 7, RESOLUTION_NONE, ISSUE_BACK, "comment 21990"},
        {"back, and often enough", OURS, ISSUE_BACK, 1, 2, 0, 0, 7, RESOLUTION_NONE, ISSUE_RECURRING, "comment 21990"},
        {"back for the second time", OURS, ISSUE_BACK, 40, 0, 0, 0, 7, RESOLUTION_TASK, ISSUE_BACK, "reopen 1"},
        {"an old mail that comes late is no return", OURS, ISSUE_RECURRING, -40, 0, 0, 0, 7, RESOLUTION_NONE, ISSUE_RECURRING,
         "comment 21990"},
        {"all is well", WELL, ISSUE_RECURRING, 1, 0, 0, 0, 7, RESOLUTION_NONE, -1, ""},
        {"all is well, the first of it", WELL, -1, 0, 0, 0, 0, 0, RESOLUTION_NONE, -1, ""},
        {"the tracker's own", ECHO, ISSUE_RECURRING, 1, 0, 0, 0, 7, RESOLUTION_REVIEW, -1, ""},
        {"not read as it should be", UNSURE, ISSUE_RECURRING, 1, 0, 0, 0, 7, RESOLUTION_REVIEW, -1, ""},
        {"not read as it should be, whatever it says", UNSURE | WELL, -1, 0, 0, 0, 0, 0, RESOLUTION_REVIEW, -1, ""},
        {"a stranger's, the first", STRANGE, -1, 0, 0, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_NEW, ""},
        {"a stranger's, the third", STRANGE, ISSUE_NEW, 1, 2, 0, 0, 0, RESOLUTION_NONE, ISSUE_RECURRING, ""},
        {"a stranger's, of one with a task", STRANGE, ISSUE_RECURRING, 1, 0, 0, 0, 7, RESOLUTION_NONE, ISSUE_RECURRING, ""},
        {"a stranger's after quiet", STRANGE, ISSUE_RECURRING, 31, 0, 0, 0, 7, RESOLUTION_REVIEW, ISSUE_BACK, ""},
        {"nobody is ours: the first", UNSET, -1, 0, 0, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_NEW, ""},
        {"nobody is ours: the third", UNSET, ISSUE_NEW, 1, 2, 0, 0, 0, RESOLUTION_NONE, ISSUE_RECURRING, ""},
        {"of no known kind, the first", REST, -1, 0, 0, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_NEW, ""},
        {"of no known kind, the third", REST, ISSUE_NEW, 1, 2, 0, 0, 0, RESOLUTION_NONE, ISSUE_RECURRING, ""},
        {"of no known kind, an answer", REST | ANSWER, ISSUE_RECURRING, 1, 2, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_RECURRING, ""},
        {"sensitive, the first", SENSITIVE, -1, 0, 0, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_NEW, ""},
        {"sensitive, the third", SENSITIVE, ISSUE_NEW, 1, 2, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_RECURRING, ""},
        {"sensitive, known", SENSITIVE, ISSUE_RECURRING, 1, 2, 0, 0, 0, RESOLUTION_NONE, ISSUE_RECURRING, ""},
        {"sensitive, back", SENSITIVE, ISSUE_RECURRING, 31, 0, 0, 0, 0, RESOLUTION_REVIEW, ISSUE_BACK, ""},
        {"sensitive, the third, and kept", SENSITIVE | RESTRICTED, ISSUE_NEW, 1, 2, 0, 0, 0, RESOLUTION_TASK, ISSUE_RECURRING, "create 0"},
        {"ignored", OURS, ISSUE_NEW, 1, 2, ISSUE_IGNORE, 0, 0, RESOLUTION_NONE, ISSUE_RECURRING, ""},
        {"ignored, and back", OURS, ISSUE_RECURRING, 31, 0, ISSUE_IGNORE, 0, 7, RESOLUTION_NONE, ISSUE_BACK, ""},
        {"snoozed", OURS, ISSUE_RECURRING, 31, 0, ISSUE_SNOOZE, 1, 7, RESOLUTION_NONE, ISSUE_BACK, ""},
        {"snoozed till now", OURS, ISSUE_RECURRING, 31, 0, ISSUE_SNOOZE, 0, 7, RESOLUTION_TASK, ISSUE_BACK, "reopen 1"},
        {"snoozed, of no known kind", REST | ANSWER, ISSUE_NEW, 1, 0, ISSUE_SNOOZE, 1, 0, RESOLUTION_NONE, ISSUE_NEW, ""},
};

static struct reading *reading_of(int mail)
{
        struct reading *reading = reading_new();
        struct root *root = reading->root = root_new();
        reading->stream = STREAM_ROOT;
        reading->message_id = g_strdup("m@example.org");
        reading->sender = mail & (STRANGE | UNSET) ? SENDER_UNCHECKED : SENDER_PASSED;
        reading->needs_person = mail & UNSURE;
        reading->thread.received = NOW;
        reading->date = NOW - 400 * DAY; /* the sender's clock does not count */
        if (mail & ANSWER)
                g_ptr_array_add(reading->thread.references, g_strdup("n@example.org"));
        root->kind = g_strdup("cron");
        root->title = g_strdup("cron: report on db1001.example.org from db1001, take 2");
        root->signature = g_strdup("cron\njob: report\n\nerror");
        root->field[ROOT_HOST] = g_strdup("db1001.example.org");
        root->is_well = mail & WELL;
        root->is_echo = mail & ECHO;
        root->is_rest = mail & REST;
        root->is_sensitive = mail & SENSITIVE;
        return reading;
}

static struct issue *issue_of(const struct row *row)
{
        struct issue *issue = issue_new(NAME);
        issue->kind = g_strdup("cron");
        issue->title = g_strdup("cron: report");
        issue->sightings = 10;
        issue->first_seen = NOW - 100 * DAY;
        issue->last_seen = NOW - row->last * DAY;
        issue->phase = (enum issue_phase)row->phase;
        issue->quiet_after = 30 * DAY;
        issue->wish = row->wish;
        issue->snoozed_until = NOW + row->until * DAY;
        issue->is_fileable = true;
        issue->task.state = row->task ? TASK_FILED : TASK_NONE;
        issue->task.number = row->task;
        return issue;
}

static struct root_policy policy_of(int mail)
{
        return (struct root_policy){
                .rules = {.after = 3, .within = 7 * DAY, .quiet_after = 30 * DAY},
                .has_internal = !(mail & UNSET),
                .is_view_restricted = mail & RESTRICTED,
                .act_from = G_MININT64,
        };
}

/* "create 0, comment 21990". Caller frees. */
static char *acts_of(const struct verdict *verdict)
{
        static const char *const words[] = {[ACT_CREATE_TASK] = "create", [ACT_COMMENT_TASK] = "comment", [ACT_REOPEN_TASK] = "reopen"};
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < verdict->acts->len; i++) {
                const struct act *act = verdict->acts->pdata[i];
                g_assert_cmpstr(act->uid, ==, NAME);
                g_string_append_printf(text, "%s%s %d", i ? ", " : "", words[act->kind], act->sequence);
        }
        return g_string_free(g_steal_pointer(&text), FALSE);
}

static void test_row(gconstpointer data)
{
        const struct row *row = data;
        struct reading *reading = reading_of(row->mail);
        struct issue *issue = row->phase < 0 ? NULL : issue_of(row);
        struct root_policy policy = policy_of(row->mail);
        struct root_past past = {.fingerprint = NAME, .via = NAME, .issue = issue, .recent = row->recent, .newest = NOW};
        struct verdict *verdict = decide_root(&past, reading, &policy);
        g_autofree char *acts = acts_of(verdict);
        g_assert_cmpstr(resolution_word(verdict->resolution), ==, resolution_word(row->resolution));
        g_assert_cmpstr(acts, ==, row->acts);
        g_assert_cmpuint(verdict->reasons->len, >, 0);
        g_assert_cmpint(verdict->sighted != NULL, ==, (int)row->after >= 0);
        g_assert_nonnull(verdict->sighting);
        g_assert_cmpint(verdict->sighting->issue != NULL, ==, (int)row->after >= 0);
        if (verdict->sighted) {
                g_assert_cmpstr(issue_phase_word(verdict->sighted->phase), ==, issue_phase_word((enum issue_phase)row->after));
                g_assert_cmpint(verdict->sighted->sightings, ==, issue ? 11 : 1);
        }
        verdict_free(verdict);
        issue_free(issue);
        reading_free(reading);
}

/* The issue as it is afterwards. */
static void test_issue(void)
{
        const struct row row = {.phase = ISSUE_RECURRING, .last = 1};
        struct reading *reading = reading_of(OURS);
        struct issue *issue = issue_of(&row);
        struct root_policy policy = policy_of(OURS);
        struct root_past past = {.fingerprint = NAME, .via = "rmf01", .issue = issue, .template = "error <*>", .newest = NOW};
        struct verdict *verdict = decide_root(&past, reading, &policy);
        const struct issue *now = verdict->sighted;
        g_assert_cmpstr(now->title, ==, "cron: report on <*> from <*>, take <*>");
        g_assert_cmpstr(now->template, ==, "error <*>");
        g_assert_cmpstr(now->field[ROOT_HOST], ==, "db1001.example.org");
        g_assert_cmpstr(now->newest_id, ==, "m@example.org");
        g_assert_cmpint(now->first_seen, ==, NOW - 100 * DAY);
        g_assert_cmpint(now->last_seen, ==, NOW);
        g_assert_true(now->is_fileable);
        g_assert_cmpstr(verdict->sighting->via, ==, "rmf01");
        g_assert_cmpstr(verdict->sighting->issue, ==, NAME);
        g_assert_cmpstr(verdict->sighting->host, ==, "db1001.example.org");
        g_assert_cmpint(verdict->sighting->at, ==, NOW);
        g_assert_true(verdict->sighting->is_ours);
        verdict_free(verdict);
        issue_free(issue);
        reading_free(reading);
}

/* A stranger's mail alone makes nothing that may be filed, nor does mail of no known kind. */
static void test_fileable(void)
{
        static const struct {
                int mail;
                bool is_fileable;
        } cases[] = {{OURS, true}, {STRANGE, false}, {UNSET, false}, {REST, false}, {SENSITIVE, true}};
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
                struct reading *reading = reading_of(cases[i].mail);
                struct root_policy policy = policy_of(cases[i].mail);
                struct root_past past = {.fingerprint = NAME, .via = NAME, .newest = READING_NO_TIME};
                struct verdict *verdict = decide_root(&past, reading, &policy);
                g_assert_cmpint(verdict->sighted->is_fileable, ==, cases[i].is_fileable);
                verdict_free(verdict);
                reading_free(reading);
        }
}

/* What a stranger writes is never the same problem as ours, however it is dressed. */
static void test_stranger(void)
{
        struct reading *ours = reading_of(OURS), *strange = reading_of(STRANGE), *unset = reading_of(UNSET);
        struct root_policy policy = policy_of(OURS), none = policy_of(UNSET);
        g_autofree char *a = decide_root_signature(ours, &policy), *b = decide_root_signature(strange, &policy),
                        *c = decide_root_signature(unset, &none);
        g_assert_cmpstr(a, ==, "cron\njob: report\n\nerror");
        g_assert_cmpstr(b, !=, a);
        g_assert_true(strcspn(b, "\n") < strlen(b) && !g_str_has_prefix(b, "cron\n"));
        g_assert_cmpstr(c, ==, a);
        reading_free(ours);
        reading_free(strange);
        reading_free(unset);
}

static void test_act_from(void)
{
        const struct row row = {.phase = ISSUE_NEW, .last = 1};
        struct reading *reading = reading_of(OURS);
        struct issue *issue = issue_of(&row);
        struct root_policy policy = policy_of(OURS);
        struct root_past past = {.fingerprint = NAME, .via = NAME, .issue = issue, .recent = 2, .newest = NOW};
        policy.act_from = NOW + 1;
        struct verdict *verdict = decide_root(&past, reading, &policy);
        g_assert_cmpuint(verdict->acts->len, ==, 0);
        verdict_free(verdict);
        policy.act_from = NOW;
        verdict = decide_root(&past, reading, &policy);
        g_assert_cmpuint(verdict->acts->len, ==, 1);
        verdict_free(verdict);
        issue_free(issue);
        reading_free(reading);
}

static void test_time(void)
{
        struct reading *reading = reading_new();
        reading->thread.received = READING_NO_TIME;
        g_assert_cmpint(decide_root_time(reading, NOW), ==, NOW);
        g_assert_cmpint(decide_root_time(reading, READING_NO_TIME), ==, 0);
        reading->date = NOW - DAY;
        g_assert_cmpint(decide_root_time(reading, NOW), ==, NOW - DAY);
        reading->thread.received = NOW - HOUR;
        g_assert_cmpint(decide_root_time(reading, NOW), ==, NOW - HOUR);
        reading_free(reading);
}

/* Nothing was read of it. */
static void test_failed(void)
{
        struct reading *reading = reading_failed(STREAM_ROOT, "reader failed");
        struct verdict *verdict = decide_root(NULL, reading, NULL);
        g_assert_cmpint(verdict->resolution, ==, RESOLUTION_REVIEW);
        g_assert_null(verdict->sighting);
        g_assert_null(verdict->issue);
        verdict_free(verdict);
        reading_free(reading);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *path = g_strdup_printf("/decide-root/%s", rows[i].what);
                g_test_add_data_func(path, &rows[i], test_row);
        }
        g_test_add_func("/decide-root-beside/issue", test_issue);
        g_test_add_func("/decide-root-beside/fileable", test_fileable);
        g_test_add_func("/decide-root-beside/stranger", test_stranger);
        g_test_add_func("/decide-root-beside/act-from", test_act_from);
        g_test_add_func("/decide-root-beside/time", test_time);
        g_test_add_func("/decide-root-beside/failed", test_failed);
        return g_test_run();
}
