/* The options of 'review correct': what a person says in place of what was read.
 * In: the command line. Out: a struct correction. */
#include "review-correct.h"

#include "base/fail.h"
#include "base/limits.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

#define WRITTEN "2026-12-01 22:00 UTC is how it is written"

void correct_options_add(struct correct_options *options, GOptionContext *context)
{
        const GOptionEntry entries[] = {
                {"kind", 'k', 0, G_OPTION_ARG_STRING, &options->kind, "correct: what the mail tells: new, reschedule, cancelled ...",
                 "KIND"},
                {"start", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options->starts,
                 "correct: when a window begins: '2026-11-24 22:00' (UTC) or with a zone; for each window one", "TIME"},
                {"end", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &options->ends, "correct: when it ends; 'unknown' where nobody knows yet",
                 "TIME"},
                {"circuit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->circuits,
                 "correct: a circuit that is meant, its impact behind it; several in order", "ID [IMPACT]"},
                {"without", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->without,
                 "correct: a circuit that is called off, or none of it: the others stay", "ID"},
                {"status", 0, 0, G_OPTION_ARG_STRING, &options->status, "correct: CONFIRMED, TENTATIVE, CANCELLED ...", "STATUS"},
                {"id", 'i', 0, G_OPTION_ARG_STRING, &options->id, "correct: the vendor's id of the maintenance", "ID"},
                {"vendor", 0, 0, G_OPTION_ARG_STRING, &options->vendor, "correct: the vendor's short name", "NAME"},
                {"same-as", 0, 0, G_OPTION_ARG_STRING, &options->same_as, "correct: it is about this maintenance", "KEY"},
                {"not-a-maintenance", 'x', 0, G_OPTION_ARG_NONE, &options->is_no_maintenance,
                 "correct: nothing of it belongs into the calendar", NULL},
                {0},
        };
        g_option_context_add_main_entries(context, entries, NULL);
}

void correct_options_clear(struct correct_options *options)
{
        g_free(options->kind);
        g_free(options->status);
        g_free(options->vendor);
        g_free(options->id);
        g_free(options->same_as);
        g_strfreev(options->starts);
        g_strfreev(options->ends);
        g_strfreev(options->circuits);
        g_strfreev(options->without);
}

bool correct_options_any(const struct correct_options *options)
{
        return options->kind || options->status || options->vendor || options->id || options->same_as || options->starts || options->ends ||
               options->circuits || options->without || options->is_no_maintenance;
}

/* The spelling that GLib reads: "2026-11-24T22:00:00" with or without a zone. Caller frees. */
static char *spelt_out(const char *text)
{
        GString *spelt = g_string_new(text);
        if (spelt->len > 10 && spelt->str[10] == ' ')
                spelt->str[10] = 'T';
        g_string_replace(spelt, " UTC", "Z", 0);
        g_string_replace(spelt, " ", "", 0);
        gsize minute = strlen("2026-11-24T22:00");
        if (spelt->len == minute || (spelt->len > minute && spelt->str[minute] != ':'))
                g_string_insert(spelt, (gssize)minute, ":00");
        return g_string_free(spelt, FALSE);
}

/* One end of a window, as told. */
struct told {
        const char *option, *text;
        guint window; /* from 1; 0: there is but one */
};

/* The option stands first: a form has a field for it. */
static bool refuse(const struct told *told, const char *fault, GError **error)
{
        g_autofree char *which = told->window ? g_strdup_printf(" of window %u", told->window) : g_strdup("");
        g_autofree char *quoted = *told->text ? g_strdup_printf(" '%s'", told->text) : g_strdup("");
        g_set_error(error, FAIL, FAIL_USAGE, "%s%s%s %s", told->option, which, quoted, fault);
        return false;
}

static bool take_time(const struct told *told, bool is_day, gint64 *at, GError **error)
{
        g_autofree char *whole = g_strconcat(told->text, is_day ? " 00:00" : "", NULL), *spelt = spelt_out(whole);
        g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
        g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(spelt, utc);
        if (!time)
                return refuse(told, *told->text ? "is no time: " WRITTEN : "is missing: " WRITTEN, error);
        *at = g_date_time_to_unix(time);
        return true;
}

/* A window between two times, open where its end is not known yet; of whole days from one to the other where dates alone are given. */
static bool take_window(const struct told *start, const struct told *end, struct window *window, GError **error)
{
        gsize date = strlen("2026-11-24");
        bool is_open = g_ascii_strcasecmp(end->text, CORRECT_UNKNOWN) == 0,
             is_day = strlen(start->text) == date && strlen(end->text) == date;
        if (!take_time(start, is_day, &window->start, error) || (!is_open && !take_time(end, is_day, &window->end, error)))
                return false;
        window->is_all_day = is_day;
        if (is_day)
                window->end += DAY_SECONDS;
        return is_open || window->end > window->start || refuse(end, "is not after the start", error);
}

static bool take_windows(const struct correct_options *options, GPtrArray *windows, GError **error)
{
        guint n_starts = options->starts ? g_strv_length(options->starts) : 0, n_ends = options->ends ? g_strv_length(options->ends) : 0;
        guint n = MAX(n_starts, n_ends);
        if (n > LIMIT_WINDOWS) {
                g_set_error(error, FAIL, FAIL_USAGE, "a mail has at most %d windows", LIMIT_WINDOWS);
                return false;
        }
        for (guint i = 0; i < n; i++) {
                guint number = n > 1 ? i + 1 : 0;
                struct told start = {"--start", i < n_starts ? options->starts[i] : "", number},
                            end = {"--end", i < n_ends ? options->ends[i] : "", number};
                struct window *window = window_new();
                g_ptr_array_add(windows, window);
                if (!take_window(&start, &end, window, error))
                        return false;
        }
        return true;
}

/* The member of this spelling; 0 for NULL. */
static bool take_word(const char *what, const char *word, int (*from_word)(const char *), int *member, GError **error)
{
        *member = word ? from_word(word) : 0;
        if (*member >= 0)
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "--%s '%s' is no such word: mailclinic(1) lists them", what, word);
        return false;
}

struct circuit *correct_circuit(const char *text)
{
        g_autofree char *whole = g_strstrip(g_strdup(text));
        char *last = strrchr(whole, ' ');
        int impact = last ? impact_from_word(last + 1) : -1;
        if (impact <= 0)
                return circuit_new(whole, IMPACT_NONE);
        *last = '\0';
        return circuit_new(g_strchomp(whole), (enum impact)impact);
}

bool correct_options_take(const struct correct_options *options, struct correction *correction, GError **error)
{
        int kind, status;
        if (!take_word("kind", options->kind, kind_from_word, &kind, error) ||
            !take_word("status", options->status, status_from_word, &status, error) || !take_windows(options, correction->windows, error))
                return false;
        correction->kind = (enum kind)kind;
        correction->status = (enum status)status;
        correction->is_no_maintenance = options->is_no_maintenance;
        correction->vendor = g_strdup(options->vendor);
        correction->maintenance_id = g_strdup(options->id);
        correction->same_as = g_strdup(options->same_as);
        for (guint i = 0; options->circuits && options->circuits[i]; i++)
                if (*options->circuits[i])
                        g_ptr_array_add(correction->circuits, correct_circuit(options->circuits[i]));
        for (guint i = 0; options->without && options->without[i]; i++)
                g_ptr_array_add(correction->without, g_strdup(options->without[i]));
        return true;
}
