/* Who is to know of an issue: the first of the `owners:` rules that holds, with what is configured for all.
 * In: rules, an issue. Out: projects, subscribers, a priority. */
#include "out/owner.h"

#include "base/fail.h"
#include "base/re.h"
#include "data/load.h"
#include "data/place.h"

#include <string.h>

static bool is_regex(const char *pattern)
{
        gsize n = strlen(pattern);
        return n >= 2 && pattern[0] == '/' && pattern[n - 1] == '/';
}

static struct re *regex_of(struct re_set *set, const char *pattern, GError **error)
{
        g_autofree char *inner = g_strndup(pattern + 1, strlen(pattern) - 2);
        return re_set_get(set, inner, error);
}

/* A pattern that gives up, or does not compile, takes nothing. */
static bool takes(const char *pattern, const char *text)
{
        if (!pattern)
                return true;
        if (!text || !is_regex(pattern))
                return text && g_pattern_match_simple(pattern, text);
        struct re_set *set = re_set_new(NULL);
        struct re *re = regex_of(set, pattern, NULL);
        struct re_match match;
        bool is_taken = re && re_search(re, text, strlen(text), 0, &match) == RE_YES;
        re_set_free(set);
        return is_taken;
}

static bool takes_a_host(const char *pattern, const struct issue *issue)
{
        for (guint i = 0; pattern && i < issue->hosts->len; i++)
                if (takes(pattern, ((const struct issue_host *)issue->hosts->pdata[i])->name))
                        return true;
        return !pattern;
}

static const char *job_of(const struct issue *issue)
{
        static const enum root_field jobs[] = {ROOT_JOB, ROOT_UNIT, ROOT_SERVICE};
        for (gsize i = 0; i < G_N_ELEMENTS(jobs); i++)
                if (issue->field[jobs[i]])
                        return issue->field[jobs[i]];
        return NULL;
}

const struct owner_rule *owner_of(const struct settings *settings, const struct issue *issue)
{
        for (unsigned i = 0; i < settings->owners_n; i++) {
                const struct owner_rule *rule = &settings->owners[i];
                if (takes(rule->kind, issue->kind) && takes(rule->job, job_of(issue)) && takes_a_host(rule->host, issue))
                        return rule;
        }
        return NULL;
}

/* ---- What is wrong with them. */

struct looked {
        const char *path;
        const struct filters *filters; /* whose kinds there are; NULL: nobody asks */
        GPtrArray *places, *faults;
};

/* The place of a value, of what holds it where it is not given, or of the file. */
static const struct place *place_of(const struct looked *looked, const char *field)
{
        const struct place *best = NULL;
        for (guint i = 0; i < looked->places->len; i++) {
                const struct place *place = looked->places->pdata[i];
                gsize n = strlen(place->field);
                bool is_within = strncmp(field, place->field, n) == 0 && (!n || strchr(".[", field[n])); /* '\0' is found, too */
                if (is_within && (!best || n > strlen(best->field)))
                        best = place;
        }
        return best;
}

static void fault(const struct looked *looked, const char *field, const char *what)
{
        const struct place *place = place_of(looked, field);
        g_ptr_array_add(looked->faults,
                        place ? g_error_new(FAIL, FAIL_CONFIG, "%s:%d:%d: %s: %s", looked->path, place->line, place->column, field, what)
                              : g_error_new(FAIL, FAIL_CONFIG, "%s: %s: %s", looked->path, field, what));
}

static void check_pattern(const struct looked *looked, unsigned n, const char *key, const char *pattern)
{
        if (!pattern || !is_regex(pattern))
                return;
        struct re_set *set = re_set_new(NULL);
        g_autoptr(GError) error = NULL;
        g_autofree char *field = g_strdup_printf("owners[%u].%s", n, key);
        if (!regex_of(set, pattern, &error))
                fault(looked, field, error->message);
        re_set_free(set);
}

/* Names as the tracker knows them: no '@', no '#', no blanks. */
static void check_names(const struct looked *looked, const char *field, const struct words *names)
{
        for (unsigned i = 0; i < names->n; i++) {
                g_autofree char *member = g_strdup_printf("%s[%u]", field, i);
                g_autofree char *what = g_strdup_printf("'%s' is no name; write it without @, # and blanks", names->word[i]);
                if (!*names->word[i] || strpbrk(names->word[i], "@# \t"))
                        fault(looked, member, what);
        }
}

