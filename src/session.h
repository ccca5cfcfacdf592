/* A connection to the tracker of the configuration, with its login.
 * In: the configuration. Out: calls can be made. */
#ifndef MAILCLINIC_SESSION_H
#define MAILCLINIC_SESSION_H

#include "out/conduit.h"
#include "out/http.h"

struct session {
        struct login *login;
        struct http *http;
        char *url;
};

/* Make a connection to call on: nothing is sent yet. Settings and redactor are borrowed. false and an error: there is no login. */
bool session_open(struct session *session, const struct tracker_settings *settings, struct redactor *redactor, struct conduit *conduit,
                  GError **error);
void session_close(struct session *session);

#endif
