/* mailclinic issue import, and issue list --open: what stands beneath the parent in the tracker, whoever made it.
 * In: the command line, the configuration, the ledger, the tracker. Out: lines for people. */
#include "issue-import.h"

#include "base/fail.h"
#include "cmd.h"
#include "data/pack.h"
#include "out/columns.h"
#include "out/lookup.h"
#include "out/owner.h"
#include "out/resemble.h"
#include "out/task.h"
#include "out/tracker.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60, SHORT_NAME = 11 };

struct command {
        char *config;
        gboolean is_open, is_json;
        bool is_import;
        struct settings *settings;
        struct ledger *ledger;
        struct tracker tracker;
        GPtrArray *issues; /* struct issue */
        GPtrArray *tasks;  /* struct seen_task */
        gint64 now;
};

/* ---- What there is. */

static void free_task(gpointer data)
{
        seen_task_clear(data);
        g_free(data);
}

static bool keep_task(const struct seen_task *task, void *data)
{
        struct seen_task *kept = g_new0(struct seen_task, 1);
        *kept = (struct seen_task){
                .number = task->number,
                .phid = g_strdup(task->phid),
                .title = g_strdup(task->title),
                .status = g_strdup(task->status),
                .priority = g_strdup(task->priority),
                .description = g_strdup(task->description),
                .created_at = task->created_at,
                .is_ours = task->is_ours,
        };
        g_ptr_array_add(data, kept);
        return true;
}

static bool keep_name(const struct issue *issue, void *data)
{
        g_ptr_array_add(data, g_strdup(issue->fingerprint));
        return true;
}

static bool load_issues(struct command *command, GError **error)
{
        g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
        bool is_good = ledger_issues(command->ledger, keep_name, names, error);
        for (guint i = 0; is_good && i < names->len; i++) {
                struct issue *issue = ledger_issue(command->ledger, names->pdata[i], error);
                is_good = issue != NULL;
                if (issue)
                        g_ptr_array_add(command->issues, issue);
        }
        return is_good;
}

static bool ask(struct command *command, GError **error)
{
        struct outcome outcome;
        struct call call = {0};
        tracker_open(&command->tracker, &outcome);
        if (outcome.sent == SENT_DONE) {
                lookup_subtasks(&command->tracker.conduit, &command->tracker.known, true, keep_task, command->tasks, &call);
                outcome.sent = call.heard == HEARD_OK ? SENT_DONE : SENT_BUSY;
                outcome.why = g_strdup(call.why);
        }
        bool is_good = outcome.sent == SENT_DONE;
        if (!is_good)
                g_set_error(error, FAIL, outcome.sent == SENT_STOP ? FAIL_CONFIG : FAIL_IO, "tracker: %s", outcome.why);
        call_release(&call);
        outcome_release(&outcome);
        return is_good;
}

/* ---- What belongs together. */

static const struct issue *issue_of_task(const struct command *command, gint64 number)
{
        for (guint i = 0; i < command->issues->len; i++) {
                const struct issue *issue = command->issues->pdata[i];
                if (issue->task.state == TASK_FILED && issue->task.number == number)
                        return issue;
        }
        return NULL;
}

/* Our own task, which this ledger does not know of: an older copy of the ledger was put back. */
static const struct issue *marked_issue(const struct command *command, const struct seen_task *task)
{
        for (guint i = 0; task->is_ours && task->description && i < command->issues->len; i++) {
                const struct issue *issue = command->issues->pdata[i];
                if (issue->task.state != TASK_FILED && task_is_of(task->description, issue->fingerprint))
                        return issue;
        }
        return NULL;
}

/* The issue without a task that a task resembles most; NULL: none does. */
static const struct issue *likely_issue(const struct command *command, const struct seen_task *task, char **why)
{
        const struct issue *best = NULL;
        int most = RESEMBLES - 1;
        *why = NULL;
        for (guint i = 0; i < command->issues->len; i++) {
                const struct issue *issue = command->issues->pdata[i];
                g_autofree char *reason = NULL;
                int weight = issue->task.state == TASK_NONE && issue->wish != ISSUE_MERGED
                                     ? resemblance(issue, task->title, task->description, &reason)
                                     : 0;
                if (weight <= most)
                        continue;
                most = weight;
                best = issue;
                g_free(*why);
                *why = g_steal_pointer(&reason);
        }
        return best;
}

/* ---- Lines. */

static char *age_of(const struct command *command, const struct seen_task *task)
{
        return g_strdup_printf("%" G_GINT64_FORMAT " d", MAX(command->now - task->created_at, 0) / DAY_SECONDS);
}

static void print_json(const struct command *command, const struct seen_task *task, const struct issue *issue, const char *why)
{
        json_t *json = json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:b, s:o}", "task", (json_int_t)task->number, "age_days",
                                 (json_int_t)((command->now - task->created_at) / DAY_SECONDS), "status", pack_text(task->status),
                                 "priority", pack_text(task->priority), "title", pack_text(task->title), "issue",
                                 pack_text(issue ? issue->fingerprint : NULL), "is_ours", (int)task->is_ours, "why", pack_text(why));
        char *text = json_dumps(json, JSON_COMPACT);
        printf("%s\n", text);
        free(text);
        json_decref(json);
}

