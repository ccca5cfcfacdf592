/* What can go wrong outside a mail: one GError domain whose codes are the exit statuses of sysexits(3).
 * In: nothing. Out: the domain and the status of an error. */
#include "base/fail.h"

GQuark fail_quark(void)
{
        return g_quark_from_static_string("mailclinic");
}

int fail_status(const GError *error)
{
        return error->domain == FAIL ? error->code : EX_SOFTWARE;
}
