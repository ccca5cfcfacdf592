/* The link that adds an event to a Google Calendar with one click, for teams that add by hand.
 * In: a maintenance and one of its events. Out: a URL. */
#ifndef MAILCLINIC_ADD_LINK_H
#define MAILCLINIC_ADD_LINK_H

#include "out/event.h"

/* https://calendar.google.com/calendar/render?action=TEMPLATE... with title, times in UTC (an event without an end: an hour) and
 * description, which is cut at a line so that the whole is no longer than 16,384 characters. NULL for an event that cannot stand in a
 * calendar. Caller frees. */
char *add_link(const struct listed *listed);

#endif
