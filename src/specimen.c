/* A recorded mail made into a sample for a filter's author: disguised, read again, and what a person says of it beside.
 * In: a mail, its corrections, a reader. Out: the bytes and the expectation of a sample, or why it can be none. */
#include "specimen.h"

#include "base/fail.h"
#include "data/differ.h"
#include "decide/correct.h"
#include "disguise/hand.h"
#include "reader/confine.h"
#include "reader/page.h"

#include <string.h>

enum { MOST_LEFT = 60, WORD_AT_LEAST = 3 };

/* What is read while it is made; all owned. */
struct bench {
        struct reading *was, *is; /* of the mail and of its disguise */
        struct kept *kept;
        GPtrArray *facts;
        struct pairs *pairs;
};

static void bench_clear(struct bench *bench)
{
        reading_free(bench->was);
        reading_free(bench->is);
        pairs_free(bench->pairs);
        kept_free(bench->kept);
        if (bench->facts)
                g_ptr_array_unref(bench->facts);
}

void specimen_free(struct specimen *specimen)
{
        if (!specimen)
                return;
        g_clear_pointer(&specimen->mail, g_bytes_unref);
        g_clear_pointer(&specimen->expectation, json_decref);
        g_clear_pointer(&specimen->differences, g_ptr_array_unref);
        g_clear_pointer(&specimen->before, g_ptr_array_unref);
        g_clear_pointer(&specimen->after, g_ptr_array_unref);
        g_clear_pointer(&specimen->left, g_ptr_array_unref);
        g_free(specimen);
}

static struct reading *read_in(struct confined *confined, GBytes *bytes)
{
        struct reading *reading = confined ? confined_read(confined, bytes) : NULL;
        confined_free(confined);
        return reading;
}

static void keep_file(struct kept *kept, const char *path)
{
        g_autofree char *text = NULL;
        gsize length;
        if (path && g_file_get_contents(path, &text, &length, NULL))
                kept_add(kept, text, length);
}

/* The words of the vendor's own filter, and of those that look at the mails of every vendor. */
static void keep_filters(struct kept *kept, const struct setup *setup, const struct reading *reading, const char *told)
{
        const struct filters *filters = setup->filters;
        for (guint i = 0; i < filters->vendors->len; i++) {
                const struct vendor_filter *filter = filters->vendors->pdata[i];
                if (g_strcmp0(filter->vendor, reading->vendor) == 0 || g_strcmp0(filter->vendor, told) == 0)
                        keep_file(kept, filter->path);
        }
        for (guint i = 0; i < filters->noise->len; i++)
                keep_file(kept, ((const struct noise_filter *)filters->noise->pdata[i])->path);
        for (guint i = 0; reading->root && i < filters->root->len; i++)
                keep_file(kept, ((const struct root_filter *)filters->root->pdata[i])->path);
        for (char **directory = setup->directories; *directory; directory++) {
                static const char *const names[] = {"generic.yaml", "zones.yaml", "words.yaml"};
                for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
                        g_autofree char *path = g_build_filename(*directory, names[i], NULL);
                        keep_file(kept, path);
                }
        }
        if (told)
                kept_add(kept, told, strlen(told));
}

static void add_fact(GPtrArray *facts, const char *fact)
{
        if (fact && *fact)
                g_ptr_array_add(facts, g_strdup(fact));
}

static void add_circuits(GPtrArray *facts, const GPtrArray *circuits)
{
        for (guint i = 0; i < circuits->len; i++)
                add_fact(facts, ((const struct circuit *)circuits->pdata[i])->circuit_id);
}

