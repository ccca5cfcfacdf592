/* Rivals: references to other work in the text of a notice.
 * In: an attempt that was taken. Out: the first that is found. */
#include "reader/rival.h"

#include "reader/label.h"
#include "reader/value.h"

#include <stdbool.h>

enum { MATCHES = 50 }; /* how often a pattern is tried again */

static bool is_rival(const struct attempt *attempt, const char *id)
{
        for (guint i = 0; id && i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                if (notice->maintenance_id && value_same_id(notice->maintenance_id, id))
                        return false;
        }
        return id != NULL;
}

static char *found_by_pattern(struct attempt *attempt, const struct capture *ref)
{
        char *rival = NULL;
        gsize from = ref->end;
        struct re_match match;
        for (int i = 0; i < MATCHES && !rival && block_search(attempt->search, &attempt->block, ref->rule, from, &match); i++) {
                struct captures again = {0};
                captures_put_match(&again, &attempt->block, &match, SOURCE_FIND, ref->rule, &attempt->rule->vendor->empty);
                if (is_rival(attempt, captures_value(&again, FIELD_REF)))
                        rival = g_strdup(captures_value(&again, FIELD_REF));
                captures_clear(&again);
                from = MAX(match.end, from + 1);
        }
        return rival;
}

static char *found_by_label(struct attempt *attempt, const struct labels *labels, const struct capture *ref)
{
        g_autoptr(GArray) hits = label_hits(label_set_get(attempt->search->labels, labels), &attempt->block);
        for (guint i = 0; i < hits->len; i++) {
                const struct label_hit *hit = &g_array_index(hits, struct label_hit, i);
                struct captures again = {0};
                if (hit->field != FIELD_REF || g_strcmp0(hit->label, ref->rule) != 0)
                        continue;
                captures_put(&again, FIELD_REF, &attempt->block, hit->start, hit->end, SOURCE_LABEL, hit->label,
                             &attempt->rule->vendor->empty);
                char *rival = is_rival(attempt, captures_value(&again, FIELD_REF)) ? g_strdup(captures_value(&again, FIELD_REF)) : NULL;
                captures_clear(&again);
                if (rival)
                        return rival;
        }
        return NULL;
}

static bool is_of_text(const struct attempt *attempt, const struct capture *ref)
{
        return ref->value && g_strcmp0(ref->where, attempt->block.where) == 0;
}

char *rival_reference(struct attempt *attempt)
{
        const struct capture *label = &attempt->from[SOURCE_LABEL].field[FIELD_REF];
        const struct capture *find = &attempt->from[SOURCE_FIND].field[FIELD_REF];
        char *rival = is_of_text(attempt, find) ? found_by_pattern(attempt, find) : NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(attempt->rule->labels) && !rival && is_of_text(attempt, label); i++)
                if (attempt->rule->labels[i])
                        rival = found_by_label(attempt, attempt->rule->labels[i], label);
        return rival;
}
