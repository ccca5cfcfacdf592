/* Content lines of iCalendar (RFC 5545 3.1), checked before a library sees them.
 * In: the bytes of a part. Out: unfolded lines of valid UTF-8, or why there are none. */
#include "reader/ics-fold.h"

#include "base/fail.h"
#include "base/limits.h"

#include <stdbool.h>
#include <string.h>

/* Names that a line may begin with beside X-..., in any case: RFC 5545, 7986, 9073. Others count only outside of texts, since a line of a
 * text that lost its leading blank may begin with a word and a colon. */
static const char *const names[] = {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DURATION",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "STATUS",
        "SEQUENCE",
        "CREATED",
        "LAST-MODIFIED",
        "ORGANIZER",
        "ATTENDEE",
        "CLASS",
        "PRIORITY",
        "TRANSP",
        "URL",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "CATEGORIES",
        "CONTACT",
        "COMMENT",
        "ATTACH",
        "GEO",
        "RESOURCES",
        "RELATED-TO",
        "TZID",
        "TZNAME",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZURL",
        "ACTION",
        "TRIGGER",
        "REPEAT",
        "REQUEST-STATUS",
        "NAME",
        "COLOR",
        "IMAGE",
        "CONFERENCE",
        "REFRESH-INTERVAL",
        "SOURCE",
        "DUE",
        "COMPLETED",
        "PERCENT-COMPLETE",
        "ACKNOWLEDGED",
};

static const char *const texts[] = {"DESCRIPTION", "COMMENT", "SUMMARY", "LOCATION", "X-ALT-DESC"};

static bool is_one_of(const char *line, gsize length, const char *const *table, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (strlen(table[i]) == length && g_ascii_strncasecmp(line, table[i], length) == 0)
                        return true;
        return false;
}

static gsize name_length(const char *line)
{
        gsize n = 0;
        while (g_ascii_isalnum(line[n]) || line[n] == '-')
                n++;
        return line[n] == ':' || line[n] == ';' ? n : 0;
}

gboolean ics_line_is(const char *line, const char *name)
{
        gsize n = strlen(name);
        return strncmp(line, name, n) == 0 && (line[n] == ':' || line[n] == ';');
}

/* Parameter values in quotes may hold colons. */
const char *ics_line_value(const char *line)
{
        bool is_quoted = false;
        for (; *line; line++) {
                if (*line == '"')
                        is_quoted = !is_quoted;
                else if (*line == ':' && !is_quoted)
                        return line + 1;
        }
        return line;
}

static bool is_capital(const char *line, gsize length)
{
        for (gsize i = 0; i < length; i++)
                if (g_ascii_islower(line[i]))
                        return false;
        return true;
}

/* Whether a line begins a property, and is not the rest of the one before. */
static bool is_property(const char *line, const GString *before)
{
        gsize n = name_length(line);
        if (n == 0)
                return false;
        if (n > 2 && g_ascii_strncasecmp(line, "X-", 2) == 0)
                return true;
        bool is_known = is_one_of(line, n, names, G_N_ELEMENTS(names));
        bool is_in_text = before && is_one_of(before->str, name_length(before->str), texts, G_N_ELEMENTS(texts));
        if (!is_in_text)
                return is_known || is_capital(line, n);
        return is_known && (is_capital(line, n) || line[n + 1] != ' ');
}

static void take_line(GPtrArray *lines, char *line)
{
        GString *before = lines->len ? lines->pdata[lines->len - 1] : NULL;
        bool is_folded = *line == ' ' || *line == '\t';
        if (is_folded || !is_property(line, before)) {
                bool may_go_on = before && !ics_line_is(before->str, "BEGIN") && !ics_line_is(before->str, "END");
                if (may_go_on)
                        g_string_append(before, line + is_folded);
                return;
        }
        gsize n = name_length(line);
        for (gsize i = 0; i < n; i++)
                line[i] = g_ascii_toupper(line[i]);
        g_ptr_array_add(lines, g_string_new(line));
}

static char *to_utf8(const char *bytes, gsize length)
{
        if (g_utf8_validate(bytes, (gssize)length, NULL))
                return g_strndup(bytes, length);
        char *text = g_convert(bytes, (gssize)length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
        return text ? text : g_utf8_make_valid(bytes, (gssize)length);
}

/* Controls are no part of a value; line ends of any sort become '\n'. */
static void clean(char *text)
{
        char *to = text;
        for (const char *from = text; *from; from++) {
                guchar c = (guchar)*from;
                if (c == '\r' && from[1] == '\n')
                        continue;
                if (c == '\r')
                        c = '\n';
                if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f))
                        *to++ = (char)c;
        }
        *to = '\0';
}

static void free_string(void *string)
{
        g_string_free(string, TRUE);
}

static bool refuse(GError **error, const char *why)
{
        g_set_error(error, FAIL, FAIL_DATA, "the calendar part %s", why);
        return false;
}

/* libical frees deep trees by recursion, and prints to stderr where an END has no BEGIN. */
static bool is_sound(const GPtrArray *lines, GError **error)
{
        int depth = 0, events = 0;
        for (guint i = 0; i < lines->len; i++) {
                const GString *line = lines->pdata[i];
                if (line->len > LIMIT_ICS_LINE)
                        return refuse(error, "has a line over 64 kB");
                bool is_begin = ics_line_is(line->str, "BEGIN");
                depth += is_begin;
                events += is_begin && g_ascii_strcasecmp(ics_line_value(line->str), "VEVENT") == 0;
                bool is_end = ics_line_is(line->str, "END");
                if ((is_begin || is_end) && !*ics_line_value(line->str))
                        return refuse(error, "has a BEGIN or END of nothing");
                if (is_end && --depth < 0)
                        return refuse(error, "has an END without BEGIN");
                if (depth > LIMIT_ICS_DEPTH)
                        return refuse(error, "is nested too deeply");
                if (events > LIMIT_ICS_EVENTS)
                        return refuse(error, "has over 200 events");
        }
        return depth == 0 ? true : refuse(error, "is cut off");
}

GPtrArray *ics_unfold(const char *bytes, gsize length, GError **error)
{
        if (length > LIMIT_ICS) {
                refuse(error, "is over 512 kB");
                return NULL;
        }
        if (memchr(bytes, '\0', length)) {
                refuse(error, "holds a NUL");
                return NULL;
        }
        gsize mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        g_autofree char *text = to_utf8(bytes + mark, length - mark);
        clean(text);
        g_auto(GStrv) raw = g_strsplit(text, "\n", -1);
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(free_string);
        for (char **line = raw; *line; line++)
                take_line(lines, *line);
        if (!is_sound(lines, error))
                return NULL;
        GPtrArray *plain = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < lines->len; i++)
                g_ptr_array_add(plain, g_strdup(((GString *)lines->pdata[i])->str));
        return plain;
}
