/* Retention: what nobody needs any more leaves the ledger.
 * In: a ledger, ages. Out: raw mails and rows removed. */
#include "ledger/retention.h"

#include "base/fail.h"
#include "ledger/inside.h"

#include <errno.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

enum { BATCH = 200 };

/* A mail that leaves, its raw mail or all of it. */
struct leaving {
        gint64 id;
        char *raw; /* NULL */
        bool is_whole;
};

static void clear_leaving(gpointer data)
{
        g_free(((struct leaving *)data)->raw);
}

/* ?1, ?2: the two limits; ?3: ids above this one. A raw mail may be that of two streams. */
#define LEAVING                                                                                                                            \
        "WITH old AS (SELECT id, raw, message_id, date < ?2 AND id NOT IN (SELECT mail FROM touched) AND id NOT IN (SELECT mail FROM "     \
        "maintenance) AND id NOT IN (SELECT mail FROM sighting) AS is_whole FROM mail WHERE resolution = 'none' AND date < max(?1, ?2) "   \
        "AND id > ?3 AND id NOT IN (SELECT mail FROM act WHERE mail IS NOT NULL) AND id NOT IN (SELECT mail FROM decision WHERE mail IS "  \
        "NOT NULL) AND id NOT IN (SELECT mail FROM unfiled)) "                                                                             \
        "SELECT id, raw, is_whole FROM old WHERE (raw IS NOT NULL OR is_whole) AND NOT EXISTS (SELECT 1 FROM mail other WHERE "            \
        "other.message_id = old.message_id AND other.raw = old.raw AND other.id <> old.id) ORDER BY id LIMIT ?4"

static GArray *list(struct ledger *ledger, const struct retention *retention, gint64 after, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct leaving));
        struct sql_rows *rows =
                sql_ask(ledger->sql, error, LEAVING, "iiii", retention->raw_before, retention->history_before, after, (gint64)BATCH);
        g_array_set_clear_func(all, clear_leaving);
        if (!rows)
                return NULL;
        while (sql_next(rows, &wrong)) {
                struct leaving leaving = {sql_number(rows, 0), g_strdup(sql_text(rows, 1)), sql_number(rows, 2)};
                g_array_append_val(all, leaving);
        }
        sql_end(rows);
        if (!wrong)
                return g_steal_pointer(&all);
        g_propagate_error(error, g_steal_pointer(&wrong));
        return NULL;
}

/* The file before its row: what died in between is seen as a raw mail that is not there, and found again. */
static bool remove_raw(struct ledger *ledger, const struct leaving *leaving, const struct retention *retention, struct retired *retired,
                       GError **error)
{
        g_autofree char *path = g_build_filename(ledger->directory, leaving->raw, NULL);
        GStatBuf about;
        gint64 bytes = g_stat(path, &about) == 0 ? about.st_size : 0;
        if (!retention->is_dry && g_unlink(path) != 0 && errno != ENOENT) {
                g_set_error(error, FAIL, FAIL_IO, "%s: cannot be removed: %s", path, g_strerror(errno));
                return false;
        }
        retired->raw++;
        retired->bytes += bytes;
        return true;
}

static bool retire(struct ledger *ledger, const struct leaving *leaving, const struct retention *retention, struct retired *retired,
                   GError **error)
{
        if (leaving->raw && !remove_raw(ledger, leaving, retention, retired, error))
                return false;
        retired->history += leaving->is_whole;
        if (retention->is_dry)
                return true;
        if (leaving->is_whole)
                return sql_run(ledger->sql, error, "DELETE FROM mail WHERE id = ?1", "i", leaving->id);
        return sql_run(ledger->sql, error, "UPDATE mail SET raw = NULL WHERE id = ?1", "i", leaving->id);
}

/* *after: the last id that was looked at; it stays as it is at the end. */
static bool retire_batch(struct ledger *ledger, const struct retention *retention, gint64 *after, struct retired *retired, GError **error)
{
        g_autoptr(GArray) all = list(ledger, retention, *after, error);
        for (guint i = 0; all && i < all->len; i++) {
                const struct leaving *leaving = &g_array_index(all, struct leaving, i);
                if (!retire(ledger, leaving, retention, retired, error))
                        return false;
                *after = leaving->id;
        }
        return all != NULL;
}

bool retention_run(struct ledger *ledger, const struct retention *retention, struct retired *retired, GError **error)
{
        bool is_own;
        *retired = (struct retired){0};
        for (gint64 after = 0, before = -1; after != before;) {
                before = after;
                if (!step_begin(ledger, &is_own, error) ||
                    !step_end(ledger, is_own, retire_batch(ledger, retention, &after, retired, error), error))
                        return false;
        }
        return true;
}

bool retention_now(struct ledger *ledger, gint64 clock, gint64 *now, GError **error)
{
        return sql_one(ledger->sql, error, now, READING_NO_TIME, "SELECT max(date) FROM mail WHERE date <= ?1", "i", clock);
}
