/* How replay shows mails: each as it comes, or put together once all are read.
 * In: options, replayed mails. Out: text, JSON, CSV or HTML on a stream. */
#include "showing.h"

#include "out/difference.h"
#include "out/replay-csv.h"
#include "out/replay-group.h"
#include "out/replay-html.h"
#include "out/replay-json.h"
#include "out/replay-table.h"

#include <string.h>

struct showing {
        const struct showing_options *options;
        const struct paint *paint;
        const struct format *format;
        GPtrArray *gathered; /* struct gathered; NULL: mails are shown as they come */
};

struct format {
        const char *name;
        bool is_for_people, is_gathered, has_marks; /* has_marks: it can show --why, --group and --diff */
        void (*begin)(const struct showing *showing, enum stream stream);
        void (*mail)(const struct showing *showing, const struct replayed *mail);
        void (*end)(const struct showing *showing, const GPtrArray *differences);
};

static void table_begin(const struct showing *showing, enum stream stream)
{
        if (!showing->gathered)
                replay_table_head(showing->paint, stream);
}

static void table_mail(const struct showing *showing, const struct replayed *mail)
{
        replay_table_mail(showing->paint, mail);
        g_autoptr(GPtrArray) grounds = showing->options->is_why ? grounds_of(mail) : NULL;
        if (grounds)
                replay_why_print(showing->paint, grounds);
}

static void table_end(const struct showing *showing, const GPtrArray *differences)
{
        if (showing->gathered)
                replay_group_print(showing->paint, showing->gathered, showing->options->is_why);
        if (differences)
                differences_print(showing->paint, differences);
}

static void json_mail(const struct showing *showing, const struct replayed *mail)
{
        replay_json_mail(showing->paint->out, mail);
}

static void csv_begin(const struct showing *showing, G_GNUC_UNUSED enum stream stream)
{
        replay_csv_head(showing->paint->out);
}

static void csv_mail(const struct showing *showing, const struct replayed *mail)
{
        replay_csv_mail(showing->paint->out, mail);
}

static void html_end(const struct showing *showing, const GPtrArray *differences)
{
        struct replay_page page = {showing->gathered, differences, showing->options->is_why};
        replay_html_print(showing->paint->out, &page);
}

static const struct format formats[] = {
        {.name = "table", .is_for_people = true, .has_marks = true, .begin = table_begin, .mail = table_mail, .end = table_end},
        {.name = "json", .mail = json_mail},
        {.name = "csv", .begin = csv_begin, .mail = csv_mail},
        {.name = "html", .is_gathered = true, .has_marks = true, .end = html_end},
};

static const struct format *find_format(const char *name)
{
        for (gsize i = 0; name && i < G_N_ELEMENTS(formats); i++)
                if (strcmp(formats[i].name, name) == 0)
                        return &formats[i];
        return name ? NULL : formats;
}

void showing_options_add(struct showing_options *options, GOptionContext *context)
{
        const GOptionEntry entries[] = {
                {"format", 0, 0, G_OPTION_ARG_STRING, &options->format, "table (as is usual), json, csv or html", "NAME"},
                {"only", 0, 0, G_OPTION_ARG_STRING, &options->only, "show those that come to this alone: review, calendar, none or task",
                 "WORD"},
                {"why", 'w', 0, G_OPTION_ARG_NONE, &options->is_why, "below each mail its reasons, each with the line it rests on", NULL},
                {"group", 'g', 0, G_OPTION_ARG_NONE, &options->is_grouped, "grouped by maintenance and by issue", NULL},
                {"diff", 'd', 0, G_OPTION_ARG_NONE, &options->is_diff,
                 "with --dry-run: what the ledger would have otherwise if these mails were read today", NULL},
                {0},
        };
        g_option_context_add_main_entries(context, entries, NULL);
}

void showing_options_clear(struct showing_options *options)
{
        g_free(options->format);
        g_free(options->only);
}

static int resolution_of(const char *word)
{
        for (int i = RESOLUTION_NONE; word && i <= RESOLUTION_REVIEW; i++)
                if (strcmp(word, resolution_word((enum resolution)i)) == 0)
                        return i;
        return -1;
}

const char *showing_options_wrong(const struct showing_options *options)
{
        const struct format *format = find_format(options->format);
        if (!format)
                return "--format is one of table, json, csv, html";
        if (options->only && resolution_of(options->only) < 0)
                return "--only is one of review, calendar, none, task";
        if ((options->is_why || options->is_grouped || options->is_diff) && !format->has_marks)
                return "--why, --group and --diff go with --format table and html";
        return NULL;
}

bool showing_wants_evidence(const struct showing_options *options)
{
        return options->is_why || find_format(options->format)->is_gathered;
}

struct showing *showing_new(const struct showing_options *options, const struct paint *paint)
{
        struct showing *showing = g_new0(struct showing, 1);
        showing->options = options;
        showing->paint = paint;
        showing->format = find_format(options->format);
        if (showing->format->is_gathered || options->is_grouped)
                showing->gathered = g_ptr_array_new_with_free_func((GDestroyNotify)gathered_free);
        return showing;
}

void showing_free(struct showing *showing)
{
        if (!showing)
                return;
        if (showing->gathered)
                g_ptr_array_unref(showing->gathered);
        g_free(showing);
}

bool showing_is_for_people(const struct showing *showing)
{
        return showing->format->is_for_people;
}

void showing_begin(struct showing *showing, enum stream stream)
{
        if (showing->format->begin)
                showing->format->begin(showing, stream);
}

void showing_mail(struct showing *showing, const struct replayed *mail)
{
        if (showing->options->only && (int)mail->resolution != resolution_of(showing->options->only))
                return;
        if (showing->gathered)
                g_ptr_array_add(showing->gathered, gathered_new(mail));
        else
                showing->format->mail(showing, mail);
}

void showing_end(struct showing *showing, const GPtrArray *differences)
{
        if (showing->format->end)
                showing->format->end(showing, differences);
}
