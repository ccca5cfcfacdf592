/* Loading of filters and settings: what a file becomes, and the place and words of every sort of fault.
 * In: small files written to a directory of their own. Out: TAP. */
#include "base/limits.h"
#include "data/filter.h"
#include "data/load.h"
#include "data/place.h"
#include "data/settings.h"

#include <string.h>

#include <glib/gstdio.h>

/* A directory of filters that is gone with its files after the test. */
struct fixture {
        char *top;
        GPtrArray *problems;
};

static void set_up(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        fixture->top = g_dir_make_tmp("mailclinic-XXXXXX", NULL);
        fixture->problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        g_assert_nonnull(fixture->top);
}

static void remove_tree(const char *path)
{
        g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
        const char *name;

        while (dir && (name = g_dir_read_name(dir))) {
                g_autofree char *member = g_build_filename(path, name, NULL);
                remove_tree(member);
        }
        g_remove(path);
}

static void tear_down(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        remove_tree(fixture->top);
        g_free(fixture->top);
        g_ptr_array_unref(fixture->problems);
}

/* Write a file beneath the top; gives its path. */
static char *put_bytes(const struct fixture *fixture, const char *name, const char *text, gssize length)
{
        g_autofree char *path = g_build_filename(fixture->top, name, NULL);
        g_autofree char *directory = g_path_get_dirname(path);

        g_assert_cmpint(g_mkdir_with_parents(directory, 0700), ==, 0);
        g_assert_true(g_file_set_contents(path, text, length, NULL));
        return g_steal_pointer(&path);
}

static char *put(const struct fixture *fixture, const char *name, const char *text)
{
        return put_bytes(fixture, name, text, -1);
}

static struct filters *load(const struct fixture *fixture)
{
        g_autoptr(GError) error = NULL;
        struct filters *filters = filters_load((const char *const[]){fixture->top, NULL}, fixture->problems, &error);

        g_assert_no_error(error);
        g_assert_nonnull(filters);
        return filters;
}

static const char *problem(const struct fixture *fixture, guint n)
{
        g_assert_cmpuint(fixture->problems->len, >, n);
        return ((GError *)g_ptr_array_index(fixture->problems, n))->message;
}

