/* mailclinic fingerprint: shows which mails would be one issue, and why; or which lines.
 * In: mailboxes, or lines on standard input or of files. Out: the issues for people, or one group name a line. */
#include "cmd.h"

#include "base/fail.h"
#include "base/limits.h"
#include "decide/template.h"
#include "fingerprint.h"
#include "reader/mask.h"
#include "setup.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fingerprint {
        struct setup_options shared;
        gboolean is_by_lines;
        struct templates *templates;
        GArray *lines; /* guint: the template of each */
};

static bool parse(struct fingerprint *fingerprint, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"lines", 'l', 0, G_OPTION_ARG_NONE, &fingerprint->is_by_lines, "print the name of one group for each line of the files",
                 NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("PATH... | --lines [FILE...|-]");
        g_option_context_set_summary(context, "Show which mails of root@ would be one issue, and why; of two mails, whether they are.");
        g_option_context_set_description(context, "PATH is what 'mailclinic replay' takes.");
        g_option_context_add_main_entries(context, entries, NULL);
        setup_options_add(&fingerprint->shared, context);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (!fingerprint->is_by_lines && *argc < 2)
                g_set_error(error, FAIL, FAIL_USAGE, "which mails? See 'mailclinic fingerprint --help'");
        return fingerprint->is_by_lines || *argc > 1;
}

static void add_lines(struct fingerprint *fingerprint, FILE *file)
{
        g_autoptr(GString) masked = g_string_new(NULL);
        char *line = NULL;
        size_t room = 0;
        for (ssize_t n; (n = getline(&line, &room, file)) > 0;) {
                n -= line[n - 1] == '\n';
                g_string_truncate(masked, 0);
                mask_line(line, MIN((gsize)n, LIMIT_RE_SUBJECT), masked);
                guint id = templates_add(fingerprint->templates, masked->str);
                g_array_append_val(fingerprint->lines, id);
        }
        free(line);
}

static bool add_file(struct fingerprint *fingerprint, const char *path, GError **error)
{
        bool is_input = strcmp(path, "-") == 0;
        FILE *file = is_input ? stdin : fopen(path, "re");
        if (file)
                add_lines(fingerprint, file);
        bool is_read = file && !ferror(file);
        if (!is_read)
                g_set_error(error, FAIL, FAIL_INPUT, "%s: cannot be read: %s", path, g_strerror(errno));
        if (file && !is_input)
                fclose(file);
        return is_read;
}

/* Names last until the next run: a group may still have been joined with an earlier one by the last line. */
static void print_names(const struct fingerprint *fingerprint)
{
        for (guint i = 0; i < fingerprint->lines->len; i++)
                printf("g%u\n", templates_root(fingerprint->templates, g_array_index(fingerprint->lines, guint, i)) + 1);
}

static bool show_lines(struct fingerprint *fingerprint, int n_paths, char **paths, GError **error)
{
        fingerprint->templates = templates_new();
        fingerprint->lines = g_array_new(FALSE, FALSE, sizeof(guint));
        bool is_read = n_paths > 0 || add_file(fingerprint, "-", error);
        for (int i = 0; i < n_paths && is_read; i++)
                is_read = add_file(fingerprint, paths[i], error);
        if (is_read)
                print_names(fingerprint);
        g_array_unref(fingerprint->lines);
        templates_free(fingerprint->templates);
        return is_read;
}

static bool show_mails(struct fingerprint *fingerprint, char **paths, GError **error)
{
        struct paint paint = paint_of(stdout);
        g_free(fingerprint->shared.stream);
        fingerprint->shared.stream = g_strdup(stream_word(STREAM_ROOT));
        struct setup *setup = setup_new(&fingerprint->shared, error);
        if (!setup)
                return false;
        setup_report(setup, "fingerprint");
        bool is_read = fingerprint_mails(&setup->reader, (const char *const *)paths, &paint, error);
        setup_free(setup);
        return is_read;
}

int cmd_fingerprint(int argc, char **argv)
{
        struct fingerprint fingerprint = {0};
        g_autoptr(GError) error = NULL;
        bool is_read =
                parse(&fingerprint, &argc, &argv, &error) && (fingerprint.is_by_lines ? show_lines(&fingerprint, argc - 1, argv + 1, &error)
                                                                                      : show_mails(&fingerprint, argv + 1, &error));
        setup_options_clear(&fingerprint.shared);
        return error ? cmd_fail("fingerprint", error) : cmd_finish("fingerprint", is_read ? EX_OK : EX_NOINPUT);
}
