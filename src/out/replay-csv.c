/* Replayed mails as comma-separated values: one row a mail.
 * In: a replayed mail. Out: rows on a stream. */
#include "out/replay-csv.h"

#include "out/csv.h"

#include <string.h>

enum column {
        COLUMN_DATE,
        COLUMN_VENDOR,
        COLUMN_KIND,
        COLUMN_EMERGENCY,
        COLUMN_MAINTENANCE_ID,
        COLUMN_ACCOUNT,
        COLUMN_STATUS,
        COLUMN_WINDOWS,
        COLUMN_CIRCUITS,
        COLUMN_CONFIDENCE,
        COLUMN_SENDER,
        COLUMN_RESOLUTION,
        COLUMN_REASON,
        COLUMN_FROM,
        COLUMN_SUBJECT,
        COLUMN_MESSAGE_ID,
        COLUMN_FILE,
        COLUMN_OFFSET,
        COLUMN_COUNT,
};

static const char *const heads[COLUMN_COUNT] = {
        [COLUMN_DATE] = "date",
        [COLUMN_VENDOR] = "vendor",
        [COLUMN_KIND] = "kind",
        [COLUMN_EMERGENCY] = "emergency",
        [COLUMN_MAINTENANCE_ID] = "maintenance_id",
        [COLUMN_ACCOUNT] = "account",
        [COLUMN_STATUS] = "status",
        [COLUMN_WINDOWS] = "windows",
        [COLUMN_CIRCUITS] = "circuits",
        [COLUMN_CONFIDENCE] = "confidence",
        [COLUMN_SENDER] = "sender",
        [COLUMN_RESOLUTION] = "resolution",
        [COLUMN_REASON] = "reason",
        [COLUMN_FROM] = "from",
        [COLUMN_SUBJECT] = "subject",
        [COLUMN_MESSAGE_ID] = "message_id",
        [COLUMN_FILE] = "file",
        [COLUMN_OFFSET] = "offset",
};

/* Cells that hold lists. */
struct lists {
        GString *ids, *accounts, *statuses, *windows, *circuits;
};

static void add(GString *list, const char *word)
{
        if (!word)
                return;
        if (list->len > 0)
                g_string_append(list, "; ");
        g_string_append(list, word);
}

static void add_circuits(GString *list, const GPtrArray *circuits)
{
        for (guint i = 0; i < circuits->len; i++)
                add(list, ((const struct circuit *)circuits->pdata[i])->circuit_id);
}

/* ISO 8601 4.4; ".." stands for an end that the mail does not give (ISO 8601-2). */
static void add_window(struct lists *lists, const struct window *window)
{
        g_autofree char *start = instant_text(window->start), *end = instant_text(window->end);
        g_autofree char *interval = g_strdup_printf("%s/%s", start ? start : "..", end ? end : "..");
        add(lists->windows, interval);
        add_circuits(lists->circuits, window->circuits);
}

static void add_notice(struct lists *lists, const struct notice *notice)
{
        add(lists->ids, notice->maintenance_id);
        add(lists->accounts, notice->account);
        add(lists->statuses, status_word(notice->status));
        add_circuits(lists->circuits, notice->circuits);
        for (guint i = 0; i < notice->windows->len; i++)
                add_window(lists, notice->windows->pdata[i]);
}

static void print_row(FILE *out, const char *const *cells)
{
        g_autofree char *row = csv_row(cells, COLUMN_COUNT);
        fputs(row, out);
}

void replay_csv_head(FILE *out)
{
        print_row(out, heads);
}

void replay_csv_mail(FILE *out, const struct replayed *mail)
{
        const struct reading *reading = mail->reading;
        g_autoptr(GString) ids = g_string_new(NULL), accounts = g_string_new(NULL), statuses = g_string_new(NULL);
        g_autoptr(GString) windows = g_string_new(NULL), circuits = g_string_new(NULL);
        struct lists lists = {ids, accounts, statuses, windows, circuits};
        g_autofree char *date = instant_text(reading->date);
        g_autofree char *file = g_filename_display_name(mail->file);
        g_autofree char *offset = g_strdup_printf("%" G_GINT64_FORMAT, mail->offset);
        for (guint i = 0; i < reading->notices->len; i++)
                add_notice(&lists, reading->notices->pdata[i]);
        print_row(out, (const char *const[COLUMN_COUNT]){
                               [COLUMN_DATE] = date,
                               [COLUMN_VENDOR] = reading->vendor,
                               [COLUMN_KIND] = reading_kind(reading),
                               [COLUMN_EMERGENCY] = reading->emergency ? "yes" : "no",
                               [COLUMN_MAINTENANCE_ID] = ids->str,
                               [COLUMN_ACCOUNT] = accounts->str,
                               [COLUMN_STATUS] = statuses->str,
                               [COLUMN_WINDOWS] = windows->str,
                               [COLUMN_CIRCUITS] = circuits->str,
                               [COLUMN_CONFIDENCE] = confidence_word(reading->confidence),
                               [COLUMN_SENDER] = sender_word(reading->sender),
                               [COLUMN_RESOLUTION] = resolution_word(mail->resolution),
                               [COLUMN_REASON] = mail->why,
                               [COLUMN_FROM] = reading->from,
                               [COLUMN_SUBJECT] = reading->subject,
                               [COLUMN_MESSAGE_ID] = reading->message_id,
                               [COLUMN_FILE] = file,
                               [COLUMN_OFFSET] = offset,
                       });
}
