/* The problems of root@ mail as pages: the list with counts and hosts, and one of them with its mails and what is wanted of it.
 * In: a view. Out: HTML; wishes in the ledger. */
#ifndef MAILCLINIC_DESK_ISSUES_H
#define MAILCLINIC_DESK_ISSUES_H

#include "desk.h"

struct answer *issues_page(const struct view *view, GError **error);
struct answer *issue_page(const struct view *view, GError **error);

/* The form of an issue: snooze, ignore, undo. */
struct answer *issue_wish(const struct view *view, GError **error);

#endif
