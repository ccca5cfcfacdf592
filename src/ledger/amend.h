/* Changes that no mail makes: a person lifts a doubt, takes back what a mail made, or puts back what stood before.
 * In: maintenances as the ledger has them. Out: verdicts whose sequences and acts go on from there. */
#ifndef MAILCLINIC_LEDGER_AMEND_H
#define MAILCLINIC_LEDGER_AMEND_H

#include "data/decision.h"
#include "ledger/ledger.h"

/* Call off all events of a maintenance. */
void amend_call_off(struct maintenance *maintenance);

/* Write a line of history. */
void amend_say(struct maintenance *maintenance, const struct decision *decision, const char *change);

/* The mail no longer speaks for these maintenances (char *: keys): what it alone has made is called off, what it alone has put CHECK to is
 * sure again. They are added to the verdict unless they are in it. */
bool amend_leave(struct ledger *ledger, const struct entry *entry, const struct decision *decision, struct verdict *verdict,
                 GError **error);

/* Hold each maintenance of the verdict against the ledger: an event that is otherwise has a later sequence than there, and an act. */
bool amend_settle(struct ledger *ledger, const struct decision *decision, const struct policy *policy, struct verdict *verdict,
                  GError **error);

#endif
