/* Changes that no mail makes: a person lifts a doubt, takes back what a mail made, or puts back what stood before.
 * In: maintenances as the ledger has them. Out: verdicts whose sequences and acts go on from there. */
#include "ledger/amend.h"

#include "base/limits.h"
#include "decide/change.h"
#include "ledger/inside.h"

void amend_call_off(struct maintenance *maintenance)
{
        for (guint i = 0; i < maintenance->events->len; i++) {
                struct event *event = maintenance->events->pdata[i];
                event->state = STATE_CANCELLED;
                event->is_checked = true;
        }
}

void amend_say(struct maintenance *maintenance, const struct decision *decision, const char *change)
{
        if (maintenance->posts->len >= LIMIT_KEPT)
                return;
        struct post *post = post_new();
        post->message_id = g_strdup(decision->mail.message_id);
        post->date = decision->at;
        post->change = g_strdup_printf("%s by %s", change, decision->by);
        g_ptr_array_add(maintenance->posts, post);
}

/* Whether only this mail has touched a maintenance, and whether another one that did waits for a person. */
struct others {
        gint64 mail;
        bool is_alone, is_asked;
};

static bool count_others(const struct entry *entry, void *data)
{
        struct others *others = data;
        if (entry->id == others->mail)
                return true;
        others->is_alone = false;
        others->is_asked |= entry->resolution == RESOLUTION_REVIEW;
        return true;
}

static bool lift(struct maintenance *maintenance)
{
        bool is_changed = false;
        for (guint i = 0; i < maintenance->events->len; i++) {
                struct event *event = maintenance->events->pdata[i];
                if (event->is_checked || event->state == STATE_REVIEW)
                        continue;
                event->is_checked = is_changed = true;
        }
        return is_changed;
}

static bool leave(struct maintenance *maintenance, const struct others *others, const struct decision *decision)
{
        if (others->is_alone) {
                amend_call_off(maintenance);
                amend_say(maintenance, decision, "taken back");
                return true;
        }
        if (others->is_asked || !lift(maintenance))
                return false;
        amend_say(maintenance, decision, "checked");
        return true;
}

static bool is_in(const struct verdict *verdict, const char *key)
{
        for (guint i = 0; i < verdict->maintenances->len; i++)
                if (g_strcmp0(((const struct maintenance *)verdict->maintenances->pdata[i])->key, key) == 0)
                        return true;
        return false;
}

static bool leave_one(struct ledger *ledger, const char *key, const struct entry *entry, const struct decision *decision,
                      struct verdict *verdict, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct others others = {.mail = entry->id, .is_alone = true};
        struct wanted wanted = {.resolution = -1, .key = key};
        struct maintenance *maintenance = ledger_maintenance(ledger, key, &wrong);
        bool is_fine = !wrong && ledger_mails(ledger, &wanted, count_others, &others, &wrong);
        if (is_fine && maintenance && leave(maintenance, &others, decision))
                g_ptr_array_add(verdict->maintenances, g_steal_pointer(&maintenance));
        maintenance_free(maintenance);
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        return is_fine;
}

bool amend_leave(struct ledger *ledger, const struct entry *entry, const struct decision *decision, struct verdict *verdict, GError **error)
{
        for (guint i = 0; i < entry->maintenances->len; i++) {
                const char *key = entry->maintenances->pdata[i];
                if (!is_in(verdict, key) && !leave_one(ledger, key, entry, decision, verdict, error))
                        return false;
        }
        return true;
}

static void act_on(const struct event *event, const struct decision *decision, const struct policy *policy, struct verdict *verdict)
{
        bool is_doubted = event->state == STATE_REVIEW || !event->is_checked;
        if (event->start == MAINTENANCE_NO_TIME || decision->at < policy->act_from || (is_doubted && !policy->publish_review))
                return;
        enum act_kind kind = event->state == STATE_CANCELLED ? ACT_CANCEL_EVENT : ACT_PUT_EVENT;
        g_ptr_array_add(verdict->acts, act_new(kind, event->uid, event->sequence));
}

/* What stood in the calendar and is not among the events any more is called off. */
static void keep_gone(const struct maintenance *before, struct maintenance *after)
{
        for (guint i = 0; i < before->events->len; i++) {
                const struct event *event = before->events->pdata[i];
                if (change_find(after, event->ordinal))
                        continue;
                struct event *kept = event_copy(event);
                kept->state = STATE_CANCELLED;
                kept->is_checked = true;
                g_ptr_array_insert(after->events, (int)MIN(i, after->events->len), kept);
        }
}

static void settle(const struct maintenance *before, struct maintenance *after, const struct decision *decision,
                   const struct policy *policy, struct verdict *verdict)
{
        bool is_whole_same = maintenance_same(before, after);
        keep_gone(before, after);
        for (guint i = 0; i < after->events->len; i++) {
                struct event *event = after->events->pdata[i];
                const struct event *then = change_find(before, event->ordinal);
                if (!then || event->sequence > then->sequence)
                        continue;
                bool is_same = is_whole_same && event_same(then, event);
                event->sequence = then->sequence + !is_same;
                event->modified = is_same ? then->modified : MAX(then->modified, decision->at);
                if (!is_same)
                        act_on(event, decision, policy, verdict);
        }
}

bool amend_settle(struct ledger *ledger, const struct decision *decision, const struct policy *policy, struct verdict *verdict,
                  GError **error)
{
        for (guint i = 0; i < verdict->maintenances->len; i++) {
                g_autoptr(GError) wrong = NULL;
                struct maintenance *after = verdict->maintenances->pdata[i];
                struct maintenance *before = ledger_maintenance(ledger, after->key, &wrong);
                if (wrong) {
                        g_propagate_error(error, g_steal_pointer(&wrong));
                        return false;
                }
                if (before)
                        settle(before, after, decision, policy, verdict);
                maintenance_free(before);
        }
        return true;
}
