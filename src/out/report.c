/* The report: one page that stands by itself, of what was handled, what waits and what comes.
 * In: a roundup. Out: HTML. */
#include "out/report.h"

#include "out/markup.h"
#include "out/report-time.h"
#include "out/sheet-css.h"
#include "out/tell.h"

#include <string.h>

enum {
        MOST_TEXT = 140,
        MOST_LINK = 400,
        /* Bytes of the page up to which each table goes on, so that the whole is under 2 MB whatever a year brings. */
        ROOM_QUEUE = 600 * 1000,
        ROOM_WINDOWS = 1000 * 1000,
        ROOM_HANDLED = 1900 * 1000
};

static const struct {
        const char *id, *name;
} sections[] = {{"queue", "What waits for you"},
                {"windows", "What comes"},
                {"issues", "Problems of our hosts"},
                {"silent", "Vendors fallen silent"},
                {"handled", "What was handled"}};
enum section { QUEUE, WINDOWS, ISSUES, SILENT, HANDLED };

static void write_section(struct markup *markup, enum section section)
{
        markup_open(markup, "h2");
        markup_attribute(markup, "id", sections[section].id);
        markup_text(markup, sections[section].name);
        markup_close(markup);
}

static void write_nav(struct markup *markup)
{
        markup_open(markup, "nav");
        for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
                g_autofree char *place = g_strconcat("#", sections[i].id, NULL);
                markup_link(markup, place, sections[i].name);
        }
        markup_close(markup);
}

static void write_tile(struct markup *markup, guint n, const char *text, bool is_look)
{
        markup_open(markup, "li");
        markup_attribute(markup, "class", is_look ? "look" : NULL);
        markup_open(markup, "b");
        markup_print(markup, "%u", n);
        markup_close(markup);
        markup_text(markup, text);
        markup_close(markup);
}

static void write_head(struct markup *markup, const struct roundup *roundup)
{
        g_autofree char *from = tell_day(roundup->from), *now = tell_minute(roundup->now);
        markup_element(markup, "h1", NULL, roundup->name);
        markup_open(markup, "p");
        markup_attribute(markup, "class", "soft");
        markup_print(markup, "From %s to %s UTC.", from, now);
        if (roundup->duty)
                markup_print(markup, " On clinic duty: %s; next: %s.", roundup->duty, roundup->duty_next);
        markup_close(markup);
        markup_open(markup, "ul");
        markup_attribute(markup, "class", "tiles");
        write_tile(markup, roundup->queue->len, "wait for you", roundup->queue->len > 0);
        write_tile(markup, roundup->windows->len, "windows to come", false);
        write_tile(markup, roundup->n[RESOLUTION_CALENDAR], resolution_phrase(RESOLUTION_CALENDAR), false);
        write_tile(markup, roundup->n[RESOLUTION_NONE], resolution_phrase(RESOLUTION_NONE), false);
        write_tile(markup, roundup->issues->len, "problems with news", false);
        markup_close(markup);
        write_nav(markup);
}

/* Text from mail, cut so that a year fits. */
static void write_cut(struct markup *markup, const char *text)
{
        g_autofree char *valid = text ? g_utf8_make_valid(text, -1) : g_strdup("");
        bool is_long = g_utf8_strlen(valid, -1) > MOST_TEXT;
        g_autofree char *start = is_long ? g_utf8_substring(valid, 0, MOST_TEXT) : NULL;
        markup_text(markup, start ? start : valid);
        markup_text(markup, is_long ? "…" : NULL);
}

static void write_subject(struct markup *markup, const struct roundup_mail *mail)
{
        bool is_linked = mail->link && strlen(mail->link) < MOST_LINK && markup_is_address(mail->link);
        const char *subject = mail->subject && *mail->subject ? mail->subject : "(no subject)";
        if (is_linked) {
                markup_open(markup, "a");
                markup_attribute(markup, "href", mail->link);
        }
        write_cut(markup, subject);
        if (is_linked)
                markup_close(markup);
}

