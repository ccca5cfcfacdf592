/* mailclinic flush: starts mailclinic-flush, which alone talks to the network and holds secrets.
 * In: the command line. Out: that program in our place. */
#include "cmd.h"

#include "base/fail.h"

#include <errno.h>
#include <unistd.h>

#define PROGRAM "mailclinic-flush"

/* Beside this program, built or installed, else where it was to be installed. */
static char *find_program(void)
{
        g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
        g_autofree char *folder = self ? g_path_get_dirname(self) : NULL;
        g_autofree char *beside = folder ? g_build_filename(folder, PROGRAM, NULL) : NULL;
        if (beside && g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
                return g_steal_pointer(&beside);
        return g_build_filename(LIBEXEC_DIR, PROGRAM, NULL);
}

int cmd_flush(int argc G_GNUC_UNUSED, char **argv)
{
        g_autofree char *program = find_program();
        execv(program, argv);
        g_autoptr(GError) error = g_error_new(FAIL, FAIL_SYSTEM, "%s cannot be started: %s", program, g_strerror(errno));
        return cmd_fail("flush", error);
}
