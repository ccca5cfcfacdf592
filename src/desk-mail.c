/* One mail: the mail itself beside what was read from it, and the ways to decide.
 * In: a view. Out: HTML. */
#include "desk-mail.h"

#include "base/fail.h"
#include "decide/leave.h"
#include "decide/link.h"
#include "desk-done.h"
#include "desk-form.h"
#include "desk-queue.h"
#include "desk-reading.h"
#include "desk-text.h"
#include "review-list.h"

#include <string.h>

static void write_event(struct markup *markup, const struct maintenance *maintenance, const struct event *event)
{
        frame_open(markup, "li", "event");
        if (event->state != STATE_REVIEW)
                markup_element(markup, "span", event->state == STATE_CANCELLED ? "chip bad" : "chip", state_word(event->state));
        if (!event->is_checked || event->state == STATE_REVIEW)
                markup_element(markup, "span", "chip doubt", "check");
        markup_text(markup, " ");
        markup_open(markup, "strong");
        frame_span(markup, event->start, event->end, event->is_all_day);
        markup_close(markup);
        markup_text(markup, " ");
        frame_link(markup, NULL, "/timeline#%s", event->uid);
        markup_text(markup, maintenance->maintenance_id ? maintenance->maintenance_id : maintenance->vendor);
        markup_close(markup);
        markup_close(markup);
}

void mail_write_events(struct markup *markup, const GPtrArray *maintenances)
{
        frame_open(markup, "ul", "events");
        for (guint i = 0; i < maintenances->len; i++) {
                const struct maintenance *maintenance = maintenances->pdata[i];
                for (guint k = 0; k < maintenance->events->len; k++)
                        write_event(markup, maintenance, maintenance->events->pdata[k]);
                if (maintenance->events->len)
                        continue;
                markup_open(markup, "li");
                markup_print(markup, "%s: %s", maintenance->key,
                             maintenance->is_tombstone ? "cancelled before it was announced" : "no event");
                markup_close(markup);
        }
        markup_close(markup);
}

void mail_write_verdict(struct markup *markup, const struct verdict *verdict, bool is_done)
{
        guint first = is_done ? 0 : 1; /* who decides it is no news before */
        const char *done = resolution_done(verdict->resolution, verdict->reasons);
        frame_open(markup, "div", "verdict");
        markup_open(markup, "p");
        markup_element(markup, "b", resolution_word(verdict->resolution), done);
        for (guint i = first; i < verdict->reasons->len; i++)
                markup_print(markup, "%s%s", i > first ? "; " : ": ", reason_behind(done, verdict->reasons->pdata[i]));
        markup_close(markup);
        mail_write_events(markup, verdict->maintenances);
        if (!is_done)
                markup_element(markup, "p", NULL,
                               verdict->acts->len ? "The calendar and its feed change." : "The calendar stays as it is.");
        markup_close(markup);
}

/* All that one page is made of. */
struct sight {
        const struct view *view;
        struct markup *markup;
        struct chart *chart;
        struct reread reread;
        struct choice choice;
        const struct refusal *refusal; /* NULL: nothing was refused */
        const struct verdict *saved;   /* what saving comes to; NULL: nobody asked */
};

static void write_beside(const struct sight *sight, gint64 id, const char *rel, const char *text, const char *key)
{
        if (!id)
                return;
        frame_link(sight->markup, "button quiet", "/mail?id=%" G_GINT64_FORMAT, id);
        markup_attribute(sight->markup, "rel", rel);
        markup_attribute(sight->markup, "aria-keyshortcuts", key);
        markup_text(sight->markup, text);
        markup_close(sight->markup);
}

