/* HTML as lines (FILTERS.md "What is read"), by libxml2's SAX reader.
 * In: HTML in UTF-8. Out: lines joined by \n, cells of a row by TAB, a break inside a cell as \v; an empty line after a table. */
#include "reader/html.h"

#include "base/limits.h"
#include "reader/grid.h"
#include "reader/sift.h"
#include "reader/style.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

enum role { INLINE, BLOCK, BREAK, PRE, STRUCK, TABLE, ROW, CELL };

struct element {
        enum role role;
        unsigned style; /* what holds inside it, of STYLE_GONE, _STRUCK, _HIDDEN, _TINY, _PRE */
};

struct page {
        htmlParserCtxtPtr parser;
        struct grid *grid;
        struct element open[LIMIT_HTML_DEPTH]; /* [0] is what is outside of all elements */
        guint depth;
        bool is_cut;
};

/* Elements that are not in the run of the text, by name. */
static const struct named_role {
        const char *name;
        enum role role;
} roles[] = {
        {"address", BLOCK}, {"article", BLOCK}, {"aside", BLOCK},   {"blockquote", BLOCK}, {"body", BLOCK},       {"br", BREAK},
        {"caption", BLOCK}, {"center", BLOCK},  {"dd", BLOCK},      {"del", STRUCK},       {"details", BLOCK},    {"dir", BLOCK},
        {"div", BLOCK},     {"dl", BLOCK},      {"dt", BLOCK},      {"fieldset", BLOCK},   {"figcaption", BLOCK}, {"figure", BLOCK},
        {"footer", BLOCK},  {"form", BLOCK},    {"h1", BLOCK},      {"h2", BLOCK},         {"h3", BLOCK},         {"h4", BLOCK},
        {"h5", BLOCK},      {"h6", BLOCK},      {"header", BLOCK},  {"hr", BREAK},         {"legend", BLOCK},     {"li", BLOCK},
        {"main", BLOCK},    {"menu", BLOCK},    {"nav", BLOCK},     {"ol", BLOCK},         {"option", BLOCK},     {"p", BLOCK},
        {"pre", PRE},       {"s", STRUCK},      {"section", BLOCK}, {"strike", STRUCK},    {"summary", BLOCK},    {"table", TABLE},
        {"tbody", BLOCK},   {"td", CELL},       {"tfoot", BLOCK},   {"th", CELL},          {"thead", BLOCK},      {"tr", ROW},
        {"ul", BLOCK},
};

/* Numeric references of these are meant in Windows-1252 (13.2.5.80 of the HTML standard). */
static const gunichar windows_1252[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};

static int by_name(const void *name, const void *row)
{
        return strcmp(name, ((const struct named_role *)row)->name);
}

static enum role role_of(const xmlChar *name)
{
        const struct named_role *row = bsearch(name, roles, G_N_ELEMENTS(roles), sizeof(*roles), by_name);
        return row ? row->role : INLINE;
}

static void stop(struct page *page)
{
        page->is_cut = true;
        xmlStopParser(page->parser);
}

/* The number of an attribute that sift_html() left. */
static unsigned attribute(const xmlChar **attributes, const char *name, unsigned otherwise)
{
        for (; attributes && attributes[0]; attributes += 2)
                if (attributes[1] && strcmp((const char *)attributes[0], name) == 0)
                        return (unsigned)strtoul((const char *)attributes[1], NULL, 10);
        return otherwise;
}

static unsigned style_inside(unsigned around, enum role role, unsigned own)
{
        unsigned undone =
                (own & STYLE_VISIBLE ? STYLE_HIDDEN : 0) | (own & STYLE_SIZED ? STYLE_TINY : 0) | (own & STYLE_FLOWING ? STYLE_PRE : 0);
        unsigned by_role = (role == STRUCK ? STYLE_STRUCK : 0) | (role == PRE ? STYLE_PRE : 0);
        return (around & ~undone) | by_role | (own & (STYLE_GONE | STYLE_STRUCK | STYLE_HIDDEN | STYLE_TINY | STYLE_PRE));
}

static void start_cell(struct page *page, const xmlChar **attributes)
{
        unsigned columns = attribute(attributes, SIFT_COLSPAN, 1), rows = attribute(attributes, SIFT_ROWSPAN, 1);
        grid_cell_start(page->grid, MIN(columns, LIMIT_TABLE_SPAN), rows);
}

