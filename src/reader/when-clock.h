/* Times of day as they are written: 08:01, 8:01:00 p.m., 20h00, 0830 hrs, 8 PM, 12 noon.
 * In: tokens. Out: hour, minute and second. */
#ifndef MAILCLINIC_WHEN_CLOCK_H
#define MAILCLINIC_WHEN_CLOCK_H

#include "reader/when-token.h"
#include "reader/when.h"

/* Read the time of day that begins at token i: how many tokens it takes, and *out's hour, minute and second; 0 and *out untouched where
 * there is none. "08.01" counts without more words only if may_be_dotted. */
guint when_clock_at(struct tokens *tokens, guint i, bool may_be_dotted, struct when *out);

/* "AM", "p.m.": how many tokens, and which half of the day; 0 where there is none. */
guint when_half_at(struct tokens *tokens, guint i, bool *is_pm);

/* An hour of the half day as one of 0 to 23, -1 where there is none such; "14:00 PM" is what it says. */
int when_hour_of_half(int hour, bool is_pm);

#endif
