/* The exchanges with a real tracker that are at hand beneath $MAILCLINIC_SHARED, and a server of one answer.
 * In: names of exchanges. Out: requests to compare ours with, answers to be understood. */
#ifndef MAILCLINIC_RECORDED_H
#define MAILCLINIC_RECORDED_H

#include "out/conduit.h"

#define TOKEN "api-xxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* A server of one answer, which keeps the request. */
struct server {
        int status;        /* 0: the connection breaks */
        const char *body;  /* of the answer */
        char *url, *agent; /* of the last request */
        GPtrArray *sent;   /* char *: the bodies of all */
};

/* An exchange whose sender is a struct server. */
bool serve(void *server, const struct request *request, struct answer *answer, GError **error);
void server_clear(struct server *server);
struct conduit connect_to(struct server *server, struct redactor *redactor);

/* The exchange whose name begins so; NULL. Caller frees. */
json_t *recorded(const char *name);

/* Whether there are none; then the test is skipped. */
bool recorded_skips(void);

/* A member of its "request" or "response". Borrowed. */
const char *recorded_member(const json_t *entry, const char *side, const char *key);

/* Two bodies of requests ask for the same, in whatever encoding: PHIDs of one sort are equal; texts of title, description and comment, the
 * token and the usual limit do not count. */
bool is_same_request(const char *sent, const char *wanted);

/* An act of ours against the exchange for it: what is sent, or one of what is, is what was sent then, to the same path, and the call hears
 * what was answered: then, or in another exchange. */
typedef void act_of_ours(struct conduit *conduit, struct call *call);
void compare_with_recorded(const char *name, const char *answer, act_of_ours *act);

#endif