static void write_heading(const struct sight *sight)
{
        struct markup *markup = sight->markup;
        const struct entry *entry = sight->chart->entry;
        const char *template = sight->view->desk->setup->settings->link_template;
        g_autofree char *post = link_to_post(&sight->chart->reading->thread, entry->message_id, template);
        frame_open(markup, "div", "heading");
        markup_element(markup, "h1", NULL, entry->subject && *entry->subject ? entry->subject : "(no subject)");
        frame_open(markup, "nav", "turns");
        markup_attribute(markup, "aria-label", "Mails beside this one");
        write_beside(sight, queue_beside(sight->view, entry->id, true), "prev", "← Before", "k");
        write_beside(sight, queue_beside(sight->view, entry->id, false), "next", "Next →", "j");
        markup_close(markup);
        frame_open(markup, "p", "from");
        markup_element(markup, "b", NULL,
                       entry->stream == STREAM_ROOT ? "root@" : frame_vendor(sight->view, sight->chart->reading->vendor));
        markup_print(markup, " · %s · ", entry->from ? entry->from : "nobody named");
        frame_time(markup, entry->date, false);
        markup_print(markup, " UTC · mail %" G_GINT64_FORMAT, entry->id);
        if (post && markup_is_address(post)) {
                markup_text(markup, " · ");
                markup_link(markup, post, "its post");
        }
        markup_close(markup);
        markup_close(markup);
}

/* Whether somebody is asked because of who sent it. */
static bool is_of_sender(const struct entry *entry)
{
        for (guint i = 0; i < entry->reasons->len; i++)
                if (leave_is_of_sender(entry->reasons->pdata[i]))
                        return entry->resolution == RESOLUTION_REVIEW;
        return false;
}

/* What a check of the sender is, and what a person can do instead: where it decides. */
static void write_sender_advice(struct markup *markup, const struct chart *chart)
{
        if (!is_of_sender(chart->entry))
                return;
        markup_element(
                markup, "p", "note",
                chart->reading->sender == SENDER_FAILED
                        ? "Our own mail server checks senders (its Authentication-Results line), and this one failed: do not trust the "
                          "mail. Ask the vendor by its portal or by phone before you accept it."
                        : "Our own mail server checks senders (its Authentication-Results line), and has not vouched for this one. "
                          "Compare with the vendor's portal or call, then accept.");
}

/* How it stands: what is asked, or what was done, before the other reasons. */
static void write_standing(const struct sight *sight)
{
        struct markup *markup = sight->markup;
        const struct entry *entry = sight->chart->entry;
        g_autofree char *why = review_why(entry);
        const char *done = resolution_done(entry->resolution, entry->reasons);
        frame_open(markup, "div", entry->resolution == RESOLUTION_REVIEW ? "standing open" : "standing");
        markup_open(markup, "p");
        markup_element(markup, "b", NULL, done);
        if (why)
                markup_print(markup, ": %s", reason_behind(done, why));
        markup_close(markup);
        for (guint i = 0; i < entry->reasons->len; i++)
                if (g_strcmp0(entry->reasons->pdata[i], why) != 0)
                        markup_element(markup, "p", "note", entry->reasons->pdata[i]);
        write_sender_advice(markup, sight->chart);
        markup_close(markup);
}

static void write_decided(const struct sight *sight)
{
        struct markup *markup = sight->markup;
        const struct chart *chart = sight->chart;
        struct decision *standing = review_standing(sight->view->ledger, chart->entry->id, NULL);
        if (chart->decisions->len)
                markup_element(markup, "h2", NULL, "Decided");
        done_write_list(markup, chart->decisions);
        if (standing) {
                frame_form(markup, sight->view, "/undo", "undo", chart->entry->id, chart->revision);
                frame_button(markup, "quiet", "Undo", "u");
                markup_close(markup);
        }
        decision_free(standing);
}

static void write_note_form(const struct sight *sight)
{
        struct markup *markup = sight->markup;
        markup_open(markup, "details");
        markup_element(markup, "summary", NULL, "Leave a note");
        frame_form(markup, sight->view, "/note", "note", sight->chart->entry->id, sight->chart->revision);
        frame_hidden(markup, "done", request_query(sight->view->request, "done"));
        frame_open(markup, "label", "field wide");
        markup_element(markup, "span", NULL, "For whoever looks next");
        markup_open(markup, "input");
        markup_attribute(markup, "name", "text");
        markup_attribute(markup, "required", "required");
        markup_attribute(markup, "autocomplete", "off");
        markup_close(markup);
        frame_button(markup, "quiet", "Save note", NULL);
        markup_close(markup);
        markup_close(markup);
}

