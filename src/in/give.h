/* How bytes are handed from one stage of reading a file to the next.
 * In: a buffer. Out: the next bytes in it. */
#ifndef MAILCLINIC_GIVE_H
#define MAILCLINIC_GIVE_H

#include <stdbool.h>

#include <glib.h>

/* Put at most size bytes (more than 0) into the buffer: how many, 0 at the end, -1 and an error. */
typedef gssize (*give_bytes)(void *from, char *buffer, gsize size, GError **error);

#endif
