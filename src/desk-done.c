/* What people did to mails, in the words of their own deed: the bar above the page, and the list beside a mail.
 * In: decisions of the ledger. Out: HTML. */
#include "desk-done.h"

#include "ledger/review.h"
#include "review-show.h"

#include <string.h>

enum { SAME_FORM = 2 }; /* seconds */

/* A day in the calendar, made of a mail that tells of no work. */
static bool is_day(const struct correction *correction)
{
        const struct window *window = correction->windows->len == 1 ? correction->windows->pdata[0] : NULL;
        return window && window->is_all_day && correction->kind == KIND_NEW;
}

static const char *deed_told(const struct decision *decision)
{
        switch (decision->deed) {
        case DEED_ACCEPT:
                return "accepted";
        case DEED_CORRECT:
                return decision->correction.is_no_maintenance ? "marked as nothing for the calendar"
                       : is_day(&decision->correction)        ? "all-day entry"
                                                              : "corrected";
        case DEED_UNDO:
                return "taken back";
        case DEED_NOTE:
                return "noted";
        default:
                return deed_word(decision->deed);
        }
}

/* What was said, one thing behind the other. */
struct said {
        struct markup *markup;
        guint n;
};

static void begin_said(struct said *said)
{
        markup_text(said->markup, said->n++ ? "; " : ": ");
}

static void say(struct said *said, const char *label, const char *value)
{
        if (!value)
                return;
        begin_said(said);
        markup_print(said->markup, "%s %s", label, value);
}

static void say_count(struct said *said, const char *label, const GPtrArray *circuits)
{
        if (!circuits->len)
                return;
        begin_said(said);
        markup_print(said->markup, "%s%u circuit%s", label, circuits->len, circuits->len == 1 ? "" : "s");
}

static void write_correction(struct markup *markup, const struct correction *correction)
{
        struct said said = {markup, 0};
        for (guint i = 0; i < correction->windows->len; i++) {
                const struct window *window = correction->windows->pdata[i];
                begin_said(&said);
                frame_span(markup, window->start, window->end, window->is_all_day);
        }
        say(&said, "it tells", kind_word(correction->kind));
        say(&said, "status", status_word(correction->status));
        say(&said, "vendor", correction->vendor);
        say(&said, "vendor's id", correction->maintenance_id);
        say(&said, "same work as", correction->same_as);
        say_count(&said, "", correction->circuits);
        say_count(&said, "without ", correction->without);
}

/* A remark that came with the decision before it, in the same form. */
static bool is_remark(const struct decision *decision, const struct decision *before)
{
        return decision->deed == DEED_NOTE && (before->deed == DEED_CORRECT || before->deed == DEED_ACCEPT) &&
               g_strcmp0(decision->by, before->by) == 0 && decision->at - before->at <= SAME_FORM;
}

void done_write_list(struct markup *markup, const GPtrArray *decisions)
{
        if (!decisions->len)
                return;
        frame_open(markup, "ul", "decisions");
        for (guint i = 0; i < decisions->len; i++) {
                const struct decision *decision = decisions->pdata[i], *next = i + 1 < decisions->len ? decisions->pdata[i + 1] : NULL;
                markup_open(markup, "li");
                frame_time(markup, decision->at, false);
                markup_print(markup, " UTC, %s: %s", decision->by, deed_told(decision));
                write_correction(markup, &decision->correction);
                if (next && is_remark(next, decision)) {
                        markup_print(markup, ": %s", next->text);
                        i++;
                } else if (decision->text) {
                        markup_print(markup, ": %s", decision->text);
                }
                markup_close(markup);
        }
        markup_close(markup);
}

static const struct decision *last_deed(const struct chart *chart)
{
        for (guint i = chart->decisions->len; i; i--) {
                const struct decision *decision = chart->decisions->pdata[i - 1];
                if (decision->deed != DEED_NOTE)
                        return decision;
        }
        return NULL;
}

/* The remark that tells what a person did elsewhere, where it stands for the deed. */
static const char *remark_of(const struct chart *chart, const struct decision *deed)
{
        for (guint i = 0; deed->correction.is_no_maintenance && i + 1 < chart->decisions->len; i++) {
                const struct decision *next = chart->decisions->pdata[i + 1];
                if (chart->decisions->pdata[i] == deed && is_remark(next, deed))
                        return next->text;
        }
        return NULL;
}

