/* The clinician's desk: what its pages share.
 * In: the configuration, the filters, a browser's requests. Out: answers. */
#ifndef MAILCLINIC_DESK_H
#define MAILCLINIC_DESK_H

#include "desk-gate.h"
#include "ledger/ledger.h"
#include "reader/confine.h"
#include "setup.h"

struct desk {
        struct setup *setup;
        struct gate *gate;
        struct confined *reader, *pager; /* NULL: no child can be had */
        GBytes *style, *script, *icon;
        char *mark; /* of those three: it changes with them */
};

/* What one page is made of; all borrowed. */
struct view {
        const struct desk *desk;
        struct ledger *ledger;
        const struct request *request;
        const struct session *session;
};

/* Answer a request (desk-serve.h); data is the desk. */
struct answer *desk_answer(const struct request *request, void *data);

#endif
