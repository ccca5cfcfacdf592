/* The day of an all-day entry: what a contract says of days, the deadlines first, and which of them a person takes.
 * In: texts that a filter found in the mail. Out: fields. */
#ifndef MAILCLINIC_DESK_DAY_H
#define MAILCLINIC_DESK_DAY_H

#include "desk-form.h"

/* The fields: day and vendor. A deadline that is the one day named is proposed; any other days are offered, and none of them is chosen. */
void day_write(struct markup *markup, const struct choice *choice, const GPtrArray *told);

/* The day that was taken, "" where none was asked for; caller frees, of an error (FAIL_USAGE) too. */
bool day_take(const struct request *request, char **day, GError **error);

#endif
