/* What is known of the heads of signatures (decide/group.h), kept with the ledger and in memory.
 * In: heads. Out: groups that are as the ledger has them. */
#include "ledger/heads.h"

#include "base/fail.h"
#include "ledger/inside.h"

#include <stdlib.h>

enum { REMEMBERED = 1000 }; /* heads */

struct heads {
        struct groups *groups;
        GHashTable *versions; /* head to the version in `groups` */
};

struct heads *heads_new(void)
{
        struct heads *heads = g_new0(struct heads, 1);
        heads->groups = groups_new();
        heads->versions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        return heads;
}

void heads_free(struct heads *heads)
{
        if (!heads)
                return;
        groups_free(heads->groups);
        g_hash_table_unref(heads->versions);
        g_free(heads);
}

static void remember(struct heads *heads, const char *head, gint64 version)
{
        g_hash_table_replace(heads->versions, g_strdup(head), GSIZE_TO_POINTER((gsize)version));
}

static gint64 remembered(const struct heads *heads, const char *head)
{
        return (gint64)GPOINTER_TO_SIZE(g_hash_table_lookup(heads->versions, head));
}

static void make_room(struct heads *heads)
{
        if (g_hash_table_size(heads->versions) < REMEMBERED)
                return;
        groups_free(heads->groups);
        heads->groups = groups_new();
        g_hash_table_remove_all(heads->versions);
}

static bool load(struct heads *heads, const char *head, const char *text, GError **error)
{
        json_error_t at = {.text = ""};
        json_t *json = json_loads(text, 0, &at);
        if (!json)
                g_set_error(error, FAIL, FAIL_DATA, "the ledger's groups of '%s' cannot be read: %s", head, at.text);
        bool is_loaded = json && groups_load(heads->groups, head, json, error);
        json_decref(json);
        return is_loaded;
}

struct groups *heads_open(struct heads *heads, struct ledger *ledger, const char *head, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct sql_rows *rows = sql_ask(ledger->sql, error, "SELECT version, json FROM head WHERE head = ?1", "t", head);
        if (!rows)
                return NULL;
        make_room(heads);
        bool is_there = sql_next(rows, &wrong);
        gint64 version = is_there ? sql_number(rows, 0) : 0;
        if (!wrong && version != remembered(heads, head)) {
                groups_forget(heads->groups, head);
                if (is_there && load(heads, head, sql_text(rows, 1), &wrong))
                        remember(heads, head, version);
        }
        sql_end(rows);
        if (!wrong)
                return heads->groups;
        g_propagate_error(error, g_steal_pointer(&wrong));
        return NULL;
}

bool heads_keep(struct heads *heads, struct ledger *ledger, const char *head, GError **error)
{
        if (!groups_is_changed(heads->groups, head))
                return true;
        json_t *json = groups_save(heads->groups, head);
        char *text = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        gint64 version = remembered(heads, head) + 1;
        bool is_kept = sql_run(ledger->sql, error, "INSERT OR REPLACE INTO head VALUES (?1, ?2, ?3)", "tit", head, version, text);
        free(text);
        if (!is_kept)
                return false;
        groups_settle(heads->groups, head);
        remember(heads, head, version);
        return true;
}
