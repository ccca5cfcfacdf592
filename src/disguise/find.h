/* What looks personal in a text: addresses, hosts, numbers to call, numbers and ids, and the names that greetings, labels and headers tell.
 * In: views. Out: pairs. */
#ifndef MAILCLINIC_FIND_H
#define MAILCLINIC_FIND_H

#include "base/re.h"
#include "disguise/walk.h"

struct find {
        struct pairs *pairs;     /* borrowed; what is found is added */
        struct re_set *patterns; /* borrowed */
        const struct kept *kept; /* borrowed */
        bool has_given_up;       /* a text was too much for a pattern */
};

/* Look through one leaf, whose view is marked. */
void find_in(struct find *find, const struct leaf *leaf);

#endif