static void start_element(void *user, const xmlChar *name, const xmlChar **attributes)
{
        struct page *page = user;
        if (page->depth + 1 == LIMIT_HTML_DEPTH || grid_is_full(page->grid)) {
                stop(page);
                return;
        }
        enum role role = role_of(name);
        unsigned style = style_inside(page->open[page->depth].style, role, attribute(attributes, SIFT_STYLE, 0));
        page->open[++page->depth] = (struct element){role, style};
        if (style & STYLE_GONE)
                return;
        if (role == TABLE)
                grid_table_start(page->grid);
        else if (role == ROW)
                grid_row_start(page->grid);
        else if (role == CELL)
                start_cell(page, attributes);
        else if (role == BLOCK || role == BREAK || role == PRE)
                grid_break(page->grid);
}

static void end_element(void *user, const xmlChar *name G_GNUC_UNUSED)
{
        struct page *page = user;
        if (page->depth == 0)
                return;
        struct element element = page->open[page->depth--];
        if (element.style & STYLE_GONE)
                return;
        if (element.role == TABLE)
                grid_table_end(page->grid);
        else if (element.role == ROW)
                grid_row_end(page->grid);
        else if (element.role == CELL)
                grid_cell_end(page->grid);
        else if (element.role == BLOCK || element.role == PRE)
                grid_break(page->grid);
}

static void characters(void *user, const xmlChar *text, int length)
{
        struct page *page = user;
        unsigned style = page->open[page->depth].style;
        if (grid_is_full(page->grid)) {
                stop(page);
                return;
        }
        if (style & (STYLE_GONE | STYLE_STRUCK | STYLE_HIDDEN | STYLE_TINY))
                return;
        if (length == 2 && text[0] == 0xC2 && text[1] >= 0x80 && text[1] < 0xA0) {
                char utf8[6];
                grid_text(page->grid, utf8, (gsize)g_unichar_to_utf8(windows_1252[text[1] - 0x80], utf8), false);
                return;
        }
        grid_text(page->grid, (const char *)text, (gsize)length, style & STYLE_PRE);
}

static const htmlSAXHandler handlers = {
        .startElement = start_element,
        .endElement = end_element,
        .characters = characters,
        .ignorableWhitespace = characters,
};

static void parse(struct page *page, const GString *html)
{
        page->parser = htmlNewParserCtxt();
        g_assert(page->parser);
        *page->parser->sax = handlers;
        page->parser->userData = page;
        htmlCtxtReadMemory(page->parser, html->str, (int)html->len, NULL, "UTF-8",
                           HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
        htmlFreeParserCtxt(page->parser);
}

char *html_lines(const char *html, gsize length, gboolean *cut)
{
        struct page page = {.grid = grid_new(), .is_cut = length > LIMIT_HTML};
        for (length = MIN(length, LIMIT_HTML); page.is_cut && length && ((guchar)html[length] & 0xC0) == 0x80;)
                length--;
        g_autofree char *valid = g_utf8_validate_len(html, length, NULL) ? NULL : g_utf8_make_valid(html, (gssize)length);
        GString *sifted = valid ? sift_html(valid, strlen(valid), &page.is_cut) : sift_html(html, length, &page.is_cut);
        parse(&page, sifted);
        g_string_free(sifted, TRUE);
        if (page.is_cut)
                *cut = TRUE;
        return grid_finish(page.grid);
}

/* Go past one blank, comment, declaration or processing instruction. NULL where there is none, or its end is missing. */
static const char *skip_prolog(const char *p, const char *end)
{
        gsize left = (gsize)(end - p);
        if (g_ascii_isspace(*p))
                return p + 1;
        if (left >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
                return p + 3;
        if (left < 2 || p[0] != '<' || (p[1] != '!' && p[1] != '?'))
                return NULL;
        bool is_comment = left >= 4 && memcmp(p, "<!--", 4) == 0;
        const char *close = is_comment ? memmem(p, left, "-->", 3) : memchr(p, '>', left);
        return close ? close + (is_comment ? 3 : 1) : NULL;
}

gboolean html_is_html(const char *text, gsize length)
{
        const char *end = text + length;
        for (const char *next = text; next && next < end;) {
                text = next;
                next = skip_prolog(text, end);
        }
        char name[16] = "";
        gsize n = 0, left = (gsize)(end - text);
        while (n < sizeof(name) - 1 && n + 1 < left && g_ascii_isalnum(text[n + 1])) {
                name[n] = text[n + 1];
                n++;
        }
        return left > n + 1 && *text == '<' && (g_ascii_isspace(text[n + 1]) || strchr("/>", text[n + 1])) &&
               htmlTagLookup((xmlChar *)name);
}
