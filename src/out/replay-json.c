/* Replayed mails as JSON: one line a mail.
 * In: a replayed mail. Out: a line on a stream. */
#include "out/replay-json.h"

/* json_dumpf() would lock the stream for each word. */
static int write_on(const char *text, size_t length, void *out)
{
        return fwrite_unlocked(text, 1, length, out) == length ? 0 : -1;
}

void replay_json_mail(FILE *out, const struct replayed *mail)
{
        g_autofree char *file = g_filename_display_name(mail->file);
        json_t *line = reading_to_json(mail->reading);
        g_autofree char *why = g_strdup_printf("%s: %s", resolution_word(mail->resolution), mail->why);
        json_array_append_new(json_object_get(line, "reasons"), json_string(why));
        json_object_set_new(line, "resolution", json_string(resolution_word(mail->resolution)));
        json_object_set_new(line, "maintenance", mail->maintenance ? json_string(mail->maintenance) : json_null());
        json_object_set_new(line, "issue", mail->issue ? json_string(mail->issue) : json_null());
        json_object_set_new(line, "source", json_pack("{s:s, s:I}", "file", file, "offset", (json_int_t)mail->offset));
        json_dump_callback(line, write_on, out, JSON_COMPACT);
        fputc('\n', out);
        json_decref(line);
}