/* Lines and columns are counted by hand. */
static const struct fault_case {
        const char *name, *text, *expected;
} fault_cases[] = {
        {"unknown-key", "vendor: x\nnotices:\n  - windows:\n      - {rol: backup, each: ['a']}\n",
         "4:10: notices[0].windows[0].rol: unknown key; known here: part after before head each table labels role"},
        {"unknown-key-of-file", "vendor: x\nform: ['a']\n", "2:1: form: unknown key; known here: vendor name from "},
        {"doubled-key", "vendor: x\nfrom: ['a']\nfrom: ['b']\n", "3:1: from: key given twice, first in line 2"},
        {"single-for-list", "vendor: x\nfrom: '@x'\n", "2:7: from: a single value; expected is a list [...], each member a pattern"},
        {"list-for-map", "vendor: x\nlabels: [a]\n", "2:9: labels: a list; expected is a map {...}"},
        {"map-for-text", "vendor: x\nname: {a: b}\n", "2:7: name: a map; expected is a text"},
        {"map-for-list-of-maps", "vendor: x\nzones: {text: a, is: UTC}\n",
         "2:8: zones: a map; expected is a list [...], each member a map {...}"},
        {"wrong-word", "vendor: x\nnotices:\n  - kind: newish\n",
         "3:11: notices[0].kind: unknown word 'newish'; expected is one of new confirmed "},
        {"wrong-role", "vendor: x\nwindows:\n  - each: ['a']\n    role: second\n",
         "4:11: windows[0].role: unknown word 'second'; expected is one of primary backup"},
        {"wrong-bool", "vendor: x\nunseen: maybe\n", "2:9: unseen: unknown word 'maybe'; expected is one of yes no true false"},
        {"wrong-demand", "vendor: x\nmust: [ref, impact]\n",
         "2:13: must[1]: unknown word 'impact'; expected is a list [...] of none ref status windows start circuits account"},
        {"wrong-body", "vendor: x\nbody: [html, pdf]\n", "2:14: body[1]: unknown word 'pdf'; expected is one of html text ics"},
        {"wrong-status", "vendor: x\nstatus: {CANCELED: ['a']}\n",
         "2:10: status.CANCELED: unknown key; known here: CANCELLED COMPLETED RE-SCHEDULED "},
        {"missing-value", "vendor: x\nzone:\nfrom: ['a']\n", "2:1: zone: no value; expected is a tz name"},
        {"missing-member", "vendor: x\nfrom:\n  -\n  - b\n", "3:4: from[0]: no value; expected is a pattern"},
        {"empty-pattern", "vendor: x\nsays: ['a', '']\n", "2:13: says[1]: an empty text; expected is a pattern ('^' fits everywhere)"},
        {"empty-list", "vendor: x\nfrom: []\n", "2:7: from: an empty list: leave the key out"},
        {"missing-key", "name: X\nfrom: ['a']\n", "1:1: key 'vendor' is missing; expected is a text"},
        {"missing-key-of-member", "vendor: x\nzones: [{text: 'a'}]\n", "2:9: zones[0]: key 'is' is missing; expected is a tz name"},
        {"alias", "vendor: x\nfrom: ['b']\nsays: *a\n", "3:7: says: alias '*a': anchors and aliases are refused"},
        {"merge", "vendor: x\nnotices:\n  - <<: {}\n", "3:5: notices[0].<<: merge keys are refused: write the keys out"},
        {"two-readers", "vendor: x\ncircuits:\n  - each: ['a']\n    table: {circuit: [b]}\n",
         "3:5: circuits[0]: has each table, and exactly one of each table labels is allowed"},
        {"no-reader", "vendor: x\ncircuits: [{role: backup}]\n",
         "2:12: circuits[0]: none of its keys is one of each table labels, and exactly one is needed"},
        {"not-yaml", "vendor: x\nfrom: ['a'\n", "3:1: not YAML: while parsing a flow sequence, did not find expected ',' or ']'"},
        {"not-utf8", "vendor: x\nname: a\xff\n", "2:8: not YAML: "},
        {"characters-not-bytes", "vendor: x\nlabels: {ref: [é], foo: [b]}\n", "2:20: labels.foo: unknown key; known here: ref revision "},
        {"nothing", "# only a comment\n", "2:1: the file holds nothing; expected is a map of vendor name "},
        {"list-for-file", "[a]\n", "1:1: a list; expected is a map {...}"},
};

/* The same for filters of root@ mail. */
static const struct fault_case root_cases[] = {
        {"root-unknown-key", "kind: x\nsubject: ['a']\nmask: []\n",
         "3:1: mask: unknown key; known here: kind subject from says find key masks "},
        {"root-kind", "subject: ['a']\n", "1:1: key 'kind' is missing; expected is a text"},
        {"root-claims-none", "kind: x\nkey: [job]\n", "1:1: none of its keys is one of subject from says, and at least one is needed"},
        {"root-key", "kind: x\nsubject: ['a']\nkey: [job, hots]\n", "3:12: key[1]: unknown word 'hots'; expected is one of host user job "},
        {"root-mask", "kind: x\nsubject: ['a']\nmasks:\n  - {find: 'b'}\n", "4:5: masks[0]: key 'as' is missing; expected is a text"},
        {"root-after", "kind: x\nsubject: ['a']\nopen: {after: none}\n",
         "3:15: open.after: 'none'; expected is a number from 1 to 1000000"},
        {"root-after-zero", "kind: x\nsubject: ['a']\nopen: {after: 0}\n", "3:15: open.after: '0'; expected is a number from 1 to 1000000"},
        {"root-within", "kind: x\nsubject: ['a']\nopen: {after: 3, within: 7}\n",
         "3:26: open.within: '7'; expected is a length of time such as 12h, 7d or 4w"},
        {"root-quiet", "kind: x\nsubject: ['a']\nquiet: long\n", "3:8: quiet: 'long'; expected is a length of time such as 12h, 7d or 4w"},
        {"root-title", "kind: x\nsubject: ['a']\ntitle: 'x: {jub}'\n", "3:8: title: 'x: {jub}'; expected is a text with fields in braces"},
        {"root-title-open", "kind: x\nsubject: ['a']\ntitle: 'x: {job'\n",
         "3:8: title: 'x: {job'; expected is a text with fields in braces"},
        {"root-owner", "kind: x\nsubject: ['a']\nowners:\n  - {when: {hots: 'b'}, projects: [c]}\n",
         "4:13: owners[0].when.hots: unknown key; known here: host user job "},
};

