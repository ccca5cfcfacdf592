/* mailclinic status: how things stand, on one screen.
 * In: the configuration, the ledger, the spool. Out: lines for people, JSON, or one line and a status for a monitoring system. */
#include "cmd.h"

#include "base/fail.h"
#include "data/pack.h"
#include "out/paint.h"
#include "out/tell.h"
#include "standing.h"

#include <string.h>

#include <jansson.h>

struct options {
        struct setup_options setup;
        gboolean json, check;
};

enum { MOST_SHOWN = 5 }; /* parked acts of a target */

/* One line, as monitoring plug-ins give it: no '|' but the one before the figures. */
static void print_plugin(const struct standing *standing, const struct paint *paint)
{
        static const char *const words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
        const struct ledger_counts *counts = &standing->counts;
        g_autoptr(GPtrArray) worries = standing_worries(standing);
        g_autoptr(GString) line = g_string_new(NULL);
        for (guint i = 0; i < worries->len; i++)
                g_string_append_printf(line, "%s, ", (char *)worries->pdata[i]);
        g_strdelimit(line->str, "|\n", '/');
        g_string_append_printf(line, "%" G_GINT64_FORMAT " mails need you", counts->resolution[RESOLUTION_REVIEW]);
        paint_print(paint, STYLE_PLAIN, "MAILCLINIC %s - %s | mails=%" G_GINT64_FORMAT " review=%" G_GINT64_FORMAT " spool=%u parked=%u",
                    words[standing_health(standing)], line->str, counts->mails, counts->resolution[RESOLUTION_REVIEW],
                    standing->spool.mails, standing_parked(standing));
        paint_print(paint, STYLE_PLAIN,
                    " undone=%u queue_age=%" G_GINT64_FORMAT "s flush_age=%" G_GINT64_FORMAT "s unread=%" G_GINT64_FORMAT "\n",
                    standing_undone(standing), standing->queue_age, standing_flush_age(standing), counts->unread);
}

/* What came with time, beside the members that were there first. */
static void add_json(json_t *json, const struct standing *standing)
{
        json_t *worries = json_array();
        g_autoptr(GPtrArray) list = standing_worries(standing);
        for (guint i = 0; i < list->len; i++)
                json_array_append_new(worries, pack_text(list->pdata[i]));
        json_object_set_new(json, "queue_age", json_integer(standing->queue_age));
        json_object_set_new(json, "unread", json_integer(standing->counts.unread));
        json_object_set_new(json, "roster",
                            json_pack("{s:o, s:o, s:o}", "now", pack_text(standing->roster.now), "next", pack_text(standing->roster.next),
                                      "gap", pack_text(standing->roster.gap)));
        json_object_set_new(json, "worries", worries);
}

static void print_json(const struct standing *standing)
{
        const struct ledger_counts *counts = &standing->counts;
        g_autofree char *oldest = instant_text(counts->oldest_review);
        json_t *targets = json_array();
        for (guint i = 0; i < standing->targets->len; i++) {
                const struct target *target = &g_array_index(standing->targets, struct target, i);
                json_array_append_new(targets, json_pack("{s:o, s:i, s:i, s:o, s:o}", "target", pack_text(target->name), "undone",
                                                         (int)target->undone, "parked", (int)target->parked, "flushed",
                                                         pack_instant(target->flushed), "alert", pack_text(target->alert)));
        }
        json_t *json = json_pack(
                "{s:{s:s, s:I, s:s?, s:b}, s:{s:I, s:I, s:I, s:I, s:I, s:s?}, s:I, s:I, s:{s:I, s:o}, s:{s:i, s:i, s:I}, s:s, "
                "s:{s:i, s:i}}",
                "ledger", "directory", standing->directory, "bytes", (json_int_t)counts->bytes, "fault", standing->fault, "is_checked",
                (int)standing->is_checked, "mails", "all", (json_int_t)counts->mails, "calendar",
                (json_int_t)counts->resolution[RESOLUTION_CALENDAR], "none", (json_int_t)counts->resolution[RESOLUTION_NONE], "task",
                (json_int_t)counts->resolution[RESOLUTION_TASK], "review", (json_int_t)counts->resolution[RESOLUTION_REVIEW],
                "oldest_review", oldest, "maintenances", (json_int_t)counts->maintenances, "events", (json_int_t)counts->events, "outbox",
                "acts", (json_int_t)counts->acts, "targets", targets, "spool", "mails", (int)standing->spool.mails, "unfinished",
                (int)standing->spool.unfinished, "unfiled", (json_int_t)standing->counts.unfiled, "confinement", standing->how, "filters",
                "vendors", (int)standing->filters, "left_out", (int)standing->left_out);
        add_json(json, standing);
        json_dumpf(json, stdout, JSON_COMPACT);
        fputc('\n', stdout);
        json_decref(json);
}

static void print_mails(const struct standing *standing, const struct paint *paint)
{
        const struct ledger_counts *counts = &standing->counts;
        g_autofree char *age = tell_age(standing->queue_age);
        paint_print(paint, STYLE_PLAIN, "mails         %" G_GINT64_FORMAT "\n", counts->mails);
        paint_print(paint, STYLE_PLAIN, "              %" G_GINT64_FORMAT " added to calendar\n", counts->resolution[RESOLUTION_CALENDAR]);
        paint_print(paint, STYLE_PLAIN, "              %" G_GINT64_FORMAT " no action needed\n", counts->resolution[RESOLUTION_NONE]);
        paint_print(paint, counts->resolution[RESOLUTION_REVIEW] ? STYLE_YELLOW : STYLE_PLAIN,
                    "              %" G_GINT64_FORMAT " need you%s%s\n", counts->resolution[RESOLUTION_REVIEW],
                    standing->queue_age ? ", the oldest for " : "", standing->queue_age ? age : "");
        if (counts->unread)
                paint_print(paint, STYLE_RED, "              %" G_GINT64_FORMAT " of them since the reader failed\n", counts->unread);
        paint_print(paint, STYLE_PLAIN, "maintenances  %" G_GINT64_FORMAT ", with %" G_GINT64_FORMAT " events\n", counts->maintenances,
                    counts->events);
}

