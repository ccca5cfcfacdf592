/* The parent's side of the confined reader: starts the child, asks it with a deadline, and says in plain words why it gave no answer.
 * In: the bytes of mails. Out: readings; any death of the child is a reading too ("reader failed"). */
#include "reader/confine.h"

#include "base/fail.h"
#include "base/limits.h"
#include "reader/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct confined {
        struct reading *(*read_mail)(const void *data, GBytes *mail);
        const void *data; /* borrowed */
        pid_t pid;        /* 0: there is no child */
        int socket;       /* -1: there is none */
        guint mails;      /* that this child was given */
        gint64 deadline;  /* for the answer, in monotonic microseconds */
        GBytes *mail;     /* sent and not answered yet; NULL: none */
        char *how;
};

/* What became of a wait for a line. */
enum answer { ANSWER_LINE, ANSWER_TOO_LONG, ANSWER_LATE, ANSWER_NONE };

static const struct {
        int number;
        const char *words;
} deaths[] = {
        {SIGPROF, "out of time: it computed for longer than a mail may take"},
        {SIGXCPU, "out of time: it computed for longer than a mail may take"},
        {SIGSEGV, "it crashed"},
        {SIGBUS, "it crashed"},
        {SIGILL, "it crashed"},
        {SIGFPE, "it crashed"},
        {SIGABRT, "it gave up: out of memory, or a check inside it failed"},
        {SIGTRAP, "it gave up: out of memory, or a check inside it failed"},
        {SIGXFSZ, "it tried to write a file"},
        {SIGKILL, "it was killed from outside, as a machine does that runs out of memory"},
};

/* Why a child ended, from its wait status. Caller frees. */
static char *describe_death(int status)
{
        if (WIFEXITED(status) && WEXITSTATUS(status) == CHILD_OUT_OF_MEMORY)
                return g_strdup_printf("out of memory: more than %d MB", LIMIT_MEMORY >> 20);
        if (WIFEXITED(status))
                return g_strdup_printf("it ended by itself, with status %d", WEXITSTATUS(status));
        for (gsize i = 0; i < G_N_ELEMENTS(deaths); i++)
                if (deaths[i].number == WTERMSIG(status))
                        return g_strdup_printf("%s (SIG%s)", deaths[i].words, sigabbrev_np(WTERMSIG(status)));
        return g_strdup_printf("it was ended by signal %d", WTERMSIG(status));
}

/* End the child and give its wait status. One that is dying already keeps the status it dies of. */
static int end_child(struct confined *confined)
{
        int status = 0;
        if (confined->pid != 0) {
                kill(confined->pid, SIGKILL);
                while (waitpid(confined->pid, &status, 0) < 0 && errno == EINTR)
                        ;
        }
        if (confined->socket >= 0)
                close(confined->socket);
        confined->pid = 0;
        confined->socket = -1;
        return status;
}

/* Wait until the socket is ready for the events. false when the deadline has passed. */
static bool wait_for(const struct confined *confined, short events)
{
        for (;;) {
                gint64 left = MAX(confined->deadline - g_get_monotonic_time(), 0);
                struct pollfd ready = {.fd = confined->socket, .events = events};
                int n = poll(&ready, 1, (int)((left + 999) / 1000));
                if (n > 0)
                        return true;
                if (n == 0 || errno != EINTR)
                        return false;
        }
}

/* Send all bytes, or as many as the child takes: one that is dead or stuck is found out when its answer is waited for. */
static bool send_all(const struct confined *confined, const void *bytes, gsize length)
{
        for (gsize done = 0; done < length;) {
                if (!wait_for(confined, POLLOUT))
                        return false;
                gssize n = send(confined->socket, (const char *)bytes + done, length - done, MSG_NOSIGNAL | MSG_DONTWAIT);
                if (n < 0 && errno != EINTR && errno != EAGAIN)
                        return false;
                done += n < 0 ? 0 : (gsize)n;
        }
        return true;
}

/* Receive up to and with the next line break. */
static enum answer receive_line(const struct confined *confined, GString *line)
{
        char buffer[64 * 1024];
        while (line->len <= LIMIT_READING_LINE) {
                if (!wait_for(confined, POLLIN))
                        return ANSWER_LATE;
                gssize n = recv(confined->socket, buffer, sizeof(buffer), MSG_DONTWAIT);
                if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
                        return ANSWER_NONE;
                if (n > 0)
                        g_string_append_len(line, buffer, n);
                if (n > 0 && memchr(buffer, '\n', (gsize)n) != NULL)
                        return ANSWER_LINE;
        }
        return ANSWER_TOO_LONG;
}

static void set_deadline(struct confined *confined)
{
        confined->deadline = g_get_monotonic_time() + LIMIT_WALL_SECONDS * G_TIME_SPAN_SECOND;
}

static bool fork_child(struct confined *confined, GError **error)
{
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
                g_set_error(error, FAIL, FAIL_SYSTEM, "no socket for the confined reader: %s", g_strerror(errno));
                return false;
        }
        confined->socket = pair[0];
        confined->mails = 0;
        pid_t pid = fork();
        if (pid == 0)
                child_run(pair[1], confined->read_mail, confined->data);
        if (pid < 0)
                g_set_error(error, FAIL, FAIL_SYSTEM, "no process for the confined reader: %s", g_strerror(errno));
        confined->pid = MAX(pid, 0);
        close(pair[1]);
        return pid > 0;
}

