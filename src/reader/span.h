/* Windows: from the fields of a row to two instants in UTC (FILTERS.md "How it reads" 7).
 * In: captures of a row and of the mail around it, the zone words and forms of a filter. Out: start and end, with what is doubtful about
 * them. */
#ifndef MAILCLINIC_SPAN_H
#define MAILCLINIC_SPAN_H

#include "data/reading.h"
#include "reader/block.h"
#include "reader/capture.h"
#include "reader/clock.h"

#include <glib.h>

/* The window that a row says; what the row lacks is taken from `around` (fields outside the rows). A start or end that cannot be understood
 * is READING_NO_TIME, and each doubt is added to doubts, what was worked out rather than read to notes (char *). NULL where neither row nor
 * around give a start; a row's `backup` marks the window. Caller frees. */
struct window *span_read(const struct clock *clock, struct search *search, const struct captures *row, const struct captures *around,
                         GPtrArray *doubts, GPtrArray *notes);

/* The instant of a time found in a line, its zone taken from the text, else `zone` (may be NULL), else the clock's. false where it cannot
 * be known. */
struct when;
bool span_instant(const struct clock *clock, struct search *search, const char *text, const struct when *when, const struct zone *zone,
                  gint64 *at);

#endif
