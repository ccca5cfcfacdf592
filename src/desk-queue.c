/* The queue, and what is resolved, as pages.
 * In: a view. Out: HTML. */
#include "desk-queue.h"

#include "desk-frame.h"
#include "review-list.h"

#include <string.h>

enum { PAGE_MAILS = 100 };

/* One page of a list. */
struct sheet {
        const struct view *view;
        struct markup *markup;
        struct stretch stretch;
        guint n;
        gint64 first, last; /* ids */
};

static bool keep_id(const struct entry *entry, void *data)
{
        *(gint64 *)data = entry->id;
        return false;
}

gint64 queue_beside(const struct view *view, gint64 mail, bool is_before)
{
        struct stretch stretch = {.beside = mail, .is_backwards = is_before, .most = 1};
        gint64 id = 0;
        return ledger_stretch(view->ledger, &stretch, keep_id, &id, NULL) ? id : 0;
}

/* Of a vendor that is not known, where the mail says it is from. */
static void write_vendor(const struct sheet *sheet, const struct entry *entry)
{
        const char *at = entry->from ? strrchr(entry->from, '@') : NULL;
        bool is_unknown = !entry->vendor && entry->stream == STREAM_MAINT;
        frame_open(sheet->markup, "span", is_unknown ? "vendor unknown" : "vendor");
        if (is_unknown && at)
                markup_text(sheet->markup, at + 1);
        else
                markup_text(sheet->markup, entry->stream == STREAM_ROOT ? "root@" : frame_vendor(sheet->view, entry->vendor));
        markup_close(sheet->markup);
}

static bool write_row(const struct entry *entry, void *data)
{
        struct sheet *sheet = data;
        struct markup *markup = sheet->markup;
        g_autofree char *why = review_why(entry);
        const char *done = resolution_done(entry->resolution, entry->reasons);
        sheet->first = sheet->n++ ? sheet->first : entry->id;
        sheet->last = entry->id;
        markup_open(markup, "li");
        frame_link(markup, "row", "/mail?id=%" G_GINT64_FORMAT, entry->id);
        frame_open(markup, "span", "when");
        frame_time(markup, entry->date, true);
        markup_close(markup);
        write_vendor(sheet, entry);
        markup_element(markup, "span", "subject", entry->subject && *entry->subject ? entry->subject : "(no subject)");
        frame_open(markup, "span", "why");
        if (sheet->stretch.is_resolved) {
                markup_element(markup, "b", resolution_word(entry->resolution), done);
                markup_text(markup, " ");
        }
        markup_text(markup, reason_behind(done, why));
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
        return true;
}

/* To the page that begins beside a mail. */
static void write_turn(const struct sheet *sheet, const char *text, gint64 beside, bool is_before)
{
        g_autofree char *words = g_uri_escape_string(sheet->stretch.words ? sheet->stretch.words : "", NULL, FALSE);
        frame_link(sheet->markup, "button quiet", "%s?%s=%" G_GINT64_FORMAT "%s%s", sheet->stretch.is_resolved ? "/resolved" : "/",
                   is_before ? "before" : "after", beside, *words ? "&q=" : "", words);
        markup_attribute(sheet->markup, "rel", is_before ? "prev" : "next");
        markup_text(sheet->markup, text);
        markup_close(sheet->markup);
}

static bool is_any(const struct sheet *sheet, gint64 beside, bool is_backwards)
{
        struct stretch stretch = sheet->stretch;
        gint64 id = 0;
        stretch.beside = beside;
        stretch.is_backwards = is_backwards;
        stretch.most = 1;
        return beside && ledger_stretch(sheet->view->ledger, &stretch, keep_id, &id, NULL) && id;
}

/* Of `n` mails in all: where this page has every one of them, there is nothing to look for. */
static void write_turns(const struct sheet *sheet, gint64 n)
{
        if (sheet->n == n)
                return;
        bool newest_first = sheet->stretch.is_backwards;
        bool has_before = is_any(sheet, sheet->first, !newest_first), has_after = is_any(sheet, sheet->last, newest_first);
        if (!has_before && !has_after)
                return;
        frame_open(sheet->markup, "nav", "turns");
        markup_attribute(sheet->markup, "aria-label", "More of the list");
        if (has_before)
                write_turn(sheet, newest_first ? "← Newer" : "← Older", sheet->first, true);
        if (has_after)
                write_turn(sheet, newest_first ? "Older →" : "Newer →", sheet->last, false);
        markup_close(sheet->markup);
}

