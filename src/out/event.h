/* iCalendar text of events, by libical (writing only; CALENDAR.md 1 and 2).
 * In: a maintenance and its events. Out: bytes that depend on nothing else. */
#ifndef MAILCLINIC_EVENT_H
#define MAILCLINIC_EVENT_H

#include "data/maintenance.h"
#include "data/settings.h"

/* An event of a maintenance; both borrowed. */
struct listed {
        const struct maintenance *maintenance;
        const struct event *event;
};

/* Whether the event can stand in a calendar: it has a start that iCalendar can write (years 1 to 9999). */
bool event_is_datable(const struct event *event);

/* A calendar object of this one event (RFC 4791 4.1: no METHOD), SEQUENCE as given. Caller frees. */
char *event_object(const struct listed *listed, enum cancel_mode mode, int sequence);

/* A calendar to subscribe to, of these events (array of struct listed) in their order, with their own SEQUENCE; asks to be fetched hourly.
 * Caller frees. */
char *event_feed(const char *name, const GArray *events);

/* The first day and the day after the last one that an all-day event covers, as Unix seconds of their midnights in UTC. */
void event_days(const struct event *event, gint64 *first, gint64 *after);

#endif
