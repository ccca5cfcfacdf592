/* What the calendar part of a mail says by itself (FILTERS.md "What is read", ICS): fields, windows and circuits that patterns win over.
 * In: an attempt whose patterns are read. Out: the attempt with what only the calendar says. */
#ifndef MAILCLINIC_INVITE_H
#define MAILCLINIC_INVITE_H

#include "reader/extract.h"

/* Add the events of the mail's calendar to the attempt's fields, windows and circuits where these are still without. */
void invite_read(struct attempt *attempt);

/* Add the account that the calendar beside a text names, where it is of the same maintenance and the text names none. */
void invite_account(struct attempt *attempt);

/* Whether the mail's calendar says other times, or another end, than the notices: a phrase for a reason, NULL where it agrees or there is
 * none. Caller frees. */
char *invite_differs(const struct attempt *attempt);

#endif
