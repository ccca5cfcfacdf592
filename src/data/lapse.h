/* A length of time as people write it: "12h", "7 days", "4 weeks".
 * In: text. Out: seconds. */
#ifndef MAILCLINIC_LAPSE_H
#define MAILCLINIC_LAPSE_H

#include <stdbool.h>

#include <glib.h>

/* From one hour to 9999 weeks, into *seconds (may be NULL); false where it is no such length. */
bool lapse_read(const char *text, gint64 *seconds);

#endif
