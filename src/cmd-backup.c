/* mailclinic backup: copies the ledger, while deliveries go on, to a directory that can be put in its place.
 * In: the configuration, the ledger. Out: a directory; a line that says what is in it. */
#include "cmd.h"

#include "base/fail.h"
#include "data/settings.h"
#include "ledger/backup.h"

#include <stdio.h>

static bool parse(char **config, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, config, "read this configuration", "FILE"},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("DIR - copy the ledger");
        g_option_context_set_summary(context, "Bring the copy of the ledger in DIR up to date: database, decisions, raw mails.");
        g_option_context_set_description(context, "To restore it, put DIR in the place of the ledger's directory.");
        g_option_context_add_main_entries(context, entries, NULL);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (*argc != 2)
                g_set_error(error, FAIL, FAIL_USAGE, "one directory is to be named; see 'mailclinic backup --help'");
        return *argc == 2;
}

static bool run(const struct settings *settings, const char *directory, GError **error)
{
        g_autofree char *from = settings_ledger(settings), *database = g_build_filename(from, "ledger.sqlite", NULL);
        struct copied copied;
        /* To open a ledger would make one. */
        if (!g_file_test(database, G_FILE_TEST_EXISTS)) {
                g_set_error(error, FAIL, FAIL_INPUT, "%s: there is no ledger yet", from);
                return false;
        }
        struct ledger *ledger = ledger_open(from, error);
        bool is_fine = ledger && backup_write(ledger, directory, &copied, error);
        ledger_free(ledger);
        if (is_fine)
                printf("%s: the ledger, its decisions and %u raw mails, %u of them new\n", directory, copied.mails, copied.new_mails);
        return is_fine;
}

int cmd_backup(int argc, char **argv)
{
        g_autofree char *config = NULL;
        g_autoptr(GError) error = NULL;
        struct settings *settings = parse(&config, &argc, &argv, &error) ? settings_load(config, &error) : NULL;
        if (settings)
                run(settings, argv[1], &error);
        g_clear_pointer(&settings, settings_free);
        return error ? cmd_fail("backup", error) : cmd_finish("backup", EX_OK);
}
