/* What a root@ mail means, given the past of its problem (DESIGN.md "resolution", "root@"); pure.
 * In: a reading, the issue as it was, what the configuration says. Out: a verdict with the issue as it is now. */
#include "decide/decide-root.h"

#include "reader/mask.h"

#include <string.h>

#define STRANGER "stranger\n"

enum { DAY = 24 * 3600, HOST_AT_LEAST = 3 };

/* One mail's turn at its issue; all borrowed but for what is in the verdict. */
struct sight {
        const struct root_past *past;
        const struct reading *reading;
        const struct root_policy *policy;
        struct issue *issue; /* as it is now */
        gint64 at;
        bool is_new, is_back, is_due; /* its first mail; seen again after quiet; as often as asked for, just now */
        struct verdict *verdict;
};

bool decide_root_counts(const struct reading *reading)
{
        return reading->root && !reading->needs_person && !reading->root->is_well && !reading->root->is_echo;
}

static bool is_ours(const struct reading *reading)
{
        return reading->sender == SENDER_PASSED;
}

char *decide_root_signature(const struct reading *reading, const struct root_policy *policy)
{
        bool is_strange = policy->has_internal && !is_ours(reading);
        return g_strconcat(is_strange ? STRANGER : "", reading->root->signature, NULL);
}

gint64 decide_root_time(const struct reading *reading, gint64 newest)
{
        if (reading->thread.received != READING_NO_TIME)
                return reading->thread.received;
        if (reading->date != READING_NO_TIME)
                return reading->date;
        return newest == READING_NO_TIME ? 0 : newest;
}

