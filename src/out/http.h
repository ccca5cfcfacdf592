/* HTTP by libcurl; in mailclinic-flush alone, since starting with libcurl costs more than reading a mail.
 * In: a request and who we are. Out: an answer. */
#ifndef MAILCLINIC_HTTP_H
#define MAILCLINIC_HTTP_H

#include "out/exchange.h"
#include "out/login.h"

struct http;

/* A connection that is kept from request to request. The login is borrowed; NULL: none. */
struct http *http_new(const struct login *login);
void http_free(struct http *http);

/* How long an answer may be; 1 MB unless it is said. */
void http_set_limit(struct http *http, gsize bytes);

/* An exchange whose sender is a struct http. Redirects are not followed; a longer body is an error; 10 s to connect, 30 s for all. */
bool http_send(void *http, const struct request *request, struct answer *answer, GError **error);

#endif
