/* Fuzz target: a mail from its bytes to its lines, its addresses and its history.
 * In: any bytes. Out: nothing, or an abort. */
#include "base/limits.h"
#include "reader/history.h"
#include "reader/lines.h"
#include "reader/mime.h"
#include "reader/sender.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text)
{
        g_assert_true(g_utf8_validate(text, -1, NULL));
}

static void check_headers(const struct mail *mail)
{
        for (guint i = 0; i < mail->headers->len; i++) {
                const struct header *header = g_ptr_array_index(mail->headers, i);
                check_text(header->name);
                check_text(header->value);
                for (const char *c = header->value; *c; c++)
                        g_assert_false(g_ascii_iscntrl(*c));
        }
}

static void check_history(const struct mail *mail, const char *lines)
{
        g_autoptr(GPtrArray) headers = history_headers(lines);
        gsize start = history_start(lines, mail->subject), length = strlen(lines);
        g_autofree char *quoted = history_quoted(lines, start);

        g_assert_cmpuint(start, <=, length);
        g_assert_cmpuint(strlen(quoted), <=, length - start);
        for (guint i = 0; i < headers->len; i++)
                g_assert_cmpuint(((const struct quoted_header *)g_ptr_array_index(headers, i))->end, <=, length);
}

static void check_mail(const struct mail *mail)
{
        check_headers(mail);
        check_text(mail->subject);
        for (guint i = 0; i < mail->parts->len; i++) {
                const struct part *part = g_ptr_array_index(mail->parts, i);
                gsize length = 0;
                const char *bytes = g_bytes_get_data(part->bytes, &length);
                check_text(part->type);
                check_text(part->name);
                g_assert_true(!part->is_text || !length || g_utf8_validate_len(bytes, length, NULL));
                if (part->lines)
                        check_text(part->lines);
        }
        for (int i = 0; i < BODY_COUNT; i++)
                if (mail->body[i])
                        check_history(mail, mail->body[i]);
        for (guint i = 0; i < mail->enclosed->len; i++)
                check_mail(g_ptr_array_index(mail->enclosed, i));
}

static void check_sender(const struct mail *mail)
{
        static char *ids[] = {"mx.example.org"}, *sealers[] = {"example.com"};
        const struct settings settings = {.authserv_ids = {ids, 1}, .sealers = {sealers, 1}};
        struct sender_check *check = sender_check(mail, &settings);
        g_autoptr(GPtrArray) addresses = sender_addresses(mail);

        for (guint i = 0; i < addresses->len; i++)
                check_text(((const struct header *)g_ptr_array_index(addresses, i))->value);
        sender_check_free(check);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
        struct mail *mail;

        mime_init();
        mail = mime_read(bytes);
        lines_read(mail);
        check_mail(mail);
        check_sender(mail);
        mail_free(mail);
        return 0;
}
