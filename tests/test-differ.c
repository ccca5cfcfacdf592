/* data/differ, out/cite: where values differ, and what a reason rests on.
 * In: JSON, readings made here. Out: TAP. */
#include "data/differ.h"
#include "out/cite.h"

static char *differences(const char *was, const char *is)
{
        json_t *one = json_loads(was, JSON_DECODE_ANY, NULL), *other = json_loads(is, JSON_DECODE_ANY, NULL);
        g_autoptr(GPtrArray) phrases = differ(one, other);
        json_decref(one);
        json_decref(other);
        g_ptr_array_add(phrases, NULL);
        return g_strjoinv("\n", (char **)phrases->pdata);
}

static void test_differ(void)
{
        static const struct {
                const char *was, *is, *phrases;
        } cases[] = {
                {"{\"a\":1}", "{\"a\":1}", ""},
                {"{\"a\":1}", "{\"a\":2}", "a: 2, was 1"},
                {"{\"a\":1}", "{\"b\":1}", "a: null, was 1\nb: 1, was null"},
                {"{\"n\":[{\"c\":[\"x\",\"y\"]}]}", "{\"n\":[{\"c\":[\"x\",\"z\"]}]}", "n 1, c 2: \"z\", was \"y\""},
                {"{\"n\":[1]}", "{\"n\":[1,2]}", "n 2: 2, was null"},
                {"{\"n\":[1]}", "{\"n\":{}}", "n: {}, was [1]"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
                g_autofree char *phrases = differences(cases[i].was, cases[i].is);
                g_assert_cmpstr(phrases, ==, cases[i].phrases);
        }
}

static void add_evidence(struct reading *reading, const char *field, const char *value, int line)
{
        struct evidence *evidence = g_new0(struct evidence, 1);
        evidence->field = g_strdup(field);
        evidence->value = g_strdup(value);
        evidence->rule = g_strdup("label 'X'");
        evidence->where = g_strdup("text");
        evidence->line = line;
        g_ptr_array_add(reading->evidence, evidence);
}

static void test_cite(void)
{
        static const char *const cases[][2] = {
                {"a cancellation or an end from a sender that was not checked", "text:3 'withdrawn' (label 'X')"},
                {"the window ends before it starts", "text:5 'Monday' (label 'X')"},
                {"no circuit was found", "header Subject 'Work order 7'"},
                {"the vendor is not known", "header From 'noc@tidewater.example'"},
                {"from noc@tidewater.example, sender not verified", "header From 'noc@tidewater.example'"},
                {"words of another status: 'withdrawn'", "text:3 'withdrawn' (label 'X')"},
        };
        struct reading *reading = reading_new();
        reading->subject = g_strdup("Work order 7");
        reading->from = g_strdup("noc@tidewater.example");
        add_evidence(reading, "status", "withdrawn", 3);
        add_evidence(reading, "start", "Monday", 5);
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
                g_autofree char *cited = cite(reading, cases[i][0]);
                g_assert_cmpstr(cited, ==, cases[i][1]);
        }
        reading_free(reading);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/differ/phrases", test_differ);
        g_test_add_func("/differ/cite", test_cite);
        return g_test_run();
}
