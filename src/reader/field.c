/* Header fields as they stand in a mail (RFC 5322 2.2), split where GMime splits them.
 * In: bytes. Out: lines and fields as slices of them, values as one line. */
#include "reader/field.h"

#include <string.h>

struct slice field_line(const char *at, const char *end)
{
        const char *newline = memchr(at, '\n', (gsize)(end - at));

        return (struct slice){at, (gsize)((newline ? newline + 1 : end) - at)};
}

struct slice field_at(const char *at, const char *end)
{
        struct slice field = {at, 0};

        do {
                field.length += field_line(at + field.length, end).length;
        } while (at + field.length < end && (at[field.length] == ' ' || at[field.length] == '\t'));
        return field;
}

bool field_is_blank(struct slice line)
{
        return line.length == 1 || (line.length == 2 && line.text[0] == '\r');
}

const char *field_name_end(struct slice field)
{
        const char *at = field.text, *end = field.text + field.length;

        while (at < end && *at != ':' && *at != ' ' && *at != '\t' && !g_ascii_iscntrl(*at))
                at++;
        while (at < end && (*at == ' ' || *at == '\t'))
                at++;
        return at;
}

static gsize plain_length(const char *value)
{
        gsize n = 0;
        while (value[n] >= ' ' && value[n] < 0x7f)
                n++;
        return n;
}

char *field_one_line(const char *value)
{
        g_autofree char *valid = NULL;
        GString *line;
        gboolean is_gap = FALSE;

        if (value[plain_length(value)] == '\0')
                return g_strstrip(g_strdup(value));
        valid = g_utf8_make_valid(value, -1);
        line = g_string_sized_new(strlen(valid));
        for (const char *c = valid, *next; *c; c = next) {
                gunichar letter = g_utf8_get_char(c);
                gsize plain = is_gap ? 0 : plain_length(c);
                next = plain ? c + plain : g_utf8_next_char(c);
                if (g_unichar_iscntrl(letter)) {
                        is_gap = TRUE;
                        continue;
                }
                if (is_gap && letter == ' ')
                        continue;
                if (is_gap && line->len && line->str[line->len - 1] != ' ')
                        g_string_append_c(line, ' ');
                is_gap = FALSE;
                g_string_append_len(line, c, next - c);
        }
        return g_strstrip(g_string_free(line, FALSE));
}
