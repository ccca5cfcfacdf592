/* The options of 'review correct': what a person says in place of what was read.
 * In: the command line. Out: a struct correction. */
#include "review-correct.h"

#include "base/fail.h"
#include "base/limits.h"
#include "data/reading.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

void correct_options_add(struct correct_options *options, GOptionContext *context)
{
        const GOptionEntry entries[] = {
                {"kind", 'k', 0, G_OPTION_ARG_STRING, &options->kind, "correct: what the mail tells: new, reschedule, cancelled ...",
                 "KIND"},
                {"start", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options->starts,
                 "correct: when a window begins: '2026-11-24 22:00' (UTC) or with a zone; for each window one", "TIME"},
                {"end", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &options->ends, "correct: when it ends", "TIME"},
                {"circuit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->circuits, "correct: a circuit that is meant; several in order",
                 "ID"},
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
}

bool correct_options_any(const struct correct_options *options)
{
        return options->kind || options->status || options->vendor || options->id || options->same_as || options->starts || options->ends ||
               options->circuits || options->is_no_maintenance;
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

static bool take_time(const char *text, gint64 *at, GError **error)
{
        g_autofree char *spelt = spelt_out(text);
        g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
        g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(spelt, utc);
        if (time) {
                *at = g_date_time_to_unix(time);
                return true;
        }
        g_set_error(error, FAIL, FAIL_USAGE, "'%s' is no time; write '2026-11-24 22:00' (UTC) or '2026-11-24 22:00+01:00'", text);
        return false;
}

/* A window between two times, or of whole days from one to the other where dates alone are given. */
static bool take_window(const char *start, const char *end, struct window *window, GError **error)
{
        gsize date = strlen("2026-11-24");
        window->is_all_day = strlen(start) == date && strlen(end) == date;
        g_autofree char *from = window->is_all_day ? g_strconcat(start, " 00:00", NULL) : g_strdup(start);
        g_autofree char *to = window->is_all_day ? g_strconcat(end, " 00:00", NULL) : g_strdup(end);
        if (!take_time(from, &window->start, error) || !take_time(to, &window->end, error))
                return false;
        if (window->is_all_day)
                window->end += DAY_SECONDS;
        if (window->end <= window->start)
                g_set_error(error, FAIL, FAIL_USAGE, "the window ends before it starts: '%s' to '%s'", start, end);
        return window->end > window->start;
}

static bool take_windows(const struct correct_options *options, GPtrArray *windows, GError **error)
{
        guint n = options->starts ? g_strv_length(options->starts) : 0;
        if (n != (options->ends ? g_strv_length(options->ends) : 0) || n > LIMIT_WINDOWS) {
                g_set_error(error, FAIL, FAIL_USAGE, "each --start needs its --end");
                return false;
        }
        for (guint i = 0; i < n; i++) {
                struct window *window = window_new();
                g_ptr_array_add(windows, window);
                if (!take_window(options->starts[i], options->ends[i], window, error))
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
        g_set_error(error, FAIL, FAIL_USAGE, "there is no %s '%s'; mailclinic(1) lists them", what, word);
        return false;
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
                g_ptr_array_add(correction->circuits, g_strdup(options->circuits[i]));
        return true;
}