static GPtrArray *facts_of(const struct specimen_of *of, const struct reading *reading)
{
        static const enum root_field personal[] = {ROOT_HOST, ROOT_USER, ROOT_ADDRESS};
        GPtrArray *facts = g_ptr_array_new_with_free_func(g_free);
        for (char **word = of->replace; word && *word; word++)
                add_fact(facts, *word);
        for (guint i = 0; i < reading->notices->len; i++) {
                const struct notice *notice = reading->notices->pdata[i];
                add_fact(facts, notice->maintenance_id);
                add_fact(facts, notice->account);
                add_fact(facts, notice->location);
                add_circuits(facts, notice->circuits);
                for (guint k = 0; k < notice->windows->len; k++)
                        add_circuits(facts, ((const struct window *)notice->windows->pdata[k])->circuits);
        }
        for (gsize i = 0; reading->root && i < G_N_ELEMENTS(personal); i++)
                add_fact(facts, reading->root->field[personal[i]]);
        if (of->correction)
                add_fact(facts, of->correction->maintenance_id);
        if (of->correction)
                add_circuits(facts, of->correction->circuits);
        return facts;
}

/* What a person must not be able to tell from: texts of the mail. All else is words of ours. */
static bool is_disguised(const char *name)
{
        static const char *const names[] = {"maintenance_id", "account", "summary", "circuit_id", "host",    "title", "signature",
                                            "user",           "job",     "unit",    "device",     "service", "event", "address"};
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
                if (strcmp(name, names[i]) == 0)
                        return true;
        return false;
}

static void disguise_json(json_t *json, const struct pairs *pairs)
{
        const char *name;
        json_t *member;
        json_object_foreach(json, name, member)
        {
                const char *text = json_string_value(member);
                g_autofree char *hidden = text && is_disguised(name) ? pairs_text(pairs, text) : NULL;
                if (hidden)
                        json_string_set(member, hidden);
                else
                        disguise_json(member, pairs);
        }
        for (gsize i = 0; i < json_array_size(json); i++)
                disguise_json(json_array_get(json, i), pairs);
}

/* What a sample's .expect says of a reading. */
static json_t *expectation_of(const struct reading *reading)
{
        json_t *json = reading_to_json(reading);
        json_object_del(json, "message_id");
        json_object_del(json, "reasons");
        return json;
}

/* Words of the disguised lines that begin with a capital, stand in the mail too and are nobody's that we know. */
static void add_left(GPtrArray *left, const char *before, const char *after, const struct kept *kept)
{
        g_auto(GStrv) words = g_regex_split_simple("[^\\p{L}]+", after, G_REGEX_OPTIMIZE, 0);
        for (char **word = words; word && *word && left->len < MOST_LEFT; word++) {
                bool is_capital = g_unichar_isupper(g_utf8_get_char(*word)) && strlen(*word) >= WORD_AT_LEAST;
                bool is_first = g_str_has_prefix(after, *word);
                if (is_capital && !is_first && strstr(before, *word) && !kept_has(kept, *word, strlen(*word)) &&
                    !g_ptr_array_find_with_equal_func(left, *word, g_str_equal, NULL))
                        g_ptr_array_add(left, g_strdup(*word));
        }
}

static void compare_pages(struct specimen *specimen, const struct specimen_of *of, const struct kept *kept)
{
        struct reading *before = read_in(confined_new_with(page_read, NULL, NULL), of->mail);
        struct reading *after = read_in(confined_new_with(page_read, NULL, NULL), specimen->mail);
        specimen->before = before ? g_ptr_array_ref(before->evidence) : g_ptr_array_new();
        specimen->after = after ? g_ptr_array_ref(after->evidence) : g_ptr_array_new();
        specimen->left = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < MIN(specimen->before->len, specimen->after->len); i++)
                add_left(specimen->left, ((const struct evidence *)specimen->before->pdata[i])->value,
                         ((const struct evidence *)specimen->after->pdata[i])->value, kept);
        reading_free(before);
        reading_free(after);
}

