/* The header fields that a filed mail bears in addition: what it was taken for and why, for people and their mail programs.
 * In: a mail as recorded. Out: header text. */
#include "out/filed-head.h"

#include "base/visible.h"
#include "ledger/raw.h"

#include <string.h>

enum { MOST_VALUE = 500, LINE = 76 };

/* One line of visible ASCII. Caller frees. */
static char *safe(const char *text)
{
        g_autofree char *visible = visible_text(text);
        g_autofree char *cut = g_utf8_strlen(visible, -1) > MOST_VALUE ? g_utf8_substring(visible, 0, MOST_VALUE) : g_strdup(visible);
        return g_str_to_ascii(cut, "C");
}

/* RFC 5322 2.2.3: folded before a word that would make the line long. */
static void append_field(GString *head, const char *name, const char *value)
{
        g_autofree char *plain = safe(value);
        g_auto(GStrv) words = g_strsplit(plain, " ", -1);
        gsize column = strlen(name) + 1;
        g_string_append_printf(head, "%s:", name);
        for (char **word = words; *word; word++) {
                gsize length = strlen(*word);
                if (length == 0)
                        continue;
                bool is_long = column + 1 + length > LINE;
                g_string_append_printf(head, "%s %s", is_long ? "\n" : "", *word);
                column = is_long ? 1 + length : column + 1 + length;
        }
        g_string_append_c(head, '\n');
}

char *filed_head(const struct entry *entry)
{
        GString *head = g_string_new(NULL);
        g_autoptr(GString) why = g_string_new(NULL);
        append_field(head, "X-Mailclinic-Kind", entry->kind == KIND_NONE ? "none" : kind_word(entry->kind));
        append_field(head, "X-Mailclinic-Resolution", resolution_word(entry->resolution));
        for (guint i = 0; i < entry->maintenances->len; i++)
                append_field(head, "X-Mailclinic-Maintenance", entry->maintenances->pdata[i]);
        for (guint i = 0; i < entry->reasons->len; i++)
                g_string_append_printf(why, "%s%s", i ? "; " : "", (const char *)entry->reasons->pdata[i]);
        append_field(head, "X-Mailclinic-Why", why->str);
        if (entry->resolution != RESOLUTION_REVIEW)
                append_field(head, "Keywords", resolution_phrase(entry->resolution));
        return g_string_free(head, FALSE);
}

GBytes *filed_body(GBytes *mail)
{
        g_autoptr(GBytes) without = raw_without(mail, "X-Mailclinic-*");
        return raw_without(without, "Keywords");
}
