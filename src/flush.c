/* mailclinic-flush: carries out on each calendar what the outbox holds. The one program that talks to the network and holds secrets.
 * In: the configuration, the ledger. Out: requests; a line for each act; exit status. */
#include "config.h"

#include "base/fail.h"
#include "base/visible.h"
#include "cmd.h"
#include "flush.h"
#include "issue-import.h"
#include "out/caldav.h"
#include "out/http.h"
#include "out/paint.h"
#include "out/rehearsal.h"
#include "out/wording.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum {
        MOST_BACKOFF = 300,
        MOST_IN_A_ROW = 3, /* acts that fail one after the other before the rest waits for the next run */
};

struct options {
        char *config;
        gboolean is_dry_run, is_retry, is_version;
};

/* One calendar's run. */
struct round {
        struct flush *flush;
        const struct calendar_target *target;
        struct caldav caldav;
        GHashTable *settled; /* char *: UIDs that are in line */
        guint n_failed;      /* in a row */
};

gint64 flush_now(void)
{
        return g_get_real_time() / G_USEC_PER_SEC;
}

void flush_worsen(struct flush *flush, int status)
{
        if (flush->status == EX_OK || (flush->status == EX_TEMPFAIL && status != EX_OK))
                flush->status = status;
}

static void complain(const char *label, const char *what)
{
        g_autofree char *shown = visible_text(what);
        g_printerr("mailclinic flush: %s: %s\n", label, shown);
}

gint64 flush_backoff(int tries, gint64 retry_after)
{
        gint64 wait = tries > 8 ? MOST_BACKOFF : MIN(1 << tries, MOST_BACKOFF);
        return retry_after >= 0 ? retry_after : wait + g_random_int_range(0, (gint32)wait / 2 + 1);
}

const char *flush_fate(enum sent sent)
{
        static const char *const fates[] = {[SENT_DONE] = "done",  [SENT_LATER] = "later",  [SENT_HELD] = "held",
                                            [SENT_BUSY] = "later", [SENT_NEVER] = "parked", [SENT_STOP] = "stopped"};
        return fates[sent];
}

static char *label_of(const struct round *round)
{
        return g_strdup_printf("calendar '%s'", round->target->name);
}

static void tell(const struct round *round, const struct pending *act, const struct outcome *outcome)
{
        struct paint paint = paint_of(stdout);
        const char *words = outcome->sent == SENT_DONE ? outcome->did : outcome->why ? outcome->why : "";
        paint_print(&paint, STYLE_PLAIN, "calendar=%s uid=%s fate=%s %s\n", round->target->name, act->uid, flush_fate(outcome->sent),
                    words);
}

/* Write down what became of an act. */
static bool settle(struct round *round, const struct pending *act, const struct outcome *outcome, GError **error)
{
        struct ledger *ledger = round->flush->ledger;
        const char *target = round->target->name;
        switch (outcome->sent) {
        case SENT_DONE:
                g_hash_table_add(round->settled, g_strdup(act->uid));
                return outbox_done(ledger, act->id, target, outcome->copy, error);
        case SENT_NEVER:
                flush_worsen(round->flush, EX_DATAERR);
                return outbox_park(ledger, act->id, target, outcome->why, error);
        case SENT_STOP:
                return outbox_retry(ledger, act->id, target, flush_now(), outcome->why, error);
        default:
                flush_worsen(round->flush, EX_TEMPFAIL);
                return outbox_retry(ledger, act->id, target, flush_now() + flush_backoff(act->tries, outcome->retry_after), outcome->why,
                                    error);
        }
}

static void put_event(struct round *round, const struct listed *listed, const struct copy *known, struct outcome *outcome)
{
        bool is_hidden = round->flush->settings->publish_review == CONSENT_NO && wording_is_doubted(listed->event);
        if (is_hidden || !event_is_datable(listed->event))
                *outcome = (struct outcome){.sent = SENT_DONE, .did = "held back", .retry_after = -1};
        else
                caldav_put(&round->caldav, listed, known, outcome);
}

