/* 'publish --report' and 'publish --digest': the week, or the year, handed over.
 * In: the ledger. Out: a page in a file; Markdown or a mail on stdout. */
#include "publish-roundup.h"

#include "base/day.h"
#include "base/fail.h"
#include "out/digest.h"
#include "out/paint.h"
#include "out/report.h"
#include "roundup-fill.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 24 * 60 * 60, WEEK = 7, YEAR = 366, REPORT_AHEAD = 35, MOST_DAYS = 3660 };

void roundup_options_add(struct roundup_options *options, GOptionContext *context)
{
        const GOptionEntry entries[] = {
                {"report", 0, 0, G_OPTION_ARG_FILENAME, &options->report, "write a page of what was handled, what waits and what comes",
                 "FILE"},
                {"digest", 0, 0, G_OPTION_ARG_NONE, &options->is_digest, "print a week in words, to hand it over", NULL},
                {"format", 0, 0, G_OPTION_ARG_STRING, &options->format, "of the digest: markdown (as is usual) or text", "NAME"},
                {"mail", 0, 0, G_OPTION_ARG_STRING, &options->mail, "print the digest as a mail to this address, for sendmail -t",
                 "ADDRESS"},
                {"date", 0, 0, G_OPTION_ARG_STRING, &options->day, "as of the end of this day, 2026-11-24 (of the newest mail)", "DAY"},
                {"days", 0, 0, G_OPTION_ARG_INT, &options->days, "what was handled in so many days (digest: 7, report: 366)", "N"},
                {0},
        };
        g_option_context_add_main_entries(context, entries, NULL);
}

void roundup_options_clear(struct roundup_options *options)
{
        g_free(options->report);
        g_free(options->format);
        g_free(options->mail);
        g_free(options->day);
}

bool roundup_options_any(const struct roundup_options *options)
{
        return options->report || options->is_digest;
}

/* The end of a day; G_MININT64: it is none. */
static gint64 day_end(const char *day)
{
        gint64 at;
        return day_read(day, &at) ? at + DAY : G_MININT64;
}

bool roundup_options_check(const struct roundup_options *options, GError **error)
{
        const char *wrong = NULL;
        if ((options->day || options->days) && !roundup_options_any(options))
                wrong = "--date and --days go with --report and --digest";
        else if ((options->format || options->mail) && !options->is_digest)
                wrong = "--format and --mail go with --digest";
        else if (options->format && options->mail)
                wrong = "a mail is plain text: leave --format or --mail out";
        else if (options->format && strcmp(options->format, "markdown") != 0 && strcmp(options->format, "text") != 0)
                wrong = "--format is markdown or text";
        else if (options->mail && !digest_is_address(options->mail))
                wrong = "--mail wants an address such as clinic@example.org";
        else if (options->day && day_end(options->day) == G_MININT64)
                wrong = "--date wants a day such as 2026-11-24";
        else if (options->days < 0 || options->days > MOST_DAYS)
                wrong = "--days is from 1 to 3660";
        if (wrong)
                g_set_error_literal(error, FAIL, FAIL_USAGE, wrong);
        return !wrong;
}

static bool find_now(const struct roundup_options *options, struct ledger *ledger, gint64 *now, GError **error)
{
        if (options->day) {
                *now = day_end(options->day);
                return true;
        }
        if (!ledger_newest(ledger, now, error))
                return false;
        if (*now == READING_NO_TIME)
                *now = g_get_real_time() / G_USEC_PER_SEC;
        return true;
}

static bool write_report(const char *path, const struct roundup *roundup, GError **error)
{
        gsize length;
        g_autofree char *html = report_html(roundup, &length);
        g_autoptr(GError) wrong = NULL;
        if (g_file_set_contents_full(path, html, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &wrong))
                return true;
        g_set_error(error, FAIL, FAIL_IO, "%s", wrong->message);
        return false;
}

static void print_digest(const struct roundup_options *options, const struct roundup *roundup)
{
        bool is_plain = g_strcmp0(options->format, "text") == 0;
        g_autofree char *text =
                options->mail ? digest_mail(roundup, options->mail) : digest_text(roundup, is_plain ? DIGEST_PLAIN : DIGEST_MARKDOWN);
        struct paint paint = paint_of(stdout);
        paint_text(&paint, text);
}

bool publish_roundup(const struct roundup_options *options, struct ledger *ledger, const struct settings *settings, GError **error)
{
        gint64 now;
        if (!find_now(options, ledger, &now, error))
                return false;
        struct roundup *year = NULL, *week = NULL;
        if (options->report)
                year = roundup_fill(ledger, settings, now, options->days ? options->days : YEAR, REPORT_AHEAD, error);
        bool is_done = !options->report || (year && write_report(options->report, year, error));
        if (is_done && options->is_digest)
                week = roundup_fill(ledger, settings, now, options->days ? options->days : WEEK, WEEK, error);
        if (week)
                print_digest(options, week);
        roundup_free(year);
        is_done = is_done && (!options->is_digest || week);
        roundup_free(week);
        return is_done;
}
