/* What is handed over, gathered from the ledger and the roster.
 * In: a ledger, the configuration, a time. Out: a struct roundup. */
#ifndef MAILCLINIC_ROUNDUP_FILL_H
#define MAILCLINIC_ROUNDUP_FILL_H

#include "data/settings.h"
#include "ledger/ledger.h"
#include "out/roundup.h"

enum { ROUNDUP_LISTED = 4000 }; /* mails that are listed one by one; older ones are counted */

/* As of `now`: what was handled in the days before, what is to come in as many days as `days_ahead`. NULL and an error. Caller frees. */
struct roundup *roundup_fill(struct ledger *ledger, const struct settings *settings, gint64 now, int days, int days_ahead, GError **error);

#endif
