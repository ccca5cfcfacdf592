/* Plain text and separated values as lines (FILTERS.md "What is read").
 * In: text in UTF-8. Out: trimmed lines joined by \n, blanks folded, empty lines dropped, TAB kept. */
#include "reader/text.h"

#include "reader/fold.h"

#include <string.h>

enum {
        SAMPLE_RECORDS = 20, /* records that are asked which separator they use */
};

static const char separators[] = "\t;,";

/* What a line of format=flowed is made of (RFC 3676 4.1 to 4.5). */
struct flowed {
        gsize depth; /* quote marks */
        const char *text;
        gsize length;
        bool is_soft;
};

/* A step through separated values. */
struct records {
        const char *p, *end;
        char separator;
        bool is_quote_broken; /* a quote was never closed: from there on quotes are ordinary characters */
};

/* Take the next line from *p: its length without the line end, be that CRLF, LF or CR. */
static gsize take_line(const char **p, const char *end)
{
        const char *start = *p, *stop = start;
        while (stop < end && *stop != '\n' && *stop != '\r')
                stop++;
        *p = MIN(end, stop + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1));
        return (gsize)(stop - start);
}

/* "*Start time:* 10:00", what is left of a bold label where HTML was made to text: without its stars. */
static void drop_stars_of_label(GString *out, gsize start)
{
        const char *line = out->str + start + strspn(out->str + start, "> ");
        const char *close = *line == '*' ? strchr(line + 1, '*') : NULL;
        if (!close || close - line < 3 || (close[-1] != ':' && close[1] != ':') || memchr(line, '\t', (gsize)(close - line)))
                return;
        gssize open = line - out->str;
        g_string_erase(out, close - out->str, 1);
        g_string_erase(out, open, 1);
}

static void end_line(struct fold *fold)
{
        drop_stars_of_label(fold->out, fold->start);
        if (!fold_is_empty(fold))
                g_string_append_c(fold->out, '\n');
        fold_start(fold, fold->out, true);
}

static struct flowed read_flowed(const char *line, gsize length, bool is_delsp)
{
        struct flowed flowed = {0};
        while (flowed.depth < length && line[flowed.depth] == '>')
                flowed.depth++;
        flowed.text = line + flowed.depth;
        flowed.length = length - flowed.depth;
        if (flowed.length && *flowed.text == ' ') { /* space-stuffing */
                flowed.text++;
                flowed.length--;
        }
        bool is_signature = flowed.length == 3 && memcmp(flowed.text, "-- ", 3) == 0;
        flowed.is_soft = flowed.length && flowed.text[flowed.length - 1] == ' ' && !is_signature;
        if (flowed.is_soft && is_delsp)
                flowed.length--;
        return flowed;
}

/* Add one line of format=flowed; a soft break before it is undone where the quote depth is the same (RFC 3676 4.5). */
static void add_flowed(struct fold *fold, const char *line, gsize length, bool is_delsp, struct flowed *before)
{
        struct flowed flowed = read_flowed(line, length, is_delsp);
        bool goes_on = before->is_soft && before->depth == flowed.depth && !(flowed.length == 3 && memcmp(flowed.text, "-- ", 3) == 0);
        if (!goes_on) {
                end_line(fold);
                fold_add(fold, line, flowed.depth);
                if (flowed.depth)
                        fold_add(fold, " ", 1);
        }
        fold_add(fold, flowed.text, flowed.length);
        *before = flowed;
}

static GString *finish(GString *out)
{
        if (out->len && out->str[out->len - 1] == '\n')
                g_string_truncate(out, out->len - 1);
        return out;
}

char *text_lines(const char *text, gsize length, bool is_flowed, bool is_delsp)
{
        GString *out = g_string_sized_new(length + 1);
        struct fold fold;
        struct flowed before = {0};
        fold_start(&fold, out, true);
        for (const char *p = text, *end = text + length; p < end;) {
                const char *line = p;
                gsize n = take_line(&p, end);
                if (is_flowed) {
                        add_flowed(&fold, line, n, is_delsp, &before);
                        continue;
                }
                fold_add(&fold, line, n);
                end_line(&fold);
        }
        end_line(&fold);
        return g_string_free(finish(out), FALSE);
}

