/* A verdict: what a reading means given the past: resolution, the new state of its maintenances, and the acts still to be carried out.
 * In: filled by decide/decide-maint.c. Out: plain structs. */
#include "data/verdict.h"

struct act *act_new(enum act_kind kind, const char *uid, int sequence)
{
        struct act *act = g_new0(struct act, 1);
        act->kind = kind;
        act->uid = g_strdup(uid);
        act->sequence = sequence;
        return act;
}

void act_free(struct act *act)
{
        if (!act)
                return;
        g_free(act->uid);
        g_free(act);
}

struct verdict *verdict_new(void)
{
        struct verdict *verdict = g_new0(struct verdict, 1);
        verdict->reasons = g_ptr_array_new_with_free_func(g_free);
        verdict->maintenances = g_ptr_array_new_with_free_func((GDestroyNotify)maintenance_free);
        verdict->acts = g_ptr_array_new_with_free_func((GDestroyNotify)act_free);
        return verdict;
}

void verdict_free(struct verdict *verdict)
{
        if (!verdict)
                return;
        g_ptr_array_unref(verdict->reasons);
        g_ptr_array_unref(verdict->maintenances);
        g_ptr_array_unref(verdict->acts);
        g_free(verdict->issue);
        sighting_free(verdict->sighting);
        issue_free(verdict->sighted);
        g_free(verdict->cell);
        g_free(verdict);
}

char *verdict_why(const struct verdict *verdict)
{
        GString *why = g_string_new(NULL);
        for (guint i = 0; i < verdict->reasons->len; i++)
                g_string_append_printf(why, "%s%s", i ? "; " : "", (const char *)verdict->reasons->pdata[i]);
        return g_string_free(why, FALSE);
}