/* Start a child and hear from it how it is held. */
static bool start_child(struct confined *confined, GError **error)
{
        g_autoptr(GString) how = g_string_new(NULL);
        if (!fork_child(confined, error)) {
                end_child(confined);
                return false;
        }
        set_deadline(confined);
        if (receive_line(confined, how) != ANSWER_LINE) {
                g_autofree char *why = describe_death(end_child(confined));
                g_set_error(error, FAIL, FAIL_SYSTEM, "the confined reader did not start: %s", why);
                return false;
        }
        g_free(confined->how);
        confined->how = g_strndup(how->str, strcspn(how->str, "\n"));
        return true;
}

struct confined *confined_new_with(struct reading *(*read_mail)(const void *data, GBytes *mail), const void *data, GError **error)
{
        struct confined *confined = g_new0(struct confined, 1);
        *confined = (struct confined){.read_mail = read_mail, .data = data, .socket = -1};
        if (start_child(confined, error))
                return confined;
        confined_free(confined);
        return NULL;
}

static struct reading *read_as_reader(const void *data, GBytes *mail)
{
        return reader_read(data, mail);
}

struct confined *confined_new(const struct reader *reader, GError **error)
{
        return confined_new_with(read_as_reader, reader, error);
}

void confined_free(struct confined *confined)
{
        if (confined == NULL)
                return;
        end_child(confined);
        g_clear_pointer(&confined->mail, g_bytes_unref);
        g_free(confined->how);
        g_free(confined);
}

/* A child that has something to say unasked is dead or not to be believed. */
static bool is_fit(const struct confined *confined)
{
        struct pollfd unasked = {.fd = confined->socket, .events = POLLIN};
        return confined->pid != 0 && confined->mails < LIMIT_CHILD_MAILS && poll(&unasked, 1, 0) == 0;
}

void confined_send(struct confined *confined, GBytes *mail)
{
        g_assert(confined->mail == NULL);
        confined->mail = g_bytes_ref(mail);
        if (!is_fit(confined)) {
                end_child(confined);
                if (!start_child(confined, NULL))
                        return; /* confined_receive() tells */
        }
        /* Of a mail over the limit the reader wants the headers, and to see that it is over it. */
        struct child_order order = {.length = MIN(g_bytes_get_size(mail), (gsize)LIMIT_MAIL + 1)};
        confined->mails++;
        set_deadline(confined);
        if (send_all(confined, &order, sizeof(order)))
                send_all(confined, g_bytes_get_data(mail, NULL), order.length);
}

/* The reading in the line that is to come; or NULL, and why there is none. */
static struct reading *receive_reading(struct confined *confined, char **why)
{
        g_autoptr(GString) line = g_string_new(NULL);
        g_autoptr(GError) error = NULL;
        enum answer answer = receive_line(confined, line);
        struct reading *reading = NULL;
        if (answer == ANSWER_LINE) {
                json_error_t at = {.text = ""};
                json_t *json = json_loadb(line->str, line->len, JSON_REJECT_DUPLICATES, &at);
                reading = json == NULL ? NULL : reading_from_line(json, &error);
                json_decref(json);
                if (reading == NULL)
                        *why = g_strdup_printf("its answer is no reading: %s", error != NULL ? error->message : at.text);
        }
        if (reading != NULL)
                return reading;
        int status = end_child(confined);
        if (answer == ANSWER_LATE)
                *why = g_strdup_printf("out of time: no answer within %d seconds", LIMIT_WALL_SECONDS);
        else if (answer == ANSWER_TOO_LONG)
                *why = g_strdup_printf("its answer is longer than %d MB", LIMIT_READING_LINE >> 20);
        else if (answer == ANSWER_NONE)
                *why = describe_death(status);
        return NULL;
}

struct reading *confined_receive(struct confined *confined)
{
        g_autoptr(GBytes) mail = g_steal_pointer(&confined->mail);
        g_autofree char *why = NULL;
        if (confined->pid == 0)
                return reading_failed(STREAM_MAINT, "reader failed: no process could be had for it");
        /* The answer may have been ready long since, while the caller was busy with other children. */
        confined->deadline = MAX(confined->deadline, g_get_monotonic_time() + G_TIME_SPAN_SECOND);
        bool was_first = confined->mails == 1;
        struct reading *reading = receive_reading(confined, &why);
        if (reading != NULL)
                return reading;
        if (!was_first && !g_str_has_prefix(why, "out of time"))
                return confined_read(confined, mail);
        g_autofree char *reason = g_strconcat("reader failed: ", why, NULL);
        return reading_failed(STREAM_MAINT, reason);
}

struct reading *confined_read(struct confined *confined, GBytes *mail)
{
        confined_send(confined, mail);
        return confined_receive(confined);
}

int confined_fd(const struct confined *confined)
{
        return confined->socket;
}

const char *confined_how(const struct confined *confined)
{
        return confined->how;
}
