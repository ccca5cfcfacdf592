/* mailclinic issue: the problems of root@ mail: list them, look at one, say what is wanted of it.
 * In: the ledger, a person's words. Out: text for people; decisions in the ledger and in decisions.jsonl. */
#include "base/fail.h"
#include "cmd.h"
#include "issue-list.h"
#include "issue-show.h"
#include "review-decide.h"
#include "setup.h"

#include <string.h>

struct issue_command {
        struct setup_options shared;
        gboolean is_open, is_quiet, is_all, is_json;
        const struct action *action;
        char **words; /* operands behind the action; borrowed */
        int n_words;
        struct setup *setup;
        struct ledger *ledger;
        struct paint paint;
};

struct action {
        const char *name;
        int (*run)(struct issue_command *command, GError **error); /* a status; -1 and an error */
        int least, most;                                           /* operands */
        const char *operands;
        enum deed deed;
};

/* What stands in the tracker is asked by the one program that has the network: it takes our place. */
static int ask_tracker(struct issue_command *command, GError **error)
{
        char *argv[8] = {(char *)"issue", (char *)command->action->name};
        int n = 2;
        if (command->shared.config) {
                argv[n++] = (char *)"--config";
                argv[n++] = command->shared.config;
        }
        if (command->is_open)
                argv[n++] = (char *)"--open";
        if (command->is_json)
                argv[n++] = (char *)"--json";
        cmd_become("mailclinic-flush", argv, error);
        return -1;
}

static int list(struct issue_command *command, GError **error)
{
        if (command->is_open && settings_has_tracker(command->setup->settings))
                return ask_tracker(command, error);
        struct issue_listing listing = {command->is_open, command->is_quiet, command->is_all, command->is_json};
        return issue_list(command->ledger, &listing, &command->paint, error) ? EX_OK : -1;
}

static int show(struct issue_command *command, GError **error)
{
        g_autofree char *name = ledger_issue_name(command->ledger, command->words[0], error);
        return name && issue_show(command->ledger, name, command->is_json, &command->paint, error) ? EX_OK : -1;
}

static bool say_standing(struct issue_command *command, const char *fingerprint, GError **error)
{
        struct issue *issue = ledger_issue(command->ledger, fingerprint, error);
        if (!issue)
                return false;
        g_autofree char *standing = issue_standing(issue), *task = issue_task(issue);
        paint_print(&command->paint, STYLE_PLAIN, "%s: %s%s%s; %s\n", issue->fingerprint, standing, task ? ", task " : "", task ? task : "",
                    issue->title);
        issue_free(issue);
        return true;
}

static int decide(struct issue_command *command, GError **error)
{
        struct decision *decision = review_decision(command->action->deed);
        const char *text = command->n_words > 1 ? command->words[1] : NULL;
        decision->issue = ledger_issue_name(command->ledger, command->words[0], error);
        bool is_done = decision->issue && review_detail(command->ledger, decision, text, error) &&
                       review_wish(command->ledger, decision, error) && say_standing(command, decision->issue, error);
        decision_free(decision);
        return is_done ? EX_OK : -1;
}

static const struct action actions[] = {
        {"list", list, 0, 0, "nothing", DEED_NOTE},
        {"show", show, 1, 1, "an issue", DEED_NOTE},
        {"snooze", decide, 1, 2, "an issue, and until when", DEED_SNOOZE},
        {"merge", decide, 2, 2, "an issue, and the one that it is the same as", DEED_MERGE},
        {"ignore", decide, 1, 1, "an issue", DEED_IGNORE},
        {"undo", decide, 1, 1, "an issue", DEED_UNDO_ISSUE},
        {"link", decide, 2, 2, "an issue and its task", DEED_LINK},
        {"import", ask_tracker, 0, 0, "nothing", DEED_NOTE},
};

static const struct action *find_action(const char *name)
{
        for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
                if (strcmp(actions[i].name, name) == 0)
                        return &actions[i];
        return NULL;
}

static bool take_operands(struct issue_command *command, int argc, char **argv, GError **error)
{
        const char *name = argc > 1 ? argv[1] : "list";
        command->action = find_action(name);
        command->words = argv + MIN(argc, 2);
        command->n_words = MAX(argc - 2, 0);
        if (!command->action)
                g_set_error(error, FAIL, FAIL_USAGE, "no action '%s'; there are list, show, snooze, merge, ignore, undo, link, import",
                            name);
        else if (command->n_words < command->action->least || command->n_words > command->action->most)
                g_set_error(error, FAIL, FAIL_USAGE, "%s takes %s; see 'mailclinic issue --help'", name, command->action->operands);
        else if ((command->is_open || command->is_quiet || command->is_all) && command->action->run != list)
                g_set_error(error, FAIL, FAIL_USAGE, "--open, --quiet and --all go with list");
        else
                return true;
        return false;
}

static bool parse(struct issue_command *command, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &command->shared.config, "read this configuration", "FILE"},
                {"open", 'o', 0, G_OPTION_ARG_NONE, &command->is_open, "list: all open tasks of the tracker, else what is to have one",
                 NULL},
                {"quiet", 'q', 0, G_OPTION_ARG_NONE, &command->is_quiet, "list: what was not seen for long", NULL},
                {"all", 'a', 0, G_OPTION_ARG_NONE, &command->is_all, "list: ignored and merged ones too", NULL},
                {"json", 'j', 0, G_OPTION_ARG_NONE, &command->is_json, "list, show: JSON, one issue a line", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new(
                "[list | show ISSUE | snooze ISSUE [UNTIL] | merge ISSUE INTO | ignore ISSUE | undo ISSUE | link ISSUE TASK | import]");
        g_option_context_set_summary(context, "The problems that root@ mail tells of, and what you want of them.\n"
                                              "ISSUE is a fingerprint, or as much of its beginning as is its alone.");
        g_option_context_add_main_entries(context, entries, NULL);
        return cmd_parse(context, argc, argv, error) && take_operands(command, *argc, *argv, error);
}

/* An empty ledger is not made only because somebody looks. */
static struct ledger *open_ledger(const struct issue_command *command, GError **error)
{
        g_autofree char *directory = settings_ledger(command->setup->settings);
        g_autofree char *file = g_build_filename(directory, "ledger.sqlite", NULL);
        return g_file_test(file, G_FILE_TEST_EXISTS) ? ledger_open(directory, error) : ledger_memory(NULL, error);
}

int cmd_issue(int argc, char **argv)
{
        struct issue_command command = {.paint = paint_of(stdout)};
        g_autoptr(GError) error = NULL;
        int status = -1;
        if (parse(&command, &argc, &argv, &error))
                command.setup = setup_settings(&command.shared, &error);
        if (command.setup)
                command.ledger = open_ledger(&command, &error);
        if (command.ledger)
                status = command.action->run(&command, &error);
        ledger_free(command.ledger);
        setup_free(command.setup);
        setup_options_clear(&command.shared);
        return error ? cmd_fail("issue", error) : cmd_finish("issue", status);
}
