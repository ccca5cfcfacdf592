/* Times as all that is shown says them.
 * In: instants. Out: texts. */
#ifndef MAILCLINIC_TELL_H
#define MAILCLINIC_TELL_H

#include <glib.h>

/* "2031-03-10 22:00", UTC; "" for a time that is none (G_MININT64). Caller frees. */
char *tell_minute(gint64 at);

/* "2031-03-10"; "" for none. Caller frees. */
char *tell_day(gint64 at);

/* "Tue 2031-03-10 22:00 to 02:00": the day of the end only where it is another. Caller frees. */
char *tell_span(gint64 start, gint64 end);

/* A length of time in its largest unit: "3 days", "5 hours", "1 minute". Caller frees. */
char *tell_age(gint64 seconds);

#endif
