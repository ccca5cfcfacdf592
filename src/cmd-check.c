/* mailclinic check: look for faults in the configuration, in every filter, and in how filters take their samples.
 * In: filter files. Out: one line a fault, "PATH:LINE:COLUMN: what", and a summary; EX_CONFIG if there is any. */
#include "cmd.h"

#include "base/fail.h"
#include "check-file.h"
#include "check-sample.h"
#include "out/owner.h"
#include "out/paint.h"
#include "reader/duty.h"
#include "setup.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

static const char description[] = "Without FILE every filter is checked, and each filter against its samples:\n"
                                  "samples/VENDOR/*.eml beside the directory of filters, or beneath --samples;\n"
                                  "with --vendor the samples of that filter alone.\n\n"
                                  "A fault is a key, type or word that is not known, a pattern that does not\n"
                                  "compile or is slow, a capture that is no field, an unknown zone, strptime forms\n"
                                  "that read one text as different times, a notice that is never reached, a sample\n"
                                  "that another filter claims too. The status is 78 if there is any, else 0.\n";

struct options {
        char *samples;
        gboolean json;
        char **files;
};

/* What was looked at, and what was found. */
struct found {
        guint files, patterns, samples;
        GPtrArray *faults; /* GError */
};

static void check_files(const char *const *files, struct found *found)
{
        struct check *check = check_new();

        for (; *files; files++) {
                check_file(check, *files, found->faults);
                found->files++;
        }
        found->patterns = check_patterns(check);
        check_free(check);
}

/* The directory of samples: as told, else beside one of the directories of filters; NULL where there is none. */
static char *samples_directory(const struct options *options, char *const *directories)
{
        if (options->samples)
                return g_strdup(options->samples);
        for (; *directories; directories++) {
                g_autofree char *filters = g_canonicalize_filename(*directories, NULL);
                g_autofree char *parent = g_path_get_dirname(filters);
                g_autofree char *samples = g_build_filename(parent, "samples", NULL);
                if (g_file_test(samples, G_FILE_TEST_IS_DIR))
                        return g_steal_pointer(&samples);
        }
        return NULL;
}

static void check_all(const struct options *options, const struct setup *setup, struct found *found)
{
        g_autoptr(GPtrArray) files = filter_files((const char *const *)setup->directories);
        g_autofree char *samples = samples_directory(options, setup->directories);

        g_ptr_array_add(files, NULL);
        check_files((const char *const *)files->pdata, found);
        if (samples)
                found->samples = check_samples(&setup->reader, samples, found->faults);
        duty_check(setup->settings, found->faults);
}

/* "PATH:LINE:COLUMN: what" in its parts; a fault without a place has a path alone. */
static json_t *fault_to_json(const char *message)
{
        g_autoptr(GRegex) regex = g_regex_new("^(.*?)(?::(\\d+):(\\d+))?: (.*)$", G_REGEX_DOTALL, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;

        if (!g_regex_match(regex, message, 0, &match))
                return json_pack("{s:s}", "what", message);
        g_autofree char *path = g_match_info_fetch(match, 1);
        g_autofree char *line = g_match_info_fetch(match, 2);
        g_autofree char *column = g_match_info_fetch(match, 3);
        g_autofree char *what = g_match_info_fetch(match, 4);
        if (!*line)
                return json_pack("{s:s, s:n, s:n, s:s}", "path", path, "line", "column", "what", what);
        return json_pack("{s:s, s:i, s:i, s:s}", "path", path, "line", atoi(line), "column", atoi(column), "what", what);
}

static void print_json(const struct found *found)
{
        json_t *faults = json_array();

        for (guint i = 0; i < found->faults->len; i++)
                json_array_append_new(faults, fault_to_json(((GError *)g_ptr_array_index(found->faults, i))->message));
        json_t *all = json_pack("{s:i, s:i, s:i, s:o}", "files", (int)found->files, "patterns", (int)found->patterns, "samples",
                                (int)found->samples, "faults", faults);
        json_dumpf(all, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(all);
}

static void print_text(const struct found *found)
{
        struct paint paint = paint_of(stdout);

        for (guint i = 0; i < found->faults->len; i++)
                paint_print(&paint, STYLE_PLAIN, "%s\n", ((GError *)g_ptr_array_index(found->faults, i))->message);
        g_autofree char *count = found->faults->len ? g_strdup_printf("%u", found->faults->len) : g_strdup("no");
        paint_print(&paint, found->faults->len ? STYLE_RED : STYLE_GREEN, "%s fault%s in %u files, %u patterns, %u samples\n", count,
                    found->faults->len == 1 ? "" : "s", found->files, found->patterns, found->samples);
}

static bool parse(int *argc, char ***argv, struct options *options, struct setup_options *setup, GError **error)
{
        const GOptionEntry entries[] = {
                {"samples", 's', 0, G_OPTION_ARG_FILENAME, &options->samples, "read samples beneath this directory", "DIR"},
                {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json, "print one JSON object", NULL},
                {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("[FILE...]");

        g_option_context_set_summary(context, "Look for faults in the configuration and in filters.");
        g_option_context_set_description(context, description);
        g_option_context_add_main_entries(context, entries, NULL);
        setup_options_add(setup, context);
        return cmd_parse(context, argc, argv, error);
}

static bool check(const struct options *options, const struct setup_options *setup_options, struct found *found, GError **error)
{
        if (options->files) {
                check_files((const char *const *)options->files, found);
                return true;
        }
        struct setup *setup = setup_new(setup_options, error);
        if (!setup)
                return false;
        g_autofree char *path = settings_where(setup_options->config);
        owner_check(setup->settings, setup->filters, path, found->faults);
        check_all(options, setup, found);
        setup_free(setup);
        return true;
}

int cmd_check(int argc, char **argv)
{
        struct options options = {0};
        struct setup_options setup = {0};
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        struct found found = {.faults = faults};
        g_autoptr(GError) error = NULL;
        int status = EX_OK;

        if (!parse(&argc, &argv, &options, &setup, &error) || !check(&options, &setup, &found, &error)) {
                status = cmd_fail("check", error);
        } else {
                (options.json ? print_json : print_text)(&found);
                status = faults->len ? EX_CONFIG : EX_OK;
        }
        g_free(options.samples);
        g_strfreev(options.files);
        setup_options_clear(&setup);
        return status;
}
