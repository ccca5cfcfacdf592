/* One problem of root@ mail with all that is known of it.
 * In: a ledger, a fingerprint. Out: text for people, or JSON. */
#ifndef MAILCLINIC_ISSUE_SHOW_H
#define MAILCLINIC_ISSUE_SHOW_H

#include "ledger/issues.h"
#include "out/paint.h"

bool issue_show(struct ledger *ledger, const char *fingerprint, bool is_json, const struct paint *paint, GError **error);

#endif
