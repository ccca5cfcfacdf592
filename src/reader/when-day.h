/* Dates as they are written: day, named month and year in any order, and numbers with the year first.
 * In: tokens. Out: year, month and day, or a weekday. */
#ifndef MAILCLINIC_WHEN_DAY_H
#define MAILCLINIC_WHEN_DAY_H

#include "reader/when-token.h"
#include "reader/when.h"

/* Read the date that begins at token i: how many tokens it takes, and *out's year (0 where not printed), month and day; 0 and *out
 * untouched where there is none. */
guint when_day_at(struct tokens *tokens, guint i, struct when *out);

/* Numbers that are a date but leave open which ("03/09/2030", "14.11.21"): how many tokens; 0 where there is none. */
guint when_numbers_at(struct tokens *tokens, guint i);

/* A weekday, in brackets or not: how many tokens, and *weekday; 0 where there is none. */
guint when_weekday_at(struct tokens *tokens, guint i, int *weekday);

/* A year of four digits that stands alone; 0 where the token is none. */
int when_year_at(struct tokens *tokens, guint i);

/* Whether there is such a day; a year of 0 may be any. */
bool when_is_day(int year, int month, int day);

#endif
