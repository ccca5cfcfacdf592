/* What all commands do alike: parse their options and end with a message and a status.
 * In: the command line, errors. Out: operands, lines on stderr and statuses of sysexits(3). */
#include "cmd.h"

#include "base/fail.h"

#include <errno.h>
#include <stdio.h>

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

int cmd_finish(const char *command, int status)
{
        if (fflush(stdout) == 0 && !ferror(stdout))
                return status;
        g_printerr("mailclinic %s: the output could not be written: %s\n", command, g_strerror(errno));
        return EX_IOERR;
}
