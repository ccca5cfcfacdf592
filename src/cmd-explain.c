/* mailclinic explain: one mail through every stage, with what matched where and why the nearest filters did not.
 * In: files. Out: a text for people, or the reading as JSON. */
#include "base/fail.h"
#include "cmd.h"
#include "in/input.h"
#include "in/mbox.h"
#include "out/show.h"
#include "reader/confine.h"
#include "setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct explain {
        struct setup_options shared;
        gboolean wants_json, wants_expect;
        struct setup *setup;
        struct confined *confined;
        struct paint paint;
        bool is_next; /* something was printed already */
};

static bool parse(struct explain *explain, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"json", 'j', 0, G_OPTION_ARG_NONE, &explain->wants_json, "print the reading as JSON, one mail on one line", NULL},
                {"expect", 'e', 0, G_OPTION_ARG_NONE, &explain->wants_expect, "print what a sample's .expect file holds", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("FILE...");
        g_option_context_set_summary(context, "Show what one mail says, how sure that is, and which line matched which filter.");
        g_option_context_set_description(context, "FILE is one mail or an mbox, '-' one mail on standard input. With --vendor or --stream "
                                                  "root it may also be the bare text of a mail,\n"
                                                  "with or without a line 'Subject: ...' and an empty line above it.");
        g_option_context_add_main_entries(context, entries, NULL);
        setup_options_add(&explain->shared, context);
        setup_stream_add(&explain->shared, context);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (*argc < 2) {
                g_set_error(error, FAIL, FAIL_USAGE, "which file? See 'mailclinic explain --help'");
                return false;
        }
        return true;
}

/* How messages and output name a file. */
static const char *name_of(const char *path)
{
        return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* The mail in a file. Caller frees. */
static GBytes *mail_of(const struct explain *explain, const char *path, GError **error)
{
        g_autoptr(GBytes) bytes = input_read(path, error);
        if (bytes == NULL || input_is_mail(bytes))
                return g_steal_pointer(&bytes);
        if (explain->shared.vendor != NULL || explain->setup->reader.stream == STREAM_ROOT)
                return input_wrap(bytes);
        g_set_error(error, FAIL, FAIL_DATA, "%s: this is no mail, it does not begin with header fields; a bare text needs --vendor",
                    name_of(path));
        return NULL;
}

/* The name for people of the vendor's filter; NULL where there is none. Borrowed. */
static const char *vendor_name(const struct filters *filters, const char *vendor)
{
        for (guint i = 0; i < filters->vendors->len; i++) {
                const struct vendor_filter *filter = filters->vendors->pdata[i];
                if (g_strcmp0(filter->vendor, vendor) == 0 && filter->name != NULL)
                        return filter->name;
        }
        return NULL;
}

static void print_json(const struct reading *reading, bool is_expectation)
{
        json_t *json = reading_to_json(reading);
        if (is_expectation) {
                json_object_del(json, "message_id");
                json_object_del(json, "reasons");
        }
        json_dumpf(json, stdout, is_expectation ? JSON_INDENT(2) : JSON_COMPACT);
        putchar('\n');
        json_decref(json);
}

static void explain_mail(struct explain *explain, GBytes *mail, const char *name)
{
        struct reading *reading = confined_read(explain->confined, mail);
        if (explain->wants_json || explain->wants_expect) {
                print_json(reading, explain->wants_expect);
        } else {
                if (explain->is_next)
                        putchar('\n');
                show_reading(&explain->paint, reading, name, vendor_name(explain->setup->filters, reading->vendor));
        }
        explain->is_next = true;
        reading_free(reading);
}

/* Every mail of an mbox. */
static bool explain_mbox(struct explain *explain, const char *path, GError **error)
{
        g_autoptr(GError) failure = NULL;
        struct mbox *mbox = mbox_open(path, true, &failure);
        for (struct raw_mail *mail; mbox != NULL && (mail = mbox_next(mbox, &failure)) != NULL; raw_mail_free(mail)) {
                g_autofree char *name =
                        mail->offset == 0 ? g_strdup(path) : g_strdup_printf("%s, from byte %" G_GINT64_FORMAT, path, mail->offset);
                explain_mail(explain, mail->bytes, name);
        }
        mbox_free(mbox);
        if (failure == NULL)
                return true;
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
}

static bool explain_file(struct explain *explain, const char *path, GError **error)
{
        g_autoptr(GBytes) mail = mail_of(explain, path, error);
        if (mail == NULL)
                return false;
        if (strcmp(path, "-") != 0 && g_bytes_get_size(mail) > 5 && memcmp(g_bytes_get_data(mail, NULL), "From ", 5) == 0)
                return explain_mbox(explain, path, error);
        explain_mail(explain, mail, name_of(path));
        return true;
}

/* All files, whatever is wrong with some; the status of the first that could not be read. */
static int explain_files(struct explain *explain, char **paths)
{
        int status = EX_OK;
        for (char **path = paths; *path != NULL; path++) {
                g_autoptr(GError) error = NULL;
                if (explain_file(explain, *path, &error))
                        continue;
                int failed = cmd_fail("explain", error);
                status = status == EX_OK ? failed : status;
        }
        return cmd_finish("explain", status);
}

int cmd_explain(int argc, char **argv)
{
        struct explain explain = {.paint = paint_of(stdout)};
        g_autoptr(GError) error = NULL;
        int status;
        if (parse(&explain, &argc, &argv, &error))
                explain.setup = setup_new(&explain.shared, &error);
        if (explain.setup != NULL) {
                explain.setup->reader.explains = true;
                explain.confined = confined_new(&explain.setup->reader, &error);
        }
        if (explain.confined != NULL) {
                setup_report(explain.setup, "explain");
                status = explain_files(&explain, argv + 1);
        } else {
                status = cmd_fail("explain", error);
        }
        confined_free(explain.confined);
        setup_free(explain.setup);
        setup_options_clear(&explain.shared);
        return status;
}
