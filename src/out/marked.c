/* Lines of a mail with the words that a reading rests on marked in them.
 * In: lines, evidence. Out: on a stream. */
#include "out/marked.h"

#include <string.h>

enum { SHOWN_LINES = 400 };

#define ENCLOSED "enclosed "

bool marked_is_enclosed(const char *where)
{
        return g_str_has_prefix(where, ENCLOSED);
}

/* The length of `words` at the start of the text, any white space in either being as good as another; 0: it does not stand there. */
static gsize length_at(const char *text, const char *words)
{
        const char *at = text;
        while (*words) {
                if (g_ascii_isspace(*words)) {
                        if (!g_ascii_isspace(*at))
                                return 0;
                        while (g_ascii_isspace(*at))
                                at++;
                        while (g_ascii_isspace(*words))
                                words++;
                } else if (*at++ != *words++) {
                        return 0;
                }
        }
        return (gsize)(at - text);
}

/* A reading cites the bodies of an enclosed message as if it were the mail. */
static const char *body_of(const char *where)
{
        return marked_is_enclosed(where) ? where + strlen(ENCLOSED) : where;
}

const struct evidence **marked_line(const struct evidence *line, const GPtrArray *evidence)
{
        const struct evidence **marks = g_new0(const struct evidence *, strlen(line->value) + 1);
        for (guint i = 0; i < evidence->len; i++) {
                const struct evidence *cited = evidence->pdata[i];
                if (!line->line || cited->line != line->line || g_strcmp0(cited->where, body_of(line->where)) != 0 || !cited->value ||
                    !*cited->value)
                        continue;
                gsize length = 0;
                const char *at = line->value;
                while (*at && (length = length_at(at, cited->value)) == 0)
                        at++;
                for (gsize k = 0; k < length; k++)
                        marks[at - line->value + (gssize)k] = cited;
        }
        return marks;
}

static void print_line(const struct paint *paint, const struct evidence *line, const GPtrArray *evidence)
{
        gsize length = strlen(line->value);
        g_autofree const struct evidence **marks = marked_line(line, evidence);
        if (line->line)
                paint_print(paint, STYLE_DIM, "  %4d  ", line->line);
        else
                paint_print(paint, STYLE_DIM, "        ");
        for (gsize start = 0, end; start < length; start = end) {
                for (end = start; end < length && !marks[end] == !marks[start];)
                        end++;
                g_autofree char *piece = g_strndup(line->value + start, end - start);
                for (char *tab = piece; (tab = strchr(tab, '\t'));)
                        *tab = ' ';
                bool has_brackets = marks[start] && !paint->has_colour;
                paint_print(paint, marks[start] ? STYLE_BOLD : STYLE_PLAIN, has_brackets ? "[[%s]]" : "%s", piece);
        }
        fputc('\n', paint->out);
}

static bool is_cited(const GPtrArray *evidence, const char *where)
{
        for (guint i = 0; i < evidence->len; i++)
                if (g_strcmp0(((const struct evidence *)evidence->pdata[i])->where, where) == 0)
                        return true;
        return false;
}

static void print_body(const struct paint *paint, const GPtrArray *lines, const GPtrArray *evidence, const char *where)
{
        guint n = 0;
        for (guint i = 0; i < lines->len; i++) {
                const struct evidence *line = lines->pdata[i];
                if (g_strcmp0(line->where, where) != 0 || (!*line->value && n == 0))
                        continue;
                if (n == 0) {
                        fputc('\n', paint->out);
                        paint_print(paint, STYLE_BOLD, "The mail (%s)\n", where);
                }
                if (n++ < SHOWN_LINES)
                        print_line(paint, line, evidence);
        }
        if (n > SHOWN_LINES)
                paint_print(paint, STYLE_DIM, "    and %u more lines\n", n - SHOWN_LINES);
}

/* Those that are cited, of the mail or of what it encloses; else the text, else whichever there is. */
static void add_bodies(GPtrArray *bodies, const GPtrArray *lines, const GPtrArray *evidence, const char *(*word)(enum body))
{
        static const enum body usual[] = {BODY_TEXT, BODY_HTML, BODY_ICS};
        guint n = bodies->len;
        for (int i = 0; i < BODY_COUNT; i++) {
                const char *where = word((enum body)i);
                if (is_cited(evidence, body_of(where)) && is_cited(lines, where))
                        g_ptr_array_add(bodies, (gpointer)where);
        }
        for (gsize i = 0; bodies->len == n && i < G_N_ELEMENTS(usual); i++)
                if (is_cited(lines, word(usual[i])))
                        g_ptr_array_add(bodies, (gpointer)word(usual[i]));
}

GPtrArray *marked_bodies(const GPtrArray *lines, const GPtrArray *evidence)
{
        GPtrArray *bodies = g_ptr_array_new();
        add_bodies(bodies, lines, evidence, body_word);
        add_bodies(bodies, lines, evidence, enclosed_word);
        return bodies;
}

void marked_print(const struct paint *paint, const GPtrArray *lines, const GPtrArray *evidence)
{
        g_autoptr(GPtrArray) bodies = marked_bodies(lines, evidence);
        for (guint i = 0; i < bodies->len; i++)
                print_body(paint, lines, evidence, bodies->pdata[i]);
}
