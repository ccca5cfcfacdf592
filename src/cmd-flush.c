/* mailclinic flush: starts mailclinic-flush, which alone talks to the network and holds secrets.
 * In: the command line. Out: that program in our place. */
#include "cmd.h"

int cmd_flush(int argc G_GNUC_UNUSED, char **argv)
{
        g_autoptr(GError) error = NULL;
        cmd_become("mailclinic-flush", argv, &error);
        return cmd_fail("flush", error);
}
