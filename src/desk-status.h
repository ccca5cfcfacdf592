/* How things stand, as a page.
 * In: a view. Out: HTML. */
#ifndef MAILCLINIC_DESK_STATUS_H
#define MAILCLINIC_DESK_STATUS_H

#include "desk.h"

struct answer *status_page(const struct view *view, GError **error);

#endif
