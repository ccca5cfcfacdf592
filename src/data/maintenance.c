/* A maintenance: a piece of work over its whole life, joined from its notices; and its events, one for each window (CALENDAR.md 1).
 * In: filled by decide/decide-maint.c, kept by the ledger. Out: plain structs. */
#include "data/maintenance.h"

#include "data/reading.h"

enum {
        PRESUME_SECONDS = 24 * 60 * 60,
};

static const char *const states[STATE_COUNT] = {
        [STATE_NONE] = "none",           [STATE_TENTATIVE] = "tentative",
        [STATE_CONFIRMED] = "confirmed", [STATE_IN_PROCESS] = "in process",
        [STATE_COMPLETED] = "completed", [STATE_CANCELLED] = "cancelled",
        [STATE_REVIEW] = "review",
};

const char *state_word(enum state state)
{
        return states[state];
}

int state_from_word(const char *word)
{
        for (int i = 0; i < STATE_COUNT; i++)
                if (g_ascii_strcasecmp(states[i], word) == 0)
                        return i;
        return -1;
}

struct post *post_new(void)
{
        struct post *post = g_new0(struct post, 1);
        post->date = MAINTENANCE_NO_TIME;
        return post;
}

void post_free(struct post *post)
{
        if (!post)
                return;
        g_free(post->message_id);
        g_free(post->link);
        g_free(post->change);
        g_free(post);
}

static GPtrArray *new_circuits(void)
{
        return g_ptr_array_new_with_free_func((GDestroyNotify)circuit_free);
}

struct event *event_new(void)
{
        struct event *event = g_new0(struct event, 1);
        event->start = event->end = event->created = event->modified = MAINTENANCE_NO_TIME;
        event->is_checked = true;
        event->circuits = new_circuits();
        return event;
}

void event_free(struct event *event)
{
        if (!event)
                return;
        g_free(event->uid);
        g_free(event->written);
        g_ptr_array_unref(event->circuits);
        g_free(event);
}

struct maintenance *maintenance_new(void)
{
        struct maintenance *maintenance = g_new0(struct maintenance, 1);
        maintenance->circuits = new_circuits();
        maintenance->events = g_ptr_array_new_with_free_func((GDestroyNotify)event_free);
        maintenance->posts = g_ptr_array_new_with_free_func((GDestroyNotify)post_free);
        maintenance->aliases = g_ptr_array_new_with_free_func(g_free);
        maintenance->applied = MAINTENANCE_NO_TIME;
        maintenance->vendor_sequence = -1;
        return maintenance;
}

void maintenance_free(struct maintenance *maintenance)
{
        if (!maintenance)
                return;
        g_free(maintenance->key);
        g_free(maintenance->vendor);
        g_free(maintenance->vendor_name);
        g_free(maintenance->maintenance_id);
        g_free(maintenance->account);
        g_free(maintenance->summary);
        g_free(maintenance->location);
        g_free(maintenance->subject);
        g_ptr_array_unref(maintenance->circuits);
        g_ptr_array_unref(maintenance->events);
        g_ptr_array_unref(maintenance->posts);
        g_ptr_array_unref(maintenance->aliases);
        g_free(maintenance);
}

static gpointer circuit_copy(gconstpointer source, gpointer data G_GNUC_UNUSED)
{
        const struct circuit *circuit = source;
        return circuit_new(circuit->circuit_id, circuit->impact);
}

static gpointer post_copy(gconstpointer source, gpointer data G_GNUC_UNUSED)
{
        const struct post *post = source;
        struct post *copy = post_new();
        *copy = *post;
        copy->message_id = g_strdup(post->message_id);
        copy->link = g_strdup(post->link);
        copy->change = g_strdup(post->change);
        return copy;
}

static gpointer text_copy(gconstpointer source, gpointer data G_GNUC_UNUSED)
{
        return g_strdup(source);
}

static GPtrArray *copy_array(const GPtrArray *array, GCopyFunc copy, GDestroyNotify destroy)
{
        GPtrArray *copies = g_ptr_array_new_with_free_func(destroy);
        for (guint i = 0; i < array->len; i++)
                g_ptr_array_add(copies, copy(array->pdata[i], NULL));
        return copies;
}

