/* A calendar object as it stands on a server, where people may have edited it.
 * In: its text. Out: what of it is theirs, and that merged with ours. */
#include "out/theirs.h"

#include "base/fail.h"
#include "out/content.h"
#include "reader/ics-fold.h"

#include <stdlib.h>
#include <string.h>

/* Properties that are ours, and those that would change what ours mean. What has a TZID lost its VTIMEZONE, so it goes, too. */
static const char *const managed[] = {
        "UID",      "DTSTAMP",    "CREATED",     "LAST-MODIFIED", "SEQUENCE", "DTSTART",    "DTEND",
        "DURATION", "SUMMARY",    "DESCRIPTION", "STATUS",        "TRANSP",   "CATEGORIES", "COLOR",
        "URL",      "RELATED-TO", "RRULE",       "RDATE",         "EXDATE",   "EXRULE",     "RECURRENCE-ID",
};

/* What people see of an event. */
static const char *const said[] = {"SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "STATUS"};

static bool is_one_of(const char *line, const char *const *names, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (ics_line_is(line, names[i]))
                        return true;
        return false;
}

static bool is_managed(const char *line)
{
        return is_one_of(line, managed, G_N_ELEMENTS(managed)) || g_str_has_prefix(line, "X-MAINTNOTE-") || strstr(line, ";TZID=");
}

static struct theirs *theirs_new(void)
{
        struct theirs *theirs = g_new0(struct theirs, 1);
        theirs->sequence = -1;
        theirs->managed = g_ptr_array_new_with_free_func(g_free);
        theirs->kept = g_ptr_array_new_with_free_func(g_free);
        return theirs;
}

void theirs_free(struct theirs *theirs)
{
        if (!theirs)
                return;
        g_ptr_array_unref(theirs->managed);
        g_ptr_array_unref(theirs->kept);
        g_free(theirs);
}

static bool is_frame(const char *line, const char *frame, const char *component)
{
        return ics_line_is(line, frame) && (!component || g_ascii_strcasecmp(ics_line_value(line), component) == 0);
}

/* One event's lines, from after BEGIN:VEVENT at *i to its END. */
static struct theirs *read_event(const GPtrArray *lines, guint *i, const char *uid, bool *is_it)
{
        struct theirs *theirs = theirs_new();
        bool has_uid = false, is_recurrence = false;
        for (int depth = 0; *i < lines->len; (*i)++) {
                const char *line = lines->pdata[*i];
                bool is_end = is_frame(line, "END", NULL);
                if (is_end && depth == 0)
                        break;
                depth += is_frame(line, "BEGIN", NULL);
                bool is_inner = depth > 0;
                depth -= is_end;
                g_ptr_array_add(!is_inner && is_managed(line) ? theirs->managed : theirs->kept, g_strdup(line));
                if (is_inner)
                        continue;
                has_uid |= ics_line_is(line, "UID") && g_ascii_strcasecmp(ics_line_value(line), uid) == 0;
                is_recurrence |= ics_line_is(line, "RECURRENCE-ID");
                if (ics_line_is(line, "SEQUENCE"))
                        theirs->sequence = (int)CLAMP(g_ascii_strtoll(ics_line_value(line), NULL, 10), -1, G_MAXINT - 1);
        }
        *is_it = has_uid && !is_recurrence;
        return theirs;
}

/* Content lines, names in capitals. Those of a server are folded as they should be; reader/ics-fold.h would mend what is none of ours. */
static GPtrArray *unfold(const char *object)
{
        g_autofree char *valid = g_utf8_make_valid(object, -1);
        g_auto(GStrv) raw = g_strsplit(valid, "\n", -1);
        GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
        for (char **line = raw; *line; line++) {
                if (g_str_has_suffix(*line, "\r"))
                        (*line)[strlen(*line) - 1] = '\0';
                if ((**line == ' ' || **line == '\t') && lines->len) {
                        char *before = lines->pdata[lines->len - 1];
                        lines->pdata[lines->len - 1] = g_strconcat(before, *line + 1, NULL);
                        g_free(before);
                } else if (**line) {
                        for (char *p = *line; *p && *p != ':' && *p != ';'; p++)
                                *p = g_ascii_toupper(*p);
                        g_ptr_array_add(lines, g_strdup(*line));
                }
        }
        return lines;
}

struct theirs *theirs_read(const char *object, const char *uid, GError **error)
{
        g_autoptr(GPtrArray) lines = unfold(object);
        for (guint i = 0; i < lines->len; i++) {
                bool is_it;
                if (!is_frame(lines->pdata[i], "BEGIN", "VEVENT"))
                        continue;
                i++;
                struct theirs *theirs = read_event(lines, &i, uid, &is_it);
                if (is_it)
                        return theirs;
                theirs_free(theirs);
        }
        g_set_error(error, FAIL, FAIL_DATA, "what stands there is no calendar with the event %s", uid);
        return NULL;
}

/* The value of the first line of this name; "". Borrowed. */
static const char *value_of(const GPtrArray *lines, const char *name)
{
        for (guint i = 0; i < lines->len; i++)
                if (ics_line_is(lines->pdata[i], name))
                        return ics_line_value(lines->pdata[i]);
        return "";
}

bool theirs_says(const struct theirs *theirs, const char *ours)
{
        g_autoptr(GPtrArray) lines = unfold(ours);
        for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
                if (!g_str_equal(value_of(theirs->managed, said[i]), value_of(lines, said[i])))
                        return false;
        return true;
}

char *theirs_merge(const struct theirs *theirs, const char *ours)
{
        const char *at = strstr(ours, "\r\nEND:VEVENT\r\n");
        g_autoptr(GString) kept = g_string_new(NULL);
        for (guint i = 0; i < theirs->kept->len; i++)
                g_string_append_printf(kept, "%s\r\n", (const char *)theirs->kept->pdata[i]);
        g_autofree char *folded = content_fold(kept->str);
        g_assert(at);
        at += strlen("\r\n");
        return g_strdup_printf("%.*s%s%s", (int)(at - ours), ours, folded, at);
}
