/* A root@ mail as the sighting of an issue.
 * In: a reading and the issues so far. Out: a verdict that names the issue. */
#include "decide/sight.h"

static void sight_issue(struct groups *groups, const struct root *root, struct verdict *verdict)
{
        bool is_new;
        char *why;
        verdict->issue = g_strdup(groups_add(groups, root->signature, &is_new, &why));
        verdict->resolution = is_new && !root->is_well ? RESOLUTION_REVIEW : RESOLUTION_NONE;
        if (root->is_well)
                g_ptr_array_add(verdict->reasons, g_strdup("all is well"));
        g_ptr_array_add(verdict->reasons, why);
}

struct verdict *sight(struct groups *groups, const struct reading *reading)
{
        struct verdict *verdict = verdict_new();
        if (reading->root) {
                sight_issue(groups, reading->root, verdict);
        } else {
                verdict->resolution = RESOLUTION_REVIEW;
                g_ptr_array_add(verdict->reasons, g_strdup(reading->other ? reading->other : "it could not be read"));
        }
        if (!reading->needs_person || verdict->resolution == RESOLUTION_REVIEW)
                return verdict;
        verdict->resolution = RESOLUTION_REVIEW;
        g_ptr_array_add(verdict->reasons, g_strdup("the reading asks for a person"));
        return verdict;
}
