/* The parent's side of the confined reader: starts the child, asks it with a deadline, and says in plain words why it gave no answer.
 * In: the bytes of mails. Out: readings; any death of the child is a reading too ("reader failed"). */
#include "reader/confine.h"

#include "base/fail.h"
#include "base/limits.h"
#include "data/reading-cells.h"
#include "reader/child.h"
#include "reader/wire.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* So much fits into a socket's buffer, so that sending it never waits for a child that waits for us. */
enum { MAILS_SENT = 8, BYTES_SENT = 96 * 1024 };

struct order {
        GBytes *mail;
        guint64 number; /* of all that were ever sent; the answer repeats it */
};

struct confined {
        struct reading *(*read_mail)(const void *data, GBytes *mail);
        const void *data; /* borrowed */
        pid_t pid;        /* 0: there is no child */
        struct wire wire;
        guint mails;     /* that this child was given */
        guint answers;   /* that it gave */
        GQueue sent;     /* struct order: not answered yet */
        gsize bytes;     /* of those mails */
        guint64 numbers; /* given to orders so far */
        char *how;
};

struct answer {
        struct confined *confined; /* borrowed */
        char *line;                /* that begins with the number of the order and a blank; NULL: there is none */
        struct reading *reading;   /* what is to be said instead; NULL: nothing */
};

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
        confined->pid = 0;
        wire_close(&confined->wire);
        return status;
}

static bool fork_child(struct confined *confined, GError **error)
{
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
                g_set_error(error, FAIL, FAIL_SYSTEM, "no socket for the confined reader: %s", g_strerror(errno));
                return false;
        }
        wire_open(&confined->wire, pair[0]);
        confined->mails = confined->answers = 0;
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
        char *how = NULL;
        if (!fork_child(confined, error)) {
                end_child(confined);
                return false;
        }
        wire_allow(&confined->wire, LIMIT_WALL_SECONDS);
        if (wire_line(&confined->wire, &how) != WIRE_LINE) {
                g_autofree char *why = describe_death(end_child(confined));
                g_set_error(error, FAIL, FAIL_SYSTEM, "the confined reader did not start: %s", why);
                return false;
        }
        g_free(confined->how);
        confined->how = how;
        return true;
}

