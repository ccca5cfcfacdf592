/* One maintenance over its whole life, as a page: its events, what the calendar says of it, and the mails that made it.
 * In: a view. Out: HTML. */
#include "desk-work.h"

#include "base/fail.h"
#include "desk-frame.h"
#include "desk-mail.h"
#include "out/wording.h"
#include "review-list.h"

static bool write_mail(const struct entry *entry, void *data)
{
        struct markup *markup = data;
        g_autofree char *why = review_why(entry);
        const char *done = resolution_done(entry->resolution, entry->reasons);
        markup_open(markup, "li");
        frame_link(markup, "row", "/mail?id=%" G_GINT64_FORMAT, entry->id);
        frame_open(markup, "span", "when");
        frame_time(markup, entry->date, true);
        markup_close(markup);
        markup_element(markup, "span", "vendor", kind_word(entry->kind));
        markup_element(markup, "span", "subject", entry->subject && *entry->subject ? entry->subject : "(no subject)");
        frame_open(markup, "span", "why");
        markup_element(markup, "b", resolution_word(entry->resolution), done);
        markup_print(markup, " %s", why ? reason_behind(done, why) : "");
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
        return true;
}

static void write_event(struct markup *markup, const struct maintenance *maintenance, const struct event *event)
{
        g_autofree char *title = wording_title(maintenance, event), *description = wording_description(maintenance, event);
        frame_open(markup, "section", "notice");
        markup_open(markup, "h2");
        markup_text(markup, frame_marks(markup, title));
        markup_close(markup);
        frame_open(markup, "pre", "description");
        markup_lines(markup, description);
        markup_close(markup);
        markup_close(markup);
}

struct answer *work_page(const struct view *view, GError **error)
{
        const char *key = request_query(view->request, "key");
        g_autoptr(GError) wrong = NULL;
        struct maintenance *maintenance = key ? ledger_maintenance(view->ledger, key, &wrong) : NULL;
        if (!maintenance) {
                if (wrong)
                        g_propagate_error(error, g_steal_pointer(&wrong));
                else
                        g_set_error(error, FAIL, FAIL_INPUT, "the ledger has no such work");
                return NULL;
        }
        struct markup *markup = frame_begin(view, TAB_NONE, maintenance->key);
        frame_open(markup, "div", "heading");
        markup_element(markup, "h1", NULL, maintenance->key);
        markup_element(markup, "p", NULL, maintenance->summary ? maintenance->summary : maintenance->subject);
        markup_close(markup);
        for (guint i = 0; i < maintenance->events->len; i++)
                write_event(markup, maintenance, maintenance->events->pdata[i]);
        markup_element(markup, "h2", NULL, "Its mails");
        frame_open(markup, "ol", "queue");
        struct wanted wanted = {.resolution = -1, .key = key};
        bool is_fine = ledger_mails(view->ledger, &wanted, write_mail, markup, error);
        markup_close(markup);
        maintenance_free(maintenance);
        if (is_fine)
                return frame_end(markup, 200);
        markup_free(markup);
        return NULL;
}
