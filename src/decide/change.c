/* What changed, as phrases for a history and for reasons.
 * In: a maintenance before and after. Out: phrases. */
#include "decide/change.h"

#include "data/reading.h"
#include "decide/alike.h"

enum {
        MOST_NAMED = 3, /* circuits named in a phrase */
};

static void say(GString *phrase, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void say(GString *phrase, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        if (phrase->len)
                g_string_append(phrase, "; ");
        g_string_append_vprintf(phrase, format, arguments);
        va_end(arguments);
}

static char *finish(GString *phrase)
{
        return phrase->len ? g_string_free(phrase, FALSE) : (g_string_free(phrase, TRUE), NULL);
}

/* For people: "2026-03-01 04:00 UTC". */
static char *time_text(gint64 at)
{
        g_autoptr(GDateTime) time = at == MAINTENANCE_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%Y-%m-%d %H:%M UTC") : g_strdup("no time");
}

static void say_new(GString *phrase, const struct event *event, enum kind kind, bool is_first)
{
        g_autofree char *start = time_text(event->start);
        if (!is_first)
                say(phrase, "window added: %s", start);
        else if (kind == KIND_NEW)
                say(phrase, "announced");
        else if (kind == KIND_CONFIRMED || kind == KIND_CANCELLED || kind == KIND_COMPLETED || kind == KIND_STARTED)
                say(phrase, "seen first as %s", kind_word(kind));
        else
                say(phrase, "seen first as a notice of kind %s", kind_word(kind));
        if (!is_first || kind == KIND_NEW) {
                if (event->state == STATE_CANCELLED || event->state == STATE_COMPLETED)
                        say(phrase, "%s", state_word(event->state));
        }
}

static void say_state(GString *phrase, const struct event *before, const struct event *after)
{
        static const char *const said[STATE_COUNT] = {
                [STATE_TENTATIVE] = "tentative", [STATE_CONFIRMED] = "confirmed", [STATE_IN_PROCESS] = "started",
                [STATE_COMPLETED] = "completed", [STATE_CANCELLED] = "cancelled", [STATE_REVIEW] = "waits for a person",
        };
        bool was_over = before->state == STATE_CANCELLED || before->state == STATE_COMPLETED;
        bool is_over = after->state == STATE_CANCELLED || after->state == STATE_COMPLETED;
        if (before->state == after->state)
                return;
        if (was_over && !is_over)
                say(phrase, "reopened");
        else
                say(phrase, "%s", said[after->state]);
}

static void say_times(GString *phrase, const struct event *before, const struct event *after)
{
        g_autofree char *start = time_text(after->start), *end = time_text(after->end);
        if (before->start != after->start)
                say(phrase, "moved to %s", start);
        else if (before->end != after->end)
                say(phrase, "%s to %s", after->end > before->end ? "extended" : "shortened", end);
}

/* The others are rare, and seen by comparing. */
static bool is_same_beside(const struct event *before, const struct event *after)
{
        struct event *twin = event_copy(after);
        twin->state = before->state;
        twin->start = before->start;
        twin->end = before->end;
        twin->is_postponed = before->is_postponed;
        twin->is_checked = before->is_checked;
        g_free(twin->written);
        twin->written = g_strdup(before->written);
        bool is_same = event_same(before, twin);
        event_free(twin);
        return is_same;
}

char *change_of_event(const struct event *before, const struct event *after, enum kind kind, bool is_first)
{
        GString *phrase = g_string_new(NULL);
        if (!before) {
                say_new(phrase, after, kind, is_first);
                return finish(phrase);
        }
        say_state(phrase, before, after);
        say_times(phrase, before, after);
        if (after->is_postponed && !before->is_postponed)
                say(phrase, "postponed, no new date yet");
        if (before->created != after->created)
                say(phrase, "announced earlier than known");
        else if (!is_same_beside(before, after))
                say(phrase, "details changed");
        if (before->is_checked && !after->is_checked && after->state != STATE_REVIEW)
                say(phrase, "to be checked");
        else if (!before->is_checked && after->is_checked)
                say(phrase, "no longer in doubt");
        return finish(phrase);
}

enum done change_done(const struct event *before, const struct event *after)
{
        static const enum done to[STATE_COUNT] = {
                [STATE_IN_PROCESS] = DONE_STARTED, [STATE_COMPLETED] = DONE_COMPLETED, [STATE_CANCELLED] = DONE_CANCELLED};
        bool is_done = after->state == STATE_COMPLETED, is_off = after->state == STATE_CANCELLED;
        if (!before)
                return is_off ? DONE_ADDED_CANCELLED : is_done ? DONE_ADDED_COMPLETED : DONE_ADDED;
        if (before->state != after->state && to[after->state])
                return to[after->state];
        if (before->state != after->state && (before->state == STATE_CANCELLED || before->state == STATE_COMPLETED))
                return DONE_REOPENED;
        if (after->is_postponed && !before->is_postponed)
                return DONE_POSTPONED;
        return before->start != after->start || before->end != after->end ? DONE_MOVED : DONE_CHANGED;
}

/* Those that are in one list and not in another. */
static void say_circuits(GString *phrase, const char *what, const GPtrArray *before, const GPtrArray *after)
{
        g_autoptr(GString) names = g_string_new(NULL);
        guint n = 0;
        for (guint i = 0; i < after->len; i++) {
                const struct circuit *circuit = after->pdata[i];
                bool is_same =
                        i < before->len && g_strcmp0(((const struct circuit *)before->pdata[i])->circuit_id, circuit->circuit_id) == 0;
                if (is_same || alike_circuit(before, circuit->circuit_id))
                        continue;
                if (n++ < MOST_NAMED)
                        g_string_append_printf(names, "%s%s", names->len ? ", " : "", circuit->circuit_id);
        }
        if (n > MOST_NAMED)
                g_string_append_printf(names, " +%u more", n - MOST_NAMED);
        if (n)
                say(phrase, "circuits %s: %s", what, names->str);
}

char *change_of_whole(const struct maintenance *before, const struct maintenance *after)
{
        GString *phrase = g_string_new(NULL);
        if (maintenance_same(before, after))
                return finish(phrase);
        say_circuits(phrase, "added", before->circuits, after->circuits);
        say_circuits(phrase, "taken out", after->circuits, before->circuits);
        if (before->impact != after->impact && after->impact != IMPACT_NONE)
                say(phrase, "impact now %s", impact_word(after->impact));
        if (before->emergency != after->emergency)
                say(phrase, "now an emergency");
        if (!phrase->len)
                say(phrase, "details changed");
        return finish(phrase);
}

struct event *change_find(const struct maintenance *maintenance, int ordinal)
{
        for (guint i = 0; i < maintenance->events->len; i++) {
                struct event *event = maintenance->events->pdata[i];
                if (event->ordinal == ordinal)
                        return event;
        }
        return NULL;
}

bool change_is_any(const struct maintenance *before, const struct maintenance *after)
{
        if (!maintenance_same(before, after) || before->is_tombstone != after->is_tombstone || before->events->len != after->events->len)
                return true;
        for (guint i = 0; i < after->events->len; i++)
                if (!event_same(before->events->pdata[i], after->events->pdata[i]))
                        return true;
        return false;
}

static bool is_over(enum state state)
{
        return state == STATE_CANCELLED || state == STATE_COMPLETED;
}

bool change_ends(const struct maintenance *before, const struct maintenance *after)
{
        bool is_told_over = after->status == STATUS_CANCELLED || after->status == STATUS_COMPLETED;
        if ((after->is_tombstone && !before->is_tombstone) || (!after->events->len && is_told_over && before->status != after->status))
                return true;
        for (guint i = 0; i < after->events->len; i++) {
                const struct event *now = after->events->pdata[i], *then = change_find(before, now->ordinal);
                if (is_over(now->state) && (!then || then->state != now->state))
                        return true;
                if (then && then->end != MAINTENANCE_NO_TIME && now->end < then->end)
                        return true;
        }
        return false;
}