static bool adopt(struct command *command, const struct seen_task *task, const struct issue *issue, GError **error)
{
        return issue_filed(command->ledger, issue->fingerprint, task->number, task->phid, false, error) &&
               issue_told(command->ledger, issue, task->created_at, error);
}

/* One task's line: which issue it is of, or might be. */
static bool add_row(struct command *command, struct columns *columns, const struct seen_task *task, GError **error)
{
        g_autofree char *name = g_strdup_printf("T%" G_GINT64_FORMAT, task->number), *age = age_of(command, task);
        g_autofree char *why = NULL, *resembles = NULL;
        const struct issue *issue = issue_of_task(command, task->number), *marked = issue ? NULL : marked_issue(command, task);
        const struct issue *likely = issue || marked || !command->is_import ? NULL : likely_issue(command, task, &resembles);
        if (marked && command->is_import && !adopt(command, task, marked, error))
                return false;
        if (issue || marked)
                why = g_strdup(issue ? "its task" : command->is_import ? "its marker: adopted" : "its marker");
        else if (likely)
                why = g_strdup_printf("%s: mailclinic issue link %.*s %s", resembles, SHORT_NAME, likely->fingerprint, name);
        issue = issue ? issue : marked ? marked : likely;
        if (command->is_json) {
                print_json(command, task, issue, why);
                return true;
        }
        g_autofree char *short_name = issue ? g_strndup(issue->fingerprint, SHORT_NAME) : NULL;
        columns_add(columns, (struct cell[]){{.text = name, .style = STYLE_BOLD},
                                             {.text = age},
                                             {.text = task->status},
                                             {.text = task->priority},
                                             {.text = short_name},
                                             {.text = task->title},
                                             {.text = why}});
        return true;
}

static bool list(struct command *command, GError **error)
{
        static const struct column heads[] = {
                {.head = "task"},  {.head = "age", .is_number = true}, {.head = "status"}, {.head = "priority"},
                {.head = "issue"}, {.head = "title", .widest = 60},    {.head = "why"}};
        struct columns *columns = columns_new(heads, G_N_ELEMENTS(heads));
        struct paint paint = paint_of(stdout);
        bool is_good = true;
        for (guint i = 0; is_good && i < command->tasks->len; i++)
                is_good = add_row(command, columns, command->tasks->pdata[i], error);
        if (is_good && !command->is_json)
                columns_print(columns, &paint, 0);
        columns_free(columns);
        return is_good;
}

static bool finish_import(struct command *command, GError **error)
{
        const char *parent = command->settings->tracker.parent;
        if (!tracker_set_imported(command->ledger, parent, error))
                return false;
        if (!command->is_json)
                printf("%u open subtasks of %s were looked at; from now on tasks are made for the issues that have none.\n",
                       command->tasks->len, parent);
        return true;
}

/* ---- The command. */

static bool is_sound(const struct command *command, GError **error)
{
        g_autofree char *path = settings_where(command->config);
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        owner_check(command->settings, NULL, path, faults);
        if (!settings_has_tracker(command->settings))
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: no tracker is configured", path);
        else if (faults->len)
                g_propagate_error(error, g_error_copy(faults->pdata[0]));
        else
                return true;
        return false;
}

static bool work(struct command *command, GError **error)
{
        struct redactor *redactor = redactor_new();
        struct session session;
        command->tracker = (struct tracker){.settings = command->settings, .ledger = command->ledger, .now = command->now};
        bool is_good = session_open(&session, &command->settings->tracker, redactor, &command->tracker.conduit, error);
        if (is_good)
                is_good = load_issues(command, error) && ask(command, error) && list(command, error);
        if (is_good && command->is_import)
                is_good = finish_import(command, error);
        tracker_release(&command->tracker);
        session_close(&session);
        redactor_free(redactor);
        return is_good;
}

static bool parse(struct command *command, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &command->config, "read this configuration", "FILE"},
                {"open", 'o', 0, G_OPTION_ARG_NONE, &command->is_open, "list: all open subtasks of the parent", NULL},
                {"json", 'j', 0, G_OPTION_ARG_NONE, &command->is_json, "print JSON, one task a line", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("import | list --open");
        g_option_context_add_main_entries(context, entries, NULL);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        command->is_import = *argc == 2 && g_str_equal((*argv)[1], "import");
        if (command->is_import || (*argc == 2 && g_str_equal((*argv)[1], "list") && command->is_open))
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "expected is 'import' or 'list --open'");
        return false;
}

int issue_network(int argc, char **argv)
{
        struct command command = {.now = g_get_real_time() / G_USEC_PER_SEC};
        g_autoptr(GError) error = NULL;
        command.issues = g_ptr_array_new_with_free_func((GDestroyNotify)issue_free);
        command.tasks = g_ptr_array_new_with_free_func(free_task);
        command.settings = parse(&command, &argc, &argv, &error) ? settings_load(command.config, &error) : NULL;
        g_autofree char *directory = command.settings ? settings_ledger(command.settings) : NULL;
        if (command.settings && is_sound(&command, &error))
                command.ledger = ledger_open(directory, &error);
        if (command.ledger)
                work(&command, &error);
        ledger_free(command.ledger);
        g_clear_pointer(&command.settings, settings_free);
        g_ptr_array_unref(command.issues);
        g_ptr_array_unref(command.tasks);
        g_free(command.config);
        return error ? cmd_fail("issue", error) : cmd_finish("issue", EX_OK);
}
