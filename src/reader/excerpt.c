/* The text of a mail as people read it, for where a task may show it.
 * In: bytes of mails. Out: their text; read in a confined child, since mails are hostile. */
#include "reader/excerpt.h"

#include "reader/lines.h"
#include "reader/mime.h"

#include <string.h>

enum { MOST = 32 * 1024 };

/* In the child. The text is handed back where the reason of a reading stands; whole lines, so that nothing is cut that could be told. */
static struct reading *read_text(G_GNUC_UNUSED const void *data, GBytes *bytes)
{
        struct reading *reading = reading_new();
        struct mail *mail = mime_read(bytes);
        lines_read(mail);
        const char *text = mail->body[BODY_TEXT] ? mail->body[BODY_TEXT] : mail->body[BODY_HTML];
        gsize n = text ? strlen(text) : 0;
        while (n > MOST || (n && text[n - 1] != '\n' && text[n] != '\0'))
                n--;
        reading->other = n ? g_strndup(text, n) : NULL;
        mail_free(mail);
        return reading;
}

struct confined *excerpt_confined(GError **error)
{
        mime_init();
        return confined_new_with(read_text, NULL, error);
}

char *excerpt_read(struct confined *confined, GBytes *mail)
{
        struct reading *reading = confined_read(confined, mail);
        char *text = reading->needs_person ? NULL : g_steal_pointer(&reading->other);
        reading_free(reading);
        return text;
}
