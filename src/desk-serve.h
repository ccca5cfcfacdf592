/* The desk's server: HTTP on a socket that was made for it, one request after the other, in the caller's only thread.
 * In: a listening socket. Out: requests handed to the caller; its answers, with what every one of them must say. */
#ifndef MAILCLINIC_DESK_SERVE_H
#define MAILCLINIC_DESK_SERVE_H

#include "desk-request.h"

struct server;

/* Answers a request; what it gives is freed. */
typedef struct answer *server_answer(const struct request *request, void *data);

/* Serve on a listening socket, which is the server's from now on. Of a Unix socket each peer's user is looked at. NULL and an error. Caller
 * frees. */
struct server *server_new(int listening, bool is_unix, server_answer *answer, void *data, GError **error);
void server_free(struct server *server);

/* To be polled for POLLIN, at most so many milliseconds (-1: for ever); then server_run() does what there is to do. */
int server_fd(const struct server *server);
int server_patience(const struct server *server);
void server_run(struct server *server);

#endif
