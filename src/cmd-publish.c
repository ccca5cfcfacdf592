/* mailclinic publish: writes the calendar to subscribe to, the vdir, the report and the digest, as the ledger has them now.
 * In: the ledger. Out: files as named by the command line, else by the configuration; the digest on stdout. */
#include "cmd.h"

#include "base/fail.h"
#include "ledger/ledger.h"
#include "out/feed.h"
#include "publish-roundup.h"

#include <stdio.h>

struct options {
        char *config, *feed, *vdir;
        struct roundup_options roundup;
};

struct publish {
        struct ledger *ledger;
        GPtrArray *maintenances; /* struct maintenance */
        GArray *events;          /* struct listed */
        const char *name;
        struct written written;
        bool has_files; /* something was written of the calendar */
};

static bool keep(const struct maintenance *maintenance, void *data)
{
        g_ptr_array_add(data, maintenance_copy(maintenance));
        return true;
}

static bool is_ours(const char *uid, void *data)
{
        struct publish *publish = data;
        struct maintenance *maintenance = ledger_maintenance_of(publish->ledger, uid, NULL);
        bool is_known = maintenance != NULL;
        maintenance_free(maintenance);
        return is_known;
}

static bool collect(struct publish *publish, struct feed_choice *choice, GError **error)
{
        if (!ledger_newest(publish->ledger, &choice->now, error) ||
            !ledger_maintenances(publish->ledger, G_MININT64, keep, publish->maintenances, error))
                return false;
        for (guint i = 0; i < publish->maintenances->len; i++)
                feed_select(publish->events, publish->maintenances->pdata[i], choice);
        feed_sort(publish->events);
        return true;
}

static bool write_all(struct publish *publish, const char *feed, const char *vdir, GError **error)
{
        if (feed && !feed_write(feed, publish->name, publish->events, &publish->written, error))
                return false;
        return !vdir || feed_write_vdir(vdir, publish->name, publish->events, is_ours, publish, &publish->written, error);
}

/* The calendar as files; none of both named: nothing is done. */
static bool write_calendar(const char *feed, const char *vdir, const struct settings *settings, struct publish *publish, GError **error)
{
        const char *keep = settings->publish.keep ? settings->publish.keep : "400d";
        struct feed_choice choice = {.keep_seconds = settings_seconds(keep), .hides_doubted = settings->publish_review == CONSENT_NO};
        if (!feed && !vdir)
                return true;
        publish->name = settings->publish.name ? settings->publish.name : "Maintenance";
        if (!collect(publish, &choice, error) || !write_all(publish, feed, vdir, error))
                return false;
        publish->has_files = true;
        return true;
}

static bool run(const struct options *options, const struct settings *settings, struct publish *publish, GError **error)
{
        bool is_chosen = options->feed || options->vdir || roundup_options_any(&options->roundup);
        const char *feed = is_chosen ? options->feed : settings->publish.feed, *vdir = is_chosen ? options->vdir : settings->publish.vdir;
        g_autofree char *directory = settings_ledger(settings);
        if (!is_chosen && !feed && !vdir) {
                g_set_error(
                        error, FAIL, FAIL_USAGE,
                        "nothing to write: give --feed, --vdir, --report or --digest, or name files under publish: in the configuration");
                return false;
        }
        publish->ledger = ledger_open(directory, error);
        return publish->ledger && write_calendar(feed, vdir, settings, publish, error) &&
               (!roundup_options_any(&options->roundup) || publish_roundup(&options->roundup, publish->ledger, settings, error));
}

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "read this configuration", "FILE"},
                {"feed", 0, 0, G_OPTION_ARG_FILENAME, &options->feed, "write the calendar to subscribe to", "FILE"},
                {"vdir", 0, 0, G_OPTION_ARG_FILENAME, &options->vdir, "write a file for each event", "DIR"},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("- write the calendar, a report and a digest");
        g_option_context_add_main_entries(context, entries, NULL);
        roundup_options_add(&options->roundup, context);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (*argc > 1)
                g_set_error(error, FAIL, FAIL_USAGE, "'%s' is no option; see 'mailclinic publish --help'", (*argv)[1]);
        return *argc == 1 && roundup_options_check(&options->roundup, error);
}

int cmd_publish(int argc, char **argv)
{
        struct options options = {0};
        struct publish publish = {
                .maintenances = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free),
                .events = g_array_new(FALSE, FALSE, sizeof(struct listed)),
        };
        g_autoptr(GError) error = NULL;
        struct settings *settings = parse(&options, &argc, &argv, &error) ? settings_load(options.config, &error) : NULL;
        if (settings && run(&options, settings, &publish, &error) && publish.has_files)
                fprintf(options.roundup.is_digest ? stderr : stdout, "%u events; files: %u written, %u unchanged, %u removed\n",
                        publish.events->len, publish.written.n_written, publish.written.n_same, publish.written.n_removed);
        g_clear_pointer(&settings, settings_free);
        g_array_unref(publish.events);
        g_ptr_array_unref(publish.maintenances);
        ledger_free(publish.ledger);
        g_free(options.config);
        g_free(options.feed);
        g_free(options.vdir);
        roundup_options_clear(&options.roundup);
        return error ? cmd_fail("publish", error) : cmd_finish("publish", EX_OK);
}
