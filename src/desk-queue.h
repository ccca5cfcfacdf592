/* The queue, and what is resolved, as pages.
 * In: a view. Out: HTML. */
#ifndef MAILCLINIC_DESK_QUEUE_H
#define MAILCLINIC_DESK_QUEUE_H

#include "desk.h"

struct answer *queue_page(const struct view *view, GError **error);
struct answer *resolved_page(const struct view *view, GError **error);

/* The id of the mail after (or before) one in the queue; 0: there is none. */
gint64 queue_beside(const struct view *view, gint64 mail, bool is_before);

#endif
