/* A replayed mail, copied to be shown together with others.
 * In: a replayed mail. Out: a plain struct. */
#include "data/maintenance.h"
#include "out/cite.h"
#include "out/replay-table.h"
#include "out/replayed.h"

static void ground_free(gpointer data)
{
        struct ground *ground = data;
        g_free(ground->reason);
        g_free(ground->cited);
        g_free(ground);
}

static void add_ground(GPtrArray *grounds, const struct reading *reading, const char *reason)
{
        struct ground *ground = g_new0(struct ground, 1);
        ground->reason = g_strdup(reason);
        ground->cited = cite(reading, reason);
        g_ptr_array_add(grounds, ground);
}

GPtrArray *grounds_of(const struct replayed *mail)
{
        GPtrArray *grounds = g_ptr_array_new_with_free_func(ground_free);
        for (guint i = 0; mail->reasons && i < mail->reasons->len; i++)
                add_ground(grounds, mail->reading, mail->reasons->pdata[i]);
        for (guint i = 0; i < mail->reading->reasons->len; i++)
                add_ground(grounds, mail->reading, mail->reading->reasons->pdata[i]);
        return grounds;
}

static char *windows_of(const struct reading *reading)
{
        GString *text = g_string_new(NULL);
        for (guint i = 0; i < reading->notices->len; i++) {
                const GPtrArray *windows = ((const struct notice *)reading->notices->pdata[i])->windows;
                for (guint k = 0; k < windows->len; k++) {
                        g_autofree char *window = replay_table_window(windows->pdata[k], false);
                        if (*window)
                                g_string_append_printf(text, "%s%s", text->len ? ", " : "", window);
                }
        }
        return g_string_free(text, FALSE);
}

/* A mail that changed nothing is told with the maintenance that it names. */
static char *maintenance_of(const struct replayed *mail, const struct notice *notice)
{
        bool is_named = notice && notice->maintenance_id && mail->reading->vendor;
        if (mail->maintenance || !is_named)
                return g_strdup(mail->maintenance);
        return maintenance_key(mail->reading->vendor, notice->maintenance_id);
}

struct gathered *gathered_new(const struct replayed *mail)
{
        const struct reading *reading = mail->reading;
        const struct notice *notice = reading->notices->len ? reading->notices->pdata[0] : NULL;
        struct gathered *gathered = g_new0(struct gathered, 1);
        gathered->file = g_filename_display_name(mail->file);
        gathered->offset = mail->offset;
        gathered->message_id = g_strdup(reading->message_id);
        gathered->vendor = g_strdup(reading->root ? reading->root->field[ROOT_HOST] : reading->vendor);
        gathered->vendor_name = g_strdup(reading->vendor_name);
        gathered->subject = g_strdup(reading->subject);
        gathered->id = notice ? g_strdup(notice->maintenance_id) : NULL;
        gathered->windows = windows_of(reading);
        gathered->maintenance = maintenance_of(mail, notice);
        gathered->issue = g_strdup(mail->issue);
        gathered->title = reading->root ? g_strdup(reading->root->title) : NULL;
        gathered->date = reading->date;
        gathered->kind = g_intern_string(reading_kind(reading));
        gathered->emergency = reading->emergency;
        gathered->confidence = reading->confidence;
        gathered->resolution = mail->resolution;
        gathered->grounds = grounds_of(mail);
        return gathered;
}

void gathered_free(struct gathered *gathered)
{
        if (!gathered)
                return;
        g_free(gathered->file);
        g_free(gathered->message_id);
        g_free(gathered->vendor);
        g_free(gathered->vendor_name);
        g_free(gathered->subject);
        g_free(gathered->id);
        g_free(gathered->windows);
        g_free(gathered->maintenance);
        g_free(gathered->issue);
        g_free(gathered->title);
        g_ptr_array_unref(gathered->grounds);
        g_free(gathered);
}
