/* The parent's end of the socket to a child: bytes out, lines in, each within a time.
 * In: bytes. Out: lines. */
#ifndef MAILCLINIC_WIRE_H
#define MAILCLINIC_WIRE_H

#include <stdbool.h>

#include <glib.h>

struct wire {
        int socket;      /* -1: there is none */
        gint64 deadline; /* in monotonic microseconds */
        GString *unread; /* what came after the last line; NULL: there is no socket */
};

/* What became of a wait for a line. */
enum wire_wait { WIRE_LINE, WIRE_TOO_LONG, WIRE_LATE, WIRE_CLOSED };

/* The socket is owned from now on. */
void wire_open(struct wire *wire, int socket);

/* Also where it is closed, or was never opened. */
void wire_close(struct wire *wire);

/* What is asked from now on must be done in so many seconds; or in as many more at least. */
void wire_allow(struct wire *wire, int seconds);
void wire_allow_more(struct wire *wire, int seconds);

/* Send both, or as much as the other end takes: one that is dead or stuck is found out when its line is waited for. */
void wire_send(const struct wire *wire, const void *head, gsize head_length, const void *body, gsize body_length);

/* The next line, of LIMIT_READING_LINE bytes at most, without its line break. *line (caller frees) is untouched unless WIRE_LINE. */
enum wire_wait wire_line(struct wire *wire, char **line);

/* Whether the next line has come with the one before it: no poll(2) tells of it then. */
bool wire_has_line(const struct wire *wire);

/* Whether the other end has said nothing that was not taken yet, and is there. */
bool wire_is_quiet(const struct wire *wire);

#endif
