/* iCalendar text taken apart for tests, by nothing but the RFC.
 * In: the bytes of a calendar. Out: its content lines unfolded, and what is wrong with the folding. */
#include "ical-text.h"

#include <string.h>

static void check_line(const char *line)
{
        g_assert_cmpuint(strlen(line), <=, 75);
        g_assert_true(g_utf8_validate(line, -1, NULL));
        for (const char *p = line; *p; p++)
                g_assert_true((guchar)*p >= ' ' && *p != 0x7F);
}

char **ical_lines(const char *text)
{
        g_auto(GStrv) raw = g_strsplit(text, "\r\n", -1);
        g_autoptr(GPtrArray) lines = g_ptr_array_new();
        for (guint i = 0; raw[i]; i++) {
                check_line(raw[i]);
                if (!raw[i + 1]) {
                        g_assert_cmpstr(raw[i], ==, "");
                } else if (*raw[i] == ' ') {
                        g_assert_cmpuint(lines->len, >, 0);
                        char *whole = g_strconcat(lines->pdata[lines->len - 1], raw[i] + 1, NULL);
                        g_free(lines->pdata[lines->len - 1]);
                        lines->pdata[lines->len - 1] = whole;
                } else {
                        g_assert_cmpstr(raw[i], !=, "");
                        g_ptr_array_add(lines, g_strdup(raw[i]));
                }
        }
        g_ptr_array_add(lines, NULL);
        return (char **)g_ptr_array_free(g_steal_pointer(&lines), FALSE);
}

const char *ical_value(char **lines, const char *name, guint n)
{
        gsize length = strlen(name);
        for (char **line = lines; *line; line++)
                if (strncmp(*line, name, length) == 0 && (*line)[length] == ':' && n-- == 0)
                        return *line + length + 1;
        return NULL;
}

char *ical_text(char **lines, const char *name, guint n)
{
        const char *value = ical_value(lines, name, n);
        GString *text = value ? g_string_new(NULL) : NULL;
        for (const char *p = value; p && *p; p++) {
                if (*p == '\\') {
                        p++;
                        g_assert_nonnull(strchr("nN,;\\", *p));
                        g_string_append_c(text, g_ascii_tolower(*p) == 'n' ? '\n' : *p);
                        continue;
                }
                g_assert_true(*p != ',' && *p != ';');
                g_string_append_c(text, *p);
        }
        return text ? g_string_free(text, FALSE) : NULL;
}
