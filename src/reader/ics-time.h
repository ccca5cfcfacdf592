/* When the events of an iCalendar part take place: DTSTART, DTEND, DURATION, RRULE, RDATE, EXDATE and RECURRENCE-ID (RFC 5545 3.8).
 * In: parsed components. Out: instants in UTC. */
#ifndef MAILCLINIC_ICS_TIME_H
#define MAILCLINIC_ICS_TIME_H

#include "data/calendar.h"

#include <glib.h>

struct icalcomponent_impl; /* libical's icalcomponent */
struct ics_clock;          /* the zones of one calendar, and the occurrences that were moved */

struct ics_span {
        gint64 start, end; /* UTC Unix seconds; CALENDAR_NO_TIME where unknown; for a whole day the midnights in UTC */
};

/* events: struct icalcomponent_impl *, all of the calendar; what is doubtful is added to notes. Both and the calendar are borrowed and must
 * outlive the clock. Caller frees. */
struct ics_clock *ics_clock_new(struct icalcomponent_impl *calendar, const GPtrArray *events, GPtrArray *notes);
void ics_clock_free(struct ics_clock *clock);

/* Fill in start_text, end_text and is_all_day of an event, and append each of its occurrences, the first included, to spans (struct
 * ics_span). Only plain rules are followed (FREQ=DAILY, WEEKLY or MONTHLY with COUNT or UNTIL). */
void ics_clock_read(struct ics_clock *clock, struct icalcomponent_impl *component, struct calendar_event *event, GArray *spans);

#endif
