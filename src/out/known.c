/* What a tracker knows of the names that the configuration gives, asked once a run.
 * In: a connection, the configuration. Out: PHIDs, statuses and priorities, and the names that are missing. */
#include "out/known.h"

#include <string.h>

static GHashTable *table_new(void)
{
        return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static const char *text_of(const json_t *object, const char *key)
{
        return json_string_value(json_object_get(object, key));
}

static void keep(char **place, const char *text)
{
        g_free(*place);
        *place = g_strdup(text);
}

static bool take_parent(const json_t *item, void *data)
{
        struct known *known = data;
        if (json_integer_value(json_object_get(item, "id")) == known->parent)
                keep(&known->parent_phid, text_of(item, "phid"));
        return true;
}

static bool take_user(const json_t *item, void *data)
{
        struct known *known = data;
        const char *name = text_of(json_object_get(item, "fields"), "username"), *phid = text_of(item, "phid");
        json_t *roles = json_object_get(json_object_get(item, "fields"), "roles"), *role;
        bool is_disabled = false;
        size_t i;
        json_array_foreach(roles, i, role) is_disabled |= g_strcmp0(json_string_value(role), "disabled") == 0;
        if (name && phid && !is_disabled)
                g_hash_table_insert(known->users, g_ascii_strdown(name, -1), g_strdup(phid));
        return true;
}

static void take_statuses(struct known *known, const json_t *result)
{
        json_t *item;
        size_t i;
        json_array_foreach(json_object_get(result, "data"), i, item)
        {
                const char *value = text_of(item, "value"), *special = text_of(item, "special");
                if (!value)
                        continue;
                g_ptr_array_add(known->statuses, g_strdup(value));
                if (json_is_true(json_object_get(item, "closed")))
                        g_hash_table_insert(known->closed, g_strdup(value), g_strdup(value));
                if (g_strcmp0(special, "default") == 0)
                        keep(&known->open, value);
                if (g_strcmp0(special, "closed") == 0)
                        keep(&known->resolved, value);
                if (g_strcmp0(special, "duplicate") == 0)
                        keep(&known->merged, value);
        }
}

static void take_priorities(struct known *known, const json_t *result)
{
        json_t *item, *word;
        size_t i, k;
        json_array_foreach(json_object_get(result, "data"), i, item)
                json_array_foreach(json_object_get(item, "keywords"), k, word) if (json_is_string(word))
                        g_hash_table_insert(known->priorities, g_strdup(json_string_value(word)), g_strdup(""));
}

/* The slug that was asked for leads to the PHID: a project may have several. An empty map comes as []. */
static void take_projects(struct known *known, const json_t *result)
{
        json_t *value;
        const char *slug;
        json_t *map = json_object_get(json_object_get(result, "maps"), "slugMap");
        json_object_foreach(map, slug, value) if (text_of(value, "projectPHID"))
                g_hash_table_insert(known->projects, g_strdup(slug), g_strdup(text_of(value, "projectPHID")));
}

/* All names of one sort, each once, in order. */
static GPtrArray *collect(const struct words *first, const struct settings *settings, gsize member, const char *const *more)
{
        GPtrArray *names = g_ptr_array_new();
        for (unsigned i = 0; i < first->n; i++)
                g_ptr_array_add(names, first->word[i]);
        for (unsigned n = 0; n < settings->owners_n; n++) {
                const struct words *words = G_STRUCT_MEMBER_P(&settings->owners[n], member);
                for (unsigned i = 0; i < words->n; i++)
                        g_ptr_array_add(names, words->word[i]);
        }
        for (; more && *more; more++)
                g_ptr_array_add(names, (char *)*more);
        return names;
}

static json_t *search_for(const char *constraint, const GPtrArray *names)
{
        json_t *list = json_array();
        for (guint i = 0; i < names->len; i++) {
                bool is_there = false;
                for (guint k = 0; k < i; k++)
                        is_there |= g_str_equal(names->pdata[k], names->pdata[i]);
                if (!is_there)
                        json_array_append_new(list, json_string(names->pdata[i]));
        }
        return json_pack("{s:{s:o}}", "constraints", constraint, list);
}

static void miss(struct known *known, const char *sort, const char *name)
{
        g_string_append_printf(known->missing, "%s%s '%s'", known->missing->len ? ", " : "", sort, name);
}

static bool is_policy(const char *view)
{
        static const char *const policies[] = {"public", "users", "admin", "no-one", NULL};
        return g_strv_contains(policies, view);
}

static void ask_projects(struct known *known, struct conduit *conduit, const struct settings *settings, struct call *call)
{
        const char *view = settings->tracker.view;
        bool is_project = view && !is_policy(view);
        const char *const more[] = {is_project ? view : NULL, NULL};
        g_autoptr(GPtrArray) names = collect(&settings->tracker.projects, settings, G_STRUCT_OFFSET(struct owner_rule, projects), more);
        if (names->len) {
                conduit_call(conduit, "project.search", search_for("slugs", names), call);
                take_projects(known, call->result);
        }
        for (guint i = 0; i < names->len; i++)
                if (!g_hash_table_contains(known->projects, names->pdata[i]))
                        miss(known, "project", names->pdata[i]);
        known->view = g_strdup(is_project ? g_hash_table_lookup(known->projects, view) : view);
        known->is_restricted = known->view && !g_str_equal(known->view, "public") && !g_str_equal(known->view, "users");
}

static void ask_users(struct known *known, struct conduit *conduit, const struct settings *settings, const char *const *clinicians,
                      struct call *call)
{
        g_autoptr(GPtrArray) names =
                collect(&settings->tracker.subscribers, settings, G_STRUCT_OFFSET(struct owner_rule, subscribers), clinicians);
        if (names->len)
                conduit_search(conduit, "user.search", search_for("usernames", names), take_user, known, call);
        for (guint i = 0; i < names->len; i++) {
                g_autofree char *name = g_ascii_strdown(names->pdata[i], -1);
                if (!g_hash_table_contains(known->users, name))
                        miss(known, "user", names->pdata[i]);
        }
}

static void check_priority(struct known *known, const char *priority)
{
        if (priority && !g_hash_table_contains(known->priorities, priority))
                miss(known, "priority", priority);
}

static void ask_words(struct known *known, struct conduit *conduit, const struct settings *settings, struct call *call)
{
        conduit_call(conduit, "maniphest.status.search", json_object(), call);
        take_statuses(known, call->result);
        if (call->heard != HEARD_OK)
                return;
        call_release(call);
        conduit_call(conduit, "maniphest.priority.search", json_object(), call);
        take_priorities(known, call->result);
        if (call->heard != HEARD_OK)
                return;
        check_priority(known, settings->tracker.priority);
        for (unsigned i = 0; i < settings->owners_n; i++)
                check_priority(known, settings->owners[i].priority);
}

static void ask_who_and_where(struct known *known, struct conduit *conduit, struct call *call)
{
        conduit_call(conduit, "user.whoami", json_object(), call);
        known->bot = g_strdup(text_of(call->result, "phid"));
        if (call->heard == HEARD_OK && !known->bot) {
                call->heard = HEARD_NOTHING;
                call->why = g_strdup("user.whoami: the answer names nobody");
        }
        if (call->heard != HEARD_OK)
                return;
        call_release(call);
        json_t *params = json_pack("{s:{s:[I]}}", "constraints", "ids", (json_int_t)known->parent);
        conduit_search(conduit, "maniphest.search", params, take_parent, known, call);
}

void known_ask(struct known *known, struct conduit *conduit, const struct settings *settings, const char *const *clinicians,
               struct call *call)
{
        const char *parent = settings->tracker.parent;
        *known = (struct known){.projects = table_new(), .users = table_new(), .priorities = table_new(), .closed = table_new()};
        known->statuses = g_ptr_array_new_with_free_func(g_free);
        known->missing = g_string_new(NULL);
        known->parent = parent && *parent ? g_ascii_strtoll(parent + 1, NULL, 10) : 0;
        ask_who_and_where(known, conduit, call);
        if (call->heard != HEARD_OK || !known->parent_phid)
                return;
        call_release(call);
        ask_words(known, conduit, settings, call);
        if (call->heard != HEARD_OK)
                return;
        call_release(call);
        ask_projects(known, conduit, settings, call);
        if (call->heard != HEARD_OK)
                return;
        call_release(call);
        ask_users(known, conduit, settings, clinicians, call);
}

void known_release(struct known *known)
{
        GHashTable **tables[] = {&known->projects, &known->users, &known->priorities, &known->closed};
        for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
                g_clear_pointer(tables[i], g_hash_table_unref);
        char **texts[] = {&known->parent_phid, &known->bot, &known->open, &known->resolved, &known->merged, &known->view};
        for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
                g_clear_pointer(texts[i], g_free);
        g_clear_pointer(&known->statuses, g_ptr_array_unref);
        if (known->missing)
                g_string_free(known->missing, TRUE);
        known->missing = NULL;
}
