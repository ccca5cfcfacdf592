/* Versions of a database's schema: what a file is, and the way to the newest one.
 * In: a database, a schema. Out: the database brought up, or refused and left as it is. */
#include "ledger/migrate.h"

#include "base/fail.h"

bool migrate_version(struct sql *sql, gint64 *version, GError **error)
{
        return sql_one(sql, error, version, 0, "PRAGMA user_version", "");
}

static bool check(const struct sql *sql, gint64 id, gint64 version, const struct sql_schema *schema, GError **error)
{
        if (id != 0 && id != schema->id)
                g_set_error(error, FAIL, FAIL_DATA, "%s is no ledger of ours: it is left alone; name another directory", sql_path(sql));
        else if (version > schema->n)
                g_set_error(error, FAIL, FAIL_DATA,
                            "%s is of a newer mailclinic (version %d, this one knows %d): it is left alone; install the newer program",
                            sql_path(sql), (int)version, schema->n);
        else
                return true;
        return false;
}

bool migrate_look(struct sql *sql, const struct sql_schema *schema, gint64 *version, GError **error)
{
        gint64 id, tables;
        if (!sql_one(sql, error, &id, 0, "PRAGMA application_id", "") || !migrate_version(sql, version, error) ||
            !sql_one(sql, error, &tables, 0, "SELECT count(*) FROM sqlite_schema", ""))
                return false;
        return check(sql, id == 0 && tables > 0 ? -1 : id, *version, schema, error);
}

static bool take_steps(struct sql *sql, const struct sql_schema *schema, GError **error)
{
        gint64 version;
        if (!migrate_look(sql, schema, &version, error))
                return false;
        for (int i = (int)version; i < schema->n; i++)
                if (!sql_execute(sql, schema->steps[i], error))
                        return false;
        g_autofree char *mark = g_strdup_printf("PRAGMA application_id=%d; PRAGMA user_version=%d", schema->id, schema->n);
        return sql_execute(sql, mark, error);
}

bool migrate(struct sql *sql, const struct sql_schema *schema, GError **error)
{
        gint64 version;
        if (!migrate_look(sql, schema, &version, error))
                return false;
        if (version == schema->n)
                return true;
        if (!sql_run(sql, error, "BEGIN IMMEDIATE", ""))
                return false;
        if (take_steps(sql, schema, error))
                return sql_commit(sql, error);
        sql_rollback(sql);
        return false;
}
