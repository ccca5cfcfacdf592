/* The life of the confined child: takes mails from its parent one by one, and answers each with one line.
 * In: a socket. Out: lines on it. */
#include "config.h"

#include "reader/child.h"

#include "base/limits.h"
#include "data/reading-cells.h"
#include "reader/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#ifdef SANITIZED
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

enum { PARENT = STDERR_FILENO + 1 }; /* where the socket is put */

/* Libraries print on stderr what they think of a mail: it goes nowhere, but for what sanitizers have to say. */
static void keep_socket_alone(int socket)
{
        int null = open("/dev/null", O_RDWR);
        if (null < 0 || dup2(socket, PARENT) < 0)
                _exit(EXIT_FAILURE);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        if (!IS_SANITIZED)
                dup2(null, STDERR_FILENO);
        close_range(PARENT + 1, ~0U, 0);
}

/* What the parent does about signals does not hold here. Keys pressed at the terminal are for the parent alone, which may want to finish.
 */
static void reset_signals(void)
{
        static const int keys[] = {SIGINT, SIGQUIT, SIGTSTP, SIGHUP};
        static const int deaths[] = {SIGPROF, SIGTERM, SIGPIPE, SIGABRT, SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGXCPU, SIGXFSZ};
        for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
                signal(keys[i], SIG_IGN);
        for (gsize i = 0; i < G_N_ELEMENTS(deaths) && !IS_SANITIZED; i++)
                signal(deaths[i], SIG_DFL);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
}

/* GLib ends a process that is out of memory as it ends one with a broken promise; the parent shall know which it was. */
static void watch_memory(const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
        (void)domain;
        (void)data;
        if ((level & G_LOG_LEVEL_ERROR) != 0 && strstr(message, "failed to allocate") != NULL)
                _exit(CHILD_OUT_OF_MEMORY);
}

/* The limit of one mail: the default action of SIGPROF ends the process. */
static void arm_timer(void)
{
        struct itimerval limit = {.it_value = {.tv_sec = IS_SANITIZED ? 0 : LIMIT_CPU_SECONDS}};
        setitimer(ITIMER_PROF, &limit, NULL);
}

/* false at the end of the parent's orders. */
static bool take(void *bytes, gsize length)
{
        for (gsize done = 0; done < length;) {
                gssize n = read(PARENT, (char *)bytes + done, length - done);
                if (n == 0 || (n < 0 && errno != EINTR))
                        return false;
                done += n < 0 ? 0 : (gsize)n;
        }
        return true;
}

static void give(const char *bytes, gsize length)
{
        for (gsize done = 0; done < length;) {
                gssize n = write(PARENT, bytes + done, length - done);
                if (n < 0 && errno != EINTR)
                        _exit(EXIT_FAILURE);
                done += n < 0 ? 0 : (gsize)n;
        }
}

static GBytes *take_mail(guint64 *number)
{
        struct child_order order;
        if (!take(&order, sizeof(order)))
                return NULL;
        g_autofree char *bytes = g_malloc(order.length + 1);
        if (!take(bytes, order.length))
                return NULL;
        *number = order.number;
        return g_bytes_new_take(g_steal_pointer(&bytes), order.length);
}

static void answer(guint64 number, struct reading *reading)
{
        g_autoptr(GString) line = g_string_new(NULL);
        g_string_append_printf(line, "%" G_GUINT64_FORMAT " ", number);
        reading_to_cells(reading, line);
        g_string_append_c(line, '\n');
        give(line->str, line->len); /* at once: each piece would wake the parent */
        reading_free(reading);
}

void child_run(int socket, struct reading *(*read_mail)(const void *data, GBytes *mail), const void *data)
{
        keep_socket_alone(socket);
        reset_signals();
        clearenv(); /* nothing of it is the mail's business; TZDIR and GCONV_PATH would lead out */
        g_log_set_default_handler(watch_memory, NULL);
        g_autofree char *how = jail_enter();
        give(how, strlen(how));
        give("\n", 1);
        guint64 number = 0;
        for (GBytes *mail; (mail = take_mail(&number)) != NULL; g_bytes_unref(mail)) {
                arm_timer();
                answer(number, read_mail(data, mail));
        }
        _exit(EXIT_SUCCESS);
}
