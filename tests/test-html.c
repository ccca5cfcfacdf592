/* HTML as lines: the rules of FILTERS.md "What is read", one page each, and what hostile pages may cost.
 * In: made-up pages. Out: TAP. */
#include "base/limits.h"
#include "reader/html.h"
#include "reader/style.h"

#include <string.h>
#include <time.h>

struct page {
        const char *name, *html, *lines;
};

static const struct page pages[] = {
        /* Blocks and breaks */
        {"blocks", "<html><body><h1>Notice</h1><p>One\n two</p><div>Three<br>four<div>five</div>six</div></body></html>",
         "Notice\nOne two\nThree\nfour\nfive\nsix"},
        {"inline", "<p>Start <b>14</b><i> Nov</i><span>ember</span></p>", "Start 14 November"},
        {"blanks", "<p>  a &nbsp; \t b\n\nc </p><p> &nbsp; </p><p>d</p>", "a b c\nd"},
        {"zero width",
         "<p>AB\xE2\x80\x8B-1\xC2\xAD"
         "2\xEF\xBB\xBF \xE2\x80\x8E"
         "3</p>",
         "AB-12 3"},
        {"list", "<ul><li>one<li>two</ul>end", "one\ntwo\nend"},
        {"rule", "a<hr>b", "a\nb"},
        {"pre", "<pre>\nStart:  1\n\nEnd:\t2\n</pre>after\nwards", "Start: 1\nEnd: 2\nafter wards"},
        {"white-space", "<div style='white-space: pre-wrap'>a\nb<span style='white-space:normal'> c\nd</span></div>", "a\nb c d"},
        {"no markup", "just text", "just text"},
        {"empty", "", ""},
        {"nothing to see", "<html><head><meta charset=utf-8></head><body><p></p></body></html>", ""},
        {"after the end", "<html><body>a</body></html>b", "a\nb"},

        /* Entities */
        {"entities", "<p>&lt;b&gt; R&amp;D &eacute;&#233;&#xE9; &nosuch; AT&T</p>", "<b> R&D ééé &nosuch; AT&T"},
        {"windows-1252 references", "<p>22:00&#150;23:00 &#145;x&#146;</p>", "22:00–23:00 ‘x’"},

        /* Tables */
        {"table", "<table><tr><th>Circuit</th><th>Impact</th></tr><tr><td>C-1</td><td>Outage</td></tr></table>next",
         "Circuit\tImpact\nC-1\tOutage\n\nnext"},
        {"empty line after the last table", "<table><tr><td>a</td><td>b</td></tr></table>", "a\tb\n"},
        {"two tables end", "<table><tr><td>x<table><tr><td>a<td>b</table></table>y", "x\na\tb\n\ny"},
        {"empty cells", "<table><tr><td></td><td>b</td><td>&nbsp;</td><td>d</td><td></td></tr></table>", "\tb\t\td\t\n"},
        {"row of one filled cell", "<table><tr><td></td><td>alone<br>here</td><td></td></tr></table>", "alone\nhere\n"},
        {"empty row", "<table><tr><td>a</td><td>b</td></tr><tr><td></td><td> </td></tr><tr><td>c</td><td>d</td></tr></table>",
         "a\tb\nc\td\n"},
        {"break in a cell", "<table><tr><td>From<br>to</td><td><p>1</p><p>2</p></td></tr></table>", "From\vto\t1\v2\n"},
        {"blocks in a cell", "<table><tr><td><div><div>a</div></div>b<ul><li>c</ul></td><td>d<br></td></tr></table>", "a\vb\vc\td\n"},
        {"colspan", "<table><tr><td colspan=3>a</td><td>b</td></tr><tr><td>1<td>2<td>3<td>4</tr></table>", "a\t\t\tb\n1\t2\t3\t4\n"},
        {"rowspan", "<table><tr><td rowspan=2>site</td><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
         "site\ta\nsite\tb\nc\td\n"},
        {"rowspan to the right", "<table><tr><td>a</td><td rowspan='3'>x<br>y</td></tr><tr><td>b</td></tr><tr></tr><tr><td>c<td>d</table>",
         "a\tx\vy\nb\tx\vy\nc\td\n"},
        {"rowspan in the middle", "<table><tr><td>a<td rowspan=2>m<td>b<tr><td>c<td>d</table>", "a\tm\tb\nc\tm\td\n"},
        {"rowspan and colspan", "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c</table>", "a\t\tb\na\t\tc\n"},
        {"rowspan beyond a short row", "<table><tr><td>a<td>b<td rowspan=2>c<td rowspan=1>d<tr><td>e</table>", "a\tb\tc\td\ne\t\tc\n"},
        {"rowspan that has ended", "<table><tr><td>a<td rowspan=3>b<td rowspan=2>c<tr><td>d<tr><td>e<td>f</table>",
         "a\tb\tc\nd\tb\tc\ne\tb\tf\n"},
        {"colspan with blanks", "<table><tr><td colspan=' 2 '>a<td colspan=x>b<td colspan=0>c</table>", "a\t\tb\tc\n"},
        {"rowspan beside nothing", "<table><tr><td rowspan=2>a<td>b<tr><td></td></tr></table>", "a\tb\n"},
        {"rowspan ends with its table", "<table><tr><td rowspan=9>a<td>b</table><table><tr><td>c<td>d</table>", "a\tb\n\nc\td\n"},
        {"nested table",
         "<table><tr><td>left</td><td>before<table><tr><td>a</td><td>b</td></tr></table>behind</td><td>right</td></tr></table>end",
         "left\nbefore\na\tb\n\nbehind\nright\n\nend"},
        {"row after one with a table", "<table><tr><td><table><tr><td>a<td>b</table></td><td>c</td></tr><tr><td>d<td>e</table>",
         "a\tb\n\nc\nd\te\n"},
        {"unclosed cells and rows", "<table><tr><td>a<td>b<tr><td>c<td>d</table>e", "a\tb\nc\td\n\ne"},
        {"table without tr", "<table><td>a</td><td>b</td></table>c", "a\tb\n\nc"},
        {"sections and caption", "<table><caption>Lines</caption><thead><tr><th>a<th>b<tbody><tr><td>1<td>2</table>",
         "Lines\na\tb\n1\t2\n"},
        {"text between cells", "<table><tr>lost?<td>a</td>and<td>b</td></tr></table>", "lost?\nand\na\tb\n"},
        {"unclosed table", "<table><tr><td>a<td>b", "a\tb\n"},
        {"cell in an open block", "<table><tr><td><div>a<td>b</td></tr></table>", "a\tb\n"},
        {"cells without a table", "a<td>b</td>c", "a\nb\nc"},
        {"rows without a table", "<tr><td>a</td><td>b</td></tr>c", "a\tb\nc"},

        /* What is not to be seen */
        {"struck out",
         "<p>Start: <s>1</s><strike>2</strike><del>3</del><span style='Text-Decoration : underline LINE-THROUGH'>4<b>5</b></span>6</p>",
         "Start: 6"},
        {"struck out by line", "<p>a<span style=\"color:red; text-decoration-line:line-through\">b</span></p>", "a"},
        {"struck out cell stays a cell", "<table><tr><td>a<td><s>b</s><td>c</table>", "a\t\tc\n"},
        {"display none", "<p>a<span style='display:none'>b<i>c</i></span>d</p><div style=\"DISPLAY: NONE !important\"><p>e</p></div>",
         "ad"},
        {"display none is overruled", "<p style='display:none;display:block'>a</p>", "a"},
        {"display none of a cell", "<table><tr><td>a<td style='display:none'>x<td>b</table>", "a\tb\n"},
        {"display none of a row", "<table><tr><td>a<td>b<tr style=display:none><td>x<td>y</table>", "a\tb\n"},
        {"visibility", "<p style='visibility:hidden'>a<b>b</b><b style='visibility:visible'>c</b></p>", "c"},
        {"hidden", "<p hidden>a</p><p hidden=hidden>b</p><p>c</p>", "c"},
        {"hidden is a name of its own", "<p class='hidden' data-hidden=1>a</p>", "a"},
        {"font-size 0", "<div style='font-size:0'>a<p style='font-size:0.0em'>b</p><p style='font-size:12px'>c</p></div>", "c"},
        {"small font is seen", "<p style='font-size:0.8em'>a</p><p style='font-size:.5px'>b</p>", "a\nb"},
        {"a share of nothing", "<div style='font-size:0px'><p style='font-size:120%'>a</p><p style='font:12px Arial'>b</p></div>", "b"},
        {"a size of its own", "<div style='font-size:0'><font size=2>a</font><b style='font-size:inherit'>b</b></div>", "a"},
        {"mso-hide", "<p style='mso-hide:all'>a</p>b", "b"},
        {"quoted font before display", "<p style='font-family:&quot;A B&quot;,serif;display:none'>a</p>b", "b"},
        {"silent elements",
         "<head><title>T</title><style>p{}</style></head><p>a<script>if (a<b) '</p>'</script>b</p><STYLE><!-- x --></STYLE>c", "ab\nc"},
        {"comments", "a<!-- b > c -->d<!---->e<!-->f<!--->g", "adefg"},
        {"conditional comment", "a<!--[if mso]><table><tr><td>x</td></tr></table><![endif]-->b", "ab"},
        {"conditional comment that shows", "a<![if !mso]>b<![endif]><!--[if !mso]><!-->c<!--<![endif]-->d", "abcd"},
        {"Office tags", "<p>a<o:p>&nbsp;</o:p></p><p><st1:place w:st=\"on\">b</st1:place><o:p/>c</p><?xml:namespace prefix = o />d",
         "a\nbc\nd"},

        /* What is no tag, or an odd one */
        {"bare less-than", "<p>2 < 3, 5 <6, < b, <>, <- x</p>", "2 < 3, 5 <6, < b, <>, <- x"},
        {"greater-than in an attribute", "<p title='a>b' lang=\"c>d\">e</p>", "e"},
        {"stray quotes", "<td width=\"10\"\">a</td><p class=x\"y>b</p>", "a\nb"},
        {"closed element", "<div style='display:none'/>a<br/>b", "a\nb"},
        {"stray end tags", "a</b></td></table></div>b", "ab"},
        {"capitals", "<TABLE><TR><TD COLSPAN=2>a</TD><TD>b</TD></TR></TABLE>", "a\t\tb\n"},
        {"control characters",
         "a\x01"
         "b\x0B"
         "c\x7F"
         "d",
         "a b c d"},
        {"invalid UTF-8",
         "a\xFF"
         "b\xC3",
         "a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD"},
};

