/* Reading of root@ mail: of which kind it is, what its fields are, what tells it from others (FILTERS.md "root@ filters").
 * In: a mail, the filters of its kinds, the hosts that are ours. Out: struct root in a reading. */
#ifndef MAILCLINIC_ROOT_MAIL_H
#define MAILCLINIC_ROOT_MAIL_H

#include "data/reading.h"
#include "reader/classify.h"
#include "reader/reader.h"

/* Fill reading->root, its sender, confidence and reasons. Where no filter takes the mail, not even one for the rest, it needs a person. */
void root_mail_read(struct search *search, const struct envelope *envelope, const struct reader *reader, struct reading *reading);

#endif