static void test_root_fault(struct fixture *fixture, gconstpointer data)
{
        const struct fault_case *row = data;
        g_autofree char *path = put(fixture, "root/x.yaml", row->text);
        g_autofree char *expected = g_strconcat(path, ":", row->expected, NULL);
        struct filters *filters = load(fixture);

        g_assert_cmpuint(filters->root->len, ==, 0);
        g_assert_cmpuint(fixture->problems->len, ==, 1);
        if (!g_str_has_prefix(problem(fixture, 0), expected))
                g_assert_cmpstr(problem(fixture, 0), ==, expected);
        filters_free(filters);
}

static void test_root(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_free(put(fixture, "root/b.yaml", "kind: b\nsays: ['b']\n"));
        g_free(put(
                fixture, "root/a.yaml",
                "kind: cron\nsubject: ['^Cron (?<job>.+)$']\nkey: [job, body]\nmasks: [{find: 'x', as: '<x>'}]\nopen: {after: 3, within: "
                "7d}\n"
                "quiet: 30d\nsensitive: yes\nowners: [{when: {host: '^db'}, projects: [dba]}, {projects: [sre], subscribers: [duty]}]\n"));
        struct filters *filters = load(fixture);
        g_assert_cmpuint(fixture->problems->len, ==, 0);
        g_assert_cmpuint(filters->root->len, ==, 2);
        const struct root_filter *root = filters->root->pdata[0];
        g_assert_cmpstr(root->kind, ==, "cron");
        g_assert_cmpuint(root->key_n, ==, 2);
        g_assert_cmpint(root->key[0], ==, ROOT_JOB);
        g_assert_cmpint(root->key[1], ==, ROOT_BODY);
        g_assert_cmpstr(root->masks[0].as, ==, "<x>");
        g_assert_cmpstr(root->open.within, ==, "7d");
        g_assert_cmpuint(root->owners_n, ==, 2);
        g_assert_cmpstr(root->owners[0].when.of[ROOT_HOST], ==, "^db");
        g_assert_null(root->owners[1].when.of[ROOT_HOST]);
        g_assert_cmpstr(root->owners[1].subscribers.word[0], ==, "duty");
        g_assert_true(root->sensitive);
        filters_free(filters);
}

static void test_fault(struct fixture *fixture, gconstpointer data)
{
        const struct fault_case *row = data;
        g_autofree char *path = put(fixture, "vendor/x.yaml", row->text);
        g_autofree char *expected = g_strconcat(path, ":", row->expected, NULL);
        struct filters *filters = load(fixture);

        g_assert_cmpuint(filters->vendors->len, ==, 0);
        g_assert_cmpuint(fixture->problems->len, ==, 1);
        if (!g_str_has_prefix(problem(fixture, 0), expected))
                g_assert_cmpstr(problem(fixture, 0), ==, expected);
        filters_free(filters);
}

static void test_all_faults_of_a_file(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *path = put(fixture, "vendor/x.yaml", "vendor: x\nzone: [UTC]\nrole: backup\nnotices: [{kind: odd}]\n");
        struct filters *filters = load(fixture);
        const char *places[] = {":2:7: zone: ", ":3:1: role: ", ":4:18: notices[0].kind: "};

        g_assert_cmpuint(fixture->problems->len, ==, G_N_ELEMENTS(places));
        for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
                g_autofree char *expected = g_strconcat(path, places[i], NULL);
                g_assert_true(g_str_has_prefix(problem(fixture, i), expected));
        }
        filters_free(filters);
}

