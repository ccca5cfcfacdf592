/* Mails and maintenances of the ledger, one after the other.
 * In: what is wanted. Out: struct entry, struct maintenance. */
#include "base/fail.h"
#include "data/pack.h"
#include "ledger/inside.h"

#include <string.h>

#define COLUMNS                                                                                                                            \
        "id, stream, message_id, text_hash, raw, source, vendor, kind, sender, subject, date, resolution, reasons, cell, (SELECT "         \
        "json_group_array(key) FROM touched WHERE touched.mail = mail.id)"

void entry_free(struct entry *entry)
{
        if (!entry)
                return;
        g_free(entry->message_id);
        g_free(entry->text_hash);
        g_free(entry->raw);
        g_free(entry->source);
        g_free(entry->vendor);
        g_free(entry->from);
        g_free(entry->subject);
        g_free(entry->cell);
        g_ptr_array_unref(entry->reasons);
        g_ptr_array_unref(entry->maintenances);
        g_free(entry);
}

static GPtrArray *texts_of(const char *text)
{
        GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
        json_t *list = text ? json_loads(text, 0, NULL) : NULL, *element;
        size_t i;
        json_array_foreach(list, i, element)
        {
                if (json_is_string(element))
                        g_ptr_array_add(texts, g_strdup(json_string_value(element)));
        }
        json_decref(list);
        return texts;
}

static enum resolution resolution_of_text(const char *text)
{
        for (int i = 0; i < RESOLUTION_REVIEW; i++)
                if (g_strcmp0(text, resolution_word((enum resolution)i)) == 0)
                        return (enum resolution)i;
        return RESOLUTION_REVIEW;
}

static struct entry *entry_of(struct sql_rows *rows)
{
        struct entry *entry = g_new0(struct entry, 1);
        const char *message_id = sql_text(rows, 2), *kind = sql_text(rows, 7);
        entry->id = sql_number(rows, 0);
        entry->stream = g_strcmp0(sql_text(rows, 1), stream_word(STREAM_ROOT)) == 0 ? STREAM_ROOT : STREAM_MAINT;
        entry->message_id = *message_id ? g_strdup(message_id) : NULL;
        entry->text_hash = g_strdup(sql_text(rows, 3));
        entry->raw = g_strdup(sql_text(rows, 4));
        entry->source = g_strdup(sql_text(rows, 5));
        entry->vendor = g_strdup(sql_text(rows, 6));
        entry->kind = kind ? (enum kind)MAX(kind_from_word(kind), 0) : KIND_NONE;
        entry->from = g_strdup(sql_text(rows, 8));
        entry->subject = g_strdup(sql_text(rows, 9));
        entry->date = sql_is_null(rows, 10) ? READING_NO_TIME : sql_number(rows, 10);
        entry->resolution = resolution_of_text(sql_text(rows, 11));
        entry->reasons = texts_of(sql_text(rows, 12));
        entry->cell = g_strdup(sql_text(rows, 13));
        entry->maintenances = texts_of(sql_text(rows, 14));
        return entry;
}

/* Hand out the rows, and end them. */
static bool give_entries(struct sql_rows *rows, entry_each *each, void *data, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        bool is_wanted = true;
        if (!rows)
                return false;
        while (is_wanted && sql_next(rows, &wrong)) {
                struct entry *entry = entry_of(rows);
                is_wanted = each(entry, data);
                entry_free(entry);
        }
        sql_end(rows);
        if (!wrong)
                return true;
        g_propagate_error(error, g_steal_pointer(&wrong));
        return false;
}

bool ledger_mails(struct ledger *ledger, const struct wanted *wanted, entry_each *each, void *data, GError **error)
{
        const char *resolution = wanted->resolution < 0 ? NULL : resolution_word((enum resolution)wanted->resolution);
        struct sql *sql = ledger->sql;
        if (wanted->key)
                return give_entries(sql_ask(sql, error,
                                            "SELECT " COLUMNS
                                            " FROM mail WHERE id IN (SELECT mail FROM touched WHERE key = ?1) AND id > ?2 AND "
                                            "(?3 IS NULL OR resolution = ?3) ORDER BY id",
                                            "tit", wanted->key, wanted->after, resolution),
                                    each, data, error);
        if (resolution)
                return give_entries(sql_ask(sql, error, "SELECT " COLUMNS " FROM mail WHERE resolution = ?1 AND id > ?2 ORDER BY id", "ti",
                                            resolution, wanted->after),
                                    each, data, error);
        return give_entries(sql_ask(sql, error, "SELECT " COLUMNS " FROM mail WHERE id > ?1 ORDER BY id", "i", wanted->after), each, data,
                            error);
}

/* Of a stretch: ?1 the words, ?2 the mail that it begins beside. Without words the index mail_by_date is all that is looked at. */
#define HOLDS " AND instr(lower(ifnull(subject, '') || ' ' || ifnull(sender, '') || ' ' || ifnull(vendor, '') || ' ' || message_id), ?1)"
#define STRETCH(is_asked, holds, mark, order)                                                                                              \
        "SELECT " COLUMNS " FROM mail WHERE id IN (SELECT id FROM mail WHERE (resolution = 'review') = " is_asked holds                    \
        " AND (?2 = 0 OR (" MAIL_WHEN ", id) " mark " (SELECT " MAIL_WHEN                                                                  \
        ", id FROM mail WHERE id = ?2)) AND ?1 IS ?1 ORDER BY " MAIL_WHEN " " order ", id " order " LIMIT ?3) ORDER BY " MAIL_WHEN         \
        " " order ", id " order
