/* Filters that are kept: the same as those that are loaded, and given up as soon as anything they are of is another.
 * In: small files written to a directory of their own. Out: TAP. */
#include "data/kept.h"

#include "base/re.h"

#include <string.h>

#include <glib/gstdio.h>

#define VENDOR                                                                                                                             \
        "vendor: acme\nname: ACME\nfrom: ['@acme\\.example$', '@noc\\.example$']\nzones:\n  - {text: AT, is: Europe/Vienna}\n"             \
        "status:\n  CANCELLED: ['called off']\nmust: [start, circuits]\nassume: {impact: OUTAGE}\nnotices:\n"                              \
        "  - subject: ['^Planned (?<ref>\\d+)']\n    kind: new\n    body: [html, text]\n    find: ['Ref (?<ref>\\w+)']\n"                  \
        "    windows:\n      - each: ['(?<start>.+) to (?<end>.+)']\n        role: backup\n"
#define NOISE "reason: an automatic answer\nsubject: ['^Automatic']\nresolution: none\n"
#define ZONES "zones:\n  - {text: CET, is: Europe/Berlin}\n"

struct fixture {
        char *top, *kept;
        GPtrArray *problems;
};

static void put(const struct fixture *fixture, const char *name, const char *text)
{
        g_autofree char *path = g_build_filename(fixture->top, name, NULL), *directory = g_path_get_dirname(path);
        g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
        g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* true: from the file where they are kept. */
static bool load(const struct fixture *fixture, struct filters **filters)
{
        g_autoptr(GError) error = NULL;
        *filters = kept_load(fixture->kept, (const char *const[]){fixture->top, NULL}, fixture->problems, &error);
        g_assert_no_error(error);
        return (*filters)->memory != NULL;
}

static bool is_kept(const struct fixture *fixture)
{
        struct filters *filters;
        bool is_so = load(fixture, &filters);
        filters_free(filters);
        return is_so;
}

/* Files that were changed a moment ago are not kept: they might be changed again within the same tick of the clock. */
static void keep(const struct fixture *fixture)
{
        for (int i = 0; i < 100 && !is_kept(fixture); i++)
                g_usleep(100 * 1000);
        g_assert_true(is_kept(fixture));
}

static void set_up(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        fixture->top = g_dir_make_tmp("mailclinic-XXXXXX", NULL);
        fixture->kept = g_build_filename(fixture->top, "kept", NULL);
        fixture->problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        put(fixture, "vendor/acme.yaml", VENDOR);
        put(fixture, "noise/answer.yaml", NOISE);
        put(fixture, "zones.yaml", ZONES);
}

static void tear_down(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        static const char *const made[] = {
                "vendor/acme.yaml", "vendor/other.yaml", "vendor", "noise/answer.yaml", "noise", "zones.yaml", "words.yaml", "kept", ""};
        for (gsize i = 0; i < G_N_ELEMENTS(made); i++) {
                g_autofree char *path = g_build_filename(fixture->top, made[i], NULL);
                g_remove(path);
        }
        g_assert_false(g_file_test(fixture->top, G_FILE_TEST_EXISTS));
        g_ptr_array_unref(fixture->problems);
        g_free(fixture->kept);
        g_free(fixture->top);
}

/* A kept pattern is as one that is compiled; one that is in no filter is compiled as ever. */
static void check_patterns(const struct filters *filters)
{
        static const struct {
                const char *pattern, *text;
                bool matches;
        } rows[] = {
                {"^Planned (?<ref>\\d+)", "Planned 42", true},
                {"^Planned (?<ref>\\d+)", "Planned work", false},
                {"called off", "it is CALLED OFF", true},
                {"not in a filter", "this is not in a filter", true},
        };
        g_assert_nonnull(filters->patterns);
        struct re_set *set = re_set_new(filters->patterns);
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct re *re = re_set_get(set, rows[i].pattern, NULL);
                struct re_match match;
                struct trigrams trigrams;
                trigrams_of_text(&trigrams, rows[i].text, strlen(rows[i].text));
                g_assert_cmpint(re_search(re, rows[i].text, strlen(rows[i].text), 0, &match), ==, rows[i].matches ? RE_YES : RE_NO);
                g_assert_true(!rows[i].matches || re_may_match(set, rows[i].pattern, &trigrams));
        }
        g_assert_cmpstr(re_names(re_set_get(set, rows[0].pattern, NULL))[0], ==, "ref");
        struct trigrams none;
        trigrams_of_text(&none, "", 0);
        g_assert_false(re_may_match(set, "called off", &none));
        re_set_free(set);
}