static void test_vendor(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *path = put(fixture, "vendor/x.yaml",
                                    "vendor: x\nfrom: ['@x\\.example$']\nunseen: yes\nzones: [{text: '^AT$', is: America/Halifax}]\n"
                                    "status: {CANCELLED: ['withdrawn'], NO-CHANGE: ['same']}\nimpact: {NO-IMPACT: ['none']}\n"
                                    "nature: {outage: ['fault']}\nassume: {impact: DEGRADED}\nmust: [ref, status]\n"
                                    "notices:\n  - body: [ics, text]\n    kind: replaced\n"
                                    "    windows: [{role: backup, labels: {start: [New start, Start], backup: [Spare]}}]\n  - {}\n");
        struct filters *filters = load(fixture);
        g_assert_cmpuint(fixture->problems->len, ==, 0);
        const struct vendor_filter *vendor = g_ptr_array_index(filters->vendors, 0);
        const struct scope *scope = &vendor->notices[0].scope;
        const struct row_reader *reader = &scope->windows.reader[0];

        g_assert_cmpstr(vendor->path, ==, path);
        g_assert_cmpstr(vendor->vendor, ==, "x");
        g_assert_null(vendor->name);
        g_assert_cmpstr(vendor->from.word[0], ==, "@x\\.example$");
        g_assert_true(vendor->unseen);
        g_assert_cmpstr(vendor->zones[0].is, ==, "America/Halifax");
        g_assert_cmpstr(vendor->status[STATUS_CANCELLED].word[0], ==, "withdrawn");
        g_assert_cmpstr(vendor->status[STATUS_NO_CHANGE].word[0], ==, "same");
        g_assert_cmpstr(vendor->impact[IMPACT_NO_IMPACT].word[0], ==, "none");
        g_assert_cmpstr(vendor->scope.nature[NATURE_OUTAGE].word[0], ==, "fault");
        g_assert_cmpint(vendor->scope.assume->impact, ==, IMPACT_DEGRADED);
        g_assert_cmpint(vendor->scope.assume->status, ==, STATUS_NONE);
        g_assert_cmpuint(vendor->scope.must, ==, DEMAND_REF | DEMAND_STATUS);
        g_assert_cmpuint(vendor->notices_n, ==, 2);
        g_assert_cmpint(vendor->notices[0].kind, ==, KIND_REPLACED);
        g_assert_cmpuint(scope->body_n, ==, 2);
        g_assert_cmpint(scope->body[0], ==, BODY_ICS);
        g_assert_cmpint(reader->role, ==, ROLE_BACKUP);
        g_assert_cmpuint(reader->labels->field[FIELD_START].n, ==, 2);
        g_assert_cmpstr(reader->labels->field[FIELD_START].word[1], ==, "Start");
        g_assert_cmpstr(reader->labels->field[FIELD_BACKUP].word[0], ==, "Spare");
        g_assert_cmpuint(vendor->notices[1].scope.must, ==, 0);
        filters_free(filters);
}

/* The tables of the schema and those of data/words.h must have the same words in the same order. */
static void test_words(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autoptr(GString) text = g_string_new("vendor: x\n");

        g_string_append(text, "labels:\n");
        for (int i = 0; i < FIELD_COUNT; i++)
                g_string_append_printf(text, "  %s: ['%s']\n", field_word((enum field)i), field_word((enum field)i));
        g_string_append(text, "nature:\n");
        for (int i = 0; i < NATURE_COUNT; i++)
                g_string_append_printf(text, "  %s: ['%s']\n", nature_word((enum nature)i), nature_word((enum nature)i));
        g_string_append(text, "status:\n");
        for (int i = STATUS_NONE + 1; i < STATUS_COUNT; i++)
                g_string_append_printf(text, "  %s: ['%s']\n", status_word((enum status)i), status_word((enum status)i));
        g_string_append(text, "impact:\n");
        for (int i = IMPACT_NONE + 1; i < IMPACT_COUNT; i++)
                g_string_append_printf(text, "  %s: ['%s']\n", impact_word((enum impact)i), impact_word((enum impact)i));
        g_string_append(text, "notices:\n");
        for (int i = KIND_NONE + 1; i < KIND_COUNT; i++)
                g_string_append_printf(text, "  - kind: %s\n", kind_word((enum kind)i));
        g_free(put(fixture, "vendor/x.yaml", text->str));
        struct filters *filters = load(fixture);
        g_assert_cmpuint(fixture->problems->len, ==, 0);
        const struct vendor_filter *vendor = g_ptr_array_index(filters->vendors, 0);

        for (int i = 0; i < FIELD_COUNT; i++)
                g_assert_cmpstr(vendor->scope.labels->field[i].word[0], ==, field_word((enum field)i));
        for (int i = 0; i < NATURE_COUNT; i++)
                g_assert_cmpstr(vendor->scope.nature[i].word[0], ==, nature_word((enum nature)i));
        for (int i = STATUS_NONE + 1; i < STATUS_COUNT; i++)
                g_assert_cmpstr(vendor->status[i].word[0], ==, status_word((enum status)i));
        for (int i = IMPACT_NONE + 1; i < IMPACT_COUNT; i++)
                g_assert_cmpstr(vendor->impact[i].word[0], ==, impact_word((enum impact)i));
        for (int i = KIND_NONE + 1; i < KIND_COUNT; i++)
                g_assert_cmpint(vendor->notices[i - 1].kind, ==, i);
        filters_free(filters);
}

