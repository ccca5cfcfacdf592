/* What of an HTML text a parser needs to see: bytes are checked, and most dropped, before libxml2 sees them.
 * In: HTML in UTF-8. Out: its text and its bare tags, which hold for any parser whatever its rules of quoting. */
#include "reader/sift.h"

#include "base/limits.h"
#include "reader/style.h"

#include <string.h>

enum {
        NAME_MAX_LENGTH = 16, /* longer than any name of HTML: "blockquote", "figcaption" */
        SPAN_DIGITS = 4,
};

struct sift {
        const char *p, *end;
        GString *out;
        bool is_cut;
};

struct slice {
        const char *text;
        gsize length;
};

struct tag {
        struct slice name;
        bool is_end, is_closed; /* </name>, <name/> */
        unsigned style;
        struct slice colspan, rowspan; /* digits */
};

/* Elements whose content is no text to be read. */
static const char *const silent[] = {"script", "style", "title"};

static bool is_space(char c)
{
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_word(struct slice slice, const char *word)
{
        return slice.length == strlen(word) && g_ascii_strncasecmp(slice.text, word, slice.length) == 0;
}

static void skip_space(struct sift *sift)
{
        while (sift->p < sift->end && is_space(*sift->p))
                sift->p++;
}

/* Go on after the next byte of this sort; without one the rest is dropped. */
static void skip_past(struct sift *sift, const char *from, char c)
{
        const char *found = from < sift->end ? memchr(from, c, (gsize)(sift->end - from)) : NULL;
        sift->is_cut = sift->is_cut || !found;
        sift->p = found ? found + 1 : sift->end;
}

/* p stands at "<!--". */
static void skip_comment(struct sift *sift)
{
        const char *p = sift->p + 2; /* the dashes that open a comment may close it: <!--> is whole */
        const char *close = memmem(p, (gsize)(sift->end - p), "-->", 3);
        sift->is_cut = sift->is_cut || !close;
        sift->p = close ? close + 3 : sift->end;
}

static struct slice take_value(struct sift *sift)
{
        const char *start = sift->p;
        if (start < sift->end && (*start == '"' || *start == '\'')) {
                skip_past(sift, start + 1, *start);
                return (struct slice){start + 1, (gsize)(sift->p - start - (sift->is_cut ? 1 : 2))};
        }
        while (sift->p < sift->end && !is_space(*sift->p) && *sift->p != '>')
                sift->p++;
        return (struct slice){start, (gsize)(sift->p - start)};
}

static struct slice digits(struct slice value)
{
        while (value.length && is_space(*value.text)) {
                value.text++;
                value.length--;
        }
        gsize n = 0;
        while (n < value.length && n < SPAN_DIGITS && g_ascii_isdigit(value.text[n]))
                n++;
        return (struct slice){value.text, n};
}

static void read_attribute(struct tag *tag, struct slice name, struct slice value)
{
        if (is_word(name, "style"))
                tag->style |= style_read(value.text, value.length);
        else if (is_word(name, "hidden"))
                tag->style |= STYLE_GONE;
        else if (is_word(name, "size"))
                tag->style |= STYLE_SIZED;
        else if (is_word(name, "colspan"))
                tag->colspan = digits(value);
        else if (is_word(name, "rowspan"))
                tag->rowspan = digits(value);
}

/* p stands at the first byte of an attribute's name, which may be any but blank, '/' and '>'. */
static void take_attribute(struct sift *sift, struct tag *tag)
{
        const char *start = sift->p++;
        while (sift->p < sift->end && !is_space(*sift->p) && *sift->p != '/' && *sift->p != '>' && *sift->p != '=')
                sift->p++;
        struct slice name = {start, (gsize)(sift->p - start)}, value = {"", 0};
        skip_space(sift);
        if (sift->p < sift->end && *sift->p == '=') {
                sift->p++;
                skip_space(sift);
                value = take_value(sift);
        }
        read_attribute(tag, name, value);
}

/* p stands at the first letter of a tag's name. false where the text ends before the tag does. */
static bool take_tag(struct sift *sift, struct tag *tag)
{
        const char *start = sift->p;
        while (sift->p < sift->end && !is_space(*sift->p) && *sift->p != '/' && *sift->p != '>')
                sift->p++;
        tag->name = (struct slice){start, (gsize)(sift->p - start)};
        while (sift->p < sift->end && *sift->p != '>') {
                if (is_space(*sift->p) || *sift->p == '/')
                        sift->p++;
                else
                        take_attribute(sift, tag);
        }
        if (sift->p >= sift->end) {
                sift->is_cut = true;
                return false;
        }
        tag->is_closed = sift->p[-1] == '/';
        sift->p++;
        return true;
}

/* Drop the text up to the end tag of the silent element that has just begun. */
static void skip_silent(struct sift *sift, const char *name)
{
        gsize n = strlen(name);
        const char *p = sift->p;
        while ((p = memchr(p, '<', (gsize)(sift->end - p)))) {
                if ((gsize)(sift->end - p) > n + 2 && p[1] == '/' && g_ascii_strncasecmp(p + 2, name, n) == 0) {
                        sift->p = p;
                        return;
                }
                p++;
        }
        sift->is_cut = true;
        sift->p = sift->end;
}

static bool is_plain_name(struct slice name)
{
        for (gsize i = 0; i < name.length; i++)
                if (!g_ascii_isalnum(name.text[i]))
                        return false;
        return name.length <= NAME_MAX_LENGTH;
}

static void write_number(GString *out, const char *name, struct slice number)
{
        if (!number.length)
                return;
        g_string_append_c(out, ' ');
        g_string_append(out, name);
        g_string_append_c(out, '=');
        g_string_append_len(out, number.text, (gssize)number.length);
}

static void write_tag(GString *out, const struct tag *tag)
{
        g_string_append_len(out, "</", tag->is_end ? 2 : 1);
        g_string_append_len(out, tag->name.text, (gssize)tag->name.length);
        if (!tag->is_end) {
                if (tag->style)
                        g_string_append_printf(out, " " SIFT_STYLE "=%u", tag->style);
                write_number(out, SIFT_COLSPAN, tag->colspan);
                write_number(out, SIFT_ROWSPAN, tag->rowspan);
        }
        g_string_append(out, tag->is_closed ? " />" : ">");
}

/* p stands at "<" or "</" before a letter. */
static void sift_tag(struct sift *sift)
{
        const char *start = sift->p;
        struct tag tag = {.is_end = start[1] == '/'};
        sift->p += tag.is_end ? 2 : 1;
        if (!take_tag(sift, &tag))
                return;
        for (gsize i = 0; i < G_N_ELEMENTS(silent); i++) {
                if (!is_word(tag.name, silent[i]))
                        continue;
                if (!tag.is_end && !tag.is_closed)
                        skip_silent(sift, silent[i]);
                return;
        }
        if (!is_plain_name(tag.name))
                return;
        if (sift->p - start > LIMIT_HTML_TAG)
                tag = (struct tag){.name = tag.name, .is_end = tag.is_end};
        write_tag(sift->out, &tag);
}

/* p stands at "<" (13.2.5.6 of the HTML standard, "tag open state"). */
static void sift_markup(struct sift *sift)
{
        const char *p = sift->p;
        gsize left = (gsize)(sift->end - p);
        char next = left > 1 ? p[1] : ' ';
        if (g_ascii_isalpha(next) || (next == '/' && left > 2 && g_ascii_isalpha(p[2]))) {
                sift_tag(sift);
        } else if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
                skip_comment(sift);
        } else if (next == '!' || next == '?' || next == '/') {
                skip_past(sift, p, '>');
        } else {
                g_string_append(sift->out, "&lt;");
                sift->p++;
        }
}

/* Copy text with each run of white space and controls as one line end, if it holds one, or blank: libxml2 takes its time for every byte,
 * and makes an error message for every control. */
static void sift_text(struct sift *sift)
{
        const char *p = sift->p, *stop = memchr(p, '<', (gsize)(sift->end - p));
        stop = stop ? stop : sift->end;
        gsize start = sift->out->len;
        g_string_set_size(sift->out, start + (gsize)(stop - p));
        char *to = sift->out->str + start;
        while (p < stop) {
                if ((guchar)*p > ' ') {
                        *to++ = *p++;
                        continue;
                }
                char space = ' ';
                for (; p < stop && (guchar)*p <= ' '; p++)
                        space = *p == '\n' ? '\n' : space;
                *to++ = space;
        }
        g_string_set_size(sift->out, (gsize)(to - sift->out->str));
        sift->p = stop;
}

GString *sift_html(const char *html, gsize length, bool *is_cut)
{
        struct sift sift = {.p = html, .end = html + length, .out = g_string_sized_new(length + 1)};
        while (sift.p < sift.end) {
                if (*sift.p == '<')
                        sift_markup(&sift);
                else
                        sift_text(&sift);
        }
        if (sift.is_cut)
                *is_cut = true;
        return sift.out;
}
