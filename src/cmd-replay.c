/* mailclinic replay: reads whole mailboxes, shows what each mail says and comes to, and records it.
 * In: paths of mailboxes. Out: the ledger; a line a mail on stdout, a summary, and the faults of mailboxes on stderr. */
#include "cmd.h"

#include "base/fail.h"
#include "in/mailbox.h"
#include "out/progress.h"
#include "out/tally.h"
#include "reader/pool.h"
#include "recorder.h"
#include "replay-diff.h"
#include "setup.h"
#include "showing.h"

#include <string.h>

enum { MOST_JOBS = 64, USUAL_JOBS = 8 };

struct options {
        struct setup_options setup;
        gboolean is_dry_run, is_acting;
        int jobs;
        char *decisions;
        struct showing_options showing;
};

struct replay {
        struct showing *showing;
        struct paint out, err;
        struct mailbox *mailbox;
        struct pool *pool;
        struct recorder *recorder;
        enum stream stream;
        struct tally *tally;
        struct progress *progress;
        guint n_read, n_failed;
        bool is_dry_run, has_bad_path, has_bad_data;
};

static void free_tag(gpointer mail)
{
        raw_mail_free(mail);
}

static void show_progress(struct replay *replay)
{
        guint64 done, total;
        mailbox_progress(replay->mailbox, &done, &total);
        progress_show(replay->progress, done, total, replay->n_read + replay->n_failed);
}

static void show_mail(void *data, const struct raw_mail *raw, const struct reading *reading, const struct verdict *verdict)
{
        struct replay *replay = data;
        const struct maintenance *maintenance = verdict->maintenances->len ? verdict->maintenances->pdata[0] : NULL;
        g_autofree char *why = verdict_why(verdict);
        struct replayed mail = {
                .file = raw->file,
                .offset = raw->offset,
                .reading = reading,
                .resolution = verdict->resolution,
                .why = why,
                .reasons = verdict->reasons,
                .issue = verdict->issue,
                .maintenance = maintenance ? maintenance->key : NULL,
        };
        if (replay->out.is_terminal || raw->note)
                progress_hide(replay->progress);
        if (raw->note)
                paint_print(&replay->err, STYLE_PLAIN, "mailclinic replay: %s, offset %" G_GINT64_FORMAT ": %s\n", raw->file, raw->offset,
                            raw->note);
        showing_mail(replay->showing, &mail);
        tally_add(replay->tally, &mail);
        if (reading_has_failed(reading))
                replay->n_failed++;
        else
                replay->n_read++;
        show_progress(replay);
}

/* Wait for the reading of the first mail in hand; it is shown when it is recorded. */
static bool finish_mail(struct replay *replay, GError **error)
{
        void *tag;
        struct reading *reading = pool_take(replay->pool, &tag);
        return recorder_put(replay->recorder, tag, reading, error);
}

static void report_error(struct replay *replay, const GError *error)
{
        progress_hide(replay->progress);
        paint_print(&replay->err, STYLE_PLAIN, "mailclinic replay: %s\n", error->message);
        if (fail_status(error) == EX_DATAERR)
                replay->has_bad_data = true;
        else
                replay->has_bad_path = true;
}

/* Read all mails. Stops early when stdout takes nothing more. false and an error if the ledger does not. */
static bool replay_mails(struct replay *replay, GError **error)
{
        while (!ferror(replay->out.out)) {
                g_autoptr(GError) wrong = NULL;
                struct raw_mail *mail = mailbox_next(replay->mailbox, &wrong);
                if (!mail && !wrong)
                        break;
                if (wrong)
                        report_error(replay, wrong);
                if (!mail)
                        continue;
                while (pool_is_full(replay->pool))
                        if (!finish_mail(replay, error)) {
                                raw_mail_free(mail);
                                return false;
                        }
                pool_put(replay->pool, mail->bytes, mail);
        }
        while (pool_has_mail(replay->pool) && !ferror(replay->out.out))
                if (!finish_mail(replay, error))
                        return false;
        return recorder_flush(replay->recorder, error);
}