static void write_reading(const struct sight *sight)
{
        struct markup *markup = sight->markup;
        const struct chart *chart = sight->chart;
        markup_element(markup, "h2", NULL, "What was read");
        if (sight->reread.again && !sight->reread.is_same)
                markup_element(markup, "p", "note", "The filters of today read it otherwise: 'mailclinic explain' shows how.");
        reading_write(markup, chart->reading);
        if (chart->maintenances->len) {
                markup_element(markup, "h2", NULL, "In the calendar");
                mail_write_events(markup, chart->maintenances);
        }
        write_decided(sight);
        reading_write_why(markup, sight->reread.is_same ? sight->reread.again : chart->reading, reread_evidence(&sight->reread, chart),
                          sight->reread.page ? sight->reread.page->evidence : NULL);
        write_note_form(sight);
}

static void write_refusal(const struct sight *sight)
{
        struct markup *markup = sight->markup;
        frame_open(markup, "section", "fault");
        markup_attribute(markup, "role", "alert");
        markup_element(markup, "h2", NULL, "Nothing was done");
        markup_element(markup, "p", NULL, sight->refusal->why);
        if (!sight->refusal->is_usage)
                form_write_again(markup, sight->view, sight->chart, "Try again");
        markup_close(markup);
}

static void write_page(struct sight *sight)
{
        struct markup *markup = sight->markup;
        write_heading(sight);
        frame_open(markup, "div", "mail");
        frame_open(markup, "section", "decide");
        markup_attribute(markup, "aria-label", "Decide");
        if (sight->refusal)
                write_refusal(sight);
        write_standing(sight);
        reading_write_key(markup, sight->chart->reading);
        form_write(markup, sight->view, &sight->choice);
        markup_close(markup);
        frame_open(markup, "section", "reading");
        markup_attribute(markup, "aria-label", "What was read");
        write_reading(sight);
        markup_close(markup);
        frame_open(markup, "section", "text");
        markup_attribute(markup, "aria-label", "The mail");
        text_write(markup, &sight->reread, sight->chart);
        markup_close(markup);
        markup_close(markup);
}

static struct answer *answer_sight(struct sight *sight, unsigned status)
{
        const struct view *view = sight->view;
        const struct entry *entry = sight->chart->entry;
        choice_init(&sight->choice, view, sight->chart);
        if (sight->refusal || sight->saved)
                sight->choice.typed = view->request;
        if (sight->refusal) {
                sight->choice.wrong = sight->refusal->why;
                sight->choice.wrong_field = sight->refusal->field;
        }
        sight->choice.saved = sight->saved;
        sight->reread = text_read(view, sight->chart);
        sight->markup = frame_begin(view, entry->resolution == RESOLUTION_REVIEW ? TAB_QUEUE : TAB_RESOLVED,
                                    entry->subject && *entry->subject ? entry->subject : "(no subject)");
        write_page(sight);
        reread_release(&sight->reread);
        choice_release(&sight->choice);
        review_chart_free(sight->chart);
        return frame_end(sight->markup, status);
}

struct answer *mail_page(const struct view *view, GError **error)
{
        struct sight sight = {.view = view, .chart = review_chart(view->ledger, request_number(view->request, "id"), error)};
        return sight.chart ? answer_sight(&sight, 200) : NULL;
}

struct answer *mail_refused(const struct view *view, gint64 mail, const struct refusal *refusal)
{
        struct sight sight = {.view = view, .chart = review_chart(view->ledger, mail, NULL), .refusal = refusal};
        return sight.chart ? answer_sight(&sight, refusal->is_usage ? 422 : 503) : NULL;
}

struct answer *mail_previewed(const struct view *view, gint64 mail, const struct verdict *verdict)
{
        struct sight sight = {.view = view, .chart = review_chart(view->ledger, mail, NULL), .saved = verdict};
        return sight.chart ? answer_sight(&sight, 200) : NULL;
}