static char *lines_of(const char *html, gsize length, gboolean *cut)
{
        char *lines = html_lines(html, length, cut);
        g_assert_true(g_utf8_validate(lines, -1, NULL));
        return lines;
}

static void test_page(gconstpointer data)
{
        const struct page *page = data;
        gboolean cut = FALSE;
        g_autofree char *lines = lines_of(page->html, strlen(page->html), &cut);
        g_assert_cmpstr(lines, ==, page->lines);
        g_assert_false(cut);
}

static void test_length_counts(void)
{
        gboolean cut = FALSE;
        g_autofree char *lines = lines_of("<p>abc", 5, &cut);
        g_assert_cmpstr(lines, ==, "ab");
}

static void test_nul(void)
{
        gboolean cut = FALSE;
        g_autofree char *lines = lines_of("<p>a\0b</p>c", 11, &cut);
        g_assert_true(g_str_has_prefix(lines, "a"));
        g_assert_true(g_str_has_suffix(lines, "b\nc"));
}

/* Of a page over the limit the beginning is read, and not half a character. */
static void test_size_limit(void)
{
        g_autoptr(GString) html = g_string_new("<p>first</p><!--");
        while (html->len < LIMIT_HTML - 10)
                g_string_append_c(html, 'x');
        g_string_append(html, "-->abcdef\xC3\xA9ghi<p>last</p>");
        gboolean cut = FALSE;
        g_autofree char *lines = lines_of(html->str, html->len, &cut);
        g_assert_true(cut);
        g_assert_cmpstr(lines, ==, "first\nabcdef");
}

