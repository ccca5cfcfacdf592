/* Conduit, the protocol of Phabricator and Phorge (TRACKER.md "Protocol"): a call and what its answer means.
 * In: a method and its parameters. Out: the result, or what is wrong, in words that hold no token. */
#ifndef MAILCLINIC_CONDUIT_H
#define MAILCLINIC_CONDUIT_H

#include "out/exchange.h"
#include "out/redact.h"

#include <jansson.h>

struct conduit {
        exchange *send;
        void *sender;
        const char *url, *contact, *token; /* the base URL; borrowed. contact NULL: none */
        struct redactor *redactor;         /* borrowed */
        gint64 pause, last;                /* microseconds from one request to the next; when the last one was sent */
};

enum heard {
        HEARD_OK,
        HEARD_BUSY,    /* it wants fewer requests, or takes no changes now: nothing was done */
        HEARD_NOTHING, /* no answer, or none of Conduit's: what was done is not known */
        HEARD_REFUSAL, /* an error of this call; what was done is not known */
        HEARD_LOGIN,   /* the token is missing, revoked or not valid: nothing was done */
};

struct call {
        enum heard heard;
        json_t *result; /* HEARD_OK: neither NULL nor JSON null */
        char *why;      /* all else: "maniphest.edit: ..." */
};

/* Call a method with an object of parameters, which is taken. The call is to be released by call_release(). */
void conduit_call(struct conduit *conduit, const char *method, json_t *params, struct call *call);
void call_release(struct call *call);

/* Called for one member of `data` after the other; false: no more are wanted. */
typedef bool conduit_each(const json_t *item, void *data);

/* Page through a search, 100 at a time. HEARD_OK without a result: all were seen, or no more wanted. */
void conduit_search(struct conduit *conduit, const char *method, json_t *params, conduit_each *each, void *data, struct call *call);

#endif
