/* The signature of a root@ mail: what it says once all that varies is masked.
 * In: its kind's filter, its fields, its text. Out: kind and key fields, then the lines of the body. */
#ifndef MAILCLINIC_SIGNATURE_H
#define MAILCLINIC_SIGNATURE_H

#include "data/filter.h"
#include "data/root.h"
#include "reader/block.h"

/* "cron\njob: /usr/bin/x <*>\n\nline\n...": the kind, each field of the key that the mail gives, and where the key has `body` an empty line
 * and the lines of the text: those that `ignore` takes left out, the filter's masks applied, then the name of the host and the built-in
 * masks (reader/mask.h); each line once; one that is indented begins with one blank. Caller frees. */
char *signature_make(struct search *search, const struct root_filter *filter, const struct root *root, const char *text);

#endif
