/* What patterns need: never more than they do, and enough to be of use. */
#include "base/re.h"

#include <string.h>

static bool may_match(struct re_set *set, const char *pattern, const char *text)
{
        struct trigrams trigrams;
        g_autoptr(GError) error = NULL;
        re_set_get(set, pattern, &error);
        g_assert_no_error(error);
        trigrams_of_text(&trigrams, text, strlen(text));
        return re_may_match(set, pattern, &trigrams);
}

/* Each text is matched, so that a need which it does not meet would be a mistake. */
static void test_matches(void)
{
        static const struct {
                const char *pattern, *text;
        } rows[] = {
                {"Circuit", "the circuit is down"},
                {"service-?desk", "servicedesk"},
                {"colou?r code", "the color code"},
                {"tickets* open", "ticket open"},
                {"re{0,2}port", "rport"},
                {"fo{2}bar", "foobar"},
                {"al+ow", "alllow"},
                {"(?:not needed)?here", "here"},
                {"[not needed]here", "nhere"},
                {"[]abc]here", "]here"},
                {"[^]abc]here", "xhere"},
                {"[[:digit:]\\]x]+ pm", "]0 pm"},
                {"[[:]one|two", "two"},
                {"first|second", "second"},
                {"(one|two) three", "two three"},
                {"(?:a\\)|b\\(c) end", "a) end"},
                {"(?:[(]|x) end", "( end"},
                {"line\\.\\s+next", "line. \n next"},
                {"a\\.b\\.c", "a.b.c"},
                {"word\\b", "word"},
                {"(?!never)this", "this"},
                {"(?<name>no)?thing", "thing"},
                {"\\Q(|\\Eabc", "(|abc"},
                {"(?:\\Q)\\E|x)abc|def", "def"},
                {"(?x) a b c", "abc"},
                {"(?#comment (|)abc", "abc"},
                {"(?x: a b c # | )\n)|z", "z"},
                {"\\x41BC", "abc"},
                {"(a)\\1bc", "aabc"},
                {"abc(*ACCEPT)def", "abc"},
                {"skip(*SKIP)(*F)|keep", "keep"},
                {"(?:one|two)? three", " three"},
                {"(?:one|two)* three", " three"},
                {"(?:one|two){0,1} three", " three"},
                {"(?:one|two)+ three", "two three"},
                {"(?<a>one|(?:two|(three)))four", "threefour"},
                {"(?:one|)four", "four"},
                {"(?:one|\\w+)five", "xfive"},
                {"(abc)x?", "abc"},
                {"\\d{1,2}:\\d\\d", "7:45"},
                {"\\d\\d?:00", "7:00"},
                {"(?x) one [ ] two # three (\n four", "one twofour"},
                {"(?x) one ? two", "ontwo"},
                {"(?x) a {2} b{3} c", "aabbbc"},
                {"(?x) [ #] \\# \\  x", "## x"},
                {"a{2,5}b{0}cd", "aacd"},
                {"x{12}", "xxxxxxxxxxxx"},
                {"[ab]{3}c", "abac"},
                {"(?-i:ABC)d", "ABCd"},
                {"(?<a>abc|\\d) (?&a)", "1 abc"},
                {"\\p{L}{3,}day", "monday"},
                {"([/-])\\d\\g{-1}", "/1/"},
                {"(?=abc)\\w+", "abcd"},
                {"(?<=abc)d", "abcd"},
                {"(?<!abc)def", "xdef"},
                {"(?>abc|d)ef", "def"},
                {"(?:a(?!(?:b|(?<!c)d))e|f)ghi", "fghi"},
                {"[a]bc", "abc"},
                {"x{,3}abc", "x{,3}abc"},
                {"l{abc", "l{abc"},
                {"stra\xc3\x9f"
                 "e",
                 "STRA\xc3\x9f"
                 "E"},
                {"kelvin", "\xe2\x84\xaa"
                           "elvin"},
                {"loss", "lo\xc5\xbfs"},
                {"A@\\[B`c", "a@[b`C"},
        };
        struct re_set *set = re_set_new(NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct re_match match;
                struct re *re = re_set_get(set, rows[i].pattern, NULL);
                g_test_message("%s", rows[i].pattern);
                g_assert_cmpint(re_search(re, rows[i].text, strlen(rows[i].text), 0, &match), ==, RE_YES);
                g_assert_true(may_match(set, rows[i].pattern, rows[i].text));
        }
        re_set_free(set);
}

static void test_lacks(void)
{
        static const struct {
                const char *pattern, *text;
        } rows[] = {
                {"Circuit", "the link is down"},
                {"\\bTicket\\s+number\\b", "a number without one"},
                {"@(?:.+\\.)?carrier\\.example$", "noc@other.example"},
                {"first|second", "third"},
                {"[abc]+needed", "abc"},
                {"(?:one|two) three", "one two"},
                {"\\d{4}-work", "2030-03-09"},
                {"(?<start>(?:\\d{4}-\\d\\d|[A-Z]{3}) \\d{1,2}:\\d\\d)", "2030-03 at 9"},
                {"(?x) \\d\\d? : \\d\\d", "at 9 o'clock"},
                {"\\d{5,}", "12 and 34"},
                {"from (?:here|there) to", "from there on"},
                {"\\bonce\\b(*SKIP)(*F)|has been done", "once it has been"},
                {"(?:here|there) \\w+ (?:now|then)", "here and there"},
                {"\\b(?:has|have)\\s+(?:started|begun)\\b", "has ended"},
        };
        struct re_set *set = re_set_new(NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_test_message("%s", rows[i].pattern);
                g_assert_false(may_match(set, rows[i].pattern, rows[i].text));
        }
        re_set_free(set);
}

/* Where nothing is needed, any text may match. */
static void test_needs_nothing(void)
{
        static const char *const patterns[] = {"ab", ".*", "(?x) a b", "\\d{2,}", "(?:abc)?", "long enough|ab", "^$", "(?i)abc"};
        struct re_set *set = re_set_new(NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++)
                g_assert_true(may_match(set, patterns[i], ""));
        re_set_free(set);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/needs/matches", test_matches);
        g_test_add_func("/needs/lacks", test_lacks);
        g_test_add_func("/needs/needs-nothing", test_needs_nothing);
        return g_test_run();
}
