/* Windows: from the fields of a row to two instants in UTC (FILTERS.md "How it reads" 7).
 * In: captures of a row and of the mail around it, the zone words and forms of a filter. Out: start and end, with what is doubtful about
 * them. */
#ifndef MAILCLINIC_SPAN_H
#define MAILCLINIC_SPAN_H

#include "data/reading.h"
#include "reader/block.h"
#include "reader/capture.h"
#include "reader/zone.h"

#include <glib.h>

/* What is needed to understand the times of one vendor's mail. */
struct clock {
        const struct vendor_filter *vendor; /* its zone words; borrowed */
        const struct zone_words *zones;     /* those of all vendors; borrowed, may be NULL */
        const struct words *forms;          /* the filter's strptime forms; borrowed */
        const char *zone;                   /* tz name where the mail prints none; borrowed, NULL: none */
        gint64 written;                     /* when the mail was written; MAIL_NO_DATE where unknown */
};

/* The zone that a text means to this vendor: its own zone words, then those of all, then the built-in ones. Caller frees; NULL where it is
 * unknown. */
struct zone *clock_zone(const struct clock *clock, struct search *search, const char *text, gsize length);

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
