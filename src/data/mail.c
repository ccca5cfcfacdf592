/* One mail as received: headers decoded, parts decoded, and the lines that filters read.
 * In: filled by reader/mime.c (headers, parts) and reader/lines.c (lines, calendars, bodies). Out: plain structs. */
#include "data/mail.h"

struct part *part_new(void)
{
        return g_new0(struct part, 1);
}

void part_free(struct part *part)
{
        if (!part)
                return;
        g_free(part->type);
        g_free(part->name);
        g_clear_pointer(&part->bytes, g_bytes_unref);
        g_free(part->lines);
        calendar_free(part->calendar);
        g_free(part);
}

void header_free(struct header *header)
{
        if (!header)
                return;
        g_free(header->name);
        g_free(header->value);
        g_free(header);
}

struct mail *mail_new(void)
{
        struct mail *mail = g_new0(struct mail, 1);
        mail->date = mail->received = MAIL_NO_DATE;
        mail->headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
        mail->parts = g_ptr_array_new_with_free_func((GDestroyNotify)part_free);
        mail->enclosed = g_ptr_array_new_with_free_func((GDestroyNotify)mail_free);
        mail->notes = g_ptr_array_new_with_free_func(g_free);
        return mail;
}

void mail_free(struct mail *mail)
{
        if (!mail)
                return;
        g_free(mail->message_id);
        g_free(mail->subject);
        g_ptr_array_unref(mail->headers);
        g_ptr_array_unref(mail->parts);
        g_ptr_array_unref(mail->enclosed);
        g_ptr_array_unref(mail->notes);
        for (int i = 0; i < BODY_COUNT; i++)
                g_free(mail->body[i]);
        g_free(mail);
}

enum { CASE = 0x20 }; /* the bit of a letter that its case is */

const char *mail_header(const struct mail *mail, const char *name)
{
        for (guint i = 0; i < mail->headers->len; i++) {
                const struct header *header = g_ptr_array_index(mail->headers, i);
                if ((*header->name | CASE) == (*name | CASE) && g_ascii_strcasecmp(header->name, name) == 0)
                        return header->value;
        }
        return NULL;
}

gint64 mail_written(const struct mail *mail)
{
        return mail->date != MAIL_NO_DATE ? mail->date : mail->received;
}
