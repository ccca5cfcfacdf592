/* mailclinic oncall: who has clinic duty now or on a day, until when, and who is next.
 * In: the configuration and the roster that it names. Out: lines for people, or JSON; EX_UNAVAILABLE where the roster does not say. */
#include "cmd.h"

#include "base/fail.h"
#include "data/reading.h"
#include "data/settings.h"
#include "out/paint.h"
#include "reader/duty.h"

#include <jansson.h>

static const char description[] = "DATE is a day such as 2026-11-24, in the roster's zone; without it, it is now.\n"
                                  "Weeks turn on Monday 00:00 in that zone.\n\n"
                                  "The status is 0 also for a week of which the roster says that nobody has duty,\n"
                                  "69 where it does not say, 65 where lines of it are wrong, and 78 where none is\n"
                                  "configured or nothing in it can be used.\n";

struct options {
        char *config;
        gboolean json;
        const char *day; /* NULL: now; borrowed from the command line */
};

/* What is to be shown. */
struct answer {
        const struct duty *duty;
        const struct options *options;
        const char *zone;
        gint64 at;
        struct turn now, next;
};

/* "Ada (ada) and Grace (no user of the tracker), Traffic". Caller frees. */
static char *people_text(const struct duty *duty, const struct week *week)
{
        GString *out = g_string_new(NULL);

        for (guint i = 0; week->names[i]; i++) {
                const char *user = duty_user(duty, week->names[i]);
                g_string_append_printf(out, "%s%s (%s)", i ? " and " : "", week->names[i], user ? user : "no user of the tracker");
        }
        if (week->team)
                g_string_append_printf(out, ", %s", week->team);
        return g_string_free(out, FALSE);
}

/* Why nobody is known to have duty. Caller frees. */
static char *nobody_text(const struct answer *answer)
{
        const struct week *week = answer->now.week;

        if (!week)
                return g_strdup("nobody: the roster does not have this week");
        if (week->other_line)
                return g_strdup_printf("nobody: lines %d and %d of the roster say different names", week->line, week->other_line);
        return g_strdup("nobody: no clinic duty this week");
}

static bool has_people(const struct turn *turn)
{
        return turn->week && turn->week->names[0];
}

