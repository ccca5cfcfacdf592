/* One mail, or the bare text of one, from a file or from standard input.
 * In: a path. Out: bytes that the reader can read. */
#include "in/input.h"

#include "base/fail.h"
#include "base/limits.h"
#include "reader/ics.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Fields of which each mail has some. A maintenance notice has labels "From:" and "To:" as well, but with times beside them. */
static const struct {
        const char *name;
        bool has_address;
} fields[] = {
        {"from", true},     {"to", true},          {"received", false},     {"return-path", false},    {"delivered-to", false},
        {"subject", false}, {"message-id", false}, {"mime-version", false}, {"dkim-signature", false}, {"content-type", false},
};

static GBytes *read_stream(FILE *stream, const char *name, GError **error)
{
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        guint8 buffer[64 * 1024];
        for (gsize n; bytes->len <= LIMIT_MAIL && (n = fread(buffer, 1, sizeof(buffer), stream)) > 0;)
                g_byte_array_append(bytes, buffer, (guint)n);
        if (ferror(stream)) {
                g_set_error(error, FAIL, FAIL_INPUT, "%s: %s", name, g_strerror(errno));
                return NULL;
        }
        g_byte_array_set_size(bytes, MIN(bytes->len, (guint)LIMIT_MAIL + 1));
        return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

/* NUL is in no mail but in one with a binary body, whose header comes first. */
static bool is_binary(GBytes *bytes)
{
        gsize length;
        const char *data = g_bytes_get_data(bytes, &length);
        return memchr(data, '\0', MIN(length, 512)) != NULL && !input_is_mail(bytes);
}

GBytes *input_read(const char *path, GError **error)
{
        bool is_stdin = strcmp(path, "-") == 0;
        const char *name = is_stdin ? "standard input" : path;
        FILE *stream = is_stdin ? stdin : fopen(path, "rbe");
        if (stream == NULL) {
                g_set_error(error, FAIL, FAIL_INPUT, "%s: %s", name, g_strerror(errno));
                return NULL;
        }
        g_autoptr(GBytes) bytes = read_stream(stream, name, error);
        if (!is_stdin)
                fclose(stream);
        if (bytes == NULL)
                return NULL;
        bool is_empty = g_bytes_get_size(bytes) == 0;
        if (is_empty || is_binary(bytes)) {
                g_set_error(error, FAIL, FAIL_DATA, "%s: %s", name, is_empty ? "the file is empty" : "this is no mail but binary data");
                return NULL;
        }
        return g_steal_pointer(&bytes);
}

/* The length of the field's name if the line is one, or continues one (0 then); -1 if it is neither. RFC 5322 2.2: printable, no colon;
 * 4.5: blanks may stand before the colon. */
static int name_length(const char *line, gsize length)
{
        gsize n = 0, colon;
        while (n < length && g_ascii_isgraph(line[n]) && line[n] != ':')
                n++;
        for (colon = n; colon < length && (line[colon] == ' ' || line[colon] == '\t');)
                colon++;
        if (n == 0 && colon > 0)
                return 0;
        return n > 0 && colon < length && line[colon] == ':' ? (int)n : -1;
}

static bool is_mail_field(const char *line, gsize length)
{
        int n = name_length(line, length);
        for (gsize i = 0; i < G_N_ELEMENTS(fields) && n > 0; i++)
                if (strlen(fields[i].name) == (gsize)n && g_ascii_strncasecmp(fields[i].name, line, (gsize)n) == 0)
                        return !fields[i].has_address || memchr(line, '@', length) != NULL;
        return false;
}

bool input_is_mail(GBytes *bytes)
{
        gsize left;
        const char *line = g_bytes_get_data(bytes, &left);
        bool is_first = true;
        while (left > 0) {
                const char *end = memchr(line, '\n', left);
                gsize whole = end != NULL ? (gsize)(end - line) + 1 : left;
                gsize length = whole;
                while (length > 0 && g_ascii_isspace(line[length - 1]))
                        length--;
                bool is_mbox_line = length > 5 && memcmp(line, "From ", 5) == 0;
                if (is_mail_field(line, length))
                        return true;
                if (!is_first && length == 0)
                        return false;
                if (is_first && length > 0 && !is_mbox_line && name_length(line, length) < 0)
                        return false;
                is_first = is_first && length == 0;
                line += whole;
                left -= whole;
        }
        return false;
}

GBytes *input_wrap(GBytes *body)
{
        gsize length;
        const char *data = g_bytes_get_data(body, &length);
        const char *type = ics_is_calendar(data, length) ? "text/calendar" : "text/plain"; /* HTML is told by its looks */
        const char *charset = g_utf8_validate_len(data, length, NULL) ? "utf-8" : "windows-1252";
        GString *mail = g_string_sized_new(length + 128);
        g_string_printf(mail, "MIME-Version: 1.0\nContent-Type: %s; charset=%s\nContent-Transfer-Encoding: 8bit\n\n", type, charset);
        g_string_append_len(mail, data, (gssize)length);
        return g_string_free_to_bytes(mail);
}
