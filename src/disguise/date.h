/* Whether letters and digits beside one another tell a time.
 * In: a run of letters and digits. Out: yes or no. */
#ifndef MAILCLINIC_DISGUISE_DATE_H
#define MAILCLINIC_DISGUISE_DATE_H

#include "disguise/kept.h"

/* "20310402", "02042031", "20310402T0800Z", "203104020800", "02Apr2031", "0800UTC": a date, a time, or a number with a word that is kept.
 */
bool date_is(const struct kept *kept, const char *text, gsize length);

#endif