static bool keep_ids(const struct entry *entry, void *data)
{
        g_array_append_val((GArray *)data, entry->id);
        return true;
}

/* Let the page begin so that it ends where another one begins. */
static bool begin_before(struct sheet *sheet, gint64 before, GError **error)
{
        struct stretch back = sheet->stretch;
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof before);
        back.beside = before;
        back.is_backwards = !back.is_backwards;
        back.most = PAGE_MAILS + 1;
        if (!ledger_stretch(sheet->view->ledger, &back, keep_ids, ids, error))
                return false;
        sheet->stretch.beside = ids->len > PAGE_MAILS ? g_array_index(ids, gint64, PAGE_MAILS) : 0;
        return true;
}

static void write_empty(const struct sheet *sheet)
{
        struct markup *markup = sheet->markup;
        frame_open(markup, "div", "empty");
        if (sheet->stretch.words) {
                markup_element(markup, "p", NULL, "No mail here has these words.");
        } else if (sheet->stretch.is_resolved) {
                markup_element(markup, "p", NULL, "No mail is resolved yet.");
        } else {
                markup_open(markup, "p");
                frame_link(markup, NULL, "/timeline");
                markup_text(markup, "What is to come");
                markup_close(markup);
                markup_text(markup, " · ");
                frame_link(markup, NULL, "/resolved");
                markup_text(markup, "What was done");
                markup_close(markup);
                markup_close(markup);
        }
        markup_close(markup);
}

static void write_heading(const struct sheet *sheet, gint64 n)
{
        struct markup *markup = sheet->markup;
        frame_open(markup, "div", "heading");
        markup_open(markup, "h1");
        if (sheet->stretch.is_resolved)
                markup_text(markup, "Resolved");
        else if (!n && !sheet->stretch.words)
                markup_text(markup, "Nothing needs you.");
        else
                markup_print(markup, n == 1 ? "%" G_GINT64_FORMAT " mail needs you" : "%" G_GINT64_FORMAT " mails need you", n);
        markup_close(markup);
        markup_open(markup, "p");
        if (sheet->stretch.words)
                markup_print(markup, "with “%s” · ", sheet->stretch.words);
        if (sheet->stretch.is_resolved)
                markup_print(markup, "%" G_GINT64_FORMAT " mails, the newest first", n);
        else if (n)
                markup_text(markup, "the oldest first");
        markup_close(markup);
        markup_close(markup);
}

static struct answer *list_page(struct sheet *sheet, enum tab tab, const char *title, GError **error)
{
        const struct view *view = sheet->view;
        const char *words = request_query(view->request, "q");
        gint64 before = request_number(view->request, "before"), n = 0;
        sheet->stretch.words = words && *words ? words : NULL;
        sheet->stretch.beside = request_number(view->request, "after");
        sheet->stretch.most = PAGE_MAILS;
        if (!ledger_stretch_count(view->ledger, &sheet->stretch, &n, error) || (before && !begin_before(sheet, before, error)))
                return NULL;
        sheet->markup = frame_begin(view, tab, title);
        write_heading(sheet, n);
        frame_open(sheet->markup, "ol", "queue");
        bool is_fine = ledger_stretch(view->ledger, &sheet->stretch, write_row, sheet, error);
        markup_close(sheet->markup);
        if (!is_fine) {
                markup_free(sheet->markup);
                return NULL;
        }
        if (!sheet->n)
                write_empty(sheet);
        write_turns(sheet, n);
        return frame_end(sheet->markup, 200);
}

struct answer *queue_page(const struct view *view, GError **error)
{
        struct sheet sheet = {.view = view};
        return list_page(&sheet, TAB_QUEUE, "Queue", error);
}

struct answer *resolved_page(const struct view *view, GError **error)
{
        struct sheet sheet = {.view = view, .stretch = {.is_resolved = true, .is_backwards = true}};
        return list_page(&sheet, TAB_RESOLVED, "Resolved", error);
}
