/* What all commands do alike: parse their options and end with a message and a status.
 * In: the command line, errors. Out: operands, lines on stderr and statuses of sysexits(3). */
#include "cmd.h"

#include "base/fail.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

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

/* Beside this program, built or installed, else where it was to be installed. Caller frees. */
static char *find_program(const char *name)
{
        g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
        g_autofree char *folder = self ? g_path_get_dirname(self) : NULL;
        g_autofree char *beside = folder ? g_build_filename(folder, name, NULL) : NULL;
        if (beside && g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
                return g_steal_pointer(&beside);
        return g_build_filename(LIBEXEC_DIR, name, NULL);
}

void cmd_become(const char *name, char **argv, GError **error)
{
        g_autofree char *program = find_program(name);
        execv(program, argv);
        g_set_error(error, FAIL, FAIL_SYSTEM, "%s cannot be started: %s", program, g_strerror(errno));
}
