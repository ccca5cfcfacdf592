/* The rows of people's decisions.
 * In: decisions. Out: rows, in their order. */
#include "ledger/decisions.h"

#include "base/fail.h"
#include "ledger/inside.h"

#include <stdlib.h>

static bool next_number(struct ledger *ledger, gint64 *number, GError **error)
{
        gint64 last;
        if (!sql_one(ledger->sql, error, &last, 0, "SELECT max(id) FROM decision", ""))
                return false;
        *number = last + 1;
        return true;
}

bool decisions_add(struct ledger *ledger, struct decision *decision, gint64 mail, const char *before, GError **error)
{
        gint64 number;
        if (!next_number(ledger, &number, error))
                return false;
        if (decision->number && decision->number != number) {
                g_set_error(error, FAIL, FAIL_DATA, "decision %" G_GINT64_FORMAT " comes when %" G_GINT64_FORMAT " is due",
                            decision->number, number);
                return false;
        }
        decision->number = number;
        json_t *json = decision_to_json(decision);
        char *text = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        bool is_fine = sql_run(ledger->sql, error, "INSERT INTO decision VALUES (?1, nullif(?2, 0), ?3, ?4, ?5, ?6, ?7)", "iitittt", number,
                               mail, deed_word(decision->deed), (gint64)(before != NULL), text, before, decision->issue);
        free(text);
        return is_fine;
}

static struct decision *decision_of(const char *text, GError **error)
{
        json_t *json = json_loads(text, 0, NULL);
        struct decision *decision = decision_from_json(json, error);
        json_decref(json);
        if (!decision)
                g_prefix_error(error, "a decision in the ledger cannot be read: ");
        return decision;
}

/* Take the decisions (json) that rows give, and end them. NULL and an error. */
static GPtrArray *take_all(struct sql_rows *rows, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)decision_free);
        if (!rows)
                return NULL;
        while (!wrong && sql_next(rows, &wrong)) {
                struct decision *decision = decision_of(sql_text(rows, 0), &wrong);
                if (decision)
                        g_ptr_array_add(list, decision);
        }
        sql_end(rows);
        if (!wrong)
                return g_steal_pointer(&list);
        g_propagate_error(error, g_steal_pointer(&wrong));
        return NULL;
}

GPtrArray *decisions_list(struct ledger *ledger, gint64 mail, gint64 after, GError **error)
{
        return take_all(
                sql_ask(ledger->sql, error, "SELECT json FROM decision WHERE id > ?1 AND ?2 IN (0, mail) ORDER BY id", "ii", after, mail),
                error);
}

/* The first of rows (json, before), and end them. */
static struct decision *take_standing(struct sql_rows *rows, char **before, GError **error)
{
        struct decision *decision = NULL;
        if (rows && sql_next(rows, error)) {
                decision = decision_of(sql_text(rows, 0), error);
                if (decision && before)
                        *before = g_strdup(sql_text(rows, 1));
        }
        sql_end(rows);
        return decision;
}

struct decision *decisions_standing(struct ledger *ledger, gint64 mail, char **before, GError **error)
{
        return take_standing(sql_ask(ledger->sql, error,
                                     "SELECT json, before FROM decision WHERE mail = ?1 AND is_standing ORDER BY id DESC LIMIT 1", "i",
                                     mail),
                             before, error);
}

struct decision *decisions_standing_on(struct ledger *ledger, const char *issue, char **before, GError **error)
{
        return take_standing(sql_ask(ledger->sql, error,
                                     "SELECT json, before FROM decision WHERE issue = ?1 AND is_standing ORDER BY id DESC LIMIT 1", "t",
                                     issue),
                             before, error);
}

static struct decision *first_of(GPtrArray *list)
{
        struct decision *first = list && list->len ? g_ptr_array_steal_index(list, 0) : NULL;
        if (list)
                g_ptr_array_unref(list);
        return first;
}

struct decision *decisions_in_the_way(struct ledger *ledger, gint64 number, const char *before, GError **error)
{
        return first_of(
                take_all(sql_ask(ledger->sql, error,
                                 "SELECT json FROM decision WHERE id > ?1 AND is_standing AND EXISTS (SELECT 1 FROM "
                                 "json_each(before, '$.maintenances') theirs JOIN json_each(?2, '$.maintenances') ours USING (key)) "
                                 "ORDER BY id DESC LIMIT 1",
                                 "it", number, before),
                         error));
}

bool decisions_take_back(struct ledger *ledger, gint64 number, GError **error)
{
        return sql_run(ledger->sql, error, "UPDATE decision SET is_standing = 0 WHERE id = ?1", "i", number);
}
