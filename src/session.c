/* A connection to the tracker of the configuration, with its login.
 * In: the configuration. Out: calls can be made. */
#include "session.h"

#include "base/limits.h"

enum { PAUSE_SECONDS = 1 };

bool session_open(struct session *session, const struct tracker_settings *settings, struct redactor *redactor, struct conduit *conduit,
                  GError **error)
{
        *session = (struct session){0};
        session->login = login_of_tracker(settings, &session->url, error);
        if (!session->login)
                return false;
        session->http = http_new(NULL);
        http_set_limit(session->http, LIMIT_ANSWER_TASKS);
        *conduit = (struct conduit){
                .send = http_send,
                .sender = session->http,
                .url = session->url,
                .contact = settings->contact,
                .token = session->login->token,
                .redactor = redactor,
                .pause = settings_cap(settings->pause, PAUSE_SECONDS) * G_USEC_PER_SEC,
        };
        return true;
}

void session_close(struct session *session)
{
        http_free(session->http);
        login_free(session->login);
        g_free(session->url);
        *session = (struct session){0};
}
