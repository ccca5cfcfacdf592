/* Windows along time, as bars.
 * In: a roundup. Out: a drawing and a table in HTML. */
#ifndef MAILCLINIC_REPORT_TIME_H
#define MAILCLINIC_REPORT_TIME_H

#include "out/markup.h"
#include "out/roundup.h"

/* The windows to come, up to so many bytes of the page; what overlaps with other work is told. */
void report_time(struct markup *markup, const struct roundup *roundup, gsize room);

/* How many more there are than are listed; none: nothing. */
void report_more(struct markup *markup, guint n);

#endif
