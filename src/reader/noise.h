/* Noise: mail that asks for nothing, and requests that want a person's decision (FILTERS.md "Noise filters").
 * In: a mail and the noise filters. Out: the filter that takes it, and what it makes of the reading. */
#ifndef MAILCLINIC_NOISE_H
#define MAILCLINIC_NOISE_H

#include "data/reading.h"
#include "reader/classify.h"

/* The first filter with this resolution that takes the mail, NULL where none does: all of its keys match, and nothing of `unless` does. */
const struct noise_filter *noise_find(struct search *search, const struct envelope *envelope, const struct filters *filters,
                                      enum resolution resolution);

/* Say in the reading which filter took the mail, and what it tells. */
void noise_say(struct search *search, const struct mail *mail, const struct noise_filter *noise, struct reading *reading);

/* The reading is of noise, or for a person where the filter says so or a window was found that is to come. */
void noise_take(const struct noise_filter *noise, struct reading *reading);

#endif