/* A kind that no filter gives would never be met. */
static void check_kind(const struct looked *looked, const char *field, const char *pattern)
{
        if (!looked->filters || !pattern)
                return;
        const GPtrArray *root = looked->filters->root;
        for (guint i = 0; i < root->len; i++)
                if (takes(pattern, ((const struct root_filter *)root->pdata[i])->kind))
                        return;
        g_autofree char *what = g_strdup_printf("'%s' is no kind of a filter beneath root/", pattern);
        fault(looked, field, what);
}

static void check_rule(const struct looked *looked, unsigned n, const struct owner_rule *rule)
{
        g_autofree char *field = g_strdup_printf("owners[%u]", n);
        g_autofree char *projects = g_strconcat(field, ".projects", NULL), *subscribers = g_strconcat(field, ".subscribers", NULL);
        g_autofree char *kind = g_strconcat(field, ".kind", NULL);
        check_pattern(looked, n, "kind", rule->kind);
        check_pattern(looked, n, "host", rule->host);
        check_pattern(looked, n, "job", rule->job);
        check_kind(looked, kind, rule->kind);
        check_names(looked, projects, &rule->projects);
        check_names(looked, subscribers, &rule->subscribers);
        if (!rule->projects.n && !rule->subscribers.n && !rule->priority)
                fault(looked, field, "gives nobody: it has none of projects subscribers priority");
}

static bool takes_all(const struct owner_rule *rule)
{
        return !rule->kind && !rule->host && !rule->job;
}

static void check_rules(const struct looked *looked, const struct settings *settings)
{
        for (unsigned i = 0; i < settings->owners_n; i++) {
                g_autofree char *field = g_strdup_printf("owners[%u]", i);
                check_rule(looked, i, &settings->owners[i]);
                if (i && takes_all(&settings->owners[i - 1]))
                        fault(looked, field, "is never reached: the rule before it takes all");
        }
}

static void check_kinds(const struct looked *looked, const struct settings *settings)
{
        for (unsigned i = 0; i < settings->kinds_n; i++) {
                g_autofree char *field = g_strdup_printf("kinds[%u].kind", i);
                check_kind(looked, field, settings->kinds[i].kind);
        }
}

bool owner_is_task(const char *text)
{
        return text && *text == 'T' && text[1] >= '1' && text[1] <= '9' && strspn(text + 1, "0123456789") == strlen(text + 1) &&
               strlen(text) <= strlen("T123456789");
}

static bool is_on_this_host(const char *url)
{
        return url && g_str_has_prefix(url, "http://127.0.0.1");
}

static void check_tracker(const struct looked *looked, const struct tracker_settings *tracker)
{
        bool is_number = tracker->pause && *tracker->pause && strspn(tracker->pause, "0123456789") == strlen(tracker->pause);
        if ((tracker->token_file != NULL) == (tracker->bot_file != NULL))
                fault(looked, "tracker", "give one of token_file and bot_file");
        if (!tracker->url && tracker->token_file)
                fault(looked, "tracker", "url is missing");
        if (!tracker->parent || !owner_is_task(tracker->parent))
                fault(looked, "tracker.parent", "the task that issues are filed beneath is missing; expected is one like T132324");
        if (tracker->pause && (!is_number || (settings_cap(tracker->pause, 1) < 1 && !is_on_this_host(tracker->url))))
                fault(looked, "tracker.pause", "expected are seconds from 1 on; 0 is for a tracker at http://127.0.0.1");
        check_names(looked, "tracker.projects", &tracker->projects);
        check_names(looked, "tracker.subscribers", &tracker->subscribers);
}

void owner_check(const struct settings *settings, const struct filters *filters, const char *path, GPtrArray *faults)
{
        g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
        const struct looked looked = {path, filters, places, faults};
        load_places(path, SCHEMA_SETTINGS, places, NULL);
        check_rules(&looked, settings);
        check_kinds(&looked, settings);
        if (settings_has_tracker(settings) || settings->tracker.token_file || settings->tracker.parent)
                check_tracker(&looked, &settings->tracker);
}
