/* mailclinic-desk: what `mailclinic review --web` starts: the clinician's queue as a page, for a browser on this machine or through ssh -L.
 * In: the configuration, the ledger, a browser's requests. Out: on stdout the address to open; pages; decisions in the ledger. */
#include "desk.h"

#include "base/fail.h"
#include "cmd.h"
#include "desk-listen.h"
#include "desk-serve.h"
#include "out/paint.h"
#include "reader/page.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <sys/signalfd.h>

enum { ANOTHER_PORT = 8025 }; /* on the clinician's machine, where the port is not told */

struct options {
        struct setup_options shared;
        char *listen;
};

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options->shared.config, "read this configuration", "FILE"},
                {"filters", 'f', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->shared.filters, "read filters beneath this directory alone",
                 "DIR"},
                {"listen", 0, 0, G_OPTION_ARG_FILENAME, &options->listen, "a port of 127.0.0.1 (0: a free one) or the path of a socket",
                 "WHERE"},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("- started by 'mailclinic review --web'");
        g_option_context_add_main_entries(context, entries, NULL);
        return cmd_parse(context, argc, argv, error);
}

/* A file of the page: as installed, or beside a program that was only built. NULL and an error. Caller frees. */
static GBytes *load(const char *name, GError **error)
{
        g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
        g_autofree char *folder = program ? g_path_get_dirname(program) : g_strdup(".");
        g_autofree char *built = g_build_filename(folder, "share", name, NULL), *installed = g_build_filename(SHARE_DIR, name, NULL);
        g_autoptr(GMappedFile) file = g_mapped_file_new(g_file_test(built, G_FILE_TEST_EXISTS) ? built : installed, FALSE, error);
        return file ? g_bytes_new(g_mapped_file_get_contents(file), g_mapped_file_get_length(file)) : NULL;
}

static bool load_files(struct desk *desk, GError **error)
{
        desk->style = load("desk.css", error);
        desk->script = desk->style ? load("desk.js", error) : NULL;
        desk->icon = desk->script ? load("desk.svg", error) : NULL;
        if (!desk->icon)
                return false;
        g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
        GBytes *const files[] = {desk->style, desk->script, desk->icon};
        for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
                g_checksum_update(sum, g_bytes_get_data(files[i], NULL), (gssize)g_bytes_get_size(files[i]));
        desk->mark = g_strndup(g_checksum_get_string(sum), 8);
        return true;
}

/* The children are started before the server, and the process never has a second thread. */
static bool prepare(struct desk *desk, const struct options *options, GError **error)
{
        desk->setup = setup_new(&options->shared, error);
        if (!desk->setup || !load_files(desk, error) || !(desk->gate = gate_new(error)))
                return false;
        desk->setup->reader.explains = true;
        desk->reader = confined_new(&desk->setup->reader, NULL);
        desk->pager = confined_new_with(page_read, NULL, NULL);
        setup_report(desk->setup, "review --web");
        return true;
}

static void desk_release(struct desk *desk)
{
        confined_free(desk->reader);
        confined_free(desk->pager);
        setup_free(desk->setup);
        gate_free(desk->gate);
        g_clear_pointer(&desk->style, g_bytes_unref);
        g_clear_pointer(&desk->script, g_bytes_unref);
        g_clear_pointer(&desk->icon, g_bytes_unref);
        g_free(desk->mark);
}

static bool print_address(struct desk *desk, const struct listening *listening, GError **error)
{
        const char *token = gate_token(desk->gate, error);
        int port = listening->port ? listening->port : ANOTHER_PORT;
        if (!token)
                return false;
        printf("http://127.0.0.1:%d/open?token=%s\n", port, token);
        fflush(stdout);
        return true;
}

static void print_way(const struct listening *listening)
{
        if (listening->path)
                printf("First, where your browser is: ssh -N -L %d:%s %s\n", ANOTHER_PORT, listening->path, g_get_host_name());
        else
                printf("From another machine, first: ssh -N -L %d:127.0.0.1:%d %s\n", listening->port, listening->port, g_get_host_name());
        printf("Then open this address; it works once. Enter prints another, Ctrl-C ends the desk.\n");
}

/* A line on the terminal asks for another address. Whether there may come more. */
static bool take_line(struct desk *desk, const struct listening *listening)
{
        char line[256];
        return read(STDIN_FILENO, line, sizeof line) > 0 && print_address(desk, listening, NULL);
}

/* Until a signal ends it. */
static void serve(struct desk *desk, const struct listening *listening, struct server *server, int signals)
{
        struct pollfd waited[] = {{.fd = server_fd(server), .events = POLLIN},
                                  {.fd = signals, .events = POLLIN},
                                  {.fd = isatty(STDIN_FILENO) ? STDIN_FILENO : -1, .events = POLLIN}};
        while (poll(waited, G_N_ELEMENTS(waited), server_patience(server)) >= 0 || errno == EINTR) {
                if (waited[1].revents)
                        break;
                if (waited[2].revents && !take_line(desk, listening))
                        waited[2].fd = -1;
                server_run(server);
        }
}

static bool run(struct desk *desk, const char *where, GError **error)
{
        struct listening listening;
        sigset_t ends;
        sigemptyset(&ends);
        sigaddset(&ends, SIGINT);
        sigaddset(&ends, SIGTERM);
        sigaddset(&ends, SIGHUP);
        if (!listening_begin(where, &listening, error))
                return false;
        struct server *server = server_new(listening.fd, listening.path != NULL, desk_answer, desk, error);
        sigprocmask(SIG_BLOCK, &ends, NULL);
        int signals = signalfd(-1, &ends, SFD_CLOEXEC);
        if (server)
                print_way(&listening);
        bool is_open = server && print_address(desk, &listening, error);
        if (is_open)
                serve(desk, &listening, server, signals);
        close(signals);
        server_free(server);
        listening_end(&listening);
        return is_open;
}

int main(int argc, char **argv)
{
        struct options options = {0};
        struct desk desk = {0};
        g_autoptr(GError) error = NULL;
        paint_begin(true);
        signal(SIGPIPE, SIG_IGN);
        signal(SIGXFSZ, SIG_IGN); /* a full disk is an error that the page tells of */
        if (parse(&options, &argc, &argv, &error) && prepare(&desk, &options, &error))
                run(&desk, options.listen ? options.listen : "0", &error);
        desk_release(&desk);
        setup_options_clear(&options.shared);
        g_free(options.listen);
        return error ? cmd_fail("review --web", error) : cmd_finish("review --web", EX_OK);
}
