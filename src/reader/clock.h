/* The clock of one vendor's mail: what its zone words mean.
 * In: zone texts as mails print them. Out: zones. */
#ifndef MAILCLINIC_CLOCK_H
#define MAILCLINIC_CLOCK_H

#include "data/filter.h"
#include "reader/block.h"
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

/* The zones that texts were found to mean, by the filter that says so (which must outlive the set); also that they mean none. */
struct zone_set;
struct zone_set *zone_set_new(void);
void zone_set_free(struct zone_set *set);

/* Between mails: forget all if there is much, or if is_doubtful (a search gave up while they were found). */
void zone_set_trim(struct zone_set *set, bool is_doubtful);

/* The zone that a text means to this vendor: its own zone words, then those of all, then the built-in ones. NULL where it is unknown. Owned
 * by the search's zones, until they are trimmed. */
const struct zone *clock_zone(const struct clock *clock, struct search *search, const char *text, gsize length);

/* The clock's own zone; NULL where it has none. Owned in the same manner. */
const struct zone *clock_own_zone(const struct clock *clock, struct search *search);

#endif
