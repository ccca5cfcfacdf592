/* The clinician's queue as lines: what needs a person and why, or what was resolved.
 * In: a ledger. Out: a table for people, or JSON lines. */
#include "review-list.h"

#include "data/pack.h"
#include "decide/link.h"
#include "out/columns.h"

#include <stdlib.h>

/* One line; all owned. */
struct row {
        gint64 id, date;
        enum resolution resolution;
        const char *done; /* static */
        char *message_id, *vendor, *subject, *why, *link;
};

struct rows {
        const struct listing *listing;
        GPtrArray *rows; /* struct row */
};

static void row_free(gpointer data)
{
        struct row *row = data;
        g_free(row->message_id);
        g_free(row->vendor);
        g_free(row->subject);
        g_free(row->why);
        g_free(row->link);
        g_free(row);
}

char *review_why(const struct entry *entry)
{
        guint n = entry->reasons->len;
        bool is_asked = entry->resolution == RESOLUTION_REVIEW && entry->stream == STREAM_MAINT;
        return n ? g_strdup(entry->reasons->pdata[is_asked ? n - 1 : 0]) : NULL;
}

static bool add_row(const struct entry *entry, void *data)
{
        struct rows *rows = data;
        if ((entry->resolution != RESOLUTION_REVIEW) != rows->listing->is_resolved)
                return true;
        struct row *row = g_new0(struct row, 1);
        row->id = entry->id;
        row->date = entry->date;
        row->resolution = entry->resolution;
        row->done = resolution_done(entry->resolution, entry->reasons);
        row->message_id = g_strdup(entry->message_id);
        row->vendor = g_strdup(entry->vendor);
        row->subject = g_strdup(entry->subject);
        row->why = review_why(entry);
        g_ptr_array_add(rows->rows, row);
        return true;
}

static int by_date(gconstpointer a, gconstpointer b)
{
        const struct row *one = *(const struct row *const *)a, *other = *(const struct row *const *)b;
        if (one->date != other->date)
                return one->date < other->date ? -1 : 1;
        return (one->id > other->id) - (one->id < other->id);
}

static bool add_links(struct ledger *ledger, const struct rows *rows, GError **error)
{
        for (guint i = 0; i < rows->rows->len; i++) {
                struct row *row = rows->rows->pdata[i];
                struct reading *reading = NULL;
                struct entry *entry = ledger_mail(ledger, row->id, &reading, error);
                if (!entry)
                        return false;
                row->link = link_to_post(&reading->thread, row->message_id, rows->listing->link_template);
                reading_free(reading);
                entry_free(entry);
        }
        return true;
}

static void print_json(const struct rows *rows, const struct paint *paint)
{
        for (guint i = 0; i < rows->rows->len; i++) {
                const struct row *row = rows->rows->pdata[i];
                json_t *json = json_pack("{s:I, s:o, s:o, s:o, s:o, s:s, s:o, s:o}", "id", (json_int_t)row->id, "message_id",
                                         pack_text(row->message_id), "date", pack_instant(row->date), "vendor", pack_text(row->vendor),
                                         "subject", pack_text(row->subject), "resolution", resolution_word(row->resolution), "why",
                                         pack_text(row->why), "link", pack_text(row->link));
                char *text = json_dumps(json, JSON_COMPACT);
                fprintf(paint->out, "%s\n", text);
                free(text);
                json_decref(json);
        }
}

static char *day_text(gint64 at)
{
        g_autoptr(GDateTime) time = at == READING_NO_TIME ? NULL : g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%F") : NULL;
}

static void print_table(const struct rows *rows, const struct paint *paint)
{
        const struct listing *listing = rows->listing;
        const struct column heads[] = {{.head = "id", .is_number = true},
                                       {.head = "sent"},
                                       {.head = "vendor", .widest = 14},
                                       {.head = "subject", .widest = 44},
                                       {.head = listing->is_resolved ? "resolved" : "why it needs you"},
                                       {.head = "post"}};
        struct columns *columns = columns_new(heads, listing->has_links ? 6 : 5);
        for (guint i = 0; i < rows->rows->len; i++) {
                const struct row *row = rows->rows->pdata[i];
                g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, row->id), *sent = day_text(row->date);
                g_autofree char *resolved = g_strdup_printf("%s: %s", row->done, row->why ? reason_behind(row->done, row->why) : "");
                columns_add(columns, (struct cell[]){{.text = id, .style = STYLE_BOLD},
                                                     {.text = sent, .style = STYLE_DIM},
                                                     {.text = row->vendor ? row->vendor : "unknown"},
                                                     {.text = row->subject},
                                                     {.text = listing->is_resolved ? resolved : row->why},
                                                     {.text = row->link}});
        }
        columns_print(columns, paint, 0);
        columns_free(columns);
        if (!rows->rows->len)
                paint_print(paint, STYLE_GREEN, listing->is_resolved ? "No mail is resolved yet.\n" : "Nothing needs you.\n");
}

bool review_list(struct ledger *ledger, const struct listing *listing, const struct paint *paint, GError **error)
{
        g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(row_free);
        struct rows rows = {listing, list};
        struct wanted wanted = {.resolution = listing->is_resolved ? -1 : RESOLUTION_REVIEW};
        if (!ledger_mails(ledger, &wanted, add_row, &rows, error))
                return false;
        g_ptr_array_sort(list, by_date);
        if (listing->has_links && !add_links(ledger, &rows, error))
                return false;
        if (listing->is_json)
                print_json(&rows, paint);
        else
                print_table(&rows, paint);
        return true;
}
