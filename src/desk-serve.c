/* The desk's server: HTTP on a socket that was made for it, one request after the other, in the caller's only thread.
 * In: a listening socket. Out: requests handed to the caller; its answers, with what every one of them must say. */
#include "desk-serve.h"

#include "base/fail.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

enum { MOST_FORM = 256 * 1024, MOST_CONNECTIONS = 32, IDLE_SECONDS = 60 };

struct server {
        struct MHD_Daemon *daemon;
        server_answer *answer;
        void *data;
        bool is_unix;
};

/* One request whose body is still coming. */
struct call {
        GString *body;
        bool is_too_long;
};

/* No page runs, loads or frames anything but our own style and script, nor tells others where it was. */
static const struct {
        const char *name, *value;
} guards[] = {
        {"Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
                                    "base-uri 'none'; frame-ancestors 'none'"},
        {"Referrer-Policy", "same-origin"}, /* with no-referrer, forms would come without an origin */
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
};

static enum MHD_Result send_answer(struct MHD_Connection *connection, const struct answer *answer)
{
        gsize length;
        gconstpointer bytes = g_bytes_get_data(answer->body, &length);
        struct MHD_Response *response = MHD_create_response_from_buffer(length, (void *)bytes, MHD_RESPMEM_MUST_COPY);
        for (gsize i = 0; i < G_N_ELEMENTS(guards); i++)
                MHD_add_response_header(response, guards[i].name, guards[i].value);
        MHD_add_response_header(response, "Content-Type", answer->type);
        MHD_add_response_header(response, "Cache-Control", answer->is_lasting ? "private, max-age=86400, immutable" : "no-store");
        if (answer->location)
                MHD_add_response_header(response, "Location", answer->location);
        if (answer->cookie)
                MHD_add_response_header(response, "Set-Cookie", answer->cookie);
        enum MHD_Result is_queued = MHD_queue_response(connection, answer->status, response);
        MHD_destroy_response(response);
        return is_queued;
}

static enum MHD_Result send_text(struct MHD_Connection *connection, unsigned status, const char *text)
{
        struct answer *answer = answer_text(status, text);
        enum MHD_Result is_queued = send_answer(connection, answer);
        answer_free(answer);
        return is_queued;
}

static bool is_other_user(const struct server *server, struct MHD_Connection *connection)
{
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        struct ucred peer = {.uid = (uid_t)-1};
        socklen_t size = sizeof peer;
        if (!server->is_unix)
                return false;
        return !info || getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != geteuid();
}

static enum MHD_Result add_pair(void *data, enum MHD_ValueKind kind G_GNUC_UNUSED, const char *name, const char *value)
{
        GString *query = data;
        g_autofree char *one = g_uri_escape_string(name, NULL, FALSE), *other = g_uri_escape_string(value ? value : "", NULL, FALSE);
        g_string_append_printf(query, "%s%s=%s", query->len ? "&" : "", one, other);
        return MHD_YES;
}

static const char *field(struct MHD_Connection *connection, const char *name)
{
        return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result answer_call(const struct server *server, struct MHD_Connection *connection, const char *path, const char *method,
                                   const struct call *call)
{
        g_autoptr(GString) query = g_string_new(NULL);
        MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_pair, query);
        g_autoptr(GPtrArray) asked = pairs_of(query->str, query->len), form = pairs_of(call->body->str, call->body->len);
        struct request request = {
                .is_post = strcmp(method, "POST") == 0,
                .is_head = strcmp(method, "HEAD") == 0,
                .path = path,
                .host = field(connection, "Host"),
                .origin = field(connection, "Origin"),
                .fetch_site = field(connection, "Sec-Fetch-Site"),
                .cookie = field(connection, "Cookie"),
                .media_type = field(connection, "Content-Type"),
                .is_other_user = is_other_user(server, connection),
                .query = asked,
                .form = form,
        };
        struct answer *answer = server->answer(&request, server->data);
        enum MHD_Result is_queued = send_answer(connection, answer);
        answer_free(answer);
        return is_queued;
}

static enum MHD_Result take(void *data, struct MHD_Connection *connection, const char *path, const char *method,
                            const char *version G_GNUC_UNUSED, const char *bytes, size_t *length, void **state)
{
        const struct server *server = data;
        struct call *call = *state;
        bool is_post = strcmp(method, "POST") == 0;
        if (!call) {
                call = g_new0(struct call, 1);
                call->body = g_string_new(NULL);
                *state = call;
                return MHD_YES;
        }
        if (*length) {
                call->is_too_long = call->is_too_long || call->body->len + *length > MOST_FORM;
                if (!call->is_too_long)
                        g_string_append_len(call->body, bytes, (gssize)*length);
                *length = 0;
                return MHD_YES;
        }
        if (!is_post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
                return send_text(connection, 405, "There is GET and POST.");
        if (call->is_too_long)
                return send_text(connection, 413, "That is more than a form can hold.");
        return answer_call(server, connection, path, method, call);
}

static void forget(void *data G_GNUC_UNUSED, struct MHD_Connection *connection G_GNUC_UNUSED, void **state,
                   enum MHD_RequestTerminationCode code G_GNUC_UNUSED)
{
        struct call *call = *state;
        if (!call)
                return;
        g_string_free(call->body, TRUE);
        g_free(call);
        *state = NULL;
}

struct server *server_new(int listening, bool is_unix, server_answer *answer, void *data, GError **error)
{
        struct server *server = g_new0(struct server, 1);
        server->answer = answer;
        server->data = data;
        server->is_unix = is_unix;
        server->daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, take, server, MHD_OPTION_LISTEN_SOCKET, listening,
                                          MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
                                          (unsigned)IDLE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
        if (server->daemon)
                return server;
        g_set_error(error, FAIL, FAIL_SYSTEM, "the server cannot be started: %s", g_strerror(errno));
        close(listening);
        g_free(server);
        return NULL;
}

void server_free(struct server *server)
{
        if (!server)
                return;
        MHD_stop_daemon(server->daemon);
        g_free(server);
}

int server_fd(const struct server *server)
{
        return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int server_patience(const struct server *server)
{
        MHD_UNSIGNED_LONG_LONG milliseconds;
        if (MHD_get_timeout(server->daemon, &milliseconds) != MHD_YES)
                return -1;
        return (int)MIN(milliseconds, (MHD_UNSIGNED_LONG_LONG)G_MAXINT);
}

void server_run(struct server *server)
{
        MHD_run(server->daemon);
}
