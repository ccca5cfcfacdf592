/* The check that every entry of a filter's `notices` can be reached.
 * In: the places of a filter file. Out: faults. */
#ifndef MAILCLINIC_CHECK_NOTICE_H
#define MAILCLINIC_CHECK_NOTICE_H

#include <glib.h>

/* Append a fault for each notice before which stands another that takes every mail that it could take. Only what is certain is told. */
void check_notices(const char *path, const GPtrArray *places, GPtrArray *faults);

#endif
