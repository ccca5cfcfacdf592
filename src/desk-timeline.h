/* Maintenances along time, and where they overlap, as a page.
 * In: a view. Out: HTML with bars in SVG. */
#ifndef MAILCLINIC_DESK_TIMELINE_H
#define MAILCLINIC_DESK_TIMELINE_H

#include "desk.h"

struct answer *timeline_page(const struct view *view, GError **error);

#endif
