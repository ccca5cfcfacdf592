/* The socket that the desk is reached by: of this machine, or of this user alone.
 * In: a port, or a path. Out: a listening socket, and how to get there. */
#ifndef MAILCLINIC_DESK_LISTEN_H
#define MAILCLINIC_DESK_LISTEN_H

#include <stdbool.h>

#include <glib.h>

struct listening {
        int fd;
        int port;   /* on 127.0.0.1; 0: a Unix socket */
        char *path; /* of the Unix socket; NULL */
};

/* Listen on 127.0.0.1 at a port ("0": a free one) or, where the text is no number, at a Unix socket (0600) of this path; one that nobody
 * listens at any more is replaced. An error where that cannot be had. To be given to listening_end(). */
bool listening_begin(const char *where, struct listening *listening, GError **error);

/* Remove the path; the socket itself is its server's. */
void listening_end(struct listening *listening);

#endif