/* The event of an act, as it is now, into line. */
static bool put(struct round *round, const struct pending *act, struct outcome *outcome, GError **error)
{
        struct ledger *ledger = round->flush->ledger;
        g_autoptr(GError) trouble = NULL;
        struct maintenance *maintenance = ledger_maintenance_of(ledger, act->uid, &trouble);
        struct copy *known = trouble ? NULL : copy_find(ledger, round->target->name, act->uid, &trouble);
        *outcome = (struct outcome){.sent = SENT_NEVER, .retry_after = -1};
        for (guint i = 0; maintenance && !trouble && i < maintenance->events->len; i++) {
                struct listed listed = {maintenance, maintenance->events->pdata[i]};
                if (g_str_equal(listed.event->uid, act->uid))
                        put_event(round, &listed, known, outcome);
        }
        if (!outcome->did && !outcome->why)
                outcome->why = g_strdup("the ledger has no such event");
        maintenance_free(maintenance);
        copy_free(known);
        if (!trouble)
                return true;
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
}

/* *goes_on: the next act may be tried. Nobody else has our lock, so an act need not be claimed, and after a crash none stays claimed. */
static bool carry_out(struct round *round, const struct pending *act, bool *goes_on, GError **error)
{
        struct outcome outcome = {.sent = SENT_DONE, .did = "in line already", .retry_after = -1};
        if (!g_hash_table_contains(round->settled, act->uid) && !put(round, act, &outcome, error))
                return false;
        tell(round, act, &outcome);
        bool is_good = settle(round, act, &outcome, error);
        round->n_failed = outcome.sent == SENT_LATER ? round->n_failed + 1 : 0;
        *goes_on = outcome.sent != SENT_BUSY && outcome.sent != SENT_STOP && round->n_failed < MOST_IN_A_ROW;
        if (outcome.sent == SENT_STOP) {
                g_autofree char *label = label_of(round);
                complain(label, outcome.why);
                flush_worsen(round->flush, EX_NOPERM);
        }
        outcome_release(&outcome);
        return is_good;
}

bool flush_say_once(struct flush *flush, const char *target, const char *label, const char *note, const char *why, GError **error)
{
        g_autoptr(GError) trouble = NULL;
        g_autofree char *said = target_note(flush->ledger, target, note, &trouble);
        if (trouble) {
                g_propagate_error(error, g_steal_pointer(&trouble));
                return false;
        }
        if (why && g_strcmp0(said, why) != 0)
                complain(label, why);
        return g_strcmp0(said, why) == 0 || target_set_note(flush->ledger, target, note, why, error);
}

static bool say_once(struct round *round, const char *why, GError **error)
{
        g_autofree char *label = label_of(round);
        return flush_say_once(round->flush, round->target->name, label, "alert", why, error);
}

/* *is_open: acts may be carried out. */
static bool open_calendar(struct round *round, bool *is_open, GError **error)
{
        struct outcome outcome;
        caldav_open(&round->caldav, round->target->url, &outcome);
        *is_open = outcome.sent == SENT_DONE;
        if (!*is_open)
                flush_worsen(round->flush, outcome.sent == SENT_STOP ? EX_NOPERM : EX_TEMPFAIL);
        bool is_good = say_once(round, outcome.why, error);
        outcome_release(&outcome);
        return is_good;
}

static bool drain(struct round *round, GPtrArray *acts, GError **error)
{
        bool goes_on;
        if (!open_calendar(round, &goes_on, error))
                return false;
        for (guint i = 0; goes_on && i < acts->len; i++)
                if (!carry_out(round, acts->pdata[i], &goes_on, error))
                        return false;
        g_autoptr(GDateTime) time = g_date_time_new_now_utc();
        g_autofree char *text = g_date_time_format_iso8601(time);
        return !goes_on || target_set_note(round->flush->ledger, round->target->name, "flushed", text, error);
}

bool flush_resume(const struct flush *flush, enum target_kind kind, const char *target, GError **error)
{
        if (!flush->is_retry)
                return true;
        g_autoptr(GPtrArray) acts = outbox_all(flush->ledger, kind, target, error);
        for (guint i = 0; acts && i < acts->len; i++)
                if (!outbox_unpark(flush->ledger, ((const struct pending *)acts->pdata[i])->id, target, error))
                        return false;
        return acts != NULL;
}

