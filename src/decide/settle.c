/* A decided maintenance made ready for the ledger: its history, sequences, dates and the acts that follow.
 * In: it before and after. Out: posts and sequences in it, acts and reasons in the verdict. */
#include "decide/settle.h"

#include "base/limits.h"
#include "decide/change.h"
#include "decide/link.h"
#include "decide/turn.h"

/* Posts stand by date; one of the same date comes behind. */
static void insert_post(struct maintenance *maintenance, struct post *post)
{
        guint at = maintenance->posts->len;
        while (at > 0 && ((const struct post *)maintenance->posts->pdata[at - 1])->date > post->date)
                at--;
        if (maintenance->posts->len < LIMIT_KEPT)
                g_ptr_array_insert(maintenance->posts, (int)at, post);
        else
                post_free(post);
}

static void write_post(const struct change *change, const struct reading *reading, const struct policy *policy, int ordinal,
                       const char *phrase)
{
        struct post *post = post_new();
        post->message_id = g_strdup(reading->message_id);
        post->date = change->when;
        post->ordinal = ordinal;
        post->link = link_to_post(&reading->thread, reading->message_id, policy->link_template);
        post->change = g_strdup(phrase);
        insert_post(change->after, post);
}

/* All that is said of one event, the remarks behind its change; NULL: nothing. */
static char *phrase_of(const struct change *change, const struct event *event, enum kind kind)
{
        const struct event *before = change->before ? change_find(change->before, event->ordinal) : NULL;
        bool is_first = !change->before || !change->before->events->len;
        g_autofree char *changed = change_of_event(before, event, kind, is_first);
        g_autofree char *whole = is_first ? NULL : change_of_whole(change->before, change->after);
        GString *phrase = g_string_new(changed ? changed : "");
        if (whole)
                g_string_append_printf(phrase, "%s%s", phrase->len ? "; " : "", whole);
        for (guint i = 0; i < change->remarks->len; i++) {
                const struct remark *remark = &g_array_index(change->remarks, struct remark, i);
                if (remark->ordinal == 0 || remark->ordinal == event->ordinal)
                        g_string_append_printf(phrase, "%s%s", phrase->len ? "; " : "", remark->text);
        }
        bool is_empty = phrase->len == 0;
        char *text = g_string_free(phrase, is_empty);
        return is_empty ? NULL : text;
}

/* SEQUENCE counts significant revisions (RFC 5545 3.8.7.4), LAST-MODIFIED never goes back. */
static void revise(const struct change *change, struct event *event)
{
        const struct event *before = change->before ? change_find(change->before, event->ordinal) : NULL;
        if (before)
                event->sequence = before->sequence < G_MAXINT ? before->sequence + 1 : before->sequence;
        event->modified = before ? MAX(before->modified, change->when) : change->when;
}

/* What is doubtful may be held back; an event without a date has no place in a calendar. */
static void act(const struct change *change, const struct event *event, const struct policy *policy, struct verdict *verdict)
{
        bool is_doubted = event->state == STATE_REVIEW || !event->is_checked;
        if (event->start == MAINTENANCE_NO_TIME || change->when < policy->act_from || (is_doubted && !policy->publish_review))
                return;
        enum act_kind kind = event->state == STATE_CANCELLED ? ACT_CANCEL_EVENT : ACT_PUT_EVENT;
        g_ptr_array_add(verdict->acts, act_new(kind, event->uid, event->sequence));
}

static void say(const struct change *change, const struct event *event, const char *phrase, struct verdict *verdict)
{
        const struct maintenance *after = change->after;
        bool has_subject = after->subject && *after->subject;
        const char *name = after->maintenance_id ? after->maintenance_id : has_subject ? after->subject : after->key;
        const struct event *before = change->before ? change_find(change->before, event->ordinal) : NULL;
        const char *done = done_phrase(change_done(before, event));
        g_ptr_array_add(verdict->reasons, g_strdup_printf("%s: %s, %s", done, name, phrase));
}

bool settle_change(const struct change *change, const struct reading *reading, const struct policy *policy, struct verdict *verdict)
{
        const GPtrArray *events = change->after->events;
        g_autoptr(GPtrArray) phrases = g_ptr_array_new_with_free_func(g_free);
        const struct event *first = NULL;
        const char *said = NULL;
        bool is_shared = true;
        for (guint i = 0; i < events->len; i++) {
                char *phrase = phrase_of(change, events->pdata[i], reading->kind);
                g_ptr_array_add(phrases, phrase);
                is_shared &= i == 0 || g_strcmp0(phrase, phrases->pdata[0]) == 0;
                if (phrase && !first) {
                        first = events->pdata[i];
                        said = phrase;
                }
        }
        for (guint i = 0; i < events->len; i++) {
                struct event *event = events->pdata[i];
                const char *phrase = phrases->pdata[i];
                if (!phrase)
                        continue;
                if (!is_shared || i == 0)
                        write_post(change, reading, policy, is_shared ? 0 : event->ordinal, phrase);
                revise(change, event);
                act(change, event, policy, verdict);
        }
        if (first)
                say(change, first, said, verdict);
        else if (change->before && events->len)
                change->after->status = change->before->status;
        return first != NULL;
}
