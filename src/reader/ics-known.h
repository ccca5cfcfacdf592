/* Properties that a calendar part with maintenance properties may hold.
 * In: its content lines. Out: notes of those that nobody knows. */
#ifndef MAILCLINIC_ICS_KNOWN_H
#define MAILCLINIC_ICS_KNOWN_H

#include <glib.h>

/* Note each property of an event that is none of RFC 5545, RFC 7986, the BCOP for maintenance notices, or a calendar program's own: it may
 * be one of ours under a new name. Parts without maintenance properties hold whatever their programs like, and are not looked at. */
void ics_note_unknown(const GPtrArray *lines, GPtrArray *notes);

#endif
