/* Which issue a signature belongs to: those with the same head (kind and key fields) whose bodies are nearly the same are one.
 * In: signatures (data/root.h) in the order of their mails. Out: the name of the issue, which never changes, and why. */
#include "decide/group.h"

#include "base/fail.h"
#include "decide/outline.h"

#include <string.h>

#define ONE_FROM 0.55 /* agreement from which two bodies are one issue */

enum {
        NAME_LENGTH = 32,
        GROUPS_AT_MOST = 300, /* issues of one head: the oldest are forgotten, and would come again under the same name */
        VARIANTS_AT_MOST = 8, /* bodies of an issue that are remembered */
        BABBLE_FROM = 5,      /* issues of one head that tell of no fault: from so many on, what it says differs each time */
};

struct group {
        char *name;
        GPtrArray *variants; /* struct outline */
};

/* All that is known of one head. */
struct shelf {
        struct templates *templates;
        GPtrArray *groups; /* struct group, the oldest first */
        guint changes;     /* of groups and their variants, since it was made or loaded */
        guint64 kept;      /* templates_changes() then */
};

struct groups {
        GHashTable *shelves; /* head to struct shelf */
};

static void group_free(gpointer data)
{
        struct group *group = data;
        g_ptr_array_unref(group->variants);
        g_free(group->name);
        g_free(group);
}

static struct group *group_new(char *name)
{
        struct group *group = g_new0(struct group, 1);
        group->name = name;
        group->variants = g_ptr_array_new_with_free_func((GDestroyNotify)outline_free);
        return group;
}

static void shelf_free(gpointer data)
{
        struct shelf *shelf = data;
        g_ptr_array_unref(shelf->groups);
        templates_free(shelf->templates);
        g_free(shelf);
}

static struct shelf *shelf_new(struct templates *templates)
{
        struct shelf *shelf = g_new0(struct shelf, 1);
        shelf->templates = templates;
        shelf->groups = g_ptr_array_new_with_free_func(group_free);
        return shelf;
}

struct groups *groups_new(void)
{
        struct groups *groups = g_new0(struct groups, 1);
        groups->shelves = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, shelf_free);
        return groups;
}

void groups_free(struct groups *groups)
{
        if (!groups)
                return;
        g_hash_table_unref(groups->shelves);
        g_free(groups);
}

static const char *body_of(const char *signature)
{
        const char *gap = strstr(signature, "\n\n");
        return gap ? gap + 2 : "";
}

char *group_head(const char *signature)
{
        const char *gap = strstr(signature, "\n\n");
        return gap ? g_strndup(signature, (gsize)(gap - signature)) : g_strdup(signature);
}

static char *name_of(const char *signature)
{
        g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, signature, -1);
        return g_strdup_printf("rmf%.*s", NAME_LENGTH, hash);
}

static struct group *nearest(const struct shelf *shelf, const struct outline *outline, double *most, const struct outline **variant)
{
        struct group *best = NULL;
        *most = -1;
        for (guint i = 0; i < shelf->groups->len; i++) {
                struct group *group = shelf->groups->pdata[i];
                for (guint k = 0; k < group->variants->len; k++) {
                        double agreement = outline_agreement(outline, group->variants->pdata[k], shelf->templates);
                        if (agreement <= *most)
                                continue;
                        *most = agreement;
                        *variant = group->variants->pdata[k];
                        best = group;
                }
        }
        return best;
}

/* The first issue that tells of no fault, if there are so many of them that what it says cannot matter. */
static struct group *babble(const struct shelf *shelf, const struct outline *outline)
{
        guint n = 0;
        struct group *first = NULL;
        for (guint i = 0; i < shelf->groups->len && !outline_tells(outline); i++) {
                struct group *group = shelf->groups->pdata[i];
                if (outline_tells(group->variants->pdata[0]))
                        continue;
                first = first ? first : group;
                n++;
        }
        return n >= BABBLE_FROM ? first : NULL;
}

static char *why_not(const struct shelf *shelf, const struct outline *outline, const struct outline *variant, double most,
                     const struct group *nearest_group)
{
        g_autofree char *here = outline_only(outline, variant, shelf->templates);
        g_autofree char *there = outline_only(variant, outline, shelf->templates);
        return g_strdup_printf("new: nearest is %s, of which it has %.0f%%; only here: \"%s\"; only there: \"%s\"", nearest_group->name,
                               MAX(most, 0) * 100, here ? here : "", there ? there : "");
}

/* Put an outline, which is taken over, where it belongs. */
static struct group *place(struct shelf *shelf, const char *signature, struct outline *outline, bool *is_new, char **why)
{
        double most;
        const struct outline *variant = NULL;
        struct group *best = nearest(shelf, outline, &most, &variant), *other = most < ONE_FROM ? babble(shelf, outline) : NULL;
        *is_new = most < ONE_FROM && !other;
        if (*is_new) {
                *why = best ? why_not(shelf, outline, variant, most, best) : g_strdup("new: the first with this kind and these fields");
                best = group_new(name_of(signature));
                if (shelf->groups->len == GROUPS_AT_MOST)
                        g_ptr_array_remove_index(shelf->groups, 0);
                g_ptr_array_add(shelf->groups, best);
        } else {
                *why = other ? g_strdup("its output differs each time, and tells of no fault")
                             : g_strdup_printf("it has %.0f%% of what tells of the problem", most * 100);
                best = other ? other : best;
        }
        if (most < 1 && best->variants->len < VARIANTS_AT_MOST) {
                g_ptr_array_add(best->variants, outline);
                shelf->changes++;
        } else {
                outline_free(outline);
        }
        return best;
}

