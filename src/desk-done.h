/* What people did to mails, in the words of their own deed: the bar above the page, and the list beside a mail.
 * In: decisions of the ledger. Out: HTML. */
#ifndef MAILCLINIC_DESK_DONE_H
#define MAILCLINIC_DESK_DONE_H

#include "desk-frame.h"

/* What was done on the page before (`done` and `noted` of the query), to which mail, what came of it, and the way back. */
void done_write(struct markup *markup, const struct view *view);

/* Decisions (struct decision), the newest last. */
void done_write_list(struct markup *markup, const GPtrArray *decisions);

#endif