GPtrArray *circuits_copy(const GPtrArray *circuits)
{
        return copy_array(circuits, circuit_copy, (GDestroyNotify)circuit_free);
}

struct event *event_copy(const struct event *event)
{
        struct event *copy = g_memdup2(event, sizeof *event);
        copy->uid = g_strdup(event->uid);
        copy->written = g_strdup(event->written);
        copy->circuits = circuits_copy(event->circuits);
        return copy;
}

static gpointer copy_of_event(gconstpointer source, gpointer data G_GNUC_UNUSED)
{
        return event_copy(source);
}

struct maintenance *maintenance_copy(const struct maintenance *maintenance)
{
        struct maintenance *copy = g_memdup2(maintenance, sizeof *maintenance);
        copy->key = g_strdup(maintenance->key);
        copy->vendor = g_strdup(maintenance->vendor);
        copy->vendor_name = g_strdup(maintenance->vendor_name);
        copy->maintenance_id = g_strdup(maintenance->maintenance_id);
        copy->account = g_strdup(maintenance->account);
        copy->summary = g_strdup(maintenance->summary);
        copy->location = g_strdup(maintenance->location);
        copy->subject = g_strdup(maintenance->subject);
        copy->circuits = circuits_copy(maintenance->circuits);
        copy->events = copy_array(maintenance->events, copy_of_event, (GDestroyNotify)event_free);
        copy->posts = copy_array(maintenance->posts, post_copy, (GDestroyNotify)post_free);
        copy->aliases = copy_array(maintenance->aliases, text_copy, g_free);
        return copy;
}

static bool same_circuits(const GPtrArray *a, const GPtrArray *b)
{
        if (a->len != b->len)
                return false;
        for (guint i = 0; i < a->len; i++) {
                const struct circuit *x = a->pdata[i], *y = b->pdata[i];
                if (x->impact != y->impact || g_strcmp0(x->circuit_id, y->circuit_id) != 0)
                        return false;
        }
        return true;
}

bool event_same(const struct event *a, const struct event *b)
{
        return a->state == b->state && a->start == b->start && a->end == b->end && a->role == b->role && a->is_all_day == b->is_all_day &&
               a->is_day == b->is_day && a->is_postponed == b->is_postponed && a->is_checked == b->is_checked && a->created == b->created &&
               g_strcmp0(a->uid, b->uid) == 0 && g_strcmp0(a->written, b->written) == 0 && same_circuits(a->circuits, b->circuits);
}

bool maintenance_same(const struct maintenance *a, const struct maintenance *b)
{
        return a->emergency == b->emergency && a->impact == b->impact && g_strcmp0(a->vendor_name, b->vendor_name) == 0 &&
               g_strcmp0(a->maintenance_id, b->maintenance_id) == 0 && g_strcmp0(a->account, b->account) == 0 &&
               g_strcmp0(a->summary, b->summary) == 0 && g_strcmp0(a->location, b->location) == 0 &&
               g_strcmp0(a->subject, b->subject) == 0 && same_circuits(a->circuits, b->circuits);
}

enum state event_state_at(const struct event *event, gint64 now)
{
        bool is_open = event->state == STATE_TENTATIVE || event->state == STATE_CONFIRMED || event->state == STATE_IN_PROCESS;
        bool is_over = event->end != MAINTENANCE_NO_TIME && now != MAINTENANCE_NO_TIME && now - event->end > PRESUME_SECONDS;
        return is_open && is_over && !event->is_postponed ? STATE_COMPLETED : event->state;
}

char *maintenance_key(const char *vendor, const char *maintenance_id)
{
        g_autofree char *upper = g_utf8_strup(maintenance_id, -1);
        const char *id = g_strstrip(upper);
        while (*id == '#')
                id++;
        while (g_ascii_isspace(*id))
                id++;
        return g_strdup_printf("%s:%s", vendor, id);
}