/* The reading as the person says it should be. Caller frees. */
static struct reading *corrected(const struct specimen_of *of, const struct reading *reading, GError **error)
{
        g_autoptr(GPtrArray) known = g_ptr_array_new();
        struct correction told = *of->correction;
        bool is_of_work = reading->notices->len > 0 && reading->kind != KIND_OTHER && reading->kind != KIND_OUTAGE;
        if (of->same_as)
                g_ptr_array_add(known, (gpointer)of->same_as);
        if (!told.kind && !told.status && is_of_work)
                told.kind = reading->kind;
        struct reading *made = told.is_no_maintenance ? reading_new() : correct_reading(reading, &told, known, error);
        if (made && told.is_no_maintenance) {
                made->vendor = g_strdup(reading->vendor);
                made->kind = KIND_OTHER;
                made->confidence = CONFIDENCE_HIGH;
        }
        if (made)
                made->sender = reading->sender;
        return made;
}

static bool expect(struct specimen *specimen, const struct specimen_of *of, const struct bench *bench, GError **error)
{
        struct reading *told = of->correction ? corrected(of, bench->was, error) : NULL;
        if (of->correction && !told)
                return false;
        json_t *was = expectation_of(bench->was), *is = expectation_of(bench->is);
        specimen->expectation = expectation_of(told ? told : bench->was);
        specimen->is_corrected = !json_equal(specimen->expectation, was);
        disguise_json(was, bench->pairs);
        disguise_json(specimen->expectation, bench->pairs);
        specimen->differences = differ(was, is);
        json_decref(was);
        json_decref(is);
        reading_free(told);
        return true;
}

static bool disguise(struct specimen *specimen, const struct specimen_of *of, const struct setup *setup, struct bench *bench,
                     GError **error)
{
        bench->kept = kept_new();
        bench->facts = facts_of(of, bench->was);
        keep_filters(bench->kept, setup, bench->was, of->correction ? of->correction->vendor : NULL);
        for (char **word = of->replace; word && *word; word++)
                kept_drop(bench->kept, *word, strlen(*word));
        for (char **word = of->keep; word && *word; word++)
                kept_add(bench->kept, *word, strlen(*word));
        struct disguise with = {of->key, bench->kept, bench->facts, setup->patterns};
        struct reading *handed = read_in(confined_new_with(hand_read, &with, error), of->mail);
        if (handed)
                specimen->mail = hand_take(&with, handed, &bench->pairs, &specimen->sealed, error);
        reading_free(handed);
        return specimen->mail != NULL;
}

static bool make(struct specimen *specimen, const struct specimen_of *of, struct setup *setup, struct bench *bench, GError **error)
{
        bench->was = read_in(confined_new(&setup->reader, error), of->mail);
        if (!bench->was)
                return false;
        if (reading_has_failed(bench->was)) {
                g_set_error(error, FAIL, FAIL_DATA, "the mail cannot be read: %s", (char *)bench->was->reasons->pdata[0]);
                return false;
        }
        if (!disguise(specimen, of, setup, bench, error))
                return false;
        bench->is = read_in(confined_new(&setup->reader, error), specimen->mail);
        if (!bench->is || !expect(specimen, of, bench, error))
                return false;
        compare_pages(specimen, of, bench->kept);
        return true;
}

struct specimen *specimen_new(const struct specimen_of *of, struct setup *setup, const struct setup_options *options, GError **error)
{
        if (!setup_reader(setup, options, error))
                return NULL;
        struct settings nobodys = *setup->settings; /* a sample is read where nobody's mail server is trusted */
        struct specimen *specimen = g_new0(struct specimen, 1);
        struct bench bench = {0};
        nobodys.authserv_ids = nobodys.sealers = (struct words){0};
        setup->reader.settings = &nobodys;
        setup->reader.stream = of->stream;
        bool is_made = make(specimen, of, setup, &bench, error);
        setup->reader.settings = setup->settings;
        bench_clear(&bench);
        if (is_made)
                return specimen;
        specimen_free(specimen);
        return NULL;
}