static void test_site_comes_first(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *site = g_build_filename(fixture->top, "site", NULL);
        g_autofree char *shipped = g_build_filename(fixture->top, "shipped", NULL);
        g_autoptr(GError) error = NULL;

        g_free(put(fixture, "site/vendor/b.yaml", "vendor: b\nname: site\n"));
        g_free(put(fixture, "site/zones.yaml", ""));
        g_free(put(fixture, "shipped/vendor/a.yaml", "vendor: a\n"));
        g_free(put(fixture, "shipped/vendor/b.yaml", "vendor: b\nname: shipped\n"));
        g_free(put(fixture, "shipped/vendor/.c.yaml", "vendor: hidden\n"));
        g_free(put(fixture, "shipped/vendor/d.yaml~", "vendor: old\n"));
        g_free(put(fixture, "shipped/zones.yaml", "zones: [{text: 'a', is: UTC}]\n"));
        g_free(put(fixture, "shipped/root/cron.yaml", "kind: cron\nsubject: ['cron']\n"));
        g_free(put(fixture, "shipped/noise/survey.yaml", "reason: survey\nresolution: review\nsubject: ['survey']\n"));
        g_free(put(fixture, "shipped/generic.yaml", "vendor: generic\n"));
        struct filters *filters = filters_load((const char *const[]){site, shipped, NULL}, fixture->problems, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(fixture->problems->len, ==, 0);
        g_assert_cmpuint(filters->vendors->len, ==, 2);
        g_assert_cmpstr(((struct vendor_filter *)filters->vendors->pdata[0])->vendor, ==, "a");
        g_assert_cmpstr(((struct vendor_filter *)filters->vendors->pdata[1])->name, ==, "site");
        g_assert_cmpuint(filters->zones->zones_n, ==, 0);
        g_assert_cmpint(((struct noise_filter *)filters->noise->pdata[0])->resolution, ==, RESOLUTION_REVIEW);
        g_assert_cmpstr(((struct root_filter *)filters->root->pdata[0])->kind, ==, "cron");
        g_assert_cmpstr(filters->generic->vendor, ==, "generic");
        g_assert_null(filters->words);
        filters_free(filters);
}

static void test_no_directory(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *none = g_build_filename(fixture->top, "none", NULL);
        g_autoptr(GError) error = NULL;

        g_assert_null(filters_load((const char *const[]){none, NULL}, fixture->problems, &error));
        g_assert_nonnull(strstr(error->message, none));
}

static void test_bad_file_alone_is_left_out(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *noise = put(fixture, "noise/n.yaml", "reason: survey\nresolution: none\n");
        g_autofree char *calendar = put(fixture, "noise/o.yaml", "reason: survey\nresolution: calendar\nsays: ['a']\n");
        g_autofree char *expected =
                g_strdup_printf("%s:1:1: none of its keys is one of from list header subject says, and at least one is needed", noise);
        g_autofree char *of_calendar =
                g_strdup_printf("%s:2:13: resolution: unknown word 'calendar'; expected is one of none review", calendar);
        g_free(put(fixture, "vendor/x.yaml", "vendor: x\n"));
        struct filters *filters = load(fixture);

        g_assert_cmpuint(fixture->problems->len, ==, 2);
        g_assert_cmpstr(problem(fixture, 0), ==, expected);
        g_assert_cmpstr(problem(fixture, 1), ==, of_calendar);
        g_assert_cmpuint(filters->vendors->len, ==, 1);
        filters_free(filters);
}

static void test_large_file(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *text = g_strnfill(LIMIT_FILTER_FILE + 1, '#');
        g_autofree char *path = put(fixture, "vendor/x.yaml", text);
        g_autofree char *expected = g_strdup_printf("%s: larger than 262144 bytes", path);
        struct filters *filters = load(fixture);

        g_assert_cmpstr(problem(fixture, 0), ==, expected);
        filters_free(filters);
}

/* What libcyaml lets pass, since nothing refers to it, is still a fault. */
static void test_stricter_than_loading(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        static const struct {
                const char *text, *expected;
        } rows[] = {
                {"vendor: x\nfrom: &a ['b']\n", ":2:7: from: anchor '&a': anchors and aliases are refused"},
                {"vendor: !!str x\n", ":1:9: vendor: tag 'tag:yaml.org,2002:str': tags are refused"},
                {"vendor: x\n---\nvendor: y\n", ":2:1: a second document: one file holds one"},
                {"vendor: \"x\\0y\"\n", ":1:9: vendor: a NUL byte in the text"},
                {"vendor: x\nmust: []\n", ":2:7: must: an empty list: leave the key out"},
        };

        for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *path = put(fixture, "vendor/x.yaml", rows[i].text);
                g_autofree char *expected = g_strconcat(path, rows[i].expected, NULL);
                load_places(path, SCHEMA_VENDOR, NULL, fixture->problems);
                g_assert_cmpuint(fixture->problems->len, ==, i + 1);
                g_assert_cmpstr(problem(fixture, i), ==, expected);
        }
}

