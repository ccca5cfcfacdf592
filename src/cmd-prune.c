/* mailclinic prune: removes what the configuration says is kept long enough.
 * In: the configuration, the ledger. Out: raw mails and rows removed; a line that says how many. */
#include "cmd.h"

#include "base/fail.h"
#include "data/settings.h"
#include "ledger/retention.h"

#include <stdio.h>

struct options {
        char *config;
        gboolean is_dry_run;
};

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "read this configuration", "FILE"},
                {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->is_dry_run, "only say what would be removed", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("- remove mails that are kept long enough");
        g_option_context_set_summary(context, "Remove what is older than keep: of the configuration says, of mails that needed no action.");
        g_option_context_add_main_entries(context, entries, NULL);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (*argc > 1)
                g_set_error(error, FAIL, FAIL_USAGE, "'%s' is no option; see 'mailclinic prune --help'", (*argv)[1]);
        return *argc == 1;
}

static gint64 limit(gint64 now, gint64 seconds)
{
        return seconds && now != READING_NO_TIME ? now - seconds : G_MININT64;
}

static bool run(const struct options *options, const struct settings *settings, GError **error)
{
        g_autofree char *directory = settings_ledger(settings);
        struct ledger *ledger = ledger_open(directory, error);
        struct retired retired = {0};
        gint64 now;
        bool is_fine = ledger && retention_now(ledger, g_get_real_time() / G_USEC_PER_SEC, &now, error);
        if (is_fine) {
                struct retention retention = {
                        .raw_before = limit(now, settings_seconds(settings->keep.mails)),
                        .history_before = limit(now, settings_seconds(settings->keep.history)),
                        .is_dry = options->is_dry_run,
                };
                is_fine = retention_run(ledger, &retention, &retired, error);
        }
        ledger_free(ledger);
        if (is_fine)
                printf("%s: %u raw mails (%.1f MB), %u mails of the history\n", options->is_dry_run ? "would be removed" : "removed",
                       retired.raw, (double)retired.bytes / 1e6, retired.history);
        return is_fine;
}

int cmd_prune(int argc, char **argv)
{
        struct options options = {0};
        g_autoptr(GError) error = NULL;
        struct settings *settings = parse(&options, &argc, &argv, &error) ? settings_load(options.config, &error) : NULL;
        if (settings && !settings->keep.mails && !settings->keep.history)
                printf("everything is kept: the configuration has no keep:\n");
        else if (settings)
                run(&options, settings, &error);
        g_clear_pointer(&settings, settings_free);
        g_free(options.config);
        return error ? cmd_fail("prune", error) : cmd_finish("prune", EX_OK);
}
