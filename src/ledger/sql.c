/* SQLite: a connection, and statements with values; the one place that knows its library.
 * In: SQL, values. Out: rows; errors that say what to do. */
#include "ledger/sql.h"

#include "base/fail.h"
#include "ledger/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

enum {
        WAIT_MILLISECONDS = 5000,
        AGAIN_MICROSECONDS = 10 * 1000,
        BACKUP_PAGES = 256,
        MANY_PAGES = 4096,
        FEW_PAGES = 64, /* of the WAL: each delivery reads all of it, and few enough checkpoints are left */
};

struct sql {
        sqlite3 *handle;
        char *path;             /* NULL: in memory */
        GHashTable *statements; /* text (borrowed: literals of this program) -> sqlite3_stmt, ready to be used again */
        int version;            /* that the schema was brought to */
        int most_pages;         /* of the WAL */
};

struct sql_rows {
        struct sql *sql; /* borrowed */
        sqlite3_stmt *statement;
};

static bool is_damage(int code)
{
        return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

/* What the library says, with what can be done about it. */
static bool refuse(const struct sql *sql, GError **error)
{
        int code = sqlite3_errcode(sql->handle);
        const char *path = sql->path ? sql->path : "the ledger in memory";
        const char *words = sqlite3_errmsg(sql->handle);
        if (is_damage(code))
                g_set_error(error, FAIL, FAIL_DATA,
                            "%s is damaged (%s): put the last backup in its place, or move it away and rebuild it from the mailboxes with "
                            "'mailclinic replay'; it was not written to",
                            path, words);
        else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
                g_set_error(error, FAIL, FAIL_IO, "%s: another process held it for more than %d s", path, WAIT_MILLISECONDS / 1000);
        else
                g_set_error(error, FAIL, FAIL_IO, "%s: %s", path, words);
        return false;
}

static void finalize(gpointer statement)
{
        sqlite3_finalize(statement);
}

static sqlite3_stmt *prepare(struct sql *sql, const char *text, GError **error)
{
        sqlite3_stmt *statement = g_hash_table_lookup(sql->statements, text);
        if (statement)
                return statement;
        if (sqlite3_prepare_v3(sql->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
                refuse(sql, error);
                return NULL;
        }
        g_hash_table_insert(sql->statements, (char *)text, statement);
        return statement;
}

static void bind(sqlite3_stmt *statement, const char *types, va_list values)
{
        for (int i = 0; types[i]; i++) {
                if (types[i] == 't')
                        sqlite3_bind_text(statement, i + 1, va_arg(values, const char *), -1, SQLITE_STATIC);
                else
                        sqlite3_bind_int64(statement, i + 1, va_arg(values, gint64));
        }
}

static void leave(sqlite3_stmt *statement)
{
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
}

bool sql_run(struct sql *sql, GError **error, const char *text, const char *types, ...)
{
        sqlite3_stmt *statement = prepare(sql, text, error);
        if (!statement)
                return false;
        va_list values;
        va_start(values, types);
        bind(statement, types, values);
        va_end(values);
        int code = sqlite3_step(statement);
        bool is_done = code == SQLITE_DONE || code == SQLITE_ROW || refuse(sql, error);
        leave(statement);
        return is_done;
}

bool sql_execute(struct sql *sql, const char *text, GError **error)
{
        return sqlite3_exec(sql->handle, text, NULL, NULL, NULL) == SQLITE_OK || refuse(sql, error);
}

int sql_changes(const struct sql *sql)
{
        return sqlite3_changes(sql->handle);
}

gint64 sql_last_id(const struct sql *sql)
{
        return sqlite3_last_insert_rowid(sql->handle);
}

static struct sql_rows *ask(struct sql *sql, GError **error, const char *text, const char *types, va_list values)
{
        sqlite3_stmt *statement = prepare(sql, text, error);
        if (!statement)
                return NULL;
        g_assert(!sqlite3_stmt_busy(statement));
        bind(statement, types, values);
        struct sql_rows *rows = g_new(struct sql_rows, 1);
        *rows = (struct sql_rows){sql, statement};
        return rows;
}

struct sql_rows *sql_ask(struct sql *sql, GError **error, const char *text, const char *types, ...)
{
        va_list values;
        va_start(values, types);
        struct sql_rows *rows = ask(sql, error, text, types, values);
        va_end(values);
        return rows;
}

bool sql_next(struct sql_rows *rows, GError **error)
{
        int code = sqlite3_step(rows->statement);
        if (code == SQLITE_ROW)
                return true;
        if (code != SQLITE_DONE)
                refuse(rows->sql, error);
        return false;
}

void sql_end(struct sql_rows *rows)
{
        if (!rows)
                return;
        leave(rows->statement);
        g_free(rows);
}

const char *sql_text(struct sql_rows *rows, int column)
{
        return (const char *)sqlite3_column_text(rows->statement, column);
}

gint64 sql_number(struct sql_rows *rows, int column)
{
        return sqlite3_column_int64(rows->statement, column);
}

bool sql_is_null(struct sql_rows *rows, int column)
{
        return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

bool sql_one(struct sql *sql, GError **error, gint64 *number, gint64 otherwise, const char *text, const char *types, ...)
{
        GError *wrong = NULL;
        va_list values;
        va_start(values, types);
        struct sql_rows *rows = ask(sql, &wrong, text, types, values);
        va_end(values);
        bool has_number = rows && sql_next(rows, &wrong) && !sql_is_null(rows, 0);
        if (!wrong)
                *number = has_number ? sql_number(rows, 0) : otherwise;
        sql_end(rows);
        if (wrong)
                g_propagate_error(error, wrong);
        return !wrong;
}

bool sql_begin(struct sql *sql, GError **error)
{
        gint64 version = 0;
        if (!sql_run(sql, error, "BEGIN IMMEDIATE", ""))
                return false;
        bool is_known = migrate_version(sql, &version, error);
        if (is_known && version == sql->version)
                return true;
        if (is_known)
                g_set_error(error, FAIL, FAIL_DATA, "%s: another program brought it to version %d meanwhile", sql->path, (int)version);
        sql_rollback(sql);
        return false;
}

bool sql_commit(struct sql *sql, GError **error)
{
        if (sql_run(sql, error, "COMMIT", ""))
                return true;
        sql_rollback(sql);
        return false;
}

void sql_rollback(struct sql *sql)
{
        if (sql_is_in_transaction(sql))
                sqlite3_exec(sql->handle, "ROLLBACK", NULL, NULL, NULL);
}

bool sql_is_in_transaction(const struct sql *sql)
{
        return !sqlite3_get_autocommit(sql->handle);
}

const char *sql_path(const struct sql *sql)
{
        return sql->path;
}

static gint64 deadline(void)
{
        return g_get_monotonic_time() + WAIT_MILLISECONDS * G_GINT64_CONSTANT(1000);
}

/* The journal that there is once WAL was asked for. NULL and an error. Caller frees. */
static char *ask_for_wal(struct sql *sql, GError **error)
{
        struct sql_rows *rows = sql_ask(sql, error, "PRAGMA journal_mode=WAL", "");
        char *mode = rows && sql_next(rows, error) ? g_strdup(sql_text(rows, 0)) : NULL;
        sql_end(rows);
        return mode;
}

/* The first to come turns WAL on, for which SQLite wants the file alone and does not wait; the answer, not the call, says that it is. */
static bool turn_wal_on(struct sql *sql, GError **error)
{
        for (gint64 until = deadline();; g_usleep(AGAIN_MICROSECONDS)) {
                g_autoptr(GError) wrong = NULL;
                g_autofree char *mode = ask_for_wal(sql, &wrong);
                if (g_strcmp0(mode, "wal") == 0)
                        return true;
                if (sqlite3_errcode(sql->handle) == SQLITE_BUSY && g_get_monotonic_time() < until)
                        continue;
                if (mode)
                        g_set_error(error, FAIL, FAIL_IO, "%s: WAL cannot be turned on here (the journal stays '%s')", sql->path, mode);
                else
                        g_propagate_error(error, g_steal_pointer(&wrong));
                return false;
        }
}

/* After a commit: move what the WAL has into the database and empty it. Whoever opens a database alone reads its whole WAL, and knows no
 * more what of it was moved: without this it would never be emptied, and grow for ever. Others at work are not waited for: the next one
 * may. */
static int tidy_up(void *data, sqlite3 *handle, const char *name, int pages)
{
        const struct sql *sql = data;
        if (pages < sql->most_pages)
                return SQLITE_OK;
        sqlite3_busy_timeout(handle, 0);
        sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        sqlite3_busy_timeout(handle, WAIT_MILLISECONDS);
        return SQLITE_OK;
}

static struct sql *connect_to(const char *path, int flags, GError **error)
{
        struct sql *sql = g_new0(struct sql, 1);
        sql->statements = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, finalize);
        sql->path = g_strcmp0(path, ":memory:") == 0 ? NULL : g_strdup(path);
        sql->most_pages = FEW_PAGES;
        int code = sqlite3_open_v2(path, &sql->handle, flags, NULL);
        if (code == SQLITE_OK) {
                sqlite3_busy_timeout(sql->handle, WAIT_MILLISECONDS);
                /* The last one to leave does not tidy up: that costs each delivery several fsyncs. Every few pages do it all the same. */
                sqlite3_db_config(sql->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
                sqlite3_wal_hook(sql->handle, tidy_up, sql);
                return sql;
        }
        refuse(sql, error);
        sql_close(sql);
        return NULL;
}

static bool bring_up(struct sql *sql, const struct sql_schema *schema, GError **error)
{
        sql->version = schema->n;
        return migrate(sql, schema, error);
}

/* SQLite makes files by the umask, which is not ours to trust. */
static bool make_file(const char *path, GError **error)
{
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) {
                g_set_error(error, FAIL, FAIL_IO, "%s: cannot be opened: %s", path, g_strerror(errno));
                return false;
        }
        close(fd);
        return true;
}

struct sql *sql_open(const char *path, const struct sql_schema *schema, GError **error)
{
        if (!make_file(path, error))
                return NULL;
        struct sql *sql = connect_to(path, SQLITE_OPEN_READWRITE, error);
        gint64 version;
        /* What it is, before anything is written to it. */
        if (sql && migrate_look(sql, schema, &version, error) && turn_wal_on(sql, error) &&
            sql_execute(sql, "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY", error) && bring_up(sql, schema, error))
                return sql;
        sql_close(sql);
        return NULL;
}

bool sql_expect_many(struct sql *sql, GError **error)
{
        sql->most_pages = MANY_PAGES;
        return sql_execute(sql, "PRAGMA cache_size=-65536", error); /* KiB */
}

static bool copy_pages(struct sql *from, struct sql *to, GError **error)
{
        sqlite3_backup *backup = sqlite3_backup_init(to->handle, "main", from->handle, "main");
        if (!backup)
                return refuse(to, error);
        int code = SQLITE_OK;
        for (gint64 until = deadline(); code != SQLITE_DONE;) {
                code = sqlite3_backup_step(backup, BACKUP_PAGES);
                if ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && g_get_monotonic_time() < until)
                        sqlite3_sleep(AGAIN_MICROSECONDS / 1000);
                else if (code != SQLITE_OK)
                        break;
        }
        sqlite3_backup_finish(backup);
        if (code == SQLITE_DONE)
                return true;
        g_set_error(error, FAIL, is_damage(code) ? FAIL_DATA : FAIL_IO, "%s: cannot be copied: %s", from->path ? from->path : "the ledger",
                    sqlite3_errstr(code));
        return false;
}

struct sql *sql_memory(const char *path, const struct sql_schema *schema, GError **error)
{
        struct sql *sql = connect_to(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
        bool is_fine = sql != NULL;
        if (sql && path && g_file_test(path, G_FILE_TEST_EXISTS)) {
                struct sql *file = connect_to(path, SQLITE_OPEN_READWRITE, error);
                is_fine = file && copy_pages(file, sql, error);
                sql_close(file);
        }
        if (is_fine && bring_up(sql, schema, error))
                return sql;
        sql_close(sql);
        return NULL;
}

void sql_close(struct sql *sql)
{
        if (!sql)
                return;
        g_hash_table_unref(sql->statements);
        sqlite3_close(sql->handle);
        g_free(sql->path);
        g_free(sql);
}

bool sql_backup(struct sql *sql, const char *path, GError **error)
{
        if (g_file_test(path, G_FILE_TEST_EXISTS)) {
                g_set_error(error, FAIL, FAIL_IO, "%s: is there already", path);
                return false;
        }
        struct sql *copy = make_file(path, error) ? connect_to(path, SQLITE_OPEN_READWRITE, error) : NULL;
        bool is_done = copy && copy_pages(sql, copy, error) && sql_execute(copy, "PRAGMA journal_mode=DELETE", error);
        sql_close(copy);
        return is_done;
}
