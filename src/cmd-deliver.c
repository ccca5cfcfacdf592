/* mailclinic deliver: takes one mail from the mail server, records what it means, and never loses or bounces it (DELIVERY.md 7 and 8).
 * In: a mail on standard input, the environment that exim gives. Out: the ledger, one line in the log; 0 or 75, nothing else. */
#include "cmd.h"

#include "base/fail.h"
#include "base/log.h"
#include "deciding.h"
#include "filing.h"
#include "ledger/raw.h"
#include "ledger/spool.h"
#include "loop.h"
#include "reader/confine.h"
#include "setup.h"
#include "shield.h"
#include "stream.h"

#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum {
        ALARM_SECONDS = 4 * 60, /* exim's patience may be 5 minutes */
        MOST_TRIES = 2,         /* runs that may die of a mail; the next one does not read it */
};

struct options {
        struct setup_options setup;
        char *stream, *log;
        gboolean is_tap;
};

struct delivery {
        const struct options *options;
        struct setup *setup;
        struct spooled *spooled;
        struct reading *reading;
        struct verdict *verdict;
        char *message_id;
        char *folder, *unfiled; /* where it was filed, or why it was not; NULL */
        int stream;             /* -1: none of those that are configured */
        bool is_known;
        gint64 began;
};

static bool check_stream(const char *word, GError **error)
{
        if (!word || stream_from_word(word) >= 0)
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "--stream is maint or root, not '%s'", word);
        return false;
}

/* --help prints and ends with 0: never for a mail server. */
static bool parse(struct options *options, bool wants_help, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"stream", 's', 0, G_OPTION_ARG_STRING, &options->stream, "the mail came in on this stream: maint or root", "NAME"},
                {"tap", 0, 0, G_OPTION_ARG_NONE, &options->is_tap, "beside another delivery: never file, never defer", NULL},
                {"log", 0, 0, G_OPTION_ARG_FILENAME, &options->log, "log to the end of this file, not to syslog", "FILE"},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new(NULL);
        g_option_context_set_help_enabled(context, wants_help);
        g_option_context_set_summary(context,
                                     "Take one mail from standard input, as a mail server gives it. Silent; the status is 0 if the mail\n"
                                     "is recorded, else 75: the mail server keeps it and tries again.");
        g_option_context_add_main_entries(context, entries, NULL);
        setup_options_add(&options->setup, context);
        if (!cmd_parse(context, argc, argv, error) || !check_stream(options->stream, error))
                return false;
        if (*argc == 1)
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "'%s' is not understood", (*argv)[1]);
        return false;
}

/* Before options are parsed, and where they cannot be. */
static bool is_tap_told(int argc, char **argv)
{
        for (int i = 1; i < argc; i++)
                if (g_str_equal(argv[i], "--tap"))
                        return true;
        return false;
}

/* GOption forgets what it understood when it meets what it does not. Borrowed; NULL. */
static const char *log_told(int argc, char **argv)
{
        for (int i = 1; i < argc; i++) {
                if (g_str_equal(argv[i], "--log"))
                        return argv[i + 1];
                if (g_str_has_prefix(argv[i], "--log="))
                        return argv[i] + strlen("--log=");
        }
        return NULL;
}

/* -1: none of the streams. */
static int find_stream(const struct delivery *delivery)
{
        const struct options *options = delivery->options;
        const struct stream_settings *streams = &delivery->setup->settings->streams;
        g_autofree char *list_id = raw_field(delivery->spooled->bytes, "List-Id");
        static const char *const variables[] = {"RECIPIENT", "LOCAL_PART"};
        if (options->stream)
                return stream_from_word(options->stream);
        for (gsize i = 0; i < G_N_ELEMENTS(variables) && !options->is_tap; i++) {
                const char *address = g_getenv(variables[i]);
                int stream = address && *address ? stream_of_address(streams, address) : -1;
                if (stream >= 0)
                        return stream;
        }
        return list_id ? stream_of_list(streams, list_id) : -1;
}

