/* What all pages of the desk have around and within them: head, navigation, what was done last, forms, times.
 * In: a view. Out: HTML; pages of fault. */
#include "desk-frame.h"

#include "base/fail.h"
#include "desk-done.h"

#include <string.h>

static const struct {
        const char *path, *text;
} tabs[TAB_COUNT] = {
        [TAB_QUEUE] = {"/", "Queue"},
        [TAB_RESOLVED] = {"/resolved", "Resolved"},
        [TAB_TIMELINE] = {"/timeline", "Timeline"},
        [TAB_ISSUES] = {"/issues", "Root issues"},
        [TAB_STATUS] = {"/status", "Status"},
};

/* What each key does: shown in the page's help. */
static const struct {
        const char *key, *text;
} keys[] = {
        {"j", "next mail"},
        {"k", "mail before"},
        {"Enter", "open it"},
        {"a", "accept: the mail says what was read"},
        {"c", "correct: it says something else"},
        {"x", "nothing for the calendar"},
        {"u", "undo the last decision"},
        {"/", "search"},
        {"g", "back to the queue"},
        {"?", "these keys"},
};

void frame_open(struct markup *markup, const char *element, const char *class)
{
        markup_open(markup, element);
        markup_attribute(markup, "class", class);
}

void frame_link(struct markup *markup, const char *class, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_autofree char *address = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        frame_open(markup, "a", class);
        markup_attribute(markup, "href", address);
}

void frame_hidden(struct markup *markup, const char *name, const char *value)
{
        markup_open(markup, "input");
        markup_attribute(markup, "type", "hidden");
        markup_attribute(markup, "name", name);
        markup_attribute(markup, "value", value ? value : "");
}

void frame_form(struct markup *markup, const struct view *view, const char *action, const char *id, gint64 mail, const char *revision)
{
        g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, mail);
        markup_open(markup, "form");
        markup_attribute(markup, "method", "post");
        markup_attribute(markup, "action", action);
        markup_attribute(markup, "id", id);
        frame_hidden(markup, "form", view->session->form);
        frame_hidden(markup, "mail", number);
        frame_hidden(markup, "revision", revision);
}

void frame_button(struct markup *markup, const char *class, const char *text, const char *key)
{
        frame_open(markup, "button", class);
        markup_attribute(markup, "aria-keyshortcuts", key);
        markup_text(markup, text);
        if (key)
                markup_element(markup, "kbd", NULL, key);
        markup_close(markup);
}

static char *time_text(gint64 at, const char *format)
{
        g_autoptr(GDateTime) time = at == MAINTENANCE_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, format) : NULL;
}

void frame_time(struct markup *markup, gint64 at, bool is_day)
{
        g_autofree char *text = time_text(at, is_day ? "%a %F" : "%a %F %R"), *exact = time_text(at, "%FT%RZ");
        markup_open(markup, "time");
        markup_attribute(markup, "datetime", exact);
        markup_text(markup, text ? text : "?");
        markup_close(markup);
}

void frame_span(struct markup *markup, gint64 start, gint64 end, bool is_all_day)
{
        g_autofree char *first = time_text(start, "%a %F"), *last = time_text(is_all_day ? end - 1 : end, "%a %F");
        g_autofree char *clock = time_text(end, "%R");
        bool is_same_day = g_strcmp0(first, last) == 0;
        frame_time(markup, start, is_all_day);
        if (is_all_day && is_same_day) {
                markup_text(markup, ", all day");
                return;
        }
        if (start != MAINTENANCE_NO_TIME && end == MAINTENANCE_NO_TIME) {
                markup_text(markup, " UTC, end not known");
                return;
        }
        markup_text(markup, " to ");
        if (is_same_day && clock)
                markup_element(markup, "time", NULL, clock);
        else
                frame_time(markup, is_all_day ? end - 1 : end, is_all_day);
        markup_text(markup, is_all_day ? ", all day" : " UTC");
}

const char *frame_marks(struct markup *markup, const char *title)
{
        static const struct {
                const char *start, *class, *word;
        } marks[] = {{"CHECK: ", "chip doubt", "check"},
                     {"CANCELLED: ", "chip bad", "cancelled"},
                     {"POSTPONED: ", "chip doubt", "postponed"},
                     {"TENTATIVE: ", "chip", "tentative"}};
        for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
                if (g_str_has_prefix(title, marks[i].start)) {
                        markup_element(markup, "span", marks[i].class, marks[i].word);
                        title += strlen(marks[i].start);
                }
        return title;
}

const char *frame_vendor(const struct view *view, const char *vendor)
{
        const GPtrArray *filters = view->desk->setup->filters->vendors;
        for (guint i = 0; vendor && i < filters->len; i++) {
                const struct vendor_filter *filter = filters->pdata[i];
                if (strcmp(filter->vendor, vendor) == 0)
                        return filter->name ? filter->name : vendor;
        }
        return vendor ? vendor : "unknown";
}

static void write_search(struct markup *markup, const struct view *view, enum tab tab)
{
        markup_open(markup, "form");
        markup_attribute(markup, "role", "search");
        markup_attribute(markup, "action", tab == TAB_RESOLVED ? "/resolved" : "/");
        markup_open(markup, "input");
        markup_attribute(markup, "type", "search");
        markup_attribute(markup, "name", "q");
        markup_attribute(markup, "id", "search");
        markup_attribute(markup, "aria-label", tab == TAB_RESOLVED ? "Search what is resolved" : "Search the queue");
        markup_attribute(markup, "placeholder", "Search  /");
        markup_attribute(markup, "value", request_query(view->request, "q"));
        markup_close(markup);
}

