/* One maintenance while a mail is decided on, and the guard that holds what a notice did to it against what the mail may do.
 * In: a maintenance, a notice's turn, a leave. Out: the maintenance as it may become. */
#include "decide/dossier.h"

#include "decide/change.h"
#include "decide/identity.h"

struct dossier *dossier_new(const struct maintenance *before, struct maintenance *made)
{
        struct dossier *dossier = g_new0(struct dossier, 1);
        dossier->before = before;
        dossier->after = before ? maintenance_copy(before) : made;
        dossier->remarks = turn_remarks();
        return dossier;
}

void dossier_free(struct dossier *dossier)
{
        if (!dossier)
                return;
        maintenance_free(dossier->after);
        g_array_unref(dossier->remarks);
        g_free(dossier);
}

/* Take back what a turn did; events that it would have changed get CHECK. Whether any did. */
static bool take_back(struct dossier *dossier, struct maintenance *kept, bool marks)
{
        bool is_marked = false;
        for (guint i = 0; marks && i < kept->events->len; i++) {
                struct event *event = kept->events->pdata[i];
                if (!event->is_checked || event_same(event, change_find(dossier->after, event->ordinal)))
                        continue;
                event->is_checked = false;
                is_marked = true;
        }
        maintenance_free(dossier->after);
        dossier->after = kept;
        return is_marked;
}

/* What a doubtful mail made waits for a person. */
static void hold(struct maintenance *maintenance)
{
        for (guint i = 0; i < maintenance->events->len; i++) {
                struct event *event = maintenance->events->pdata[i];
                event->state = STATE_REVIEW;
                event->is_checked = false;
        }
}

static bool is_end_row(enum kind kind)
{
        return kind == KIND_CANCELLED || kind == KIND_COMPLETED;
}

/* Whether what the turn did may stand. */
static bool may_stand(struct dossier *dossier, const struct turn *turn, const struct maintenance *kept, enum leave leave)
{
        bool is_made = !kept->events->len && dossier->after->events->len;
        bool is_changed = change_is_any(kept, dossier->after);
        if (leave == LEAVE_ALL || (leave > LEAVE_NOTHING && !is_changed))
                return true;
        if (leave == LEAVE_NO_END)
                return !change_ends(kept, dossier->after);
        if (leave != LEAVE_REVIEW || !is_made || is_end_row(turn->kind))
                return false;
        hold(dossier->after);
        return true;
}

static void copy_remarks(GArray *to, const GArray *from)
{
        for (guint i = 0; i < from->len; i++) {
                struct remark remark = g_array_index(from, struct remark, i);
                remark.text = g_strdup(remark.text);
                g_array_append_val(to, remark);
        }
}

void dossier_conclude(struct dossier *dossier, struct turn *turn, struct maintenance *kept, enum leave leave, const char *why)
{
        bool is_end = change_ends(kept, dossier->after);
        bool stands = may_stand(dossier, turn, kept, leave);
        if (why && (leave != LEAVE_NO_END || is_end))
                turn_ask(turn, "%s", why);
        if (!stands) {
                dossier->is_touched |= take_back(dossier, kept, leave != LEAVE_NOTHING);
                return;
        }
        bool is_something = dossier->before || dossier->after->events->len || turn->is_applied;
        bool is_sure = leave >= LEAVE_NO_END || !dossier->before;
        dossier->is_touched |= is_something && is_sure;
        if (is_something && is_sure)
                identity_learn(dossier->after, turn->reading, turn->notice);
        if (is_sure)
                copy_remarks(dossier->remarks, turn->remarks);
        maintenance_free(kept);
}