/* A calendar whose login cannot be had keeps the others waiting for nothing. */
static bool flush_calendar(struct flush *flush, const struct calendar_target *target, GError **error)
{
        g_autoptr(GError) trouble = NULL;
        if (!flush_resume(flush, TARGET_CALENDAR, target->name, error))
                return false;
        g_autoptr(GPtrArray) acts = outbox_pending(flush->ledger, TARGET_CALENDAR, target->name, flush_now(), error);
        if (!acts || !acts->len)
                return acts != NULL;
        bool is_dry = flush->is_dry;
        struct login *login = is_dry ? NULL : login_new(target, &trouble);
        struct http *http = login ? http_new(login) : NULL;
        struct round round = {
                .flush = flush,
                .target = target,
                .caldav = {.send = is_dry ? rehearse : http_send, .sender = is_dry ? (void *)stdout : http, .mode = target->cancel_mode},
                .settled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        };
        if (target->cancel_mode == CANCEL_UNSET)
                round.caldav.mode = caldav_usual_mode(target->url);
        if (trouble)
                flush_worsen(flush, EX_CONFIG);
        bool is_good = trouble ? say_once(&round, trouble->message, error) : drain(&round, acts, error);
        caldav_release(&round.caldav);
        g_hash_table_unref(round.settled);
        http_free(http);
        login_free(login);
        return is_good;
}

/* One at a time: the lock goes with the process. *fd is -1 where another one has it. */
static bool lock(const char *directory, int *fd, GError **error)
{
        g_autofree char *path = g_build_filename(directory, "flush.lock", NULL);
        *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (*fd < 0) {
                g_set_error(error, FAIL, FAIL_IO, "%s: cannot be opened: %s", path, g_strerror(errno));
                return false;
        }
        if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
                return true;
        close(*fd);
        *fd = -1;
        return true;
}

static bool run(struct flush *flush, GError **error)
{
        g_autofree char *directory = settings_ledger(flush->settings);
        int fd = -1;
        bool is_dry = flush->is_dry;
        flush->ledger = is_dry ? ledger_memory(directory, error) : ledger_open(directory, error);
        if (!flush->ledger || (!is_dry && !lock(directory, &fd, error)))
                return false;
        if (!is_dry && fd < 0) {
                g_printerr("mailclinic flush: another one is at work\n");
                return true;
        }
        bool is_good = true;
        for (unsigned i = 0; is_good && i < flush->settings->calendars_n; i++)
                is_good = flush_calendar(flush, &flush->settings->calendars[i], error);
        is_good = is_good && flush_tracker(flush, error);
        if (fd >= 0)
                close(fd);
        return is_good;
}

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "read this configuration", "FILE"},
                {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->is_dry_run, "print the requests, without secrets; send and change nothing",
                 NULL},
                {"retry", 'r', 0, G_OPTION_ARG_NONE, &options->is_retry, "try again at once what was refused and parked, or waits", NULL},
                {"version", 0, 0, G_OPTION_ARG_NONE, &options->is_version, "show the version", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("- carry out what is queued for the calendars");
        g_option_context_add_main_entries(context, entries, NULL);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (*argc > 1)
                g_set_error(error, FAIL, FAIL_USAGE, "'%s' is no option; see 'mailclinic flush --help'", (*argv)[1]);
        return *argc == 1;
}

static int flush_main(int argc, char **argv)
{
        char *name[] = {"flush", NULL};
        struct options options = {0};
        struct flush flush = {0};
        g_autoptr(GError) error = NULL;
        argv[0] = argc ? name[0] : NULL;
        struct settings *settings =
                parse(&options, &argc, &argv, &error) && !options.is_version ? settings_load(options.config, &error) : NULL;
        flush.settings = settings;
        flush.config = options.config;
        flush.is_dry = options.is_dry_run;
        flush.is_retry = options.is_retry;
        if (options.is_version)
                printf("mailclinic %s\n", PACKAGE_VERSION);
        else if (settings)
                run(&flush, &error);
        ledger_free(flush.ledger);
        g_clear_pointer(&settings, settings_free);
        g_free(options.config);
        return error ? cmd_fail("flush", error) : cmd_finish("flush", flush.status);
}

int main(int argc, char **argv)
{
        paint_begin(true);
        return argc && g_str_equal(argv[0], "issue") ? issue_network(argc, argv) : flush_main(argc, argv);
}