static void test_same(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        struct filters *filters;
        g_assert_false(is_kept(fixture));
        keep(fixture);
        g_assert_true(load(fixture, &filters));
        g_assert_cmpuint(filters->vendors->len, ==, 1);
        g_assert_cmpuint(filters->noise->len, ==, 1);
        g_assert_cmpuint(filters->root->len, ==, 0);
        g_assert_null(filters->generic);
        g_assert_null(filters->words);
        const struct vendor_filter *vendor = filters->vendors->pdata[0];
        const struct noise_filter *noise = filters->noise->pdata[0];
        g_autofree char *path = g_build_filename(fixture->top, "vendor/acme.yaml", NULL);
        g_assert_cmpstr(vendor->path, ==, path);
        g_assert_cmpstr(vendor->vendor, ==, "acme");
        g_assert_cmpuint(vendor->from.n, ==, 2);
        g_assert_cmpstr(vendor->from.word[1], ==, "@noc\\.example$");
        g_assert_cmpuint(vendor->dkim.n, ==, 0);
        g_assert_cmpstr(vendor->zones[0].is, ==, "Europe/Vienna");
        g_assert_cmpstr(vendor->status[STATUS_CANCELLED].word[0], ==, "called off");
        g_assert_cmpuint(vendor->scope.must, ==, DEMAND_START | DEMAND_CIRCUITS);
        g_assert_cmpint(vendor->scope.assume->impact, ==, IMPACT_OUTAGE);
        g_assert_cmpuint(vendor->notices_n, ==, 1);
        const struct notice_filter *notice = vendor->notices;
        g_assert_cmpint(notice->kind, ==, KIND_NEW);
        g_assert_cmpint(notice->scope.body[0], ==, BODY_HTML);
        g_assert_cmpint(notice->scope.windows.reader[0].role, ==, ROLE_BACKUP);
        g_assert_cmpstr(notice->scope.windows.reader[0].each.word[0], ==, "(?<start>.+) to (?<end>.+)");
        g_assert_null(notice->scope.labels);
        g_assert_cmpstr(noise->reason, ==, "an automatic answer");
        g_assert_cmpstr(filters->zones->zones[0].text, ==, "CET");
        check_patterns(filters);
        filters_free(filters);
}

static void test_changes(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *acme = g_build_filename(fixture->top, "vendor/acme.yaml", NULL);
        struct filters *filters;
        keep(fixture);
        put(fixture, "vendor/acme.yaml", "vendor: acne\nfrom: ['@acme\\.example$']\n");
        g_assert_false(load(fixture, &filters));
        g_assert_cmpstr(((struct vendor_filter *)filters->vendors->pdata[0])->vendor, ==, "acne");
        filters_free(filters);
        keep(fixture);
        put(fixture, "vendor/other.yaml", "vendor: other\nfrom: ['@other\\.example$']\n");
        g_assert_false(load(fixture, &filters));
        g_assert_cmpuint(filters->vendors->len, ==, 2);
        filters_free(filters);
        keep(fixture);
        put(fixture, "words.yaml", "work: [maintenance]\n");
        g_assert_false(is_kept(fixture));
        keep(fixture);
        g_assert_cmpint(g_remove(acme), ==, 0);
        g_assert_false(load(fixture, &filters));
        g_assert_cmpuint(filters->vendors->len, ==, 1);
        filters_free(filters);
}

/* A file with a fault is named each time: it is not kept. */
static void test_faults(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        keep(fixture);
        put(fixture, "vendor/other.yaml", "vendor: other\nfrom: [\n");
        g_usleep(1500 * 1000);
        for (int i = 0; i < 2; i++) {
                g_ptr_array_set_size(fixture->problems, 0);
                g_assert_false(is_kept(fixture));
                g_assert_cmpuint(fixture->problems->len, >, 0);
        }
}

/* What others may have written is not believed, nor what is damaged or cut. */
static void test_distrust(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *bytes = NULL;
        gsize length;
        keep(fixture);
        g_assert_cmpint(g_chmod(fixture->kept, 0644), ==, 0);
        g_assert_false(is_kept(fixture)); /* and is made anew */
        keep(fixture);
        g_assert_true(g_file_get_contents(fixture->kept, &bytes, &length, NULL));
        for (gsize at = 0; at < 1000; at += 91) {
                bytes[at] ^= 0x10;
                g_assert_true(g_file_set_contents_full(fixture->kept, bytes, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
                g_assert_false(is_kept(fixture));
                bytes[at] ^= 0x10;
        }
        for (gsize part = 0; part < 7; part++) {
                g_assert_true(g_file_set_contents_full(fixture->kept, bytes, (gssize)(length * part / 7), G_FILE_SET_CONTENTS_CONSISTENT,
                                                       0600, NULL));
                g_assert_false(is_kept(fixture));
        }
        g_assert_true(g_file_set_contents_full(fixture->kept, bytes, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
        g_assert_true(is_kept(fixture));
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add("/kept/same", struct fixture, NULL, set_up, test_same, tear_down);
        g_test_add("/kept/changes", struct fixture, NULL, set_up, test_changes, tear_down);
        g_test_add("/kept/faults", struct fixture, NULL, set_up, test_faults, tear_down);
        g_test_add("/kept/distrust", struct fixture, NULL, set_up, test_distrust, tear_down);
        return g_test_run();
}
