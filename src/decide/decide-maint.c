/* What a maint mail means, given the past: CALENDAR.md 1, its state table and its cross rules; pure.
 * In: a reading and what the ledger knows about it. Out: a verdict. */
#include "decide/decide-maint.h"

#include "decide/alike.h"
#include "decide/apply.h"
#include "decide/dossier.h"
#include "decide/identity.h"
#include "decide/settle.h"

enum {
        BEFORE_SECONDS = 7 * 24 * 60 * 60, /* how far a mail's Date may lie from its arrival */
        AFTER_SECONDS = 10 * 60,
};

struct session {
        const struct reading *reading;
        const struct policy *policy;
        struct verdict *verdict;
        GPtrArray *dossiers;    /* struct dossier */
        GPtrArray *asks, *calm; /* char *: why a person must look, and why nothing changed */
        gint64 when;            /* the mail's date, clamped */
        enum leave leave;
        const char *why; /* the leave is no wider */
};

static gint64 clamp_date(const struct reading *reading)
{
        gint64 received = reading->thread.received;
        if (reading->date == READING_NO_TIME)
                return received;
        if (received == READING_NO_TIME)
                return reading->date;
        return CLAMP(reading->date, received - BEFORE_SECONDS, received + AFTER_SECONDS);
}

static void say(GPtrArray *texts, const char *text)
{
        if (!g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL))
                g_ptr_array_add(texts, g_strdup(text));
}

/* The maintenances as they are now; borrowed. */
static GPtrArray *known_of(const struct session *session)
{
        GPtrArray *known = g_ptr_array_new();
        for (guint i = 0; i < session->dossiers->len; i++)
                g_ptr_array_add(known, ((const struct dossier *)session->dossiers->pdata[i])->after);
        return known;
}

static struct dossier *dossier_of(const struct session *session, const struct maintenance *maintenance)
{
        for (guint i = 0; i < session->dossiers->len; i++) {
                struct dossier *dossier = session->dossiers->pdata[i];
                if (dossier->after == maintenance)
                        return dossier;
        }
        return NULL;
}

static struct turn begin(const struct session *session, const struct notice *notice, struct dossier *dossier, enum kind kind)
{
        struct turn turn = {.reading = session->reading, .notice = notice, .policy = session->policy, .when = session->when, .kind = kind};
        turn.is_vouched = session->leave == LEAVE_ALL;
        turn.maintenance = dossier->after;
        turn_init(&turn);
        return turn;
}

static void end(struct session *session, struct turn *turn, struct dossier *dossier, struct maintenance *kept)
{
        dossier_conclude(dossier, turn, kept, session->leave, session->why);
        for (guint i = 0; i < turn->asks->len; i++)
                say(session->asks, turn->asks->pdata[i]);
        for (guint i = 0; i < turn->calm->len; i++)
                say(session->calm, turn->calm->pdata[i]);
        if (turn->cell && (!session->verdict->cell || turn->asks->len)) {
                g_free(session->verdict->cell);
                session->verdict->cell = g_steal_pointer(&turn->cell);
        }
        turn_release(turn);
}

/* One notice applied to the maintenance that it is about. */
static void hear(struct session *session, const struct notice *notice, struct dossier *dossier, enum kind kind)
{
        struct maintenance *kept = maintenance_copy(dossier->after);
        struct turn turn = begin(session, notice, dossier, kind);
        apply_notice(&turn);
        end(session, &turn, dossier, kept);
}

/* A replacement that gives no times has those of what it replaces. Caller frees. */
static struct notice *with_times_of(const struct notice *notice, const struct maintenance *old)
{
        struct notice *whole = notice_new();
        whole->maintenance_id = g_strdup(notice->maintenance_id);
        whole->account = g_strdup(notice->account);
        whole->summary = g_strdup(notice->summary);
        whole->location = g_strdup(notice->location);
        whole->status = notice->status;
        g_ptr_array_unref(whole->circuits);
        whole->circuits = circuits_copy(notice->circuits->len ? notice->circuits : old->circuits);
        for (guint i = 0; i < old->events->len; i++) {
                const struct event *event = old->events->pdata[i];
                if (event->state == STATE_CANCELLED || event->state == STATE_COMPLETED)
                        continue;
                struct window *window = window_new();
                window->start = event->start;
                window->end = event->end;
                window->role = event->role;
                window->written = g_strdup(event->written);
                g_ptr_array_add(whole->windows, window);
        }
        return whole;
}

static bool waits(const struct maintenance *maintenance)
{
        for (guint i = 0; i < maintenance->events->len; i++)
                if (((const struct event *)maintenance->events->pdata[i])->state == STATE_REVIEW)
                        return true;
        return false;
}

/* The maintenance that is replaced ends, whatever is live of it; its ids lead to the new one from now on. */
static void hear_replaced(struct session *session, const struct notice *notice, struct dossier *old, struct maintenance *by)
{
        struct maintenance *kept = maintenance_copy(old->after);
        bool was_open = alike_is_open(kept);
        struct turn turn = begin(session, notice, old, KIND_REPLACED);
        apply_replaced(&turn, by->maintenance_id ? by->maintenance_id : by->key);
        end(session, &turn, old, kept);
        if (session->leave == LEAVE_ALL && was_open && !alike_is_open(old->after))
                identity_hand_over(old->after, by);
}