static struct shelf *shelf_of(struct groups *groups, const char *signature)
{
        g_autofree char *head = group_head(signature);
        struct shelf *shelf = g_hash_table_lookup(groups->shelves, head);
        if (!shelf) {
                shelf = shelf_new(templates_new());
                g_hash_table_insert(groups->shelves, g_steal_pointer(&head), shelf);
        }
        return shelf;
}

const char *groups_add(struct groups *groups, const char *signature, bool *is_new, char **why)
{
        struct shelf *shelf = shelf_of(groups, signature);
        g_autofree char *reason = NULL;
        bool was_new;
        struct outline *outline = outline_new(shelf->templates, body_of(signature));
        struct group *group = place(shelf, signature, outline, &was_new, &reason);
        if (is_new)
                *is_new = was_new;
        if (why)
                *why = g_steal_pointer(&reason);
        return group->name;
}

static const struct group *find_group(const struct shelf *shelf, const char *name)
{
        for (guint i = 0; i < shelf->groups->len; i++) {
                const struct group *group = shelf->groups->pdata[i];
                if (strcmp(group->name, name) == 0)
                        return group;
        }
        return NULL;
}

char *groups_template(const struct groups *groups, const char *head, const char *name)
{
        const struct shelf *shelf = g_hash_table_lookup(groups->shelves, head);
        const struct group *group = shelf ? find_group(shelf, name) : NULL;
        return group ? outline_text(group->variants->pdata[0], shelf->templates) : NULL;
}

bool groups_is_changed(const struct groups *groups, const char *head)
{
        const struct shelf *shelf = g_hash_table_lookup(groups->shelves, head);
        return shelf && (shelf->changes > 0 || templates_changes(shelf->templates) != shelf->kept);
}

static void settle(struct shelf *shelf)
{
        shelf->changes = 0;
        shelf->kept = templates_changes(shelf->templates);
}

void groups_settle(struct groups *groups, const char *head)
{
        struct shelf *shelf = g_hash_table_lookup(groups->shelves, head);
        if (shelf)
                settle(shelf);
}

void groups_forget(struct groups *groups, const char *head)
{
        g_hash_table_remove(groups->shelves, head);
}

json_t *groups_save(const struct groups *groups, const char *head)
{
        const struct shelf *shelf = g_hash_table_lookup(groups->shelves, head);
        if (!shelf)
                return NULL;
        json_t *list = json_array();
        for (guint i = 0; i < shelf->groups->len; i++) {
                const struct group *group = shelf->groups->pdata[i];
                json_t *variants = json_array();
                for (guint k = 0; k < group->variants->len; k++)
                        json_array_append_new(variants, outline_to_json(group->variants->pdata[k]));
                json_array_append_new(list, json_pack("{s:s, s:o}", "name", group->name, "variants", variants));
        }
        return json_pack("{s:o, s:o}", "templates", templates_to_json(shelf->templates), "groups", list);
}

static struct group *group_from(const json_t *json, const struct templates *templates)
{
        const char *name = json_string_value(json_object_get(json, "name"));
        const json_t *variants = json_object_get(json, "variants");
        if (!name || json_array_size(variants) == 0)
                return NULL;
        struct group *group = group_new(g_strdup(name));
        for (gsize i = 0; i < json_array_size(variants); i++) {
                struct outline *outline = outline_from_json(json_array_get(variants, i), templates);
                if (!outline) {
                        group_free(group);
                        return NULL;
                }
                g_ptr_array_add(group->variants, outline);
        }
        return group;
}

bool groups_load(struct groups *groups, const char *head, const json_t *json, GError **error)
{
        const json_t *list = json_object_get(json, "groups"), *saved = json_object_get(json, "templates");
        if (!json_is_array(list) || !json_is_array(saved)) {
                g_set_error(error, FAIL, FAIL_DATA, "'%s': no templates and groups were saved", head);
                return false;
        }
        struct templates *templates = templates_from_json(saved, error);
        if (!templates)
                return false;
        struct shelf *shelf = shelf_new(templates);
        for (gsize i = 0; i < json_array_size(list); i++) {
                struct group *group = group_from(json_array_get(list, i), templates);
                if (!group) {
                        g_set_error(error, FAIL, FAIL_DATA, "group %zu of '%s': not what was saved", i, head);
                        shelf_free(shelf);
                        return false;
                }
                g_ptr_array_add(shelf->groups, group);
        }
        settle(shelf);
        g_hash_table_replace(groups->shelves, g_strdup(head), shelf);
        return true;
}
