/* When a problem of root@ mail is to have a task, and when it is quiet: of its kind, by the configuration and the filters.
 * In: the configuration, the filters, a kind. Out: numbers. */
#ifndef MAILCLINIC_RULES_H
#define MAILCLINIC_RULES_H

#include "data/filter.h"
#include "data/settings.h"

struct rules {
        int after;                  /* so many mails ... */
        gint64 within, quiet_after; /* ... within so many seconds; seconds without one */
};

/* What `kinds:` of the configuration says of the kind, else its filter, else `open:` and `quiet:` of the configuration, else 3 within 7
 * days and 30 days; each of the three by itself. Filters may be NULL. */
struct rules rules_for(const struct settings *settings, const struct filters *filters, const char *kind);

#endif
