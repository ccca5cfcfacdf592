/* mailclinic: picks the command.
 * In: the command line. Out: the command's exit status. */
#include "config.h"

#include "base/fail.h"
#include "cmd.h"
#include "out/paint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct command {
        const char *name;
        int (*run)(int argc, char **argv);
        const char *summary;
} commands[] = {
        {"deliver", cmd_deliver, "take one mail from the mail server and record what it means"},
        {"explain", cmd_explain, "show what one mail says, and which line matched which filter"},
        {"replay", cmd_replay, "read whole mailboxes, record them and show what each mail comes to"},
        {"fingerprint", cmd_fingerprint, "show what would be one issue, and why"},
        {"publish", cmd_publish, "write the calendar to files, to subscribe to or to sync"},
        {"flush", cmd_flush, "carry out what is queued for the calendars"},
        {"status", cmd_status, "show how things stand"},
        {"review", cmd_review, "list the mails that need you, look at one, and decide"},
        {"issue", cmd_issue, "list the problems that root@ mail tells of, and say what you want of them"},
        {"backup", cmd_backup, "copy the ledger to a directory that can be put in its place"},
        {"prune", cmd_prune, "remove mails that are kept long enough"},
        {"oncall", cmd_oncall, "show who has clinic duty, and who is next"},
        {"check", cmd_check, "look for faults in the configuration and in every filter"},
};

static void print_help(void)
{
        printf("Usage: mailclinic COMMAND [OPTION...] [FILE...]\n"
               "Read vendors' maintenance notices from mail.\n\n"
               "Commands:\n");
        for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
                printf("  %-11s %s\n", commands[i].name, commands[i].summary);
        printf("\nOptions:\n"
               "  --help    show this\n"
               "  --version show the version\n\n"
               "'mailclinic COMMAND --help' tells of a command's own options.\n"
               "With no configuration at all, the shipped filters are used; MAILCLINIC_FILTERS names another directory.\n");
}

/* How many letters must be changed, left out or put in to make one word of the other (Levenshtein). */
static guint distance(const char *one, const char *other)
{
        gsize n = strlen(other);
        g_autofree guint *row = g_new(guint, n + 1);
        for (guint j = 0; j <= n; j++)
                row[j] = j;
        for (guint i = 1; one[i - 1] != '\0'; i++) {
                guint diagonal = row[0];
                row[0] = i;
                for (gsize j = 1; j <= n; j++) {
                        guint changed = diagonal + (one[i - 1] != other[j - 1]);
                        diagonal = row[j];
                        row[j] = MIN(changed, MIN(row[j], row[j - 1]) + 1);
                }
        }
        return row[n];
}

static int refuse(const char *word)
{
        const struct command *nearest = commands;
        for (gsize i = 1; i < G_N_ELEMENTS(commands); i++)
                if (distance(word, commands[i].name) < distance(word, nearest->name))
                        nearest = &commands[i];
        g_printerr("mailclinic: no command '%s'; did you mean '%s'? See 'mailclinic --help'.\n", word, nearest->name);
        return EX_USAGE;
}

int main(int argc, char **argv)
{
        const char *word = argc > 1 ? argv[1] : "";
        paint_begin(strcmp(word, "deliver") != 0); /* a mail server shows nothing, and has many mails */
        for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
                if (strcmp(word, commands[i].name) == 0)
                        return commands[i].run(argc - 1, argv + 1);
        if (strcmp(word, "--version") == 0) {
                printf("mailclinic %s\n", PACKAGE_VERSION);
                return EX_OK;
        }
        if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
                print_help();
                return EX_OK;
        }
        if (*word != '\0')
                return refuse(word);
        print_help();
        return EX_USAGE;
}
