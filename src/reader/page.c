/* The text of a mail for people: what the filters read, line by line.
 * In: the bytes of a mail. Out: a reading that holds nothing but its lines. */
#include "reader/page.h"

#include "reader/lines.h"
#include "reader/mime.h"

#include <string.h>

/* Caller frees. */
static char *cut(const char *line, gsize length)
{
        g_autofree char *start = g_strndup(line, MIN(length, PAGE_LINE));
        return g_utf8_make_valid(start, -1);
}

static void add_line(struct reading *page, const char *field, char *value, const char *where, int number)
{
        struct evidence *evidence = g_new0(struct evidence, 1);
        evidence->field = g_strdup(field);
        evidence->value = value;
        evidence->where = g_strdup(where);
        evidence->line = number;
        g_ptr_array_add(page->evidence, evidence);
}

static void add_lines(struct reading *page, const char *body, const char *where)
{
        int number = 0;
        for (const char *line = body; line && number < PAGE_LINES;) {
                const char *end = strchr(line, '\n');
                add_line(page, "line", cut(line, end ? (gsize)(end - line) : strlen(line)), where, ++number);
                line = end ? end + 1 : NULL;
        }
}

static void add_heads(struct reading *page, const struct mail *mail, const char *where)
{
        static const char *const names[] = {"From", "Date", "Subject"};
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
                const char *value = mail_header(mail, names[i]);
                g_autofree char *line = g_strdup_printf("%s: %s", names[i], value ? value : "");
                if (value)
                        add_line(page, "head", cut(line, strlen(line)), where, 0);
        }
}

struct reading *page_read(G_GNUC_UNUSED const void *data, GBytes *bytes)
{
        struct mail *mail = mime_read(bytes);
        struct reading *page = reading_new();
        lines_read(mail);
        for (int i = 0; i < BODY_COUNT; i++)
                add_lines(page, mail->body[i], body_word((enum body)i));
        const struct mail *enclosed = mail->enclosed->len ? mail->enclosed->pdata[0] : NULL;
        for (int i = 0; enclosed && i < BODY_COUNT; i++)
                if (enclosed->body[i]) {
                        add_heads(page, enclosed, enclosed_word((enum body)i));
                        add_lines(page, enclosed->body[i], enclosed_word((enum body)i));
                }
        mail_free(mail);
        return page;
}
