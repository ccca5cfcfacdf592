/* How a mail stands among others: its references, its list, and the hash by which the same mail is known again.
 * In: a mail with its lines. Out: a struct thread. */
#include "reader/thread.h"

#include "base/limits.h"

#include <string.h>

enum {
        FOOTER_LINES = 12, /* a footer that is longer is text */
};

/* The line above a footer, and what one of the lines below it says. */
static const struct {
        const char *above, *says;
} footers[] = {
        {"--", "You received this message because you are subscribed to the Google Groups"},
        {"_______________________________________________", "mailing list"},
        {"_______________________________________________", "To unsubscribe"},
};

/* Message-IDs stand in <>; what is between them is comment (RFC 5322 3.6.4). */
static void add_references(GPtrArray *references, const char *header)
{
        const char *open = header ? strchr(header, '<') : NULL;
        for (; open && references->len < LIMIT_REFERENCES; open = strchr(open + 1, '<')) {
                gsize length = strcspn(open + 1, "<> \t");
                g_autofree char *id = g_strndup(open + 1, length);
                if (length && open[1 + length] == '>' && !g_ptr_array_find_with_equal_func(references, id, g_str_equal, NULL))
                        g_ptr_array_add(references, g_steal_pointer(&id));
        }
}

static bool is_line(const char *line, gsize length, const char *text)
{
        return length == strlen(text) && memcmp(line, text, length) == 0;
}

static bool is_footer(const char *line, gsize length)
{
        for (gsize i = 0; i < G_N_ELEMENTS(footers); i++)
                if (is_line(line, length, footers[i].above) && strstr(line, footers[i].says))
                        return true;
        return false;
}

/* The last lines, so many as a footer may have. */
static const char *last_lines(const char *body)
{
        const char *at = body + strlen(body);
        for (guint n = 0; at > body; at--)
                if (at[-1] == '\n' && ++n > FOOTER_LINES)
                        break;
        return at;
}

/* Length of a body without the footer of a list. */
static gsize length_without_footer(const char *body)
{
        for (const char *line = last_lines(body); *line;) {
                gsize length = strcspn(line, "\n");
                if (is_footer(line, length))
                        return (gsize)(line - body);
                line += length + (line[length] == '\n');
        }
        return strlen(body);
}

/* "[list] subject": the tags are the list's. */
static const char *subject_without_tags(const char *subject)
{
        while (*subject == '[' && strchr(subject, ']')) {
                subject = strchr(subject, ']') + 1;
                while (*subject == ' ')
                        subject++;
        }
        return subject;
}

static void add_trimmed(GChecksum *sum, const char *text, gsize length)
{
        while (length && text[length - 1] == '\n')
                length--;
        g_checksum_update(sum, (const guchar *)text, (gssize)length);
        g_checksum_update(sum, (const guchar *)"\n", 1);
}

static char *hash_text(const struct mail *mail)
{
        g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
        const char *subject = mail->subject ? subject_without_tags(mail->subject) : "";
        add_trimmed(sum, subject, strlen(subject));
        for (int b = 0; b < BODY_COUNT; b++)
                if (mail->body[b])
                        add_trimmed(sum, mail->body[b], length_without_footer(mail->body[b]));
        return g_strdup(g_checksum_get_string(sum));
}

void thread_read(struct thread *thread, const struct mail *mail)
{
        const GPtrArray *events = mail->calendar ? mail->calendar->events : NULL;
        add_references(thread->references, mail_header(mail, "References"));
        add_references(thread->references, mail_header(mail, "In-Reply-To"));
        thread->list_id = g_strdup(mail_header(mail, "List-Id"));
        thread->list_archive = g_strdup(mail_header(mail, "List-Archive"));
        thread->list_post = g_strdup(mail_header(mail, "List-Post"));
        thread->text_hash = hash_text(mail);
        thread->received = mail->received;
        if (events && events->len) {
                const struct calendar_event *event = events->pdata[0];
                thread->calendar_uid = g_strdup(event->uid);
                thread->calendar_sequence = event->sequence;
        }
}
