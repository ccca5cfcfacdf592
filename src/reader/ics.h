/* iCalendar (RFC 5545) with the BCOP maintenance properties, by libical (parsing only; CALENDAR.md 2 lists its traps).
 * In: the bytes of a part. Out: a struct calendar, and the properties as lines for patterns. */
#ifndef MAILCLINIC_ICS_H
#define MAILCLINIC_ICS_H

#include "data/calendar.h"

#include "reader/zone.h"

#include <glib.h>

/* Whether a part's bytes are iCalendar, whatever its type says: BEGIN:VCALENDAR stands at their start. */
gboolean ics_is_calendar(const char *bytes, gsize length);

/* Parse. Missing leading blanks of folded lines are mended. Zones by name (zone.h), by VTIMEZONE only where the name is unknown; a day
 * without a time is the midnights of UTC. NULL and an error naming what was wrong ("the calendar part is over 512 kB"). Caller frees. */
struct calendar *ics_read(const char *bytes, gsize length, GError **error);

/* One line "NAME:value" for each property of each event, names in capitals, unfolded and unescaped ("\\n" in a value becomes a line break,
 * so that the words of a DESCRIPTION are lines); a time is followed by the zone of its TZID ("DTSTART:20210714T080000 Europe/Paris"); an
 * empty line after each event. DTSTAMP, CREATED, LAST-MODIFIED and X-ALT-DESC are left out. "" where the part is refused. Caller frees. */
char *ics_lines(const char *bytes, gsize length);

#endif