static void write_top(struct markup *markup, const struct view *view, enum tab tab, gint64 queued)
{
        frame_link(markup, "skip", "#main");
        markup_text(markup, "To the content");
        markup_close(markup);
        markup_open(markup, "header");
        frame_link(markup, "brand", "/");
        markup_text(markup, "mailclinic");
        markup_close(markup);
        markup_open(markup, "nav");
        markup_attribute(markup, "aria-label", "Pages");
        for (guint i = 0; i < TAB_COUNT; i++) {
                frame_link(markup, NULL, "%s", tabs[i].path);
                markup_attribute(markup, "aria-current", i == tab ? "page" : NULL);
                markup_text(markup, tabs[i].text);
                if (i == TAB_QUEUE && queued) {
                        frame_open(markup, "span", "count");
                        markup_print(markup, "%" G_GINT64_FORMAT, queued);
                        markup_close(markup);
                }
                markup_close(markup);
        }
        markup_close(markup);
        write_search(markup, view, tab);
        markup_open(markup, "a");
        markup_attribute(markup, "href", "#keys");
        markup_attribute(markup, "id", "ask");
        markup_attribute(markup, "aria-label", "Keys");
        markup_text(markup, "?");
        markup_close(markup);
        markup_close(markup);
}

static void write_head(struct markup *markup, const struct view *view, const char *title, gint64 queued)
{
        g_autofree char *style = g_strdup_printf("/desk.css?%s", view->desk->mark),
                        *icon = g_strdup_printf("/desk.svg?%s", view->desk->mark);
        g_autofree char *script = g_strdup_printf("/desk.js?%s", view->desk->mark);
        markup_open(markup, "title");
        if (queued)
                markup_print(markup, "(%" G_GINT64_FORMAT ") ", queued);
        markup_print(markup, "%s · mailclinic", title);
        markup_close(markup);
        markup_open(markup, "link");
        markup_attribute(markup, "rel", "stylesheet");
        markup_attribute(markup, "href", style);
        markup_open(markup, "link");
        markup_attribute(markup, "rel", "icon");
        markup_attribute(markup, "type", "image/svg+xml");
        markup_attribute(markup, "href", icon);
        markup_open(markup, "script");
        markup_attribute(markup, "src", script);
        markup_flag(markup, "defer");
        markup_close(markup);
}

struct markup *frame_begin(const struct view *view, enum tab tab, const char *title)
{
        gint64 queued = 0;
        if (view->ledger)
                ledger_stretch_count(view->ledger, &(struct stretch){0}, &queued, NULL);
        struct markup *markup = markup_document();
        write_head(markup, view, title, queued);
        markup_close(markup);
        markup_open(markup, "body");
        write_top(markup, view, tab, queued);
        markup_open(markup, "main");
        markup_attribute(markup, "id", "main");
        markup_attribute(markup, "tabindex", "-1");
        if (view->ledger)
                done_write(markup, view);
        return markup;
}

/* The keys, below the page; the script shows them as a dialogue. */
static void write_keys(struct markup *markup)
{
        markup_open(markup, "aside");
        markup_attribute(markup, "id", "keys");
        markup_attribute(markup, "aria-label", "Keys");
        markup_element(markup, "h2", NULL, "Keys");
        markup_open(markup, "dl");
        for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
                markup_open(markup, "div");
                markup_open(markup, "dt");
                markup_element(markup, "kbd", NULL, keys[i].key);
                markup_close(markup);
                markup_element(markup, "dd", NULL, keys[i].text);
                markup_close(markup);
        }
        markup_close(markup);
        markup_close(markup);
}

struct answer *frame_end(struct markup *markup, unsigned status)
{
        gsize length;
        markup_close(markup);
        write_keys(markup);
        char *html = markup_finish(markup, &length);
        return answer_bytes(status, "text/html; charset=utf-8", g_bytes_new_take(html, length));
}

struct answer *frame_fault(const struct view *view, const GError *error)
{
        static const struct {
                int code;
                unsigned status;
                const char *title;
        } faults[] = {{FAIL_INPUT, 404, "It is not there"},
                      {FAIL_USAGE, 422, "Nothing was done"},
                      {FAIL_IO, 503, "Nothing was done: try again"},
                      {FAIL_DATA, 500, "The ledger needs somebody"}};
        unsigned status = 500;
        const char *title = "That did not work";
        for (gsize i = 0; error && i < G_N_ELEMENTS(faults); i++)
                if (g_error_matches(error, FAIL, faults[i].code)) {
                        status = faults[i].status;
                        title = faults[i].title;
                }
        struct markup *markup = frame_begin(view, TAB_NONE, title);
        frame_open(markup, "section", "fault");
        markup_element(markup, "h1", NULL, title);
        markup_element(markup, "p", NULL, error ? error->message : "nobody knows why");
        markup_open(markup, "p");
        frame_link(markup, "button", "/");
        markup_text(markup, "Back to the queue");
        markup_close(markup);
        markup_close(markup);
        markup_close(markup);
        return frame_end(markup, status);
}
