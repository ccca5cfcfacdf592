/* Windows along time, as bars.
 * In: a roundup. Out: a drawing and a table in HTML. */
#include "out/report-time.h"

#include "base/visible.h"
#include "out/tell.h"

enum {
        DAY = 24 * 60 * 60,
        DRAWN = 60,
        WIDTH = 1000,
        NAMES = 320,
        ROW = 22,
        TOP = 26,
        NARROWEST = 3,
        MOST_DAYS = 45,
        NAME_WIDTH = 44,
        MARKS = 10
};

struct drawing {
        struct markup *markup;
        gint64 from, to;
        guint n;
};

static gint64 midnight(gint64 at)
{
        return at - ((at % DAY) + DAY) % DAY;
}

static int place(const struct drawing *drawing, gint64 at)
{
        gint64 within = CLAMP(at, drawing->from, drawing->to) - drawing->from;
        return NAMES + (int)(within * (WIDTH - NAMES) / (drawing->to - drawing->from));
}

static void number(struct markup *markup, const char *name, int value)
{
        g_autofree char *text = g_strdup_printf("%d", value);
        markup_attribute(markup, name, text);
}

static void write_text(struct markup *markup, const char *class, int x, int y, const char *text)
{
        markup_open(markup, "text");
        markup_attribute(markup, "class", class);
        number(markup, "x", x);
        number(markup, "y", y);
        markup_text(markup, text);
        markup_close(markup);
}

/* A line at midnight, with its day where there is room. */
static void write_days(const struct drawing *drawing)
{
        int n = (int)((drawing->to - drawing->from) / DAY), step = n / MARKS + 1;
        for (int i = 0; i < n; i++) {
                gint64 day = drawing->from + (gint64)i * DAY;
                g_autofree char *text = tell_day(day);
                markup_open(drawing->markup, "line");
                markup_attribute(drawing->markup, "class", "grid");
                number(drawing->markup, "x1", place(drawing, day));
                number(drawing->markup, "x2", place(drawing, day));
                number(drawing->markup, "y1", i % step ? TOP : TOP - ROW / 2);
                number(drawing->markup, "y2", TOP + (int)drawing->n * ROW);
                markup_close(drawing->markup);
                if (i % step == 0)
                        write_text(drawing->markup, NULL, place(drawing, day) + NARROWEST, TOP - ROW / 4, text + 5);
        }
}

static void write_bar(const struct drawing *drawing, const struct roundup_window *window, guint row)
{
        int x = place(drawing, window->start), end = place(drawing, window->end), y = TOP + (int)row * ROW;
        g_autofree char *visible = visible_text(window->title), *name = visible_cut(visible, NAME_WIDTH);
        g_autofree char *span = tell_span(window->start, window->end), *tip = g_strdup_printf("%s: %s UTC", window->title, span);
        write_text(drawing->markup, "name", 0, y + ROW - ROW / 3, name);
        markup_open(drawing->markup, "rect");
        markup_attribute(drawing->markup, "class", window->overlaps ? "bar clash" : window->is_checked ? "bar" : "bar look");
        number(drawing->markup, "x", x);
        number(drawing->markup, "y", y + ROW / 5);
        number(drawing->markup, "width", MAX(end - x, NARROWEST));
        number(drawing->markup, "height", ROW * 3 / 5);
        number(drawing->markup, "rx", 2);
        markup_element(drawing->markup, "title", NULL, tip);
        markup_close(drawing->markup);
}

static void draw(struct markup *markup, const struct roundup *roundup)
{
        struct drawing drawing = {.markup = markup, .from = midnight(roundup->now), .n = MIN(roundup->windows->len, DRAWN)};
        const struct roundup_window *last = roundup->windows->pdata[drawing.n - 1];
        gint64 most = drawing.from + (gint64)MOST_DAYS * DAY;
        drawing.to = MIN(midnight(last->start) + 2 * DAY, most);
        g_autofree char *box = g_strdup_printf("0 0 %d %d", WIDTH, TOP + (int)drawing.n * ROW);
        markup_open(markup, "div");
        markup_attribute(markup, "class", "scroll");
        markup_open(markup, "svg");
        markup_attribute(markup, "viewbox", box);
        markup_attribute(markup, "role", "img");
        markup_attribute(markup, "aria-label", "the windows along time; the table below tells the same");
        write_days(&drawing);
        for (guint i = 0; i < drawing.n; i++)
                write_bar(&drawing, roundup->windows->pdata[i], i);
        markup_close(markup);
        markup_close(markup);
}

static void write_row(struct markup *markup, const struct roundup_window *window)
{
        g_autofree char *span = tell_span(window->start, window->end);
        markup_open(markup, "tr");
        markup_element(markup, "td", "time", span);
        markup_open(markup, "td");
        if (window->link)
                markup_link(markup, window->link, window->title);
        else
                markup_text(markup, window->title);
        markup_close(markup);
        markup_element(markup, "td", NULL, window->vendor);
        markup_open(markup, "td");
        if (window->overlaps) {
                g_autofree char *text = g_strdup_printf("overlaps %u other%s", window->overlaps, window->overlaps == 1 ? "" : "s");
                markup_element(markup, "span", "badge bad", text);
        }
        if (!window->is_checked)
                markup_element(markup, "span", "badge look", "to be checked");
        markup_close(markup);
        markup_close(markup);
}

void report_more(struct markup *markup, guint n)
{
        if (n == 0)
                return;
        markup_open(markup, "p");
        markup_attribute(markup, "class", "soft");
        markup_print(markup, "and %u more", n);
        markup_close(markup);
}

void report_time(struct markup *markup, const struct roundup *roundup, gsize room)
{
        guint n = 0;
        static const char *const heads[] = {"when (UTC)", "work", "vendor", ""};
        if (!roundup->windows->len) {
                markup_element(markup, "p", "soft", "Nothing is announced.");
                return;
        }
        draw(markup, roundup);
        if (roundup->windows->len > DRAWN)
                markup_element(markup, "p", "soft", "The first ones are drawn; the table has them all.");
        markup_open(markup, "div");
        markup_attribute(markup, "class", "scroll");
        markup_open(markup, "table");
        markup_heads(markup, heads, G_N_ELEMENTS(heads));
        while (n < roundup->windows->len && markup_length(markup) < room)
                write_row(markup, roundup->windows->pdata[n++]);
        markup_close(markup);
        markup_close(markup);
        report_more(markup, roundup->windows->len - n);
}