/* The past is not acted on, but what is to come may be (DESIGN.md). */
static bool act(struct replay *replay, GError **error)
{
        guint n_events, n_tasks;
        if (!recorder_act(replay->recorder, &n_events, &n_tasks, error))
                return false;
        if (replay->stream == STREAM_MAINT || n_events > 0)
                paint_print(&replay->err, STYLE_PLAIN, "mailclinic replay: %u events are queued for the calendar\n", n_events);
        if (replay->stream == STREAM_ROOT || n_tasks > 0)
                paint_print(&replay->err, STYLE_PLAIN, "mailclinic replay: %u tasks are queued for the tracker\n", n_tasks);
        return true;
}

/* People's decisions on these mails are carried out again, or the ledger would say what it said before they were asked. */
static bool redo(struct replay *replay, GError **error)
{
        guint n;
        const GPtrArray *faults;
        if (!recorder_redo_rest(replay->recorder, &n, &faults, error))
                return false;
        for (guint i = 0; i < faults->len; i++)
                paint_print(&replay->err, STYLE_PLAIN, "mailclinic replay: %s\n", (char *)faults->pdata[i]);
        if (n > 0)
                paint_print(&replay->err, STYLE_PLAIN, "mailclinic replay: %u decisions of people were carried out again\n", n);
        return true;
}

static void summarise(const struct replay *replay, double seconds)
{
        const struct paint *paint = showing_is_for_people(replay->showing) ? &replay->out : &replay->err;
        guint n = replay->n_read + replay->n_failed;
        if (showing_is_for_people(replay->showing) && n > 0)
                paint_print(paint, STYLE_PLAIN, "\n");
        tally_print(replay->tally, paint);
        paint_print(paint, STYLE_BOLD, "%u mails read, %u not read, in %.1f s (%.0f mails/s)\n", replay->n_read, replay->n_failed, seconds,
                    n / MAX(seconds, 0.001));
        if (!replay->is_dry_run)
                paint_print(paint, STYLE_PLAIN, "%u recorded, %u known before\n", recorder_new_mails(replay->recorder),
                            recorder_known_mails(replay->recorder));
}

static bool start_readers(struct replay *replay, const struct reader *reader, int jobs, GError **error)
{
        for (int i = 0; i < jobs; i++) {
                struct confined *confined = confined_new(reader, error);
                if (!confined)
                        return false;
                pool_add(replay->pool, confined);
        }
        return true;
}

static int status_of(const struct replay *replay)
{
        if (fflush(replay->out.out) != 0 || ferror(replay->out.out)) {
                g_printerr("mailclinic replay: standard output cannot be written\n");
                return EX_IOERR;
        }
        if (replay->has_bad_path)
                return EX_NOINPUT;
        return replay->has_bad_data || replay->n_failed > 0 ? EX_DATAERR : EX_OK;
}

/* What differs from the ledger that is kept; *differences is NULL where nobody asks. */
static bool compare(const struct replay *replay, const struct options *options, const struct settings *settings, GPtrArray **differences,
                    GError **error)
{
        *differences = NULL;
        if (!options->showing.is_diff)
                return true;
        g_autofree char *directory = settings_ledger(settings);
        struct ledger *kept = ledger_memory(directory, error);
        if (kept)
                *differences = replay_diff(kept, recorder_ledger(replay->recorder), error);
        ledger_free(kept);
        return *differences != NULL;
}