static void test_unfinished(void)
{
        static const char *const pages_cut[] = {"a<p title='x>b", "a<!-- b", "a<style>b", "a<p", "a<script>b</scrip"};
        for (gsize i = 0; i < G_N_ELEMENTS(pages_cut); i++) {
                gboolean cut = FALSE;
                g_autofree char *lines = lines_of(pages_cut[i], strlen(pages_cut[i]), &cut);
                g_assert_cmpstr(lines, ==, "a");
                g_assert_true(cut);
        }
}

/* A tag over the limit is still a tag, and its text is read. */
static void test_long_tag(void)
{
        g_autofree char *data = g_strnfill(2 * LIMIT_HTML_TAG, 'A');
        g_autofree char *html = g_strdup_printf("<p>a<img src='data:;base64,%s'>b</p><p title='%s' style='display:none'>c</p>", data, data);
        gboolean cut = FALSE;
        g_autofree char *lines = lines_of(html, strlen(html), &cut);
        g_assert_cmpstr(lines, ==, "ab\nc");
        g_assert_false(cut);
}

/* Nesting too deep ends the reading, and says so; what stood before it is read. */
static void test_depth(void)
{
        g_autoptr(GString) html = g_string_new("<p>before</p><table><tr><td>a<td>b<table><tr><td>c<td>");
        for (int i = 0; i < LIMIT_HTML_DEPTH; i++)
                g_string_append(html, "<div>");
        g_string_append(html, "after");
        gboolean cut = FALSE;
        g_autofree char *lines = lines_of(html->str, html->len, &cut);
        g_assert_cmpstr(lines, ==, "before\na\nb\nc\n");
        g_assert_true(cut);
}

