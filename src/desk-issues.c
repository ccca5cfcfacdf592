/* The problems of root@ mail as pages: the list with counts and hosts, and one of them with its mails and what is wanted of it.
 * In: a view. Out: HTML; wishes in the ledger. */
#include "desk-issues.h"

#include "base/fail.h"
#include "desk-frame.h"
#include "issue-list.h"
#include "ledger/issues.h"
#include "review-decide.h"

#include <string.h>

enum { MOST_ISSUES = 500, NAMED_HOSTS = 3, MOST_HOSTS = 100, SHOWN_MAILS = 20 };

static const char *const phase_class[] = {
        [ISSUE_NEW] = "chip doubt", [ISSUE_RECURRING] = "chip", [ISSUE_QUIET] = "chip good", [ISSUE_BACK] = "chip bad"};

struct rows {
        struct markup *markup;
        bool is_all;
        guint n, left_out;
};

static void write_hosts(struct markup *markup, const GPtrArray *hosts)
{
        for (guint i = 0; i < MIN(hosts->len, NAMED_HOSTS); i++)
                markup_print(markup, "%s%s", i ? ", " : "", ((const struct issue_host *)hosts->pdata[i])->name);
        if (hosts->len > NAMED_HOSTS)
                markup_print(markup, " and %u more", hosts->len - NAMED_HOSTS);
}

static bool write_issue(const struct issue *issue, void *data)
{
        struct rows *rows = data;
        struct markup *markup = rows->markup;
        g_autofree char *standing = issue_standing(issue), *task = issue_task(issue);
        if ((issue->wish == ISSUE_IGNORE || issue->wish == ISSUE_MERGED) && !rows->is_all) {
                rows->left_out++;
                return true;
        }
        markup_open(markup, "li");
        frame_link(markup, "row issue", "/issue?id=%s", issue->fingerprint);
        frame_open(markup, "span", "seen");
        markup_print(markup, "%" G_GINT64_FORMAT "×", issue->sightings);
        markup_close(markup);
        frame_open(markup, "span", "subject");
        markup_element(markup, "span", phase_class[issue->phase], standing);
        if (task)
                markup_element(markup, "span", "chip", task);
        markup_print(markup, " %s", issue->title);
        markup_close(markup);
        frame_open(markup, "span", "why");
        write_hosts(markup, issue->hosts);
        markup_close(markup);
        frame_open(markup, "span", "when");
        frame_time(markup, issue->last_seen, true);
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
        return ++rows->n < MOST_ISSUES;
}

struct answer *issues_page(const struct view *view, GError **error)
{
        struct rows rows = {.is_all = request_query(view->request, "all") != NULL};
        struct markup *markup = rows.markup = frame_begin(view, TAB_ISSUES, "Root issues");
        frame_open(markup, "div", "heading");
        markup_element(markup, "h1", NULL, "Root issues");
        markup_element(markup, "p", NULL, "What root@ mail tells of, the last seen first: how often, where, and since when.");
        markup_close(markup);
        frame_open(markup, "ol", "queue");
        bool is_fine = ledger_issues(view->ledger, write_issue, &rows, error);
        markup_close(markup);
        if (!is_fine) {
                markup_free(markup);
                return NULL;
        }
        if (!rows.n)
                markup_element(markup, "p", "empty", "No problem is known.");
        if (rows.left_out) {
                frame_open(markup, "nav", "turns");
                markup_attribute(markup, "aria-label", "More of the list");
                frame_link(markup, "button quiet", "/issues?all=1");
                markup_print(markup, "%u ignored or merged", rows.left_out);
                markup_close(markup);
                markup_close(markup);
        }
        return frame_end(markup, 200);
}

static void begin_wish(struct markup *markup, const struct view *view, const struct issue *issue, enum deed deed)
{
        frame_form(markup, view, "/wish", deed == DEED_UNDO_ISSUE ? "undo" : NULL, 0, NULL);
        frame_hidden(markup, "issue", issue->fingerprint);
        frame_hidden(markup, "deed", deed_word(deed));
}

