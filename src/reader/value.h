/* Values and labels as filters compare them: white space folded, decoration dropped, case and accents forgotten.
 * In: text of a mail or a filter. Out: its comparable form. */
#ifndef MAILCLINIC_VALUE_H
#define MAILCLINIC_VALUE_H

#include <stdbool.h>

#include "data/filter.h"

#include <glib.h>

/* A captured value: trimmed, white space folded to one blank, enclosing '*' dropped. Caller frees. */
char *value_fold(const char *text, gsize length);

/* A label or column heading in the form in which labels are equal: without case, accents, '*', doubled blanks and a last colon. Caller
 * frees. */
char *value_label(const char *text, gsize length);

/* Whether a folded value means nothing: "", "-", "--", "_", "N/A", "NA", "TBD", or one of the filter's own words. */
bool value_is_empty(const char *value, const struct words *empty);

/* Whether two ids are the same once case, blanks, '#' and the leading zeros of their numbers are left aside. */
bool value_same_id(const char *a, const char *b);

#endif