static void test_settings(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *path = put(fixture, "config.yaml", "authserv_ids: [mx.example.org, mx2.example.org]\nfilters: /etc/site\n");
        g_autoptr(GError) error = NULL;
        struct settings *settings = settings_load(path, &error);

        g_assert_no_error(error);
        g_assert_cmpuint(settings->authserv_ids.n, ==, 2);
        g_assert_cmpstr(settings->authserv_ids.word[1], ==, "mx2.example.org");
        g_assert_cmpuint(settings->sealers.n, ==, 0);
        g_assert_cmpstr(settings->filters, ==, "/etc/site");
        settings_free(settings);

        g_free(put(fixture, "config.yaml", "# nothing set\n"));
        settings = settings_load(path, &error);
        g_assert_no_error(error);
        g_assert_null(settings->filters);
        settings_free(settings);
}

static void test_bad_settings(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
        g_autofree char *path = put(fixture, "config.yaml", "sealers: example.org\nfilter: a\n");
        g_autofree char *expected =
                g_strconcat(path, ":1:10: sealers: a single value; expected is a list [...], each member a text (and 1 more)", NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(GError) missing = NULL;

        g_assert_null(settings_load(path, &error));
        g_assert_cmpstr(error->message, ==, expected);
        g_remove(path);
        g_assert_null(settings_load(path, &missing));
        g_assert_true(g_str_has_prefix(missing->message, path));
}

int main(int argc, char **argv)
{
        static const struct {
                const char *name;
                void (*run)(struct fixture *fixture, gconstpointer data);
        } tests[] = {
                {"/filter/vendor", test_vendor},
                {"/filter/words", test_words},
                {"/filter/root", test_root},
                {"/filter/site-comes-first", test_site_comes_first},
                {"/filter/no-directory", test_no_directory},
                {"/filter/bad-file-alone-is-left-out", test_bad_file_alone_is_left_out},
                {"/filter/all-faults-of-a-file", test_all_faults_of_a_file},
                {"/filter/large-file", test_large_file},
                {"/filter/stricter-than-loading", test_stricter_than_loading},
                {"/settings/load", test_settings},
                {"/settings/bad", test_bad_settings},
        };

        g_test_init(&argc, &argv, NULL);
        for (guint i = 0; i < G_N_ELEMENTS(root_cases); i++) {
                g_autofree char *name = g_strconcat("/filter/fault/", root_cases[i].name, NULL);
                g_test_add(name, struct fixture, &root_cases[i], set_up, test_root_fault, tear_down);
        }
        for (guint i = 0; i < G_N_ELEMENTS(fault_cases); i++) {
                g_autofree char *name = g_strconcat("/filter/fault/", fault_cases[i].name, NULL);
                g_test_add(name, struct fixture, &fault_cases[i], set_up, test_fault, tear_down);
        }
        for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
                g_test_add(tests[i].name, struct fixture, NULL, set_up, tests[i].run, tear_down);
        return g_test_run();
}
