/* The ways to decide on a mail: accept, say what it means instead, or the short way of requests to a person; all of them plain forms.
 * In: a mail of the ledger. Out: HTML. */
#include "desk-form.h"

#include "desk-correct.h"
#include "desk-day.h"
#include "desk-field.h"
#include "desk-reading.h"
#include "ledger/issues.h"

#include <string.h>

static struct verdict *rehearse(const struct view *view, const struct chart *chart, enum deed deed, GError **refused)
{
        struct decision *decision = review_decision(deed);
        decision->correction.is_no_maintenance = deed == DEED_CORRECT;
        struct verdict *verdict = review_rehearse(view->ledger, view->desk->setup->settings, chart->entry->id, decision, refused);
        decision_free(decision);
        return verdict;
}

void choice_init(struct choice *choice, const struct view *view, const struct chart *chart)
{
        *choice = (struct choice){.chart = chart};
        if (chart->entry->resolution != RESOLUTION_REVIEW)
                return;
        choice->accepted = rehearse(view, chart, DEED_ACCEPT, &choice->refused);
        if (chart->entry->stream == STREAM_MAINT)
                choice->nothing = rehearse(view, chart, DEED_CORRECT, NULL);
}

void choice_release(struct choice *choice)
{
        verdict_free(choice->accepted);
        verdict_free(choice->nothing);
        g_clear_error(&choice->refused);
}

static void begin(struct markup *markup, const struct view *view, const struct choice *choice, const char *id, enum deed deed)
{
        frame_form(markup, view, "/decide", id, choice->chart->entry->id, choice->chart->revision);
        frame_hidden(markup, "deed", deed_word(deed));
}

/* A form of one button that takes the mail for no maintenance, with a remark (NULL: none). */
static void write_no_maintenance(struct markup *markup, const struct view *view, const struct choice *choice, const char *id,
                                 const char *class, const char *text, const char *key, const char *note)
{
        begin(markup, view, choice, id, DEED_CORRECT);
        frame_hidden(markup, "not-a-maintenance", "1");
        frame_hidden(markup, "note", note);
        frame_button(markup, class, text, key);
        markup_close(markup);
}

static void write_accept(struct markup *markup, const struct view *view, const struct choice *choice, const char *text, const char *note)
{
        begin(markup, view, choice, "accept", DEED_ACCEPT);
        frame_hidden(markup, "note", note);
        frame_button(markup, "main", text, "a");
        markup_close(markup);
}

static void write_outcome(struct markup *markup, const struct verdict *verdict, const char *heading)
{
        markup_element(markup, "h3", NULL, heading);
        mail_write_verdict(markup, verdict, false);
}

/* The end of a form: what saving it comes to, if that was asked for, and its buttons. */
static void write_save(struct markup *markup, const struct choice *choice, bool is_day, const char *text)
{
        bool is_shown = choice->saved && is_day == !!field_typed(choice, "day");
        if (is_shown) {
                frame_open(markup, "div", "saved");
                markup_attribute(markup, "role", "status");
                write_outcome(markup, choice->saved, "Saving comes to");
                markup_close(markup);
        }
        frame_open(markup, "div", "buttons");
        frame_open(markup, "button", "main");
        markup_attribute(markup, "autofocus", is_shown ? "autofocus" : NULL);
        markup_text(markup, text);
        markup_close(markup);
        frame_open(markup, "button", "quiet");
        markup_attribute(markup, "name", "preview");
        markup_attribute(markup, "value", "1");
        markup_text(markup, "Show what this does");
        markup_close(markup);
        markup_close(markup);
}

static bool is_called_off(const GPtrArray *maintenances)
{
        for (guint i = 0; i < maintenances->len; i++) {
                const struct maintenance *maintenance = maintenances->pdata[i];
                for (guint k = 0; k < maintenance->events->len; k++)
                        if (((const struct event *)maintenance->events->pdata[k])->state == STATE_CANCELLED)
                                return true;
        }
        return false;
}

/* What becomes of the event that the mail has touched, if a person takes it for no notice of work. */
static void write_nothing_outcome(struct markup *markup, const struct choice *choice, const char *heading)
{
        const GPtrArray *standing = choice->chart->maintenances, *changed = choice->nothing ? choice->nothing->maintenances : NULL;
        if (!changed)
                return;
        markup_element(markup, "h3", NULL, heading);
        if (!changed->len && !standing->len) {
                markup_element(markup, "p", "verdict", "The calendar stays as it is, and the mail is finished.");
                return;
        }
        markup_element(markup, "p", "verdict",
                       !changed->len                                        ? "Its event stays as it is:"
                       : is_called_off(changed) && !is_called_off(standing) ? "Its event, which only this mail has made, is called off:"
                                                                            : "Its event stays, and nobody is asked to check it any more:");
        mail_write_events(markup, changed->len ? changed : standing);
}

