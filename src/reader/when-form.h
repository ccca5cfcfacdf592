/* strptime forms of a filter (FILTERS.md `dates`), read more freely than strptime does.
 * In: a form and text. Out: the parts of a date and time. */
#ifndef MAILCLINIC_WHEN_FORM_H
#define MAILCLINIC_WHEN_FORM_H

#include "reader/when.h"

/* Match a form at byte `at` of the text: where the match ends, and *out; 0 and *out untouched where it does not match. Blanks in the form
 * are any number of blanks and commas; numbers may lack leading zeros; names of months and weekdays may be short or full, in any language;
 * after minutes also seconds and AM or PM are read. */
gsize when_form_at(const char *form, const char *text, gsize at, struct when *out);

/* The part of a form that is a date ("%m/%d/%Y" of "%m/%d/%Y %H:%M"); NULL where it has none, or is nothing else. Caller frees. */
char *when_form_date(const char *form);

#endif
