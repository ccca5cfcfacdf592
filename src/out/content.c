/* Content lines of iCalendar as they are written (RFC 5545 3.1).
 * In: lines that end in CRLF. Out: the same, none over 75 octets. */
#include "out/content.h"

#include <string.h>

#include <glib.h>

enum { MOST_OCTETS = 75 };

char *content_fold(const char *text)
{
        GString *out = g_string_sized_new(strlen(text) + strlen(text) / 32);
        gsize octets = 0;
        for (const char *p = text, *next; *p; p = next) {
                next = g_utf8_next_char(p);
                gsize length = (gsize)(next - p);
                if (*p == '\r' || *p == '\n') {
                        octets = 0;
                } else if ((octets += length) > MOST_OCTETS) {
                        g_string_append(out, "\r\n ");
                        octets = 1 + length;
                }
                g_string_append_len(out, p, (gssize)length);
        }
        return g_string_free(out, FALSE);
}