static void write_mail(struct markup *markup, const struct roundup_mail *mail, bool has_resolution)
{
        g_autofree char *day = tell_day(mail->date);
        markup_open(markup, "tr");
        markup_element(markup, "td", "time", day);
        markup_element(markup, "td", NULL, mail->vendor ? mail->vendor : "unknown");
        markup_open(markup, "td");
        write_subject(markup, mail);
        markup_close(markup);
        markup_open(markup, "td");
        if (has_resolution)
                markup_text(markup, mail->done);
        else
                write_cut(markup, mail->why);
        markup_close(markup);
        markup_close(markup);
}

/* Mails up to so many bytes of the page, and how many more there are. */
static void write_mails(struct markup *markup, const GPtrArray *mails, const char *last, bool has_resolution, gsize room)
{
        guint n = 0;
        const char *const heads[] = {"sent", "vendor", "subject", last};
        markup_open(markup, "div");
        markup_attribute(markup, "class", "scroll");
        markup_open(markup, "table");
        markup_heads(markup, heads, G_N_ELEMENTS(heads));
        while (n < mails->len && markup_length(markup) < room)
                write_mail(markup, mails->pdata[n++], has_resolution);
        markup_close(markup);
        markup_close(markup);
        report_more(markup, mails->len - n);
}

static void write_queue(struct markup *markup, const struct roundup *roundup)
{
        write_section(markup, QUEUE);
        if (roundup->queue->len)
                write_mails(markup, roundup->queue, "why", false, ROOM_QUEUE);
        else
                markup_element(markup, "p", "soft", "Nothing needs you.");
}

static void write_issues(struct markup *markup, const struct roundup *roundup)
{
        write_section(markup, ISSUES);
        if (!roundup->issues->len)
                markup_element(markup, "p", "soft", "No news.");
        markup_open(markup, "ul");
        for (guint i = 0; i < roundup->issues->len; i++) {
                const struct roundup_issue *issue = roundup->issues->pdata[i];
                g_autofree char *last = tell_day(issue->last_seen);
                markup_open(markup, "li");
                markup_element(markup, "span", "badge", issue->news);
                markup_print(markup, " %s: %" G_GINT64_FORMAT " times, last %s%s%s", issue->title, issue->sightings, last,
                             *issue->hosts ? ", on " : "", issue->hosts);
                if (issue->task)
                        markup_print(markup, ", T%" G_GINT64_FORMAT, issue->task);
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_silent(struct markup *markup, const struct roundup *roundup)
{
        write_section(markup, SILENT);
        if (!roundup->silent->len)
                markup_element(markup, "p", "soft", "All write as they use to.");
        markup_open(markup, "ul");
        for (guint i = 0; i < roundup->silent->len; i++) {
                const struct roundup_silent *silent = roundup->silent->pdata[i];
                g_autofree char *since = tell_age(roundup->now - silent->last), *usual = tell_age(silent->usual),
                                *last = tell_day(silent->last);
                markup_open(markup, "li");
                markup_print(markup, "%s: nothing for %s, since %s; usual are %s at most", silent->vendor, since, last, usual);
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_handled(struct markup *markup, const struct roundup *roundup)
{
        write_section(markup, HANDLED);
        if (roundup->handled->len)
                write_mails(markup, roundup->handled, "comes to", true, ROOM_HANDLED);
        else
                markup_element(markup, "p", "soft", "No notice came.");
        report_more(markup, roundup->n_left_out);
}

char *report_html(const struct roundup *roundup, gsize *length)
{
        struct markup *markup = markup_page(roundup->name, sheet_css());
        write_head(markup, roundup);
        write_queue(markup, roundup);
        write_section(markup, WINDOWS);
        report_time(markup, roundup, ROOM_WINDOWS);
        write_issues(markup, roundup);
        write_silent(markup, roundup);
        write_handled(markup, roundup);
        return markup_finish(markup, length);
}
