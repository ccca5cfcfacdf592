/* The ways to decide on a mail: accept, say what it means instead, or the short way of requests to a person; all of them plain forms.
 * In: a mail of the ledger. Out: HTML. */
#include "desk-form.h"

#include "desk-correct.h"
#include "desk-reading.h"
#include "ledger/issues.h"

#include <string.h>

void choice_init(struct choice *choice, const struct view *view, const struct chart *chart)
{
        struct decision *decision = review_decision(DEED_ACCEPT);
        *choice = (struct choice){.chart = chart};
        if (chart->entry->resolution == RESOLUTION_REVIEW)
                choice->accepted = review_rehearse(view->ledger, view->desk->setup->settings, chart->entry->id, decision, &choice->refused);
        decision_free(decision);
}

void choice_release(struct choice *choice)
{
        verdict_free(choice->accepted);
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

static void write_outcome(struct markup *markup, const struct choice *choice, const char *heading)
{
        markup_element(markup, "h3", NULL, heading);
        mail_write_verdict(markup, choice->accepted, false);
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
        markup_open(markup, "p");
        markup_open(markup, "a");
        markup_attribute(markup, "href", address);
        markup_attribute(markup, "rel", "noreferrer noopener");
        markup_attribute(markup, "target", "_blank");
        markup_attribute(markup, "class", "out");
        markup_text(markup, address);
        markup_close(markup);
        markup_close(markup);
        markup_element(
                markup, "p", "note",
                "It stands in the mail, so look whether it is your list's own. The approved message comes in by itself and is read then.");
}

/* What was held comes in by itself once it is approved; what the request says of it already counts if it can be accepted. */
static void write_moderation(struct markup *markup, const struct view *view, const struct choice *choice)
{
        static const char known[] = "Known vendor: approve and always accept", note[] = "known vendor: approve and always accept";
        g_autoptr(GPtrArray) told = reading_told(choice->chart->reading);
        const char *address = approve_address(told);
        markup_element(markup, "h2", NULL, "A message waits for a moderator");
        write_told(markup, told);
        if (address)
                write_address(markup, address);
        else
                markup_element(markup, "p", "note", "The mail names no page to approve it on: open the list's moderation page.");
        frame_open(markup, "div", "buttons");
        if (choice->accepted)
                write_accept(markup, view, choice, known, note);
        else
                write_no_maintenance(markup, view, choice, "accept", "main", known, "a", note);
        write_no_maintenance(markup, view, choice, "nothing", "quiet", "Looks like spam", "x", "looks like spam");
        markup_close(markup);
        if (choice->accepted)
                write_outcome(markup, choice, "It comes to");
}

static void write_contract(struct markup *markup, const struct view *view, const struct choice *choice)
{
        g_autoptr(GPtrArray) told = reading_told(choice->chart->reading);
        markup_element(markup, "h2", NULL, "A contract: somebody must decide before a day");
        write_told(markup, told);
        begin(markup, view, choice, "day", DEED_CORRECT);
        correct_write_day(markup, choice, told);
        frame_button(markup, "main", "Make an all-day entry", NULL);
        markup_close(markup);
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
        write_outcome(markup, choice, "Accepting comes to");
}

/* What the terminal is advised to do stands behind the semicolon. */
static void write_refusal(struct markup *markup, const struct choice *choice)
{
        const char *message = choice->refused->message, *advice = strstr(message, "; say what it means with");
        g_autofree char *why = advice ? g_strndup(message, (gsize)(advice - message)) : g_strdup(message);
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
        if (choice->typed || is_only_way)
                markup_flag(markup, "open");
        markup_open(markup, "summary");
        markup_text(markup, is_only_way ? "Say what it means" : "Correct what was read");
        markup_element(markup, "kbd", NULL, "c");
        markup_close(markup);
        begin(markup, view, choice, "correction", DEED_CORRECT);
        correct_write(markup, view, choice);
        frame_button(markup, is_only_way ? "main" : "quiet", "Correct", NULL);
        markup_close(markup);
        markup_close(markup);
}