static void write_wish(struct markup *markup, const struct view *view, const struct issue *issue, enum deed deed, const char *text)
{
        bool is_undo = deed == DEED_UNDO_ISSUE;
        begin_wish(markup, view, issue, deed);
        frame_button(markup, is_undo ? "main" : "quiet", text, is_undo ? "u" : NULL);
        markup_close(markup);
}

struct others {
        struct markup *markup;
        const struct issue *issue;
        guint n;
};

static bool write_other(const struct issue *other, void *data)
{
        struct others *others = data;
        if (other->wish == ISSUE_MERGED || g_str_equal(other->fingerprint, others->issue->fingerprint))
                return true;
        markup_open(others->markup, "option");
        markup_attribute(others->markup, "value", other->fingerprint);
        markup_print(others->markup, "%s: %s", other->kind, other->title);
        markup_close(others->markup);
        return ++others->n < MOST_ISSUES;
}

/* Which other one it is the same as; nothing is chosen for the person. */
static void write_merging(struct markup *markup, const struct view *view, const struct issue *issue)
{
        struct others others = {markup, issue, 0};
        begin_wish(markup, view, issue, DEED_MERGE);
        markup_open(markup, "label");
        markup_text(markup, "The same as ");
        markup_open(markup, "select");
        markup_attribute(markup, "name", "detail");
        markup_flag(markup, "required");
        markup_open(markup, "option");
        markup_attribute(markup, "value", "");
        markup_text(markup, "choose an issue");
        markup_close(markup);
        ledger_issues(view->ledger, write_other, &others, NULL);
        markup_close(markup);
        markup_close(markup);
        frame_button(markup, "quiet", "Merge into it", NULL);
        markup_close(markup);
}

static void write_linking(struct markup *markup, const struct view *view, const struct issue *issue)
{
        begin_wish(markup, view, issue, DEED_LINK);
        markup_open(markup, "label");
        markup_text(markup, "Its task is ");
        markup_open(markup, "input");
        markup_attribute(markup, "name", "detail");
        markup_attribute(markup, "placeholder", "T123");
        markup_flag(markup, "required");
        markup_attribute(markup, "pattern", "[Tt]?[0-9]{1,9}");
        markup_close(markup);
        frame_button(markup, "quiet", "Link to the task", NULL);
        markup_close(markup);
}

static void write_wishes(struct markup *markup, const struct view *view, const struct issue *issue)
{
        frame_open(markup, "div", "buttons wishes");
        if (issue->wish != ISSUE_WATCH) {
                write_wish(markup, view, issue, DEED_UNDO_ISSUE, "Undo: watch it again");
        } else {
                write_wish(markup, view, issue, DEED_SNOOZE, "Snooze for a week");
                write_wish(markup, view, issue, DEED_IGNORE, "Ignore");
                if (issue->task.is_adopted)
                        write_wish(markup, view, issue, DEED_UNDO_ISSUE, "Undo the link to its task");
                else if (!issue->task.state)
                        write_linking(markup, view, issue);
                write_merging(markup, view, issue);
        }
        markup_close(markup);
}

static void write_host_table(struct markup *markup, const GPtrArray *hosts)
{
        static const char *const heads[] = {"Host", "Seen", "First", "Last"};
        frame_open(markup, "table", "hosts");
        markup_heads(markup, heads, G_N_ELEMENTS(heads));
        markup_open(markup, "tbody");
        for (guint i = 0; i < MIN(hosts->len, MOST_HOSTS); i++) {
                const struct issue_host *host = hosts->pdata[i];
                markup_open(markup, "tr");
                markup_element(markup, "td", NULL, host->name);
                markup_open(markup, "td");
                markup_print(markup, "%" G_GINT64_FORMAT, host->sightings);
                markup_close(markup);
                markup_open(markup, "td");
                frame_time(markup, host->first_seen, true);
                markup_close(markup);
                markup_open(markup, "td");
                frame_time(markup, host->last_seen, true);
                markup_close(markup);
                markup_close(markup);
        }
        markup_close(markup);
        markup_close(markup);
}