/* Cells past the column limit make the row plain lines: none is lost. */
static void test_columns(void)
{
        g_autoptr(GString) html = g_string_new("<table><tr>");
        g_autoptr(GString) expected = g_string_new(NULL);
        for (int i = 0; i <= LIMIT_TABLE_COLUMNS; i++) {
                g_string_append_printf(html, "<td>%d", i);
                g_string_append_printf(expected, "%d\n", i);
        }
        gboolean cut = FALSE;
        g_autofree char *lines = lines_of(html->str, html->len, &cut);
        g_assert_cmpstr(lines, ==, expected->str);
}

struct bomb {
        const char *name, *head, *unit;
};

static const struct bomb bombs[] = {
        {"nested tables", "", "<table><tr><td>"},
        {"spans", "", "<td colspan=1000 rowspan=1000>"},
        {"spans in rows", "<table>", "<tr><td colspan=1000 rowspan=1000>x<td>y"},
        {"wide cell that repeats", "<table><tr><td rowspan=60000>%s</td>", "<tr><td>y"},
        {"wide cell that repeats for nothing", "<table><tr><td rowspan=60000>%s</td>", "<tr><td></td>"},
        {"attributes", "<p ", "abc%x "},
        {"depth", "", "<div>"},
        {"end tags in the deep", "<b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b><b>", "</i>"},
        {"end tags without start", "", "</p>"},
        {"misnested", "", "<a><b><i></a></b></i>"},
        {"less-than", "", "<"},
        {"ampersands", "", "&"},
        {"bad references", "", "&#"},
        {"quotes", "", "<a b=\""},
        {"comments", "", "<!-- <!"},
        {"unclosed styles", "", "<style>"},
        {"broken bytes", "", "\xFF"},
        {"blanks", "", " "},
        {"rows", "<table>", "<tr>"},
};

