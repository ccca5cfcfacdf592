/* Who may see the desk: a one-use token from the terminal becomes a cookie, and every form carries a word that only our pages know.
 * In: requests. Out: sessions; or why nothing is served. */
#ifndef MAILCLINIC_DESK_GATE_H
#define MAILCLINIC_DESK_GATE_H

#include "desk-request.h"

struct gate;

/* One browser that was let in. */
struct session {
        char *cookie; /* the value that it sends */
        char *form;   /* the word that its forms carry */
};

/* A gate with nobody let in. NULL and an error if the system has no random numbers. Caller frees. */
struct gate *gate_new(GError **error);
void gate_free(struct gate *gate);

/* A new token for one browser, 32 hexadecimal digits; tokens before it hold no longer. NULL and an error. Borrowed. */
const char *gate_token(struct gate *gate, GError **error);

/* What is wrong with a request whoever sent it: a foreign host (whose name may lead here all the same: DNS rebinding), a foreign page, or
 * another user. NULL: nothing. Caller frees. */
struct answer *gate_refuse(const struct request *request);

/* Let a browser in that brings the token: 303 to the queue, with the cookie; else 403. Caller frees. */
struct answer *gate_open(struct gate *gate, const struct request *request);

/* The session whose cookie the request has; NULL: none. Borrowed. */
const struct session *gate_session(const struct gate *gate, const struct request *request);

/* Whether a form is of one of this session's pages. */
bool gate_is_own_form(const struct session *session, const struct request *request);

#endif
