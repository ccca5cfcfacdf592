/* The checks of one pattern: it compiles, its captures are fields, and no text makes it slow.
 * In: a pattern and its place. Out: faults. */
#ifndef MAILCLINIC_CHECK_PATTERN_H
#define MAILCLINIC_CHECK_PATTERN_H

#include "base/re.h"
#include "data/place.h"

#include <glib.h>

/* The texts that patterns are timed on. */
struct trial;

struct trial *trial_new(void);
void trial_free(struct trial *trial);

/* Append what is wrong with the pattern at a place. Patterns that only ever see short texts are not timed. */
void check_pattern(const struct trial *trial, struct re_set *patterns, const char *path, const struct place *place, GPtrArray *faults);

#endif