static const char *why_review(const struct delivery *delivery)
{
        if (reading_has_failed(delivery->reading))
                return delivery->reading->reasons->pdata[0];
        if (delivery->stream < 0)
                return "it was delivered to none of the configured addresses";
        return loop_why(delivery->spooled->bytes, delivery->reading, g_getenv("SENDER"));
}

/* What is for nobody is read as a notice: it may be one. */
static enum stream stream_read(const struct delivery *delivery)
{
        return delivery->stream == STREAM_ROOT ? STREAM_ROOT : STREAM_MAINT;
}

/* The reading, in a child; of a mail that runs died of there is none. */
static bool read_mail(struct delivery *delivery, GError **error)
{
        struct spooled *spooled = delivery->spooled;
        delivery->stream = find_stream(delivery);
        if (spooled->tries >= MOST_TRIES) {
                g_autofree char *why = g_strdup_printf("it was not read: %d deliveries ended at it", spooled->tries);
                delivery->reading = reading_failed(stream_read(delivery), why);
        } else {
                g_autofree char *kept = g_build_filename(spooled->directory, "filters.kept", NULL);
                struct setup_options options = delivery->options->setup;
                options.kept = kept;
                if (!setup_reader(delivery->setup, &options, error))
                        return false;
                delivery->setup->reader.stream = stream_read(delivery);
                struct confined *confined = confined_new(&delivery->setup->reader, error);
                if (!confined)
                        return false;
                delivery->reading = confined_read(confined, spooled->bytes);
                confined_free(confined);
        }
        if (!delivery->reading->message_id)
                delivery->reading->message_id = g_strdup(delivery->message_id);
        return true;
}

/* A mail that cannot be filed now is safe: it is filed with a later one. */
static void file_mail(struct delivery *delivery, struct ledger *ledger, const struct mail_key *key)
{
        g_autoptr(GError) error = NULL;
        gint64 mail = delivery->is_known ? 0 : ledger_find(ledger, key, &error);
        if (mail < 0 || !filing_run(ledger, delivery->setup->settings, mail, &delivery->folder, &error))
                delivery->unfiled = g_strdup(error->message);
}

/* History and outbox in one transaction; the mail has its last name before. */
static bool record(struct delivery *delivery, struct ledger *ledger, GError **error)
{
        struct reading *reading = delivery->reading;
        gint64 received = reading->thread.received, date = received == READING_NO_TIME ? reading->date : received;
        bool is_filed = delivery->setup->settings->maildir.path && !delivery->options->is_tap;
        g_autofree char *place = raw_place(delivery->spooled->hash, date), *raw_hash = g_strconcat("raw:", delivery->spooled->hash, NULL);
        reading->stream = stream_read(delivery);
        struct decided decided = {
                .reading = reading,
                .raw_hash = raw_hash,
                .raw = place,
                .why_review = why_review(delivery),
                .is_unfiled = is_filed,
        };
        struct deciding deciding;
        struct mail_key key = mail_key_of(reading, raw_hash);
        gint64 known = ledger_find(ledger, &key, error);
        if (known < 0 || (known == 0 && !spool_keep(delivery->spooled, place, error)) || !ledger_begin(ledger, error))
                return false;
        deciding_init(&deciding, delivery->setup->settings, delivery->setup->filters, ledger);
        delivery->verdict = decide_and_record(&deciding, &decided, &delivery->is_known, error);
        deciding_release(&deciding);
        if (!delivery->verdict || !ledger_commit(ledger, error))
                return false;
        spool_drop(delivery->spooled);
        if (is_filed)
                file_mail(delivery, ledger, &key);
        return true;
}

