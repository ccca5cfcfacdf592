/* Replayed mails as one page that stands by itself: what needs a person and why, maintenances and issues, what differs from the ledger.
 * In: gathered mails. Out: HTML. */
#ifndef MAILCLINIC_REPLAY_HTML_H
#define MAILCLINIC_REPLAY_HTML_H

#include "out/replayed.h"

#include <stdio.h>

struct replay_page {
        const GPtrArray *mails;       /* struct gathered */
        const GPtrArray *differences; /* struct difference (out/difference.h); NULL: not asked for */
        bool is_why;                  /* what every mail rests on, not only those that need a person */
};

void replay_html_print(FILE *out, const struct replay_page *page);

#endif