static double cpu_seconds(void)
{
        struct timespec now;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void test_bomb(gconstpointer data)
{
        const struct bomb *bomb = data;
        g_autofree char *wide = g_strnfill(100 * 1000, 'w');
        GString *html = g_string_new(bomb->head);
        g_string_replace(html, "%s", wide, 1);
        for (unsigned i = 0; html->len < LIMIT_HTML; i++) {
                g_autofree char *number = g_strdup_printf("%x", i);
                gsize before = html->len;
                g_string_append(html, bomb->unit);
                if (strstr(html->str + before, "%x")) {
                        g_string_truncate(html, before);
                        g_string_append_printf(html, "abc%s ", number);
                }
        }
        gboolean cut = FALSE;
        double start = cpu_seconds();
        g_autofree char *lines = lines_of(html->str, html->len, &cut);
        g_assert_cmpfloat(cpu_seconds() - start, <, LIMIT_CPU_SECONDS);
        g_assert_cmpuint(strlen(lines), <=, 4 * LIMIT_HTML);
        g_string_free(html, TRUE);
}

static void test_is_html(void)
{
        static const char *const yes[] = {
                "<html>",
                " \n<!DOCTYPE html PUBLIC \"-//W3C//DTD\">\r\n<HTML lang=en>x",
                "<!-- c --><div>x</div>",
                "\xEF\xBB\xBF<body bgcolor=x>",
                "<br/>",
                "<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'>",
                "<p>",
                "<table\nborder=0>",
        };
        static const char *const no[] = {
                "",
                "text <p>",
                "<noc@example.net> wrote",
                "<https://example.net/>",
                "< p>",
                "<!doctype html>",
                "<!-- open",
                "<html",
                "<",
                "<pp>",
                "</p>",
                "> <html>",
                "<1>",
                "<p@example.net>",
        };
        for (gsize i = 0; i < G_N_ELEMENTS(yes); i++)
                g_assert_true(html_is_html(yes[i], strlen(yes[i])));
        for (gsize i = 0; i < G_N_ELEMENTS(no); i++)
                g_assert_false(html_is_html(no[i], strlen(no[i])));
        g_assert_false(html_is_html("<html>", 5));
}

static void test_style(void)
{
        static const struct {
                const char *css;
                unsigned style;
        } rows[] = {
                {"", 0},
                {";;:;", 0},
                {"display", 0},
                {"display : none", STYLE_GONE},
                {"x-display:none", 0},
                {"font-size:0", STYLE_TINY},
                {"font-size: 00.00pt", STYLE_TINY},
                {"font-size:10px", STYLE_SIZED},
                {"font-size:2em", 0},
                {"font-size:small", STYLE_SIZED},
                {"font-size:larger", 0},
                {"font-size:0;font-size:9pt", STYLE_SIZED},
                {"visibility:collapse;white-space:pre-line", STYLE_HIDDEN | STYLE_PRE},
                {"visibility:inherit", 0},
                {"white-space:inherit;font:inherit", 0},
                {"text-decoration:none", 0},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
                g_assert_cmpuint(style_read(rows[i].css, strlen(rows[i].css)), ==, rows[i].style);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
                g_autofree char *path = g_strdup_printf("/html/%s", pages[i].name);
                g_test_add_data_func(path, &pages[i], test_page);
        }
        for (gsize i = 0; i < G_N_ELEMENTS(bombs); i++) {
                g_autofree char *path = g_strdup_printf("/html/bomb/%s", bombs[i].name);
                g_test_add_data_func(path, &bombs[i], test_bomb);
        }
        g_test_add_func("/html/length", test_length_counts);
        g_test_add_func("/html/nul", test_nul);
        g_test_add_func("/html/size limit", test_size_limit);
        g_test_add_func("/html/unfinished", test_unfinished);
        g_test_add_func("/html/long tag", test_long_tag);
        g_test_add_func("/html/depth", test_depth);
        g_test_add_func("/html/columns", test_columns);
        g_test_add_func("/html/is html", test_is_html);
        g_test_add_func("/html/style", test_style);
        return g_test_run();
}
