/* out/markup: whatever a text holds, it stays text.
 * In: texts made to break out. Out: TAP. */
#include "out/markup.h"

#include <string.h>

static char *finish(struct markup *markup)
{
        return g_strchomp(markup_finish(markup, NULL));
}

static void test_nesting(void)
{
        struct markup *markup = markup_new();
        markup_open(markup, "ul");
        markup_attribute(markup, "class", "queue");
        markup_flag(markup, "hidden");
        markup_element(markup, "li", NULL, "one");
        markup_open(markup, "li");
        markup_text(markup, "two");
        markup_open(markup, "br");
        markup_print(markup, "%d", 3);
        g_autofree char *html = finish(markup);
        g_assert_cmpstr(html, ==, "<ul class=\"queue\" hidden><li>one</li><li>two<br>3</li></ul>");
}

static void test_text(void)
{
        static const struct {
                const char *text, *html;
        } cases[] = {
                {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
                {"a & b", "<p>a &amp; b</p>"},
                {"\"'", "<p>&quot;&#39;</p>"},
                {"a\xE2\x80\xAE"
                 "b",
                 "<p>a&lt;U+202E&gt;b</p>"},
                {"bell\a", "<p>bell&lt;U+0007&gt;</p>"},
                {"\xE9", "<p>&lt;0xE9&gt;</p>"},
                {"S\xC3\xA3o", "<p>S\xC3\xA3o</p>"},
                {NULL, "<p></p>"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
                struct markup *markup = markup_new();
                markup_element(markup, "p", NULL, cases[i].text);
                g_autofree char *html = finish(markup);
                g_assert_cmpstr(html, ==, cases[i].html);
        }
}

static void test_attributes(void)
{
        struct markup *markup = markup_new();
        markup_open(markup, "p");
        markup_attribute(markup, "title", "\" onmouseover=\"alert(1)\n");
        markup_attribute(markup, "id", NULL);
        g_autofree char *html = finish(markup);
        g_assert_cmpstr(html, ==, "<p title=\"&quot; onmouseover=&quot;alert(1)&lt;U+000A&gt;\"></p>");
}

static void test_lines(void)
{
        struct markup *markup = markup_new();
        markup_open(markup, "pre");
        markup_lines(markup, "a\n<b>\n\tc");
        g_autofree char *html = finish(markup);
        g_assert_cmpstr(html, ==, "<pre>a\n&lt;b&gt;\n&lt;U+0009&gt;c</pre>");
}

static void test_addresses(void)
{
        static const char *const good[] = {
                "https://example.com/a?b=c&d", "http://example.com", "mailto:a@example.com", "/mail/1", "#top", "?q=1"};
        static const char *const bad[] = {
                "javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "//example.com", "java\tscript:x", " https://x", "",
                "vbscript:x",          "https://x\"y"};
        for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
                g_assert_true(markup_is_address(good[i]));
        for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
                g_assert_false(markup_is_address(bad[i]));
        g_assert_false(markup_is_address(NULL));
        struct markup *markup = markup_new();
        markup_link(markup, "https://example.com/?a&b", "post");
        markup_link(markup, "javascript:x", "<b>");
        markup_open(markup, "form");
        markup_attribute(markup, "action", "https://example.com/");
        markup_open(markup, "img");
        markup_attribute(markup, "src", "data:x");
        g_autofree char *html = finish(markup);
        g_assert_cmpstr(html, ==,
                        "<a href=\"https://example.com/?a&amp;b\" rel=\"noreferrer\">post</a>&lt;b&gt;"
                        "<form action=\"https://example.com/\"><img></form>");
}

static void test_page(void)
{
        struct markup *markup = markup_page("Week of </title><script>", "p{color:red}");
        markup_element(markup, "p", NULL, "x");
        gsize length;
        g_autofree char *html = markup_finish(markup, &length);
        g_assert_cmpuint(length, ==, strlen(html));
        g_assert_true(g_str_has_prefix(html, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"));
        g_assert_nonnull(strstr(html, "<title>Week of &lt;/title&gt;&lt;script&gt;</title><style>p{color:red}</style></head>"));
        g_assert_true(g_str_has_suffix(html, "<body><main><p>x</p></main></body></html>\n"));
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/markup/nesting", test_nesting);
        g_test_add_func("/markup/text", test_text);
        g_test_add_func("/markup/attributes", test_attributes);
        g_test_add_func("/markup/lines", test_lines);
        g_test_add_func("/markup/addresses", test_addresses);
        g_test_add_func("/markup/page", test_page);
        return g_test_run();
}
