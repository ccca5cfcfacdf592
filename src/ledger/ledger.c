/* The ledger as a whole: opening it, its transactions, counts, backups.
 * In: a directory. Out: a ledger that the other files here work on. */
#include "base/fail.h"
#include "ledger/inside.h"

#include <errno.h>

#include <glib/gstdio.h>

static char *database_in(const char *directory)
{
        return directory ? g_build_filename(directory, "ledger.sqlite", NULL) : NULL;
}

static bool make_directory(const char *directory, GError **error)
{
        if (g_mkdir_with_parents(directory, 0700) == 0)
                return true;
        g_set_error(error, FAIL, FAIL_IO, "%s: cannot be made: %s", directory, g_strerror(errno));
        return false;
}

static struct ledger *ledger_with(struct sql *sql, const char *directory)
{
        if (!sql)
                return NULL;
        struct ledger *ledger = g_new0(struct ledger, 1);
        ledger->sql = sql;
        ledger->directory = g_strdup(directory);
        return ledger;
}

struct ledger *ledger_open(const char *directory, GError **error)
{
        g_autofree char *path = database_in(directory);
        return make_directory(directory, error) ? ledger_with(sql_open(path, ledger_schema(), error), directory) : NULL;
}

bool ledger_expect_many(struct ledger *ledger, GError **error)
{
        return sql_expect_many(ledger->sql, error);
}

struct ledger *ledger_memory(const char *directory, GError **error)
{
        g_autofree char *path = database_in(directory);
        return ledger_with(sql_memory(path, ledger_schema(), error), NULL);
}

void ledger_free(struct ledger *ledger)
{
        if (!ledger)
                return;
        sql_close(ledger->sql);
        g_free(ledger->directory);
        g_free(ledger);
}

const char *ledger_directory(const struct ledger *ledger)
{
        return ledger->directory;
}

bool ledger_begin(struct ledger *ledger, GError **error)
{
        return sql_begin(ledger->sql, error);
}

bool ledger_commit(struct ledger *ledger, GError **error)
{
        return sql_commit(ledger->sql, error);
}

void ledger_rollback(struct ledger *ledger)
{
        sql_rollback(ledger->sql);
}

bool step_begin(struct ledger *ledger, bool *is_own, GError **error)
{
        *is_own = !sql_is_in_transaction(ledger->sql);
        return !*is_own || ledger_begin(ledger, error);
}

bool step_end(struct ledger *ledger, bool is_own, bool is_fine, GError **error)
{
        if (!is_own)
                return is_fine;
        if (is_fine)
                return ledger_commit(ledger, error);
        ledger_rollback(ledger);
        return false;
}

/* In the terms of the index mail_by_date, so that not all that waits is read. */
#define OLDEST "SELECT min(" MAIL_WHEN ") FROM mail WHERE (resolution = 'review') = 1 AND " MAIL_WHEN " > " UNDATED

static bool count_resolutions(struct ledger *ledger, struct ledger_counts *counts, GError **error)
{
        for (int i = 0; i <= RESOLUTION_REVIEW; i++) {
                if (!sql_one(ledger->sql, error, &counts->resolution[i], 0, "SELECT count(*) FROM mail WHERE resolution = ?1", "t",
                             resolution_word((enum resolution)i)))
                        return false;
                counts->mails += counts->resolution[i];
        }
        return true;
}

bool ledger_count(struct ledger *ledger, struct ledger_counts *counts, GError **error)
{
        struct sql *sql = ledger->sql;
        *counts = (struct ledger_counts){0};
        return count_resolutions(ledger, counts, error) &&
               sql_one(sql, error, &counts->maintenances, 0, "SELECT count(*) FROM maintenance", "") &&
               sql_one(sql, error, &counts->events, 0, "SELECT count(*) FROM event", "") &&
               sql_one(sql, error, &counts->acts, 0, "SELECT count(*) FROM act", "") &&
               sql_one(sql, error, &counts->oldest_review, READING_NO_TIME, OLDEST, "") &&
               sql_one(sql, error, &counts->unread, 0,
                       "SELECT count(*) FROM mail WHERE resolution = 'review' AND reasons LIKE '%reader failed%'", "") &&
               sql_one(sql, error, &counts->unfiled, 0, "SELECT count(*) FROM unfiled", "") &&
               sql_one(sql, error, &counts->last_id, 0, "SELECT max(id) FROM mail", "") &&
               sql_one(sql, error, &counts->bytes, 0, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", "");
}

bool ledger_newest(struct ledger *ledger, gint64 *date, GError **error)
{
        return sql_one(ledger->sql, error, date, READING_NO_TIME, "SELECT max(date) FROM mail WHERE vendor IS NOT NULL", "");
}

bool ledger_check(struct ledger *ledger, GError **error)
{
        struct sql_rows *rows = sql_ask(ledger->sql, error, "PRAGMA quick_check(1)", "");
        g_autoptr(GError) wrong = NULL;
        bool is_whole = rows && sql_next(rows, &wrong) && g_strcmp0(sql_text(rows, 0), "ok") == 0;
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        else if (rows && !is_whole)
                g_set_error(error, FAIL, FAIL_DATA, "%s is damaged: %s", sql_path(ledger->sql), sql_text(rows, 0));
        sql_end(rows);
        return is_whole;
}

bool ledger_backup(struct ledger *ledger, const char *path, GError **error)
{
        return sql_backup(ledger->sql, path, error);
}