static bool write_sighting(gint64 mail, const struct sighting *sighting, void *data)
{
        struct markup *markup = data;
        markup_open(markup, "li");
        frame_link(markup, NULL, "/mail?id=%" G_GINT64_FORMAT, mail);
        frame_time(markup, sighting->at, false);
        markup_print(markup, " UTC, %s", sighting->host ? sighting->host : "no host named");
        markup_close(markup);
        if (!sighting->is_ours)
                markup_text(markup, " (not from a host of ours)");
        markup_close(markup);
        return true;
}

static void write_one(struct markup *markup, const struct view *view, const struct issue *issue)
{
        g_autofree char *standing = issue_standing(issue), *task = issue_task(issue);
        frame_open(markup, "div", "heading");
        markup_element(markup, "h1", NULL, issue->title);
        markup_open(markup, "p");
        markup_element(markup, "span", phase_class[issue->phase], standing);
        markup_print(markup, "%s · seen %" G_GINT64_FORMAT " times on %u hosts, from ", issue->kind, issue->sightings, issue->hosts->len);
        frame_time(markup, issue->first_seen, true);
        markup_text(markup, " to ");
        frame_time(markup, issue->last_seen, true);
        markup_print(markup, " · task: %s", task ? task : "none");
        markup_close(markup);
        markup_close(markup);
        frame_open(markup, "div", "mail");
        frame_open(markup, "section", "decide");
        markup_attribute(markup, "aria-label", "What is wanted of it");
        write_wishes(markup, view, issue);
        write_host_table(markup, issue->hosts);
        markup_close(markup);
        frame_open(markup, "section", "reading");
        markup_element(markup, "h2", NULL, "Its newest mails");
        frame_open(markup, "ul", "events");
        ledger_sightings(view->ledger, issue->fingerprint, SHOWN_MAILS, write_sighting, markup, NULL);
        markup_close(markup);
        markup_close(markup);
        frame_open(markup, "section", "text");
        markup_element(markup, "h2", NULL, "What its mails have in common");
        frame_open(markup, "pre", "description");
        markup_lines(markup, issue->template);
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
}

struct answer *issue_page(const struct view *view, GError **error)
{
        const char *asked = request_query(view->request, "id");
        g_autofree char *name = ledger_issue_name(view->ledger, asked ? asked : "", error);
        struct issue *issue = name ? ledger_issue(view->ledger, name, error) : NULL;
        if (!issue)
                return NULL;
        struct markup *markup = frame_begin(view, TAB_ISSUES, issue->title);
        write_one(markup, view, issue);
        issue_free(issue);
        return frame_end(markup, 200);
}

/* NULL and an error. Caller frees. */
static struct decision *wish_of(const struct view *view, GError **error)
{
        const char *issue = request_form(view->request, "issue");
        int deed = deed_from_word(request_form(view->request, "deed"));
        if (deed != DEED_SNOOZE && deed != DEED_IGNORE && deed != DEED_MERGE && deed != DEED_LINK && deed != DEED_UNDO_ISSUE) {
                g_set_error(error, FAIL, FAIL_USAGE, "the form does not say what is to be done");
                return NULL;
        }
        struct decision *decision = review_decision((enum deed)deed);
        decision->issue = ledger_issue_name(view->ledger, issue ? issue : "", error);
        if (decision->issue && review_detail(view->ledger, decision, request_form(view->request, "detail"), error))
                return decision;
        decision_free(decision);
        return NULL;
}

struct answer *issue_wish(const struct view *view, GError **error)
{
        struct decision *decision = wish_of(view, error);
        bool is_done = decision && review_wish(view->ledger, decision, error);
        struct answer *answer = is_done ? answer_elsewhere(g_strconcat("/issue?id=", decision->issue, NULL)) : NULL;
        decision_free(decision);
        return answer;
}
