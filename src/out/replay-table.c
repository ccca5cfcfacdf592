/* Replayed mails as a table for people, one line a mail, printed as they come.
 * In: a replayed mail. Out: lines on a stream. */
#include "out/replay-table.h"

#include "base/visible.h"

enum { DATE, VENDOR, KIND, ID, WINDOW, CONFIDENCE, RESOLUTION, SUBJECT, COLUMNS };

enum { WIDE = 132, SUBJECT_AT_LEAST = 16 };

struct layout {
        const char *head[COLUMNS];
        int width[COLUMNS]; /* the subject has what is left */
};

static const struct layout wide = {
        {"date", "vendor", "kind", "maintenance", "window (UTC)", "confidence", "resolution", "subject"},
        {16, 12, 10, 20, 25, 10, 10, 0},
};
static const struct layout narrow = {
        {"date", "vendor", "kind", "maintenance", "window (UTC)", "conf.", "resolut.", "subject"},
        {10, 9, 10, 13, 17, 6, 8, 0}, /* 79 with one blank between two */
};

/* Headings of root@ mail, where they are others. */
static const char *const root_head[COLUMNS] = {[VENDOR] = "host", [ID] = "issue", [WINDOW] = "title"};

static const enum style style_of[] = {
        [RESOLUTION_NONE] = STYLE_DIM,
        [RESOLUTION_CALENDAR] = STYLE_GREEN,
        [RESOLUTION_TASK] = STYLE_GREEN,
        [RESOLUTION_REVIEW] = STYLE_YELLOW,
};

/* A row's cells; they own their texts. */
struct row {
        char *text[COLUMNS];
        enum style style[COLUMNS];
        const struct layout *layout; /* borrowed */
        bool is_joined;              /* id and window are one cell, and hold the subject */
};

static const struct layout *layout_for(const struct paint *paint)
{
        return paint->is_terminal && paint->width < WIDE ? &narrow : &wide;
}

/* How wide a column is; 0: as wide as its text. */
static int width_of(const struct paint *paint, const struct row *row, int column)
{
        const int *width = row->layout->width;
        int taken = 0;
        if (column != SUBJECT)
                return width[column] + (column == ID && row->is_joined ? 1 + width[WINDOW] : 0);
        for (int i = 0; i < SUBJECT; i++)
                taken += width[i] + 1;
        return paint->is_terminal ? paint->width - taken : 0;
}

static void print_row(const struct paint *paint, const struct row *row)
{
        int blanks = 0; /* printed only before a cell, so that no line ends in blanks */
        int at = 0;
        for (int i = 0; i < COLUMNS; i++) {
                int width = width_of(paint, row, i);
                if ((i == WINDOW && row->is_joined) || (i == SUBJECT && paint->is_terminal && width < SUBJECT_AT_LEAST))
                        continue;
                if (paint->is_terminal && i > 0 && at + width > paint->width) {
                        fputc('\n', paint->out);
                        at = blanks = FLOW_INDENT;
                }
                at += width + 1;
                g_autofree char *visible = visible_text(row->text[i]);
                g_autofree char *cell = paint->is_terminal ? visible_cut(visible, width) : g_strdup(visible);
                if (*cell) {
                        fprintf(paint->out, "%*s", blanks, "");
                        paint_print(paint, row->style[i], "%s", cell);
                        blanks = 0;
                }
                blanks += MAX(width - visible_width(cell), 0) + 1;
        }
        fputc('\n', paint->out);
}

static void row_clear(struct row *row)
{
        for (int i = 0; i < COLUMNS; i++)
                g_free(row->text[i]);
}

void replay_table_head(const struct paint *paint, enum stream stream)
{
        struct row row = {.layout = layout_for(paint)};
        for (int i = 0; i < COLUMNS; i++) {
                row.text[i] = g_strdup(stream == STREAM_ROOT && root_head[i] ? root_head[i] : row.layout->head[i]);
                row.style[i] = STYLE_BOLD;
        }
        print_row(paint, &row);
        row_clear(&row);
}

static char *format_utc(gint64 at, const char *format)
{
        g_autoptr(GDateTime) time = at == READING_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, format) : g_strdup("?");
}

char *replay_table_window(const struct window *window, bool is_short)
{
        if (window->start == READING_NO_TIME && window->end == READING_NO_TIME)
                return g_strdup("");
        bool is_within_day = window->start != READING_NO_TIME && window->end >= window->start && window->end < window->start + 24 * 60 * 60;
        g_autofree char *start = format_utc(window->start, is_short ? "%m-%d %H:%M" : "%Y-%m-%d %H:%M");
        g_autofree char *end = format_utc(window->end, is_within_day ? "%H:%M" : "%m-%d %H:%M");
        return g_strdup_printf("%s-%s", start, end);
}

/* A text, and how many more there are like it. Takes the text over. */
static char *and_more(char *text, guint n)
{
        if (n < 2)
                return text;
        char *more = g_strdup_printf("%s +%u", text, n - 1);
        g_free(text);
        return more;
}

/* The first window of all notices, and how many there are. */
static const struct window *first_window(const GPtrArray *notices, guint *n)
{
        const struct window *first = NULL;
        *n = 0;
        for (guint i = 0; i < notices->len; i++) {
                const GPtrArray *windows = ((const struct notice *)notices->pdata[i])->windows;
                if (!first && windows->len > 0)
                        first = windows->pdata[0];
                *n += windows->len;
        }
        return first;
}

static void set_notices(struct row *row, const GPtrArray *notices)
{
        guint n;
        const struct notice *notice = notices->len > 0 ? notices->pdata[0] : NULL;
        const struct window *window = first_window(notices, &n);
        row->text[ID] = and_more(g_strdup(notice && notice->maintenance_id ? notice->maintenance_id : ""), notices->len);
        row->text[WINDOW] = and_more(window ? replay_table_window(window, row->layout == &narrow) : g_strdup(""), n);
}

static void set_issue(struct row *row, const struct root *root, const char *issue)
{
        row->text[ID] = g_strdup(issue);
        row->text[WINDOW] = visible_cut(root->title, row->layout->width[WINDOW]);
}

void replay_table_mail(const struct paint *paint, const struct replayed *mail)
{
        const struct reading *reading = mail->reading;
        const struct root *root = reading->root;
        struct row row = {.layout = layout_for(paint)};
        row.is_joined = !root && reading->notices->len == 0 && width_of(paint, &row, SUBJECT) < SUBJECT_AT_LEAST && paint->is_terminal;
        row.text[DATE] = reading->date == READING_NO_TIME
                                 ? g_strdup("")
                                 : format_utc(reading->date, row.layout == &narrow ? "%Y-%m-%d" : "%Y-%m-%d %H:%M");
        row.text[VENDOR] = g_strdup(root ? root->field[ROOT_HOST] : reading->vendor);
        row.text[KIND] = g_strdup(reading_kind(reading));
        row.style[KIND] = reading->emergency ? STYLE_RED : STYLE_PLAIN;
        if (row.is_joined)
                row.text[ID] = g_strdup(reading->subject);
        else if (root)
                set_issue(&row, root, mail->issue);
        else
                set_notices(&row, reading->notices);
        row.text[CONFIDENCE] = g_strdup(confidence_word(reading->confidence));
        row.text[RESOLUTION] = g_strdup(resolution_word(mail->resolution));
        row.style[RESOLUTION] = style_of[mail->resolution];
        row.text[SUBJECT] = g_strdup(reading->subject);
        print_row(paint, &row);
        row_clear(&row);
}