static bool has_same_events(const struct maintenance *one, const struct maintenance *other)
{
        bool is_same = maintenance_same(one, other) && one->events->len == other->events->len;
        for (guint i = 0; is_same && i < one->events->len; i++)
                is_same = event_same(one->events->pdata[i], other->events->pdata[i]);
        return is_same;
}

static bool is_alike(const GPtrArray *one, const GPtrArray *other)
{
        bool is_same = one->len == other->len;
        for (guint i = 0; is_same && i < one->len; i++)
                is_same = has_same_events(one->pdata[i], other->pdata[i]);
        return is_same;
}

/* The first address among what a filter says stands in the mail, which may be anybody's. */
static const char *approve_address(const GPtrArray *told)
{
        for (guint i = 0; i < told->len; i++) {
                const char *text = told->pdata[i];
                if ((g_str_has_prefix(text, "https://") || g_str_has_prefix(text, "http://")) && markup_is_address(text))
                        return text;
        }
        return NULL;
}

static void write_told(struct markup *markup, const GPtrArray *told)
{
        frame_open(markup, "ul", "told");
        for (guint i = 0; i < told->len; i++)
                if (!markup_is_address(told->pdata[i]))
                        markup_element(markup, "li", NULL, told->pdata[i]);
        markup_close(markup);
}

static void write_address(struct markup *markup, const char *address)
{
        frame_open(markup, "a", "button out");
        markup_attribute(markup, "href", address);
        markup_attribute(markup, "rel", "noreferrer noopener");
        markup_attribute(markup, "target", "_blank");
        markup_text(markup, "Approve the post there (opens the list's own page)");
        markup_close(markup);
        markup_element(markup, "code", NULL, address);
        markup_element(markup, "p", "note", "The address stands in the mail: look whether it is your list's own.");
}

/* What is done elsewhere: nothing here approves a post. */
static void write_approve_step(struct markup *markup, const char *address)
{
        markup_open(markup, "li");
        if (address)
                write_address(markup, address);
        else
                markup_element(markup, "p", NULL,
                               "Approve the post on the list's own moderation page. The mail does not name its address.");
        markup_element(
                markup, "p", "note",
                "Only that page can approve it. Of a vendor that you know, choose “always accept” there: its later posts then come in "
                "without a moderator.");
        markup_close(markup);
}

static void write_done_step(struct markup *markup, const struct view *view, const struct choice *choice)
{
        static const char done[] = "Done here", note[] = "approved on the list's own page";
        markup_open(markup, "li");
        if (choice->accepted)
                write_accept(markup, view, choice, done, note);
        else
                write_no_maintenance(markup, view, choice, "accept", "main", done, "a", note);
        markup_element(
                markup, "p", "note",
                choice->accepted
                        ? "What the held post says is taken too, as below. The post comes in as a mail of its own and is read then."
                        : "This request leaves the queue. The post comes in as a mail of its own and is read then: no event is lost.");
        markup_close(markup);
}

static void write_moderation(struct markup *markup, const struct view *view, const struct choice *choice)
{
        g_autoptr(GPtrArray) told = reading_told(choice->chart->reading);
        markup_element(markup, "h2", NULL, "A post to your list waits for a moderator");
        write_told(markup, told);
        frame_open(markup, "ol", "steps");
        write_approve_step(markup, approve_address(told));
        write_done_step(markup, view, choice);
        markup_close(markup);
        if (choice->accepted)
                write_outcome(markup, choice->accepted, "“Done here” comes to");
        write_no_maintenance(markup, view, choice, "nothing", "quiet", "Looks like spam", "x", "looks like spam");
        markup_element(markup, "p", "note", "For a post that you reject there: this request leaves the queue, and nothing of it is taken.");
        if (choice->chart->maintenances->len)
                write_nothing_outcome(markup, choice, "“Looks like spam” comes to");
}

static void write_contract(struct markup *markup, const struct view *view, const struct choice *choice)
{
        g_autoptr(GPtrArray) told = reading_told(choice->chart->reading);
        markup_element(markup, "h2", NULL, "A contract: somebody must decide before a day");
        begin(markup, view, choice, "day", DEED_CORRECT);
        day_write(markup, choice, told);
        write_save(markup, choice, true, "Make an all-day entry");
        markup_close(markup);
        markup_element(markup, "p", "note",
                       "The entry is a reminder in the calendar on the last day on which somebody can still decide: no work, no outage.");
}

/* Nothing could be read, and no filter of requests took it. */
static void write_unknown(struct markup *markup, const struct view *view, const struct choice *choice)
{
        markup_element(markup, "h2", NULL, "No filter knows this sender");
        markup_element(markup, "p", NULL, "If it announces work, say below whose and when.");
        frame_open(markup, "div", "buttons");
        write_no_maintenance(markup, view, choice, "nothing", "quiet", "Nothing for the calendar", "x", NULL);
        write_no_maintenance(markup, view, choice, "spam", "quiet", "Looks like spam", NULL, "looks like spam");
        markup_close(markup);
        markup_element(markup, "p", "note", "Both finish the mail; “looks like spam” also leaves that as a note.");
        write_nothing_outcome(markup, choice, "“Nothing for the calendar” comes to");
}

