/* Mails that are recorded and not put into their folder yet.
 * In: a ledger. Out: ids; marks taken away. */
#include "ledger/unfiled.h"

#include "ledger/inside.h"

GArray *unfiled_list(struct ledger *ledger, guint most, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
        struct sql_rows *rows = sql_ask(ledger->sql, error, "SELECT mail FROM unfiled ORDER BY mail LIMIT ?1", "i", (gint64)most);
        if (!rows)
                return NULL;
        while (sql_next(rows, &wrong)) {
                gint64 id = sql_number(rows, 0);
                g_array_append_val(ids, id);
        }
        sql_end(rows);
        if (!wrong)
                return g_steal_pointer(&ids);
        g_propagate_error(error, g_steal_pointer(&wrong));
        return NULL;
}

bool unfiled_drop(struct ledger *ledger, gint64 mail, GError **error)
{
        return sql_run(ledger->sql, error, "DELETE FROM unfiled WHERE mail = ?1", "i", mail);
}
