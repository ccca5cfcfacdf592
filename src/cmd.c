/* What all commands do alike: parse their options and end with a message and a status.
 * In: the command line, errors. Out: operands, lines on stderr and statuses of sysexits(3). */
#include "cmd.h"

#include "base/fail.h"

bool cmd_parse(GOptionContext *context, int *argc, char ***argv, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        g_autofree char *name = g_strdup((*argv)[0]);
        g_autofree char *program = g_strconcat("mailclinic ", name, NULL);
        g_set_prgname(program); /* for the usage line of --help */
        if (g_option_context_parse(context, argc, argv, &wrong))
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "%s; see 'mailclinic %s --help'", wrong->message, name);
        return false;
}

int cmd_fail(const char *command, const GError *error)
{
        g_printerr("mailclinic %s: %s\n", command, error->message);
        return fail_status(error);
}
