/* What forms of the desk do: decisions on a mail, carried out as `mailclinic review` does.
 * In: a form. Out: decisions in the ledger; 303 to the next mail, or a page that says why nothing was done. */
#ifndef MAILCLINIC_DESK_ACT_H
#define MAILCLINIC_DESK_ACT_H

#include "desk.h"

struct answer *act_decide(const struct view *view, GError **error);
struct answer *act_undo(const struct view *view, GError **error);
struct answer *act_note(const struct view *view, GError **error);

#endif