/* Renumbered, or replaced by other work. */
static void hear_replacement(struct session *session, const struct notice *notice, struct dossier *dossier)
{
        g_autoptr(GPtrArray) known = known_of(session);
        struct maintenance *replaced = identity_replaced(known, session->reading, notice);
        struct dossier *old = replaced && replaced != dossier->after ? dossier_of(session, replaced) : NULL;
        struct notice *whole = old && !notice->windows->len ? with_times_of(notice, old->after) : NULL;
        bool is_held = old && waits(old->after);
        if (!old && dossier->before)
                say(session->asks, "replaced, but the mail does not tell by what");
        if (old)
                hear_replaced(session, notice, old, dossier->after);
        if (!is_held && (old || !dossier->before))
                hear(session, whole ? whole : notice, dossier, dossier->after->events->len ? KIND_NEW : KIND_REPLACED);
        notice_free(whole);
}

static void hear_notice(struct session *session, const struct notice *notice, guint number)
{
        const struct reading *reading = session->reading;
        const struct notice *first = reading->notices->pdata[0];
        enum kind kind = turn_kind(reading->kind, first->status, notice->status);
        struct maintenance *found = NULL;
        g_autoptr(GPtrArray) known = known_of(session);
        enum found how = identity_find(known, reading, notice, &found);
        if (how == FOUND_SEVERAL) {
                say(session->asks, "it has no id, and could be about any of several maintenances");
                return;
        }
        struct dossier *dossier = found ? dossier_of(session, found) : NULL;
        if (!dossier) {
                dossier = dossier_new(NULL, identity_new(reading, notice, number));
                g_ptr_array_add(session->dossiers, dossier);
        }
        if (kind == KIND_REPLACED)
                hear_replacement(session, notice, dossier);
        else
                hear(session, notice, dossier, kind);
}

/* What needs no look at the past; NULL: it does. Caller frees. */
static char *why_none(const struct past *past, const struct reading *reading, enum leave leave)
{
        if (past->is_known)
                return g_strdup("the same mail was decided before");
        if (reading->is_test)
                return g_strdup("a dry run of the vendor");
        if (reading->is_noise && !reading->needs_person)
                return g_strdup_printf("noise: %s", reading->other ? reading->other : kind_word(reading->kind));
        bool is_sure = leave >= LEAVE_NO_END;
        return is_sure && reading->kind == KIND_OUTAGE ? g_strdup("an outage report, no planned work") : NULL;
}

/* Why there is nothing to decide; NULL: there is. */
static const char *why_nothing(const struct session *session)
{
        const struct reading *reading = session->reading;
        if (!reading->vendor || reading->kind == KIND_NONE || reading->kind == KIND_OUTAGE)
                return session->why ? session->why : "no kind of notice was recognised";
        if (reading->notices->len == 0)
                return reading->other ? reading->other : "no notice was found in it";
        return NULL;
}

static void hear_all(struct session *session, const struct past *past)
{
        const char *why = why_nothing(session);
        if (why) {
                say(session->asks, why);
                return;
        }
        for (guint i = 0; i < past->maintenances->len; i++)
                g_ptr_array_add(session->dossiers, dossier_new(past->maintenances->pdata[i], NULL));
        for (guint i = 0; i < session->reading->notices->len; i++)
                hear_notice(session, session->reading->notices->pdata[i], i);
}

/* The touched maintenances go to the verdict. Whether anything in the calendar changed. */
static bool settle(struct session *session)
{
        bool is_changed = false;
        for (guint i = 0; i < session->dossiers->len; i++) {
                struct dossier *dossier = session->dossiers->pdata[i];
                struct change change = {dossier->before, dossier->after, dossier->remarks, session->when};
                if (!dossier->is_touched)
                        continue;
                is_changed |= settle_change(&change, session->reading, session->policy, session->verdict);
                g_ptr_array_add(session->verdict->maintenances, g_steal_pointer(&dossier->after));
        }
        return is_changed;
}

static void move_texts(GPtrArray *to, const GPtrArray *from)
{
        for (guint i = 0; i < from->len; i++)
                g_ptr_array_add(to, g_strdup(from->pdata[i]));
}

static void resolve(struct session *session)
{
        struct verdict *verdict = session->verdict;
        bool is_changed = settle(session);
        if (!verdict->maintenances->len && !session->asks->len)
                say(session->asks, "nothing in it could be put into the calendar");
        if (session->asks->len)
                verdict->resolution = RESOLUTION_REVIEW;
        else if (is_changed)
                verdict->resolution = RESOLUTION_CALENDAR;
        else
                verdict->resolution = RESOLUTION_NONE;
        move_texts(verdict->reasons, session->asks);
        if (!is_changed && !session->asks->len && !session->calm->len)
                say(verdict->reasons, "same facts as the event");
        if (!is_changed)
                move_texts(verdict->reasons, session->calm);
}

struct verdict *decide_maint(const struct past *past, const struct reading *reading, const struct policy *policy)
{
        struct session session = {.reading = reading, .policy = policy, .verdict = verdict_new(), .when = clamp_date(reading)};
        session.leave = leave_of(reading, past, policy, &session.why);
        g_autofree char *none = why_none(past, reading, session.leave);
        if (none) {
                session.verdict->resolution = RESOLUTION_NONE;
                say(session.verdict->reasons, none);
                return session.verdict;
        }
        session.dossiers = g_ptr_array_new_with_free_func((GDestroyNotify)dossier_free);
        session.asks = g_ptr_array_new_with_free_func(g_free);
        session.calm = g_ptr_array_new_with_free_func(g_free);
        hear_all(&session, past);
        resolve(&session);
        g_ptr_array_unref(session.dossiers);
        g_ptr_array_unref(session.asks);
        g_ptr_array_unref(session.calm);
        return session.verdict;
}