/* The way of a mail (DESIGN.md). The ledger is opened after the child was forked. */
static bool deliver(struct delivery *delivery, GError **error)
{
        delivery->setup = setup_settings(&delivery->options->setup, error);
        if (!delivery->setup)
                return false;
        g_autofree char *directory = settings_ledger(delivery->setup->settings);
        delivery->spooled = spool_take(STDIN_FILENO, directory, error);
        if (!delivery->spooled)
                return false;
        delivery->message_id = raw_message_id(delivery->spooled->bytes);
        if (!spool_try(delivery->spooled, error) || !read_mail(delivery, error))
                return false;
        struct ledger *ledger = ledger_open(directory, error);
        bool is_recorded = ledger && record(delivery, ledger, error);
        ledger_free(ledger);
        return is_recorded;
}

static void log_reading(const struct delivery *delivery, GString *line)
{
        const struct reading *reading = delivery->reading;
        log_add(line, "stream", stream_word(reading->stream));
        log_add(line, "vendor", reading->vendor);
        log_add(line, "kind", reading_kind(reading));
        log_add(line, "from", reading->from);
        log_add(line, "subject", reading->subject);
}

static void log_verdict(const struct delivery *delivery, GString *line)
{
        const struct verdict *verdict = delivery->verdict;
        g_autofree char *acts = g_strdup_printf("%u", verdict->acts->len), *why = verdict_why(verdict);
        for (guint i = 0; i < verdict->maintenances->len; i++)
                log_add(line, "maintenance", ((const struct maintenance *)verdict->maintenances->pdata[i])->key);
        log_add(line, "issue", verdict->issue);
        log_add(line, "resolution", resolution_word(verdict->resolution));
        log_add(line, "acts", acts);
        log_add(line, "reason", why);
}

static void log_delivery(const struct delivery *delivery, const GError *error)
{
        g_autoptr(GString) line = g_string_new(NULL);
        g_autofree char *took = g_strdup_printf("%.1f", (double)(g_get_monotonic_time() - delivery->began) / 1000);
        log_add(line, "message-id", delivery->message_id ? delivery->message_id : "none");
        if (error) {
                log_add(line, "deferred", error->message);
        } else {
                log_reading(delivery, line);
                log_verdict(delivery, line);
                if (delivery->is_known)
                        log_add(line, "repeat", "yes");
                log_add(line, "folder", delivery->folder);
                log_add(line, "unfiled", delivery->unfiled);
        }
        if (delivery->spooled)
                log_add(line, "hash", delivery->spooled->hash);
        log_add(line, "ms", took);
        log_write(delivery->options->log, error ? LOG_ERR : LOG_INFO, line);
}

/* A run that ends in good order did not die of the mail. */
static void finish(struct delivery *delivery, bool is_recorded)
{
        if (!is_recorded && delivery->spooled)
                spool_forgive(delivery->spooled);
        spooled_free(delivery->spooled);
        verdict_free(delivery->verdict);
        reading_free(delivery->reading);
        setup_free(delivery->setup);
        g_free(delivery->message_id);
        g_free(delivery->folder);
        g_free(delivery->unfiled);
}

int cmd_deliver(int argc, char **argv)
{
        struct options options = {0};
        struct delivery delivery = {.options = &options, .began = g_get_monotonic_time()};
        g_autoptr(GError) error = NULL;
        bool wants_help = isatty(STDOUT_FILENO) && argc == 2 && g_str_equal(argv[1], "--help");
        bool is_tap = is_tap_told(argc, argv);
        if (!wants_help)
                shield_raise(ALARM_SECONDS, is_tap ? SHIELD_PASSES : SHIELD_DEFERS);
        bool is_recorded = parse(&options, wants_help, &argc, &argv, &error) && deliver(&delivery, &error);
        if (!options.log)
                options.log = g_strdup(log_told(argc, argv));
        log_delivery(&delivery, error);
        finish(&delivery, is_recorded);
        setup_options_clear(&options.setup);
        g_free(options.stream);
        g_free(options.log);
        return is_recorded || is_tap ? EX_OK : EX_TEMPFAIL;
}