struct confined *confined_new_with(struct reading *(*read_mail)(const void *data, GBytes *mail), const void *data, GError **error)
{
        struct confined *confined = g_new0(struct confined, 1);
        *confined = (struct confined){.read_mail = read_mail, .data = data, .wire = {.socket = -1}};
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

static void order_free(struct order *order)
{
        g_bytes_unref(order->mail);
        g_free(order);
}

void confined_free(struct confined *confined)
{
        if (confined == NULL)
                return;
        end_child(confined);
        g_queue_clear_full(&confined->sent, (GDestroyNotify)order_free);
        g_free(confined->how);
        g_free(confined);
}

/* A child that has something to say unasked is dead or not to be believed. */
static bool is_fit(const struct confined *confined)
{
        return confined->pid != 0 && confined->mails < LIMIT_CHILD_MAILS && wire_is_quiet(&confined->wire);
}

/* Of a mail over the limit the reader wants the headers, and to see that it is over it. */
static void send_order(struct confined *confined, const struct order *order)
{
        struct child_order head = {
                .length = MIN(g_bytes_get_size(order->mail), (gsize)LIMIT_MAIL + 1),
                .number = order->number,
        };
        confined->mails++;
        wire_send(&confined->wire, &head, sizeof(head), g_bytes_get_data(order->mail, NULL), head.length);
}

/* A new child, which gets all that is not answered. If none can be had, confined_take() tells. */
static void renew(struct confined *confined)
{
        end_child(confined);
        if (!start_child(confined, NULL))
                return;
        wire_allow(&confined->wire, LIMIT_WALL_SECONDS);
        for (GList *order = confined->sent.head; order; order = order->next)
                send_order(confined, order->data);
}

bool confined_has_room(const struct confined *confined, GBytes *mail)
{
        if (confined->sent.length == 0)
                return true;
        return confined->sent.length < MAILS_SENT && confined->pid != 0 && confined->mails < LIMIT_CHILD_MAILS &&
               confined->bytes + g_bytes_get_size(mail) <= BYTES_SENT;
}

bool confined_has_answer(const struct confined *confined)
{
        return wire_has_line(&confined->wire);
}

void confined_send(struct confined *confined, GBytes *mail)
{
        g_assert(confined_has_room(confined, mail));
        struct order *order = g_new0(struct order, 1);
        *order = (struct order){g_bytes_ref(mail), ++confined->numbers};
        g_queue_push_tail(&confined->sent, order);
        confined->bytes += g_bytes_get_size(mail);
        if (confined->sent.length == 1 && !is_fit(confined)) {
                renew(confined);
                return;
        }
        if (confined->sent.length == 1)
                wire_allow(&confined->wire, LIMIT_WALL_SECONDS);
        send_order(confined, order);
}

static bool is_answer(const char *line, const struct order *order)
{
        char *end;
        return g_ascii_strtoull(line, &end, 10) == order->number && *end == ' ';
}

/* Why there is no line, or none that is believed. The child is ended. Caller frees. */
static char *why_no_line(struct confined *confined, enum wire_wait wait)
{
        int status = end_child(confined);
        if (wait == WIRE_LINE)
                return g_strdup("its answer is no reading: it has another number");
        if (wait == WIRE_LATE)
                return g_strdup_printf("out of time: no answer within %d seconds", LIMIT_WALL_SECONDS);
        if (wait == WIRE_TOO_LONG)
                return g_strdup_printf("its answer is longer than %d MB", LIMIT_READING_LINE >> 20);
        return describe_death(status);
}

static struct reading *failed(const char *why)
{
        g_autofree char *reason = g_strconcat("reader failed: ", why, NULL);
        return reading_failed(STREAM_MAINT, reason);
}

/* The line for the first order, at the first or second try; NULL and why there is none (caller frees). */
static char *take_line(struct confined *confined, char **why)
{
        for (;;) {
                g_autofree char *line = NULL;
                if (confined->pid == 0) {
                        *why = g_strdup("no process could be had for it");
                        return NULL;
                }
                /* The answer may have been ready long since, while the caller was busy with other children. */
                wire_allow_more(&confined->wire, 1);
                enum wire_wait wait = wire_line(&confined->wire, &line);
                if (wait == WIRE_LINE && is_answer(line, g_queue_peek_head(&confined->sent)))
                        return g_steal_pointer(&line);
                bool was_first = confined->answers == 0;
                g_autofree char *how = why_no_line(confined, wait);
                if (was_first || g_str_has_prefix(how, "out of time")) {
                        *why = g_steal_pointer(&how);
                        return NULL;
                }
                renew(confined);
        }
}

struct answer *confined_take(struct confined *confined)
{
        g_autofree char *why = NULL;
        struct answer *answer = g_new0(struct answer, 1);
        *answer = (struct answer){.confined = confined, .line = take_line(confined, &why)};
        struct order *order = g_queue_pop_head(&confined->sent);
        confined->bytes -= g_bytes_get_size(order->mail);
        order_free(order);
        if (answer->line) {
                confined->answers++;
                wire_allow(&confined->wire, LIMIT_WALL_SECONDS);
                return answer;
        }
        answer->reading = failed(why);
        if (confined->sent.length > 0)
                renew(confined);
        return answer;
}

/* The reading in a line that is an answer; NULL and why there is none (caller frees). */
static struct reading *parse_line(const char *line, char **why)
{
        g_autoptr(GError) error = NULL;
        struct reading *reading = reading_from_cells(strchr(line, ' ') + 1, &error);
        if (!reading)
                *why = g_strdup_printf("its answer is no reading: %s", error->message);
        return reading;
}

static void answer_free(struct answer *answer)
{
        g_free(answer->line);
        g_free(answer);
}

/* What it says, or NULL and why that is no reading (caller frees). */
static struct reading *open_answer(struct answer *answer, char **why)
{
        struct reading *reading = answer->line ? parse_line(answer->line, why) : answer->reading;
        answer_free(answer);
        return reading;
}

struct reading *answer_read(struct answer *answer)
{
        struct confined *confined = answer->confined;
        g_autofree char *why = NULL;
        struct reading *reading = open_answer(answer, &why);
        if (reading)
                return reading;
        renew(confined);
        return failed(why);
}

struct reading *confined_receive(struct confined *confined)
{
        const struct order *order = g_queue_peek_head(&confined->sent);
        g_autoptr(GBytes) mail = g_bytes_ref(order->mail);
        g_autofree char *why = NULL;
        bool was_first = confined->answers == 0;
        struct reading *reading = open_answer(confined_take(confined), &why);
        if (reading)
                return reading;
        renew(confined);
        return was_first ? failed(why) : confined_read(confined, mail);
}

struct reading *confined_read(struct confined *confined, GBytes *mail)
{
        confined_send(confined, mail);
        return confined_receive(confined);
}

int confined_fd(const struct confined *confined)
{
        return confined->wire.socket;
}

const char *confined_how(const struct confined *confined)
{
        return confined->how;
}