#define STRETCHES(is_asked, holds)                                                                                                         \
        {                                                                                                                                  \
                STRETCH(is_asked, holds, ">", "ASC"), STRETCH(is_asked, holds, "<", "DESC")                                                \
        }

/* As lower() of SQLite does. */
static char *words_of(const struct stretch *stretch)
{
        return stretch->words && *stretch->words ? g_ascii_strdown(stretch->words, -1) : NULL;
}

bool ledger_stretch(struct ledger *ledger, const struct stretch *stretch, entry_each *each, void *data, GError **error)
{
        static const char *const statements[2][2][2] = {{STRETCHES("1", ""), STRETCHES("0", "")},
                                                        {STRETCHES("1", HOLDS), STRETCHES("0", HOLDS)}};
        g_autofree char *words = words_of(stretch);
        const char *statement = statements[words != NULL][stretch->is_resolved][stretch->is_backwards];
        return give_entries(sql_ask(ledger->sql, error, statement, "tii", words, stretch->beside, stretch->most), each, data, error);
}

bool ledger_stretch_count(struct ledger *ledger, const struct stretch *stretch, gint64 *n, GError **error)
{
        static const char *const statements[] = {"SELECT count(*) FROM mail WHERE (resolution = 'review') = ?2 AND ?1 IS NULL",
                                                 "SELECT count(*) FROM mail WHERE (resolution = 'review') = ?2" HOLDS};
        g_autofree char *words = words_of(stretch);
        return sql_one(ledger->sql, error, n, 0, statements[words != NULL], "ti", words, (gint64)!stretch->is_resolved);
}

static struct reading *reading_of_text(const char *text, gint64 id, GError **error)
{
        json_error_t at = {.text = ""};
        json_t *json = json_loads(text, 0, &at);
        g_autoptr(GError) wrong = NULL;
        struct reading *reading = json ? reading_from_line(json, &wrong) : NULL;
        json_decref(json);
        if (!reading)
                g_set_error(error, FAIL, FAIL_DATA, "the ledger's reading of mail %" G_GINT64_FORMAT " cannot be read: %s", id,
                            wrong ? wrong->message : at.text);
        return reading;
}

struct entry *ledger_mail(struct ledger *ledger, gint64 id, struct reading **reading, GError **error)
{
        struct sql_rows *rows = sql_ask(ledger->sql, error, "SELECT " COLUMNS ", reading FROM mail WHERE id = ?1", "i", id);
        struct entry *entry = NULL;
        if (rows && sql_next(rows, error)) {
                entry = entry_of(rows);
                if (reading && !(*reading = reading_of_text(sql_text(rows, 15), id, error)))
                        g_clear_pointer(&entry, entry_free);
        }
        sql_end(rows);
        return entry;
}

/* Hand out the maintenances of rows (json, key), and end them. */
static bool give_maintenances(struct sql_rows *rows, maintenance_each *each, void *data, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        bool is_wanted = true;
        if (!rows)
                return false;
        while (is_wanted && !wrong && sql_next(rows, &wrong)) {
                struct maintenance *maintenance = maintenance_of_text(sql_text(rows, 0), sql_text(rows, 1), &wrong);
                if (maintenance)
                        is_wanted = each(maintenance, data);
                maintenance_free(maintenance);
        }
        sql_end(rows);
        if (!wrong)
                return true;
        g_propagate_error(error, g_steal_pointer(&wrong));
        return false;
}

bool ledger_maintenances(struct ledger *ledger, gint64 since, maintenance_each *each, void *data, GError **error)
{
        return give_maintenances(sql_ask(ledger->sql, error,
                                         "SELECT json, key FROM maintenance WHERE last_end IS NULL OR last_end >= ?1 ORDER BY key", "i",
                                         since),
                                 each, data, error);
}

bool ledger_maintenances_between(struct ledger *ledger, gint64 from, gint64 to, maintenance_each *each, void *data, GError **error)
{
        return give_maintenances(sql_ask(ledger->sql, error,
                                         "SELECT json, key FROM maintenance WHERE key IN (SELECT key FROM event WHERE start < ?2) AND "
                                         "(last_end IS NULL OR last_end >= ?1) ORDER BY key",
                                         "ii", from, to),
                                 each, data, error);
}

bool ledger_event_beside(struct ledger *ledger, gint64 at, gint64 *start, GError **error)
{
        return sql_one(ledger->sql, error, start, MAINTENANCE_NO_TIME,
                       "SELECT coalesce((SELECT min(start) FROM event WHERE start >= ?1), (SELECT max(start) FROM event))", "i", at);
}

static bool keep_copy(const struct maintenance *maintenance, void *data)
{
        struct maintenance **found = data;
        *found = maintenance_copy(maintenance);
        return false;
}

struct maintenance *ledger_maintenance(struct ledger *ledger, const char *key, GError **error)
{
        struct maintenance *found = NULL;
        give_maintenances(sql_ask(ledger->sql, error, "SELECT json, key FROM maintenance WHERE key = ?1", "t", key), keep_copy, &found,
                          error);
        return found;
}

struct maintenance *ledger_maintenance_of(struct ledger *ledger, const char *uid, GError **error)
{
        struct maintenance *found = NULL;
        give_maintenances(sql_ask(ledger->sql, error,
                                  "SELECT json, key FROM maintenance WHERE key = (SELECT key FROM event WHERE uid = ?1)", "t", uid),
                          keep_copy, &found, error);
        return found;
}
