/* The socket that the desk is reached by: of this machine, or of this user alone.
 * In: a port, or a path. Out: a listening socket, and how to get there. */
#include "desk-listen.h"

#include "base/fail.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { BACKLOG = 32 };

static bool fail(const char *where, int fd, GError **error)
{
        g_set_error(error, FAIL, FAIL_SYSTEM, "nothing can listen at %s: %s", where, g_strerror(errno));
        if (fd >= 0)
                close(fd);
        return false;
}

static bool listen_port(const char *where, guint16 port, struct listening *listening, GError **error)
{
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t size = sizeof address;
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;
        if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
            listen(fd, BACKLOG) != 0 || getsockname(fd, (struct sockaddr *)&address, &size) != 0)
                return fail(where, fd, error);
        *listening = (struct listening){.fd = fd, .port = ntohs(address.sin_port)};
        return true;
}

/* A socket that was left behind by one that is no more. */
static void remove_dead(const struct sockaddr_un *address)
{
        struct stat found;
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        bool is_ours = lstat(address->sun_path, &found) == 0 && S_ISSOCK(found.st_mode) && found.st_uid == geteuid();
        if (is_ours && connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 && errno == ECONNREFUSED)
                unlink(address->sun_path);
        close(fd);
}

static bool listen_path(const char *path, struct listening *listening, GError **error)
{
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        if (g_strlcpy(address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path) {
                errno = ENAMETOOLONG;
                return fail(path, -1, error);
        }
        remove_dead(&address);
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        mode_t before = umask(0177);
        bool is_bound = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0;
        umask(before);
        if (!is_bound || listen(fd, BACKLOG) != 0)
                return fail(path, fd, error);
        *listening = (struct listening){.fd = fd, .path = g_strdup(path)};
        return true;
}

bool listening_begin(const char *where, struct listening *listening, GError **error)
{
        guint64 port;
        if (g_ascii_string_to_unsigned(where, 10, 0, G_MAXUINT16, &port, NULL))
                return listen_port(where, (guint16)port, listening, error);
        return listen_path(where, listening, error);
}

void listening_end(struct listening *listening)
{
        if (listening->path)
                unlink(listening->path);
        g_clear_pointer(&listening->path, g_free);
}