/* "4 d 21 h", or of less than a day "21 h 10 min". Caller frees. */
static char *length_text(gint64 seconds)
{
        gint64 minutes = MAX(seconds / 60, 1), hours = minutes / 60, days = hours / 24;

        if (days)
                return g_strdup_printf("%" G_GINT64_FORMAT " d %" G_GINT64_FORMAT " h", days, hours % 24);
        return g_strdup_printf("%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT " min", hours, minutes % 60);
}

static void print_text(const struct answer *answer)
{
        struct paint paint = paint_of(stdout);
        bool is_staffed = has_people(&answer->now);
        g_autofree char *who = is_staffed ? people_text(answer->duty, answer->now.week) : nobody_text(answer);
        g_autofree char *left = length_text(answer->now.end - answer->at);
        g_autofree char *end = instant_text(answer->now.end);

        paint_print(&paint, is_staffed ? STYLE_BOLD : STYLE_YELLOW, "%-10s  %s\n", answer->options->day ? answer->options->day : "now",
                    who);
        paint_print(&paint, STYLE_PLAIN, "%-10s  %s more, to Monday 00:00 %s (%s)\n", "this week", left, answer->zone, end);
        if (answer->next.week) {
                g_autofree char *next = people_text(answer->duty, answer->next.week);
                g_autofree char *monday = roster_day_text(answer->next.week->day);
                bool has_gap = answer->next.start > answer->now.end;
                paint_print(&paint, STYLE_PLAIN, "%-10s  %s, from Monday %s on%s\n", "next", next, monday,
                            has_gap ? "; nobody before" : "");
        } else {
                paint_print(&paint, STYLE_YELLOW, "%-10s  nobody: the roster has nobody after this week\n", "next");
        }
}

static json_t *turn_to_json(const struct duty *duty, const struct turn *turn)
{
        g_autofree char *start = instant_text(turn->start), *end = instant_text(turn->end);
        json_t *people = json_array();

        for (guint i = 0; turn->week && turn->week->names[i]; i++)
                json_array_append_new(
                        people, json_pack("{s:s, s:s?}", "name", turn->week->names[i], "user", duty_user(duty, turn->week->names[i])));
        json_t *json = json_pack("{s:s, s:s, s:o, s:s?}", "start", start, "end", end, "people", people, "team",
                                 turn->week ? turn->week->team : NULL);
        json_object_set_new(json, "line", turn->week ? json_integer(turn->week->line) : json_null());
        return json;
}

static void print_json(const struct answer *answer)
{
        g_autofree char *at = instant_text(answer->at);
        json_t *next = answer->next.week ? turn_to_json(answer->duty, &answer->next) : json_null();
        json_t *json = json_pack("{s:s, s:s, s:o, s:o}", "at", at, "zone", answer->zone, "now", turn_to_json(answer->duty, &answer->now),
                                 "next", next);

        if (!has_people(&answer->now)) {
                g_autofree char *why = nobody_text(answer);
                json_object_set_new(json, "nobody", json_string(why));
        }
        json_dumpf(json, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(json);
}

/* The time that is asked about: now, or the beginning of a day. */
static bool find_time(const struct duty *duty, const char *text, gint64 *at, GError **error)
{
        int day;

        if (!text) {
                *at = g_get_real_time() / G_USEC_PER_SEC;
                return true;
        }
        if (!roster_day(text, &day)) {
                g_set_error(error, FAIL, FAIL_USAGE, "'%s' is no day; expected is one like 2026-11-24", text);
                return false;
        }
        *at = duty_day_start(duty, day);
        return true;
}

static int show(const struct options *options, const struct settings *settings, const struct duty *duty, GError **error)
{
        struct answer answer = {.duty = duty, .options = options, .zone = settings->roster.zone ? settings->roster.zone : "UTC"};

        if (!find_time(duty, options->day, &answer.at, error))
                return -1;
        answer.now = duty_at(duty, answer.at);
        answer.next = duty_next(duty, &answer.now);
        (options->json ? print_json : print_text)(&answer);
        return answer.now.week && !answer.now.week->other_line ? EX_OK : EX_UNAVAILABLE;
}

/* Lines that were left out are named, and are a fault even where the week asked for is well. */
static int run(const struct options *options, const struct settings *settings, GError **error)
{
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        struct duty *duty = duty_load(settings, problems, error);
        int status = duty ? show(options, settings, duty, error) : -1;

        for (guint i = 0; status >= 0 && i < problems->len; i++)
                g_printerr("mailclinic oncall: line left out: %s\n", ((GError *)problems->pdata[i])->message);
        duty_free(duty);
        return cmd_finish("oncall", status == EX_OK && problems->len ? EX_DATAERR : status);
}

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
        const GOptionEntry entries[] = {
                {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "read this configuration", "FILE"},
                {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json, "print one JSON object", NULL},
                {0},
        };
        g_autoptr(GOptionContext) context = g_option_context_new("[DATE]");
        g_option_context_set_summary(context, "Show who has clinic duty, for how long, and who is next.");
        g_option_context_set_description(context, description);
        g_option_context_add_main_entries(context, entries, NULL);
        if (!cmd_parse(context, argc, argv, error))
                return false;
        options->day = *argc > 1 ? (*argv)[1] : NULL;
        if (*argc <= 2)
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "'%s' is one DATE too many; see 'mailclinic oncall --help'", (*argv)[2]);
        return false;
}

int cmd_oncall(int argc, char **argv)
{
        struct options options = {0};
        g_autoptr(GError) error = NULL;
        struct settings *settings = parse(&options, &argc, &argv, &error) ? settings_load(options.config, &error) : NULL;
        int status = settings ? run(&options, settings, &error) : -1;

        settings_free(settings);
        g_free(options.config);
        return error ? cmd_fail("oncall", error) : status;
}