void text_append_cell(GString *line, const char *cell, gsize length)
{
        gsize start = line->len;
        const char *end = cell + length;
        while (cell < end) {
                gsize n = 0;
                while (cell + n < end && !strchr("\t\n\v\f\r", cell[n] ? cell[n] : ' '))
                        n++;
                gsize before = line->len;
                if (before > start)
                        g_string_append_c(line, '\v');
                struct fold fold;
                fold_start(&fold, line, false);
                fold_add(&fold, cell, n);
                if (fold_is_empty(&fold))
                        g_string_truncate(line, before);
                cell += MIN(n + 1, (gsize)(end - cell));
        }
}

/* The end of a quoted cell whose text begins at p: its closing quote. NULL where there is none. */
static const char *closing_quote(const char *p, const char *end)
{
        while ((p = memchr(p, '"', (gsize)(end - p)))) {
                if (p + 1 >= end || p[1] != '"')
                        return p;
                p += 2;
        }
        return NULL;
}

/* Append the text of a quoted cell, its doubled quotes halved. */
static void append_quoted(GString *cell, const char *p, const char *end)
{
        const char *quote;
        for (; (quote = memchr(p, '"', (gsize)(end - p))); p = quote + 2)
                g_string_append_len(cell, p, quote + 1 - p);
        g_string_append_len(cell, p, end - p);
}

/* Take the next cell into `cell`. false if it was the last of its record. */
static bool take_cell(struct records *records, GString *cell)
{
        g_string_truncate(cell, 0);
        const char *p = records->p, *end = records->end, *close = NULL;
        if (p < end && *p == '"' && !records->is_quote_broken) {
                close = closing_quote(p + 1, end);
                records->is_quote_broken = !close;
        }
        if (close) {
                append_quoted(cell, p + 1, close);
                p = close + 1;
        }
        const char *rest = p;
        while (p < end && *p != records->separator && *p != '\n' && *p != '\r')
                p++;
        g_string_append_len(cell, rest, p - rest);
        bool has_more = p < end && *p == records->separator;
        if (!has_more && p + 1 < end && p[0] == '\r' && p[1] == '\n')
                p++;
        records->p = MIN(end, p + 1);
        return has_more;
}

/* How well a separator fits: how often it stands in the first record, and again for each pair of records that have it equally often. */
static guint fit(const char *text, const char *end, char separator)
{
        g_autoptr(GString) cell = g_string_new(NULL);
        struct records records = {.p = text, .end = end, .separator = separator};
        guint score = 0, last = 0;
        for (guint i = 0; i < SAMPLE_RECORDS && records.p < end; i++) {
                guint n = 0;
                while (take_cell(&records, cell))
                        n++;
                if (i == 0 || n == last)
                        score += n;
                last = n;
        }
        return score;
}

static char find_separator(const char *text, const char *end)
{
        char best = ',';
        guint best_score = 0;
        for (const char *separator = separators; *separator; separator++) {
                guint score = fit(text, end, *separator);
                if (score > best_score) {
                        best_score = score;
                        best = *separator;
                }
        }
        return best;
}

/* A first line "sep=;" is Excel's way to name the separator; it is no record. */
static bool take_named_separator(struct records *records)
{
        const char *p = records->p;
        if (records->end - p < 6 || memcmp(p, "sep=", 4) != 0 || !p[4] || !strchr(separators, p[4]) || (p[5] != '\r' && p[5] != '\n'))
                return false;
        records->separator = p[4];
        take_line(&records->p, records->end);
        return true;
}

char *text_csv_lines(const char *text, gsize length)
{
        GString *out = g_string_sized_new(length + 1);
        g_autoptr(GString) cell = g_string_new(NULL);
        struct records records = {.p = text, .end = text + length};
        if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
                records.p += 3;
        if (!take_named_separator(&records))
                records.separator = find_separator(records.p, records.end);
        while (records.p < records.end) {
                gsize start = out->len, tabs = 0;
                bool has_more;
                do {
                        has_more = take_cell(&records, cell);
                        text_append_cell(out, cell->str, cell->len);
                        if (has_more) {
                                g_string_append_c(out, '\t');
                                tabs++;
                        }
                } while (has_more);
                if (out->len == start + tabs)
                        g_string_truncate(out, start);
                else
                        g_string_append_c(out, '\n');
        }
        return g_string_free(finish(out), FALSE);
}
