/* One maintenance over its whole life, as a page: its events, what the calendar says of it, and the mails that made it.
 * In: a view. Out: HTML. */
#ifndef MAILCLINIC_DESK_WORK_H
#define MAILCLINIC_DESK_WORK_H

#include "desk.h"

struct answer *work_page(const struct view *view, GError **error);

#endif