static const char *label_of(const struct chart *chart)
{
        const struct decision *last = last_deed(chart);
        const char *remark = last ? remark_of(chart, last) : NULL;
        if (!last || remark)
                return remark ? remark : resolution_phrase(chart->entry->resolution);
        return chart->entry->stream == STREAM_ROOT && last->deed == DEED_ACCEPT ? "seen" : deed_told(last);
}

static void write_event(struct markup *markup, const struct chart *chart, const struct event *event)
{
        if (chart->entry->resolution == RESOLUTION_CALENDAR)
                markup_text(markup, resolution_done(chart->entry->resolution, chart->entry->reasons));
        else
                markup_text(markup, event->state == STATE_CANCELLED ? done_phrase(DONE_CANCELLED) : "in the calendar as before");
        markup_text(markup, ", ");
        frame_span(markup, event->start, event->end, event->is_all_day);
}

/* What came of it. */
static void write_outcome(struct markup *markup, const struct chart *chart)
{
        const struct event *first = NULL;
        guint n = 0;
        for (guint i = 0; i < chart->maintenances->len; i++) {
                const struct maintenance *maintenance = chart->maintenances->pdata[i];
                n += maintenance->events->len;
                if (!first && maintenance->events->len)
                        first = maintenance->events->pdata[0];
        }
        markup_text(markup, ": ");
        if (chart->entry->resolution == RESOLUTION_REVIEW)
                markup_text(markup, "it waits for you again");
        else if (first)
                write_event(markup, chart, first);
        else
                markup_text(markup, resolution_phrase(chart->entry->resolution));
        if (chart->entry->resolution != RESOLUTION_REVIEW && n > 1)
                markup_print(markup, " and %u more", n - 1);
}

static void write_subject(struct markup *markup, const struct entry *entry)
{
        markup_text(markup, ": ");
        frame_link(markup, NULL, "/mail?id=%" G_GINT64_FORMAT, entry->id);
        markup_text(markup, entry->subject && *entry->subject ? entry->subject : "a mail without a subject");
        markup_close(markup);
        markup_text(markup, ", ");
        frame_time(markup, entry->date, true);
}

static void write_undo(struct markup *markup, const struct view *view, const struct chart *chart)
{
        struct decision *standing = review_standing(view->ledger, chart->entry->id, NULL);
        if (standing) {
                frame_form(markup, view, "/undo", "flash-undo", chart->entry->id, chart->revision);
                frame_button(markup, "quiet", "Undo", "u");
                markup_close(markup);
        }
        decision_free(standing);
}

static void begin_bar(struct markup *markup, bool is_open)
{
        frame_open(markup, "div", is_open ? "flash open" : "flash");
        markup_attribute(markup, "role", "status");
        markup_open(markup, "p");
}

static void write_bar(struct markup *markup, const struct view *view, const struct chart *chart)
{
        const struct decision *last = last_deed(chart);
        bool is_seen = chart->entry->stream == STREAM_ROOT && last && last->deed == DEED_ACCEPT;
        begin_bar(markup, chart->entry->resolution == RESOLUTION_REVIEW);
        markup_element(markup, "b", NULL, label_of(chart));
        write_subject(markup, chart->entry);
        if (!is_seen)
                write_outcome(markup, chart);
        markup_close(markup);
        write_undo(markup, view, chart);
        markup_close(markup);
}

static void write_noted(struct markup *markup, const struct chart *chart)
{
        begin_bar(markup, false);
        markup_element(markup, "b", NULL, "Note kept");
        write_subject(markup, chart->entry);
        markup_close(markup);
        markup_close(markup);
}

void done_write(struct markup *markup, const struct view *view)
{
        gint64 noted = request_number(view->request, "noted"), done = request_number(view->request, "done");
        struct chart *note = noted ? review_chart(view->ledger, noted, NULL) : NULL,
                     *chart = done ? review_chart(view->ledger, done, NULL) : NULL;
        if (note)
                write_noted(markup, note);
        if (chart)
                write_bar(markup, view, chart);
        review_chart_free(note);
        review_chart_free(chart);
}
