/* An issue: one recurring problem of root@ mail, told by its sightings, and the task that stands for it in the tracker.
 * In: nothing. Out: plain structs, words. */
#include "data/issue.h"

static const char *const phases[] = {
        [ISSUE_NEW] = "new",
        [ISSUE_RECURRING] = "recurring",
        [ISSUE_QUIET] = "quiet",
        [ISSUE_BACK] = "back",
};
static const char *const wishes[] = {
        [ISSUE_WATCH] = "watch",
        [ISSUE_SNOOZE] = "snooze",
        [ISSUE_IGNORE] = "ignore",
        [ISSUE_MERGED] = "merged",
};
static const char *const states[] = {[TASK_NONE] = "none", [TASK_CREATING] = "creating", [TASK_FILED] = "filed"};

const char *issue_phase_word(enum issue_phase phase)
{
        return phases[phase];
}

const char *issue_wish_word(enum issue_wish wish)
{
        return wishes[wish];
}

const char *task_state_word(enum task_state state)
{
        return states[state];
}

static int from_word(const char *const *words, int n, const char *word)
{
        for (int i = 0; i < n; i++)
                if (g_strcmp0(words[i], word) == 0)
                        return i;
        return -1;
}

int issue_phase_from_word(const char *word)
{
        return from_word(phases, G_N_ELEMENTS(phases), word);
}

int issue_wish_from_word(const char *word)
{
        return from_word(wishes, G_N_ELEMENTS(wishes), word);
}

int task_state_from_word(const char *word)
{
        return from_word(states, G_N_ELEMENTS(states), word);
}

struct issue_host *issue_host_new(const char *name)
{
        struct issue_host *host = g_new0(struct issue_host, 1);
        host->name = g_strdup(name);
        return host;
}

void issue_host_free(struct issue_host *host)
{
        if (!host)
                return;
        g_free(host->name);
        g_free(host);
}

struct issue *issue_new(const char *fingerprint)
{
        struct issue *issue = g_new0(struct issue, 1);
        issue->fingerprint = g_strdup(fingerprint);
        issue->hosts = g_ptr_array_new_with_free_func((GDestroyNotify)issue_host_free);
        return issue;
}

void issue_free(struct issue *issue)
{
        if (!issue)
                return;
        for (int i = 0; i < ROOT_FIELD_COUNT; i++)
                g_free(issue->field[i]);
        g_free(issue->fingerprint);
        g_free(issue->kind);
        g_free(issue->title);
        g_free(issue->template);
        g_ptr_array_unref(issue->hosts);
        g_free(issue->merged_into);
        g_free(issue->newest_id);
        g_free(issue->task.phid);
        g_free(issue);
}

struct sighting *sighting_new(const char *issue)
{
        struct sighting *sighting = g_new0(struct sighting, 1);
        sighting->issue = g_strdup(issue);
        sighting->via = g_strdup(issue);
        return sighting;
}

void sighting_free(struct sighting *sighting)
{
        if (!sighting)
                return;
        g_free(sighting->issue);
        g_free(sighting->via);
        g_free(sighting->host);
        g_free(sighting);
}
