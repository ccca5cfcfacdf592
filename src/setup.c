/* What the reading commands share: options, settings and filters loaded, and a reader ready to be used.
 * In: the command line, the environment, the configuration. Out: a struct reader, and the faults of the filters. */
#include "setup.h"

#include "base/fail.h"
#include "data/kept.h"
#include "reader/mime.h"

#include <string.h>

void setup_options_add(struct setup_options *options, GOptionContext *context)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "read this configuration", "FILE"},
                {"filters", 'f', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->filters, "read filters beneath this directory alone", "DIR"},
                {"vendor", 'v', 0, G_OPTION_ARG_STRING, &options->vendor, "read as this vendor's, whoever sent it", "NAME"},
                {0},
        };
        g_option_context_add_main_entries(context, entries, NULL);
}

void setup_stream_add(struct setup_options *options, GOptionContext *context)
{
        const GOptionEntry entries[] = {
                {"stream", 's', 0, G_OPTION_ARG_STRING, &options->stream, "the mail came in on this stream: maint (as is usual) or root",
                 "NAME"},
                {0},
        };
        g_option_context_add_main_entries(context, entries, NULL);
}

void setup_options_clear(struct setup_options *options)
{
        g_clear_pointer(&options->config, g_free);
        g_clear_pointer(&options->filters, g_strfreev);
        g_clear_pointer(&options->stream, g_free);
        g_clear_pointer(&options->vendor, g_free);
}

/* Where the filters that come with the program are: as the environment says, as installed, or beside a program that was only built. */
static char *shipped_filters(void)
{
        const char *chosen = g_getenv("MAILCLINIC_FILTERS");
        if (chosen != NULL && *chosen != '\0')
                return g_strdup(chosen);
        g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
        g_autofree char *folder = program == NULL ? NULL : g_path_get_dirname(program);
        g_autofree char *beside = folder == NULL ? NULL : g_build_filename(folder, "filters", NULL);
        if (g_file_test(FILTERS_DIR, G_FILE_TEST_IS_DIR) || beside == NULL)
                return g_strdup(FILTERS_DIR);
        return g_steal_pointer(&beside);
}

static char **filter_directories(const struct setup_options *options, const struct settings *settings)
{
        if (options->filters != NULL)
                return g_strdupv(options->filters);
        g_autoptr(GStrvBuilder) directories = g_strv_builder_new();
        g_autofree char *shipped = shipped_filters();
        if (settings->filters != NULL)
                g_strv_builder_add(directories, settings->filters);
        g_strv_builder_add(directories, shipped);
        return g_strv_builder_end(directories);
}

/* Whether there is a filter of this vendor; an error names those that there are. */
static bool has_vendor(const struct filters *filters, const char *vendor, GError **error)
{
        g_autoptr(GString) known = g_string_new(NULL);
        for (guint i = 0; i < filters->vendors->len; i++) {
                const struct vendor_filter *filter = filters->vendors->pdata[i];
                if (strcmp(filter->vendor, vendor) == 0)
                        return true;
                g_string_append_printf(known, "%s%s", i == 0 ? "" : " ", filter->vendor);
        }
        g_set_error(error, FAIL, FAIL_USAGE, "no filter has the vendor '%s'; there are: %s", vendor, known->str);
        return false;
}

struct setup *setup_settings(const struct setup_options *options, GError **error)
{
        struct settings *settings = settings_load(options->config, error);
        if (settings == NULL)
                return NULL;
        struct setup *setup = g_new0(struct setup, 1);
        setup->settings = settings;
        setup->problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        return setup;
}

bool setup_reader(struct setup *setup, const struct setup_options *options, GError **error)
{
        int stream = options->stream ? stream_from_word(options->stream) : STREAM_MAINT;
        if (stream < 0) {
                g_set_error(error, FAIL, FAIL_USAGE, "--stream is maint or root, not '%s'", options->stream);
                return false;
        }
        setup->directories = filter_directories(options, setup->settings);
        const char *const *directories = (const char *const *)setup->directories;
        setup->filters = options->kept ? kept_load(options->kept, directories, setup->problems, error)
                                       : filters_load(directories, setup->problems, error);
        if (setup->filters == NULL || (options->vendor != NULL && !has_vendor(setup->filters, options->vendor, error)))
                return false;
        mime_init();
        setup->patterns = re_set_new(setup->filters->patterns);
        setup->labels = label_set_new();
        setup->zones = zone_set_new();
        setup->reader = (struct reader){
                .filters = setup->filters,
                .settings = setup->settings,
                .patterns = setup->patterns,
                .labels = setup->labels,
                .zones = setup->zones,
                .stream = (enum stream)stream,
                .vendor = options->vendor,
        };
        return true;
}

struct setup *setup_new(const struct setup_options *options, GError **error)
{
        struct setup *setup = setup_settings(options, error);
        if (setup == NULL || setup_reader(setup, options, error))
                return setup;
        setup_free(setup);
        return NULL;
}

void setup_free(struct setup *setup)
{
        if (setup == NULL)
                return;
        g_clear_pointer(&setup->patterns, re_set_free);
        g_clear_pointer(&setup->labels, label_set_free);
        g_clear_pointer(&setup->zones, zone_set_free);
        g_clear_pointer(&setup->filters, filters_free);
        g_clear_pointer(&setup->settings, settings_free);
        g_strfreev(setup->directories);
        g_ptr_array_unref(setup->problems);
        g_free(setup);
}

void setup_report(const struct setup *setup, const char *command)
{
        for (guint i = 0; i < setup->problems->len; i++) {
                const GError *problem = setup->problems->pdata[i];
                g_printerr("mailclinic %s: filter left out: %s\n", command, problem->message);
        }
}