/* With readers and a ledger at hand: a status; -1 and an error if the ledger takes nothing more. */
static int run(struct replay *replay, const char *const *paths, const struct options *options, const struct settings *settings,
               GError **error)
{
        gint64 began = g_get_monotonic_time();
        GPtrArray *differences = NULL;
        replay->mailbox = mailbox_new(paths);
        replay->tally = tally_new();
        replay->progress = progress_new("replay");
        showing_begin(replay->showing, replay->stream);
        bool is_done = replay_mails(replay, error) && redo(replay, error);
        g_clear_pointer(&replay->progress, progress_free);
        is_done = is_done && compare(replay, options, settings, &differences, error);
        if (is_done)
                showing_end(replay->showing, differences);
        g_clear_pointer(&differences, g_ptr_array_unref);
        summarise(replay, (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC);
        return is_done && (!options->is_acting || act(replay, error)) ? status_of(replay) : -1;
}

/* The decisions on mails that are compared with the ledger are those of the ledger. */
static char *decisions_of(const struct options *options, const struct settings *settings)
{
        g_autofree char *directory = settings_ledger(settings);
        if (options->decisions || !options->showing.is_diff)
                return g_strdup(options->decisions);
        return g_build_filename(directory, "decisions.jsonl", NULL);
}

/* The readers are forked before the ledger is opened. */
static int replay_paths(const struct options *options, const struct setup *setup, const char *const *paths, GError **error)
{
        struct replay replay = {.out = paint_of(stdout), .err = paint_of(stderr)};
        g_autofree char *decisions = decisions_of(options, setup->settings);
        enum recording recording = options->showing.is_diff ? RECORDING_AFRESH : options->is_dry_run ? RECORDING_DRY : RECORDING_KEPT;
        int status = -1;
        replay.showing = showing_new(&options->showing, &replay.out);
        replay.is_dry_run = options->is_dry_run;
        replay.pool = pool_new(free_tag);
        bool is_ready = start_readers(&replay, &setup->reader, options->jobs, error);
        replay.stream = setup->reader.stream;
        if (is_ready)
                replay.recorder = recorder_new(setup->settings, setup->filters, recording, show_mail, &replay, error);
        if (replay.recorder && recorder_redo(replay.recorder, decisions, error))
                status = run(&replay, paths, options, setup->settings, error);
        showing_free(replay.showing);
        tally_free(replay.tally);
        mailbox_free(replay.mailbox);
        pool_free(replay.pool);
        recorder_free(replay.recorder);
        return status;
}

static bool check_options(const struct options *options, int n_paths, GError **error)
{
        const char *wrong = showing_options_wrong(&options->showing);
        if (wrong) {
                g_set_error_literal(error, FAIL, FAIL_USAGE, wrong);
                return false;
        }
        if (options->is_dry_run && options->is_acting)
                wrong = "--dry-run acts on nothing; leave one of it and --act out";
        else if (options->showing.is_diff && !options->is_dry_run)
                wrong = "--diff goes with --dry-run";
        else if (options->jobs < 1 || options->jobs > MOST_JOBS)
                wrong = "--jobs is from 1 to 64";
        else if (n_paths == 0)
                wrong = "no PATH; see 'mailclinic replay --help'";
        if (wrong)
                g_set_error_literal(error, FAIL, FAIL_USAGE, wrong);
        return !wrong;
}

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->is_dry_run, "show what would be done, record nothing", NULL},
                {"act", 'a', 0, G_OPTION_ARG_NONE, &options->is_acting, "queue what is still to come after the newest mail, too", NULL},
                {"decisions", 0, 0, G_OPTION_ARG_FILENAME, &options->decisions,
                 "carry out again the decisions in this file (decisions.jsonl of the ledger)", "FILE"},
                {"jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs, "read so many mails at a time (one a processor)", "N"},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("PATH...");
        g_option_context_set_summary(context, "Read whole mailboxes, record them in the ledger and show what each mail says and comes to: "
                                              "mbox (also .gz .xz .zst .bz2), Maildir,\n"
                                              "directories of .eml and .mbox files, single mails, and '-' for standard input.");
        g_option_context_add_main_entries(context, entries, NULL);
        showing_options_add(&options->showing, context);
        setup_options_add(&options->setup, context);
        setup_stream_add(&options->setup, context);
        return cmd_parse(context, argc, argv, error) && check_options(options, *argc - 1, error);
}

int cmd_replay(int argc, char **argv)
{
        struct options options = {.jobs = (int)MIN(g_get_num_processors(), USUAL_JOBS)};
        g_autoptr(GError) error = NULL;
        struct setup *setup = NULL;
        int status = -1;
        if (parse(&options, &argc, &argv, &error))
                setup = setup_new(&options.setup, &error);
        if (setup) {
                setup->reader.explains = showing_wants_evidence(&options.showing);
                setup_report(setup, "replay");
                status = replay_paths(&options, setup, (const char *const *)argv + 1, &error);
        }
        setup_free(setup);
        setup_options_clear(&options.setup);
        showing_options_clear(&options.showing);
        g_free(options.decisions);
        return error ? cmd_fail("replay", error) : status;
}