/* Which acts a server refused, why, and what a person can do about it. */
static void print_parked(const struct target *target, const struct paint *paint)
{
        guint n = 0;
        for (guint i = 0; i < target->acts->len && n < MOST_SHOWN; i++) {
                const struct pending *act = target->acts->pdata[i];
                if (!act->is_parked)
                        continue;
                paint_print(paint, STYLE_RED, "              parked: %s: %s\n", act->uid, act->why);
                n++;
        }
        if (target->parked > n)
                paint_print(paint, STYLE_RED, "              and %u more\n", target->parked - n);
        if (n)
                paint_print(paint, STYLE_PLAIN, "              'mailclinic flush --retry' tries them again, once the reason is gone\n");
}

static void print_outbox(const struct standing *standing, const struct paint *paint)
{
        paint_print(paint, STYLE_PLAIN, "outbox        %" G_GINT64_FORMAT " acts since ever\n", standing->counts.acts);
        for (guint i = 0; i < standing->targets->len; i++) {
                const struct target *target = &g_array_index(standing->targets, struct target, i);
                g_autofree char *age = target->flushed == READING_NO_TIME ? NULL : tell_age(standing->now - target->flushed);
                g_autofree char *flushed = age ? g_strdup_printf("flushed %s ago", age) : g_strdup("never flushed");
                paint_print(paint, target->parked ? STYLE_RED : STYLE_PLAIN, "              %s: %u to be done, %u of them parked; %s\n",
                            target->name, target->undone, target->parked, flushed);
                if (target->alert)
                        paint_print(paint, STYLE_RED, "              %s\n", target->alert);
                print_parked(target, paint);
        }
}

static void print_screen(const struct standing *standing, const struct paint *paint)
{
        print_mails(standing, paint);
        print_outbox(standing, paint);
        if (standing->fault)
                paint_print(paint, STYLE_RED, "ledger        %s\n", standing->fault);
        else
                paint_print(paint, STYLE_PLAIN, "ledger        %s, %.1f MB%s\n", standing->directory, (double)standing->counts.bytes / 1e6,
                            standing->is_checked ? ", whole" : "");
        paint_print(paint, standing->spool.mails ? STYLE_YELLOW : STYLE_PLAIN,
                    "spool         %u mails wait to be delivered again, %u were not taken in whole\n", standing->spool.mails,
                    standing->spool.unfinished);
        if (standing->counts.unfiled)
                paint_print(paint, STYLE_YELLOW,
                            "maildir       %" G_GINT64_FORMAT " mails are to be filed with the next delivery: the log says why\n",
                            standing->counts.unfiled);
        paint_print(paint, standing_is_loose(standing) ? STYLE_YELLOW : STYLE_PLAIN, "reader        %s\n", standing->how);
        paint_print(paint, standing->left_out ? STYLE_YELLOW : STYLE_PLAIN, "filters       %u vendors, %u files left out\n",
                    standing->filters, standing->left_out);
        if (standing->roster.now)
                paint_print(paint, STYLE_PLAIN, "duty          %s, then %s\n", standing->roster.now, standing->roster.next);
        if (standing->roster.gap)
                paint_print(paint, STYLE_YELLOW, "roster        %s\n", standing->roster.gap);
}

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, "as JSON", NULL},
                {"check", 0, 0, G_OPTION_ARG_NONE, &options->check, "one line and a status of 0 to 3, as monitoring plug-ins give", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new(NULL);
        g_option_context_set_summary(context, "Show how things stand: mails, outbox, ledger, spool, what holds the reader.");
        g_option_context_add_main_entries(context, entries, NULL);
        setup_options_add(&options->setup, context);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        if (*argc == 1)
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "'%s' is not understood; see 'mailclinic status --help'", (*argv)[1]);
        return false;
}

static int show(const struct options *options, const struct setup *setup)
{
        struct standing standing = {0};
        struct paint paint = paint_of(stdout);
        standing_look(setup, NULL, true, &standing);
        if (options->json)
                print_json(&standing);
        else if (options->check)
                print_plugin(&standing, &paint);
        else
                print_screen(&standing, &paint);
        int status = options->check ? (int)standing_health(&standing) : standing.fault ? EX_DATAERR : EX_OK;
        standing_release(&standing);
        return cmd_finish("status", status);
}

static void print_unknown(const GError *error)
{
        struct paint paint = paint_of(stdout);
        paint_print(&paint, STYLE_PLAIN, "MAILCLINIC UNKNOWN - %s\n", error->message);
}

int cmd_status(int argc, char **argv)
{
        struct options options = {0};
        g_autoptr(GError) error = NULL;
        struct setup *setup = NULL;
        int status = -1;
        if (parse(&options, &argc, &argv, &error))
                setup = setup_new(&options.setup, &error);
        if (setup)
                status = show(&options, setup);
        else if (options.check)
                print_unknown(error);
        setup_free(setup);
        setup_options_clear(&options.setup);
        if (error && options.check)
                return HEALTH_UNKNOWN;
        return error ? cmd_fail("status", error) : status;
}
