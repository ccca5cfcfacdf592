/* SQLite: a connection, and statements with values; the one place that knows its library.
 * In: SQL, values. Out: rows; errors that say what to do (FAIL_IO: try again; FAIL_DATA: damaged, or of a newer program). */
#ifndef MAILCLINIC_SQL_H
#define MAILCLINIC_SQL_H

#include <stdbool.h>

#include <glib.h>

struct sql;

/* The steps that make a schema what it is: step n (from 0) leads from version n to n + 1 (PRAGMA user_version). */
struct sql_schema {
        int id; /* PRAGMA application_id: whose file it is */
        const char *const *steps;
        int n;
};

/* Open a database file (mode 0600 if it is made), in WAL mode with synchronous=FULL, and bring it to the newest version. Waits up to 5 s
 * for others. NULL and an error. */
struct sql *sql_open(const char *path, const struct sql_schema *schema, GError **error);

/* Very many changes are to come: keep more in memory, and write what is changed again and again less often. */
bool sql_expect_many(struct sql *sql, GError **error);

/* A copy in memory of a database file, or an empty database if there is no such file (or path is NULL). The file is left as it is. */
struct sql *sql_memory(const char *path, const struct sql_schema *schema, GError **error);
void sql_close(struct sql *sql);

/* The file; NULL in memory. Borrowed. */
const char *sql_path(const struct sql *sql);

/* A transaction: BEGIN IMMEDIATE. The schema may not have changed since the database was opened. */
bool sql_begin(struct sql *sql, GError **error);
bool sql_commit(struct sql *sql, GError **error);
void sql_rollback(struct sql *sql);
bool sql_is_in_transaction(const struct sql *sql);

/* Run a statement that gives no rows. `types` says what follows, a letter for each of ?1, ?2 ...: t text (char *, NULL), i gint64. Texts
 * must live until then. */
bool sql_run(struct sql *sql, GError **error, const char *statement, const char *types, ...);

/* Run a pragma, or several statements, without values. */
bool sql_execute(struct sql *sql, const char *statements, GError **error);

/* Rows that the last sql_run() changed, and the id of the last row that was put in. */
int sql_changes(const struct sql *sql);
gint64 sql_last_id(const struct sql *sql);

/* Ask for rows; the texts must live until sql_end(). NULL and an error. */
struct sql_rows *sql_ask(struct sql *sql, GError **error, const char *statement, const char *types, ...);

/* The next row: false at the end, or with an error. */
bool sql_next(struct sql_rows *rows, GError **error);
void sql_end(struct sql_rows *rows);

/* A column of the row, from 0. Text is borrowed until the next row; NULL for NULL. */
const char *sql_text(struct sql_rows *rows, int column);
gint64 sql_number(struct sql_rows *rows, int column);
bool sql_is_null(struct sql_rows *rows, int column);

/* The one number that a statement gives; `otherwise` where it gives no row or NULL. false and an error. */
bool sql_one(struct sql *sql, GError **error, gint64 *number, gint64 otherwise, const char *statement, const char *types, ...);

/* Copy the whole database to a new file, page by page while others go on. */
bool sql_backup(struct sql *sql, const char *path, GError **error);

#endif
