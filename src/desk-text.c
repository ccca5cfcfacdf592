/* The mail itself, line by line as the filters read it, with the words that a reading rests on marked.
 * In: a mail of the ledger. Out: HTML; never the mail's own. */
#include "desk-text.h"

#include "desk-reading.h"
#include "in/input.h"
#include "out/marked.h"

#include <string.h>

struct reread text_read(const struct view *view, const struct chart *chart)
{
        struct reread reread = {0};
        g_autofree char *directory = settings_ledger(view->desk->setup->settings), *file = review_chart_file(chart, directory);
        g_autoptr(GBytes) bytes = file ? input_read(file, NULL) : NULL;
        if (!bytes)
                return reread;
        if (view->desk->reader && chart->entry->stream == STREAM_MAINT)
                reread.again = confined_read(view->desk->reader, bytes);
        if (view->desk->pager)
                reread.page = confined_read(view->desk->pager, bytes);
        reread.is_same =
                reread.again && reread.again->kind == chart->reading->kind && reread.again->confidence == chart->reading->confidence;
        return reread;
}

void reread_release(struct reread *reread)
{
        reading_free(reread->again);
        reading_free(reread->page);
}

const GPtrArray *reread_evidence(const struct reread *reread, const struct chart *chart)
{
        return reread->is_same ? reread->again->evidence : chart->reading->evidence;
}

static struct evidence *evidence_copy(const struct evidence *evidence)
{
        struct evidence *copy = g_new0(struct evidence, 1);
        copy->field = g_strdup(evidence->field);
        copy->value = g_strdup(evidence->value);
        copy->rule = g_strdup(evidence->rule);
        copy->where = g_strdup(evidence->where);
        copy->line = evidence->line;
        return copy;
}

/* Cells of a table are joined by tabs, which are shown as a gap. */
static void write_piece(struct markup *markup, const char *start, gsize length)
{
        g_autofree char *piece = g_strndup(start, length);
        g_auto(GStrv) cells = g_strsplit(piece, "\t", -1);
        for (char **cell = cells; *cell; cell++) {
                if (cell > cells)
                        markup_element(markup, "span", "gap", " ");
                markup_text(markup, *cell);
        }
}

static void write_line(struct markup *markup, const struct evidence *line, const GPtrArray *evidence)
{
        gsize length = strlen(line->value);
        g_autofree const struct evidence **marks = marked_line(line, evidence);
        g_autofree char *id = line->line ? g_strdup_printf("%s-%d", line->where, line->line) : NULL;
        frame_open(markup, "div", "line");
        markup_attribute(markup, "id", id ? g_strdelimit(id, " ", '-') : NULL);
        frame_open(markup, "span", "number");
        markup_attribute(markup, "aria-hidden", "true");
        if (line->line)
                markup_print(markup, "%d", line->line);
        markup_close(markup);
        markup_open(markup, "span");
        for (gsize start = 0, end; start < length; start = end) {
                for (end = start; end < length && marks[end] == marks[start];)
                        end++;
                if (marks[start]) {
                        markup_open(markup, "mark");
                        markup_attribute(markup, "title", marks[start]->field);
                }
                write_piece(markup, line->value + start, end - start);
                if (marks[start])
                        markup_close(markup);
        }
        markup_close(markup);
        markup_close(markup);
}

/* What a noise filter says stands in the mail has no place in the reading: it is looked for. Caller frees. */
static GPtrArray *with_told(const GPtrArray *lines, const GPtrArray *evidence, const struct reading *reading)
{
        g_autoptr(GPtrArray) told = reading_told(reading);
        GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)evidence_free);
        for (guint i = 0; i < evidence->len; i++)
                g_ptr_array_add(all, evidence_copy(evidence->pdata[i]));
        for (guint i = 0; i < told->len; i++)
                for (guint k = 0; k < lines->len; k++) {
                        const struct evidence *line = lines->pdata[k];
                        if (!strstr(line->value, told->pdata[i]))
                                continue;
                        struct evidence *found = evidence_copy(line);
                        g_free(found->value);
                        found->value = g_strdup(told->pdata[i]);
                        g_ptr_array_add(all, found);
                }
        return all;
}

static void write_body(struct markup *markup, const GPtrArray *lines, const GPtrArray *evidence, const char *where)
{
        bool is_any = false;
        frame_open(markup, "div", "lines");
        markup_attribute(markup, "tabindex", "0");
        markup_attribute(markup, "role", "region");
        markup_attribute(markup, "aria-label", marked_is_enclosed(where) ? "Text of what it encloses" : "Text of the mail");
        for (guint i = 0; i < lines->len; i++) {
                const struct evidence *line = lines->pdata[i];
                is_any = is_any || *line->value;
                if (is_any && g_strcmp0(line->where, where) == 0)
                        write_line(markup, line, evidence);
        }
        markup_close(markup);
}

/* Quoted as people forward a mail, or as it is answered. */
static bool is_quote(const char *line)
{
        return *line == '>' || strstr(line, "- Original Message -") || strstr(line, "- Forwarded message -");
}

/* Of a post that a moderator is asked about, whether it is there to be looked at. */
static bool has_post(const GPtrArray *lines)
{
        for (guint i = 0; i < lines->len; i++) {
                const struct evidence *line = lines->pdata[i];
                if (marked_is_enclosed(line->where) || is_quote(line->value))
                        return true;
        }
        return false;
}

static void write_heading(struct markup *markup, const char *body, bool is_moderation)
{
        markup_element(markup, "h3", NULL, !marked_is_enclosed(body) ? body : is_moderation ? "The held post" : "The enclosed message");
}

void text_write(struct markup *markup, const struct reread *reread, const struct chart *chart)
{
        const GPtrArray *lines = reread->page ? reread->page->evidence : NULL;
        g_autoptr(GPtrArray) evidence = lines ? with_told(lines, reread_evidence(reread, chart), chart->reading) : NULL;
        g_autoptr(GPtrArray) bodies = lines ? marked_bodies(lines, evidence) : NULL;
        g_autofree char *request = reading_request(chart->reading);
        bool is_moderation = g_strcmp0(request, "moderation") == 0;
        for (guint i = 0; bodies && i < bodies->len; i++) {
                if (bodies->len > 1)
                        write_heading(markup, bodies->pdata[i], is_moderation);
                write_body(markup, lines, evidence, bodies->pdata[i]);
        }
        if (!lines)
                markup_element(markup, "p", "note",
                               "The mail itself is not at hand: its file was not kept, or is gone. What was read from it is.");
        else if (!bodies->len)
                markup_element(markup, "p", "note", "There is no text in this mail.");
        else if (is_moderation && !has_post(lines))
                markup_element(markup, "p", "note",
                               "The held post itself is not in this request: look at it on the list's own page before you decide.");
}
