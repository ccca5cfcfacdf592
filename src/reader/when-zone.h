/* Where the text of a time zone stands beside a time: "UTC", "GMT+3", "( Pacific )", "MDT (Mountain Daylight Time)", "Europe/Paris".
 * In: tokens. Out: how many of them; what they mean is the matter of zone.h and of a filter's `zones`. */
#ifndef MAILCLINIC_WHEN_ZONE_H
#define MAILCLINIC_WHEN_ZONE_H

#include "reader/when-token.h"

/* How many tokens from i on are the text of a zone; 0 where there is none. Any words in brackets count if is_whole_value (a vendor's own
 * word for a place may stand there), in a running line only those that look like a zone. */
guint when_zone_at(struct tokens *tokens, guint i, bool is_whole_value);

/* Whether a word at token i is one that zone.h knows. */
bool when_zone_is_named_at(struct tokens *tokens, guint i);

#endif
