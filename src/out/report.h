/* The report: one page that stands by itself, of what was handled, what waits and what comes.
 * In: a roundup. Out: HTML. */
#ifndef MAILCLINIC_REPORT_H
#define MAILCLINIC_REPORT_H

#include "out/roundup.h"

/* Caller frees. */
char *report_html(const struct roundup *roundup, gsize *length);

#endif
