/* A day as ISO 8601 writes it: "2026-11-24".
 * In: text. Out: its beginning in UTC. */
#ifndef MAILCLINIC_DAY_H
#define MAILCLINIC_DAY_H

#include <stdbool.h>

#include <glib.h>

/* Unix seconds of its beginning, into *at (may be NULL, left as it is where it is no day); false where it is no such day, or NULL. */
bool day_read(const char *text, gint64 *at);

#endif
