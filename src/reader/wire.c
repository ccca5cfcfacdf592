/* The parent's end of the socket to a child: bytes out, lines in, each within a time.
 * In: bytes. Out: lines. */
#include "reader/wire.h"

#include "base/limits.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void wire_open(struct wire *wire, int socket)
{
        *wire = (struct wire){.socket = socket, .unread = g_string_new(NULL)};
}

void wire_close(struct wire *wire)
{
        if (!wire->unread)
                return;
        close(wire->socket);
        g_string_free(wire->unread, TRUE);
        *wire = (struct wire){.socket = -1};
}

void wire_allow(struct wire *wire, int seconds)
{
        wire->deadline = g_get_monotonic_time() + seconds * G_TIME_SPAN_SECOND;
}

void wire_allow_more(struct wire *wire, int seconds)
{
        wire->deadline = MAX(wire->deadline, g_get_monotonic_time() + seconds * G_TIME_SPAN_SECOND);
}

/* Wait until the socket is ready for the events. false when the deadline has passed. */
static bool wait_for(const struct wire *wire, short events)
{
        for (;;) {
                gint64 left = MAX(wire->deadline - g_get_monotonic_time(), 0);
                struct pollfd ready = {.fd = wire->socket, .events = events};
                int n = poll(&ready, 1, (int)((left + 999) / 1000));
                if (n > 0)
                        return true;
                if (n == 0 || errno != EINTR)
                        return false;
        }
}

/* Whether to try once more after a call that failed: after a wait where the other end was not ready. */
static bool may_go_on(const struct wire *wire, short events)
{
        return errno == EINTR || (errno == EAGAIN && wait_for(wire, events));
}

static bool send_all(const struct wire *wire, const char *bytes, gsize length)
{
        while (length > 0) {
                gssize n = send(wire->socket, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
                if (n < 0 && !may_go_on(wire, POLLOUT))
                        return false;
                bytes += MAX(n, 0);
                length -= (gsize)MAX(n, 0);
        }
        return true;
}

void wire_send(const struct wire *wire, const void *head, gsize head_length, const void *body, gsize body_length)
{
        struct iovec parts[] = {{(void *)head, head_length}, {(void *)body, body_length}}; /* sendmsg(2) leaves them alone */
        struct msghdr both = {.msg_iov = parts, .msg_iovlen = G_N_ELEMENTS(parts)};
        gssize n = sendmsg(wire->socket, &both, MSG_NOSIGNAL | MSG_DONTWAIT);
        gsize done = (gsize)MAX(n, 0), in_head = MIN(done, head_length);
        if (n < 0 && !may_go_on(wire, POLLOUT))
                return;
        if (send_all(wire, (const char *)head + in_head, head_length - in_head))
                send_all(wire, (const char *)body + (done - in_head), body_length - (done - in_head));
}

/* Take in what there is. false where nothing more will come. */
static bool receive(struct wire *wire, enum wire_wait *why)
{
        char buffer[64 * 1024];
        gssize n = recv(wire->socket, buffer, sizeof(buffer), MSG_DONTWAIT);
        if (n > 0)
                g_string_append_len(wire->unread, buffer, n);
        if (n > 0 || (n < 0 && errno == EINTR))
                return true;
        *why = n < 0 && errno == EAGAIN ? WIRE_LATE : WIRE_CLOSED;
        return *why == WIRE_LATE && wait_for(wire, POLLIN);
}

enum wire_wait wire_line(struct wire *wire, char **line)
{
        enum wire_wait why = WIRE_CLOSED;
        for (gsize seen = 0;;) {
                const char *end = memchr(wire->unread->str + seen, '\n', wire->unread->len - seen);
                if (end) {
                        gsize length = (gsize)(end - wire->unread->str);
                        *line = g_strndup(wire->unread->str, length);
                        g_string_erase(wire->unread, 0, (gssize)length + 1);
                        return WIRE_LINE;
                }
                seen = wire->unread->len;
                if (seen > LIMIT_READING_LINE)
                        return WIRE_TOO_LONG;
                if (!receive(wire, &why))
                        return why;
        }
}

bool wire_has_line(const struct wire *wire)
{
        return wire->unread && memchr(wire->unread->str, '\n', wire->unread->len);
}

bool wire_is_quiet(const struct wire *wire)
{
        struct pollfd said = {.fd = wire->socket, .events = POLLIN};
        return wire->unread && wire->unread->len == 0 && poll(&said, 1, 0) == 0;
}
