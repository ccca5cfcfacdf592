/* mailclinic fingerprint: shows which lines would be one issue.
 * In: lines on standard input or of files. Out: one group name a line. */
#include "cmd.h"

#include "base/fail.h"
#include "base/limits.h"
#include "decide/template.h"
#include "reader/mask.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fingerprint {
        gboolean is_by_lines;
        struct templates *templates;
        GArray *lines; /* guint: the template of each */
};

static bool parse(struct fingerprint *fingerprint, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"lines", 'l', 0, G_OPTION_ARG_NONE, &fingerprint->is_by_lines, "print the name of one group for each line", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("--lines [FILE...|-]");
        g_option_context_set_summary(context, "Show what would be one issue.");
        g_option_context_add_main_entries(context, entries, NULL);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (!fingerprint->is_by_lines)
                g_set_error(error, FAIL, FAIL_USAGE, "what is told apart? Use --lines; see 'mailclinic fingerprint --help'");
        return fingerprint->is_by_lines;
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

int cmd_fingerprint(int argc, char **argv)
{
        struct fingerprint fingerprint = {0};
        g_autoptr(GError) error = NULL;
        if (!parse(&fingerprint, &argc, &argv, &error))
                return cmd_fail("fingerprint", error);
        fingerprint.templates = templates_new();
        fingerprint.lines = g_array_new(FALSE, FALSE, sizeof(guint));
        bool is_read = argc > 1 || add_file(&fingerprint, "-", &error);
        for (int i = 1; i < argc && is_read; i++)
                is_read = add_file(&fingerprint, argv[i], &error);
        if (is_read)
                print_names(&fingerprint);
        g_array_unref(fingerprint.lines);
        templates_free(fingerprint.templates);
        return is_read ? cmd_finish("fingerprint", EX_OK) : cmd_fail("fingerprint", error);
}
