/* Patterns: the dialect, named captures, and that giving up is never "no match". */
#include <string.h>

#include "base/fail.h"
#include "base/re.h"

struct fixture {
        struct re_set *set;
};

static void set_up(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        f->set = re_set_new(NULL);
}

static void tear_down(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        re_set_free(f->set);
}

static enum re_result search(struct fixture *f, const char *pattern, const char *text, gsize from, struct re_match *match)
{
        g_autoptr(GError) error = NULL;
        struct re *re = re_set_get(f->set, pattern, &error);
        g_assert_no_error(error);
        return re_search(re, text, strlen(text), from, match);
}

/* pattern, text, and where it first matches; start -1: nowhere */
static void test_dialect(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        static const struct {
                const char *pattern, *text;
                int start, end;
        } rows[] = {
                {"ärger", "GROSSER ÄRGER", 8, 14}, /* caseless beyond ASCII; offsets in bytes */
                {"^two$", "one\ntwo\nthree", 4, 7},
                {"^b$", "a\rb", -1, -1}, /* only LF ends a line */
                {"a.b", "a\vb", 0, 3},
                {"a.b", "a\nb", -1, -1},
                {"x.y", "x€y", 0, 5}, /* a dot is a character */
                {"^$", "", 0, 0},
                {"(?<=a)b", "ab", 1, 2},
                {"\\d", "٣", -1, -1}, /* digits are ASCII */
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct re_match match = {0};
                enum re_result result = search(f, rows[i].pattern, rows[i].text, 0, &match);
                g_assert_cmpint(result, ==, rows[i].start < 0 ? RE_NO : RE_YES);
                if (result == RE_YES) {
                        g_assert_cmpuint(match.start, ==, (gsize)rows[i].start);
                        g_assert_cmpuint(match.end, ==, (gsize)rows[i].end);
                }
        }
}

static void test_named(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        struct re_match match;
        const char *pattern = "(?:start (?<start>\\d+)|from (?<start>\\w+)) (?<end>z)?(?<account>q+)()";
        g_assert_cmpint(search(f, pattern, "  from noon qq", 0, &match), ==, RE_YES);
        g_assert_cmpuint(match.n_named, ==, 2);
        g_assert_cmpstr(match.named[0].name, ==, "start");
        g_assert_cmpuint(match.named[0].start, ==, 7);
        g_assert_cmpuint(match.named[0].end, ==, 11);
        g_assert_cmpstr(match.named[1].name, ==, "account");
        const char *const *names = re_names(re_set_get(f->set, pattern, NULL));
        g_assert_cmpuint(g_strv_length((char **)names), ==, 3);
        g_assert_true(g_strv_contains(names, "start") && g_strv_contains(names, "end") && g_strv_contains(names, "account"));
}

static void test_from(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        struct re_match match;
        g_assert_cmpint(search(f, "\\bb", "ab b", 1, &match), ==, RE_YES); /* \b sees what stands before `from` */
        g_assert_cmpuint(match.start, ==, 3);
        g_assert_cmpint(search(f, ".", "€", 1, &match), ==, RE_NO); /* inside a character: after it */
        g_assert_cmpint(search(f, "$", "ab", 2, &match), ==, RE_YES);
        g_assert_cmpint(search(f, "$", "ab", 3, &match), ==, RE_NO);
}

static void test_bad(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        static const char *const patterns[] = {"a(b", "\\C", "(?<x", "[z-a]", "\xE9"};
        for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
                g_autoptr(GError) error = NULL;
                g_assert_null(re_set_get(f->set, patterns[i], &error));
                g_assert_error(error, FAIL, FAIL_CONFIG);
                g_assert_nonnull(strstr(error->message, patterns[i]));
        }
        g_autoptr(GString) many = g_string_new(NULL);
        for (int i = 0; i <= LIMIT_RE_NAMED; i++)
                g_string_append_printf(many, "(?<n%d>a)", i);
        g_autoptr(GError) error = NULL;
        g_assert_null(re_set_get(f->set, many->str, &error));
        g_assert_error(error, FAIL, FAIL_CONFIG);
}

/* Exponential, too deep for the JIT stack, and too long: each is RE_LIMIT and leaves the match alone. (*NO_JIT) tries PCRE2's own limits.
 */
static void test_limits(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        g_autofree char *as = g_strnfill(60000, 'a');
        g_autofree char *too_long = g_strnfill(LIMIT_RE_SUBJECT + 1, 'a');
        const struct {
                const char *pattern, *text;
        } rows[] = {{"^(?:a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"},
                    {"(*NO_JIT)^(?:a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"},
                    {"^(a|(b))*\\d", as},
                    {"b", too_long}};
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct re_match match = {.start = 77};
                g_assert_cmpint(search(f, rows[i].pattern, rows[i].text, 0, &match), ==, RE_LIMIT);
                g_assert_cmpuint(match.start, ==, 77);
        }
        /* Ordinary ones are not bounded by these: a repeated alternative takes stack for each turn, a lazy dot takes none. */
        struct re_match match;
        g_assert_cmpint(search(f, "(?:a|b)*$", as + 40000, 0, &match), ==, RE_YES);
        g_assert_cmpint(search(f, "a[\\s\\S]*?$(?!.)", as, 0, &match), ==, RE_YES);
        g_assert_cmpuint(match.end, ==, 60000);
}

static void test_once(struct fixture *f, gconstpointer unused)
{
        (void)unused;
        g_assert_true(re_set_get(f->set, "one", NULL) == re_set_get(f->set, "one", NULL));
        g_assert_false(re_set_get(f->set, "one", NULL) == re_set_get(f->set, "two", NULL));
        re_set_free(NULL);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add("/re/dialect", struct fixture, NULL, set_up, test_dialect, tear_down);
        g_test_add("/re/named", struct fixture, NULL, set_up, test_named, tear_down);
        g_test_add("/re/from", struct fixture, NULL, set_up, test_from, tear_down);
        g_test_add("/re/bad", struct fixture, NULL, set_up, test_bad, tear_down);
        g_test_add("/re/limits", struct fixture, NULL, set_up, test_limits, tear_down);
        g_test_add("/re/once", struct fixture, NULL, set_up, test_once, tear_down);
        return g_test_run();
}