static void say(struct verdict *verdict, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void say(struct verdict *verdict, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_ptr_array_add(verdict->reasons, g_strdup_vprintf(format, arguments));
        va_end(arguments);
}

static char *day_of(gint64 at)
{
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%F") : g_strdup("ever");
}

/* The title of any of its mails: without the host, the numbers within names masked. */
static char *title_of(const struct root *root)
{
        const char *host = root->field[ROOT_HOST];
        g_autofree char *name = host ? g_strndup(host, strcspn(host, ".")) : NULL;
        g_autoptr(GString) hostless = g_string_new(root->title), title = g_string_new(NULL);
        if (host && *host)
                g_string_replace(hostless, host, MASK, 0);
        if (name && strlen(name) >= HOST_AT_LEAST)
                g_string_replace(hostless, name, MASK, 0);
        mask_name(hostless->str, hostless->len, title);
        return g_string_free(g_steal_pointer(&title), FALSE);
}

static void set(char **member, const char *value)
{
        g_free(*member);
        *member = g_strdup(value);
}

/* What is known of it comes from the newest mail. */
static void take_newest(const struct sight *sight)
{
        struct issue *issue = sight->issue;
        const struct root *root = sight->reading->root;
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                set(&issue->field[i], root->field[i]);
        g_free(issue->title);
        issue->title = title_of(root);
        set(&issue->newest_id, sight->reading->message_id);
        issue->newest_mail = 0; /* the ledger knows */
        issue->quiet_after = sight->policy->rules.quiet_after;
        issue->last_seen = sight->at;
}

static void copy_texts(struct issue *issue, const struct issue *was)
{
        issue->kind = g_strdup(was->kind);
        issue->title = g_strdup(was->title);
        issue->template = g_strdup(was->template);
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                issue->field[i] = g_strdup(was->field[i]);
        issue->newest_id = g_strdup(was->newest_id);
        issue->merged_into = g_strdup(was->merged_into);
        issue->task.phid = g_strdup(was->task.phid);
}

/* The issue as it was, without its hosts; or a new one. */
static struct issue *issue_before(const struct root_past *past)
{
        struct issue *issue = issue_new(past->fingerprint);
        if (!past->issue)
                return issue;
        struct issue made = *issue;
        *issue = *past->issue;
        issue->fingerprint = made.fingerprint;
        issue->hosts = made.hosts;
        copy_texts(issue, past->issue);
        return issue;
}

/* "quiet" is how an issue looks when nothing comes: kept is what it was before. */
static enum issue_phase next_phase(const struct sight *sight)
{
        bool is_enough = sight->past->recent + 1 >= sight->policy->rules.after;
        if (sight->is_back)
                return ISSUE_BACK;
        if (sight->issue->phase == ISSUE_RECURRING)
                return ISSUE_RECURRING;
        return is_enough ? ISSUE_RECURRING : sight->issue->phase;
}

static void count(struct sight *sight)
{
        struct issue *issue = sight->issue;
        const struct root *root = sight->reading->root;
        enum issue_phase was = issue->phase;
        sight->is_new = !sight->past->issue;
        sight->is_back =
                was != ISSUE_NEW && sight->at > issue->last_seen && sight->at - issue->last_seen > sight->policy->rules.quiet_after;
        issue->phase = next_phase(sight);
        sight->is_due = was == ISSUE_NEW && issue->phase == ISSUE_RECURRING;
        issue->returns += sight->is_back;
        issue->sightings++;
        issue->first_seen = sight->is_new ? sight->at : MIN(issue->first_seen, sight->at);
        issue->is_sensitive |= root->is_sensitive;
        issue->is_fileable |= is_ours(sight->reading) && !root->is_rest;
        if (!issue->kind)
                issue->kind = g_strdup(root->kind);
        if (sight->is_new || sight->at >= issue->last_seen)
                take_newest(sight);
        if (sight->past->template)
                set(&issue->template, sight->past->template);
}

static struct sighting *sighting_of(const struct sight *sight)
{
        struct sighting *sighting = sighting_new(sight->past->fingerprint);
        set(&sighting->via, sight->past->via);
        sighting->host = g_strdup(sight->reading->root->field[ROOT_HOST]);
        sighting->at = sight->at;
        sighting->is_ours = is_ours(sight->reading);
        return sighting;
}

/* Why the issue may have no task on the word of this mail; NULL: it may. */
static const char *why_not_filed(const struct sight *sight)
{
        if (sight->reading->root->is_rest)
                return "mail of no known kind is counted, and never filed";
        if (!sight->policy->has_internal)
                return "`internal:` is not configured: it is counted, and not filed";
        if (!is_ours(sight->reading))
                return "it did not come from a host of ours: it is counted, and not filed";
        if (sight->issue->is_sensitive && !sight->policy->is_view_restricted)
                return "mail of its kind is filed only where the tracker is known to keep it from the public";
        return NULL;
}

static void act(const struct sight *sight, enum act_kind kind, int sequence)
{
        g_ptr_array_add(sight->verdict->acts, act_new(kind, sight->issue->fingerprint, sequence));
}

/* A task that there is to be is asked for with each mail: the outbox takes the act once. */
static void queue_acts(const struct sight *sight)
{
        const struct issue *issue = sight->issue;
        if (sight->at < sight->policy->act_from)
                return;
        if (issue->task.state == TASK_NONE)
                act(sight, ACT_CREATE_TASK, 0);
        else if (sight->is_back)
                act(sight, ACT_REOPEN_TASK, issue->returns);
        else
                act(sight, ACT_COMMENT_TASK, (int)(sight->at / DAY));
}

static void say_known(const struct sight *sight)
{
        const struct issue *issue = sight->issue;
        g_autofree char *since = day_of(issue->first_seen);
        sight->verdict->resolution = RESOLUTION_NONE;
        if (issue->task.number)
                say(sight->verdict, "a known problem, of task T%" G_GINT64_FORMAT ": seen %" G_GINT64_FORMAT " times since %s",
                    issue->task.number, issue->sightings, since);
        else
                say(sight->verdict, "a known problem: seen %" G_GINT64_FORMAT " times since %s", issue->sightings, since);
}

static void say_back(const struct sight *sight)
{
        g_autofree char *last = day_of(sight->past->issue->last_seen);
        say(sight->verdict, "it is back: last seen %s", last);
}

/* Nothing is filed: a person sees the first of it, and that it came back. */
static void decide_unfiled(const struct sight *sight, const char *why)
{
        bool is_sensitive = is_ours(sight->reading) && sight->policy->has_internal && !sight->reading->root->is_rest;
        bool is_answer = sight->reading->root->is_rest && sight->reading->thread.references->len > 0;
        if (!sight->is_new && !sight->is_back && !is_answer && !(is_sensitive && sight->is_due)) {
                say_known(sight);
                return;
        }
        sight->verdict->resolution = RESOLUTION_REVIEW;
        if (sight->is_back)
                say_back(sight);
        else if (is_answer)
                say(sight->verdict, "somebody wrote an answer");
        else
                say(sight->verdict, sight->is_new ? "a new problem" : "a problem that recurs");
        say(sight->verdict, "%s", why);
}

static void decide_filed(const struct sight *sight)
{
        const struct rules *rules = &sight->policy->rules;
        if (sight->issue->phase != ISSUE_NEW)
                queue_acts(sight);
        if (sight->is_back || sight->is_due) {
                sight->verdict->resolution = RESOLUTION_TASK;
                if (sight->is_back)
                        say_back(sight);
                else
                        say(sight->verdict, "a problem that is to have a task: seen %" G_GINT64_FORMAT " times", sight->issue->sightings);
        } else if (sight->is_new) {
                sight->verdict->resolution = RESOLUTION_REVIEW;
                say(sight->verdict, "a new problem: it is to have a task when it was seen %d times within %" G_GINT64_FORMAT " hours",
                    rules->after, rules->within / 3600);
        } else {
                say_known(sight);
        }
}

/* What a person said of it holds, whatever else. */
static bool is_wished_away(const struct sight *sight)
{
        const struct issue *issue = sight->issue;
        if (issue->wish == ISSUE_IGNORE) {
                say(sight->verdict, "a known problem, ignored: seen %" G_GINT64_FORMAT " times", issue->sightings);
                return true;
        }
        if (issue->wish != ISSUE_SNOOZE || sight->at >= issue->snoozed_until)
                return false;
        g_autofree char *until = day_of(issue->snoozed_until);
        say(sight->verdict, "a known problem, snoozed until %s: seen %" G_GINT64_FORMAT " times", until, issue->sightings);
        return true;
}

static void decide_sighting(struct sight *sight)
{
        sight->issue = sight->verdict->sighted = issue_before(sight->past);
        sight->verdict->sighting = sighting_of(sight);
        count(sight);
        const char *why = why_not_filed(sight);
        if (is_wished_away(sight))
                sight->verdict->resolution = RESOLUTION_NONE;
        else if (why)
                decide_unfiled(sight, why);
        else
                decide_filed(sight);
}

/* Mail that is of no problem; that it came is kept all the same. */
static void decide_uncounted(const struct sight *sight)
{
        const struct reading *reading = sight->reading;
        struct verdict *verdict = sight->verdict;
        if (sight->past) {
                verdict->sighting = sighting_of(sight);
                g_clear_pointer(&verdict->sighting->issue, g_free);
        }
        verdict->resolution = RESOLUTION_REVIEW;
        if (!reading->root) {
                say(verdict, "%s", reading->other ? reading->other : "it could not be read");
        } else if (reading->needs_person) {
                say(verdict, "it was not read as it should be, and counts for no problem");
        } else if (reading->root->is_echo) {
                say(verdict, "the tracker sent it: to file it would begin a loop");
        } else {
                verdict->resolution = RESOLUTION_NONE;
                say(verdict, "all is well");
        }
}

struct verdict *decide_root(const struct root_past *past, const struct reading *reading, const struct root_policy *policy)
{
        struct sight sight = {.past = past, .reading = reading, .policy = policy, .verdict = verdict_new()};
        if (past) {
                sight.at = decide_root_time(reading, past->newest);
                sight.verdict->issue = g_strdup(past->fingerprint);
        }
        if (past && decide_root_counts(reading))
                decide_sighting(&sight);
        else
                decide_uncounted(&sight);
        if (past && past->why)
                say(sight.verdict, "%s", past->why);
        return sight.verdict;
}