/* Of root@ mail there is nothing to correct: what is wanted of its problem is said there. */
static void write_seen(struct markup *markup, const struct view *view, const struct choice *choice)
{
        g_autofree char *issue = ledger_issue_of(view->ledger, choice->chart->entry->id, NULL);
        frame_open(markup, "div", "buttons");
        if (choice->chart->entry->resolution == RESOLUTION_REVIEW)
                write_accept(markup, view, choice, "I have seen it", NULL);
        if (issue) {
                frame_link(markup, "button", "/issue?id=%s", issue);
                markup_text(markup, "Its problem");
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_acceptance(struct markup *markup, const struct view *view, const struct choice *choice)
{
        frame_open(markup, "div", "buttons");
        write_accept(markup, view, choice, "Accept", NULL);
        write_no_maintenance(markup, view, choice, "nothing", "quiet", "Nothing for the calendar", "x", NULL);
        markup_close(markup);
        write_outcome(markup, choice->accepted, "Accepting comes to");
        write_nothing_outcome(markup, choice, "“Nothing for the calendar” comes to");
        if (choice->nothing && is_alike(choice->accepted->maintenances, choice->nothing->maintenances))
                markup_element(markup, "p", "note",
                               "Both leave the calendar alike. Accepting says that the mail is a notice and was read well; the other, that "
                               "it is none.");
}

static void write_refusal(struct markup *markup, const struct choice *choice)
{
        g_autofree char *field = NULL, *why = field_refused(NULL, choice->refused->message, &field);
        frame_open(markup, "p", "note");
        markup_print(markup, "It cannot be accepted as it was read: %s. Say below what it means.", why);
        markup_close(markup);
}

/* It cannot be accepted as it was read. */
static void write_rest(struct markup *markup, const struct view *view, const struct choice *choice, bool is_request)
{
        if (choice->refused && !is_request)
                write_refusal(markup, choice);
        frame_open(markup, "div", "buttons");
        write_no_maintenance(markup, view, choice, "nothing", "quiet", "Nothing for the calendar", "x", NULL);
        markup_close(markup);
        write_nothing_outcome(markup, choice, "“Nothing for the calendar” comes to");
}

static void write_ways(struct markup *markup, const struct view *view, const struct choice *choice, const char *request)
{
        const struct reading *reading = choice->chart->reading;
        if (g_strcmp0(request, "moderation") == 0) {
                write_moderation(markup, view, choice);
                return;
        }
        if (g_strcmp0(request, "contract") == 0)
                write_contract(markup, view, choice);
        if (choice->accepted)
                write_acceptance(markup, view, choice);
        else if (!reading->vendor && !request)
                write_unknown(markup, view, choice);
        else
                write_rest(markup, view, choice, request != NULL);
}

void form_write_again(struct markup *markup, const struct view *view, const struct chart *chart, const char *text)
{
        const struct request *request = view->request;
        frame_form(markup, view, request->path, "again", chart->entry->id, chart->revision);
        for (guint i = 0; i < request->form->len; i++) {
                const struct pair *pair = request->form->pdata[i];
                if (g_strcmp0(pair->name, "form") != 0 && g_strcmp0(pair->name, "mail") != 0 && g_strcmp0(pair->name, "revision") != 0)
                        frame_hidden(markup, pair->name, pair->value);
        }
        frame_button(markup, "main", text, NULL);
        markup_close(markup);
}

void form_write(struct markup *markup, const struct view *view, const struct choice *choice)
{
        const struct entry *entry = choice->chart->entry;
        g_autofree char *request = reading_request(choice->chart->reading);
        bool is_asked = entry->resolution == RESOLUTION_REVIEW, is_only_way = is_asked && !choice->accepted && !request;
        if (entry->stream == STREAM_ROOT) {
                write_seen(markup, view, choice);
                return;
        }
        if (is_asked)
                write_ways(markup, view, choice, request);
        markup_open(markup, "details");
        markup_attribute(markup, "id", "correct");
        if ((choice->typed && !request_form(choice->typed, "day")) || is_only_way)
                markup_flag(markup, "open");
        markup_open(markup, "summary");
        markup_text(markup, is_only_way ? "Say what it means" : "Correct what was read");
        markup_element(markup, "kbd", NULL, "c");
        markup_close(markup);
        begin(markup, view, choice, "correction", DEED_CORRECT);
        correct_write(markup, view, choice);
        write_save(markup, choice, false, "Save correction");
        markup_close(markup);
        markup_close(markup);
}
