/* The words of a mail that a reason rests on.
 * In: a reading with its evidence, a reason. Out: a text for people. */
#include "out/cite.h"

#include <string.h>

enum { MOST_FIELDS = 6, MOST_WORDS = 80 };

/* What a reason speaks of, by a word in it, and the evidence that this is told by; the first that there is. */
static const struct subject {
        const char *word;
        const char *fields[MOST_FIELDS];
} subjects[] = {
        {"window", {"start", "date", "start_date", "near", "end"}},
        {"time", {"start", "date", "start_date", "near", "end"}},
        {"duration", {"duration", "end"}},
        {"extended", {"end", "duration", "nature"}},
        {"circuit", {"circuit", "alias"}},
        {"from a sender", {"status", "nature"}},
        {"cancel", {"status", "nature"}},
        {"complete", {"status", "nature"}},
        {"confirm", {"status", "nature"}},
        {"reminder", {"nature", "status"}},
        {"announced", {"status", "ref"}},
        {"notice of kind", {"status", "nature"}},
        {"moved", {"start", "date", "start_date", "status"}},
        {"older than", {"ref"}},
        {"filter ", {"subject", "says", "ref", "status"}},
        {"confidence", {"status", "start", "ref"}},
        {"noise", {"tells", "says", "subject"}},
        {"same mail", {"ref"}},
};

static const struct evidence *with_field(const struct reading *reading, const char *field)
{
        for (guint i = 0; i < reading->evidence->len; i++) {
                const struct evidence *evidence = reading->evidence->pdata[i];
                if (g_strcmp0(evidence->field, field) == 0)
                        return evidence;
        }
        return NULL;
}

/* What a reason quotes, if evidence has it. */
static const struct evidence *quoted(const struct reading *reading, const char *reason)
{
        const char *start = strchr(reason, '\''), *end = start ? strrchr(reason, '\'') : NULL;
        g_autofree char *words = start && end > start + 1 ? g_strndup(start + 1, (gsize)(end - start - 1)) : NULL;
        for (guint i = 0; words && i < reading->evidence->len; i++) {
                const struct evidence *evidence = reading->evidence->pdata[i];
                if (evidence->value && (strstr(evidence->value, words) || strstr(words, evidence->value)))
                        return evidence;
        }
        return NULL;
}

static const struct evidence *about(const struct reading *reading, const char *reason)
{
        for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++) {
                if (!strstr(reason, subjects[i].word))
                        continue;
                for (const char *const *field = subjects[i].fields; *field; field++) {
                        const struct evidence *evidence = with_field(reading, *field);
                        if (evidence)
                                return evidence;
                }
        }
        return NULL;
}

static char *cut(const char *text)
{
        return g_utf8_strlen(text, -1) > MOST_WORDS ? g_utf8_substring(text, 0, MOST_WORDS) : g_strdup(text);
}

char *cite(const struct reading *reading, const char *reason)
{
        const struct evidence *evidence = quoted(reading, reason);
        bool is_of_sender = g_str_has_prefix(reason, "from ") || strstr(reason, "vendor") || strstr(reason, "the sender");
        if (!evidence && !is_of_sender)
                evidence = about(reading, reason);
        if (!evidence) {
                g_autofree char *words = cut(is_of_sender && reading->from ? reading->from : reading->subject ? reading->subject : "");
                return g_strdup_printf("%s '%s'", is_of_sender && reading->from ? "header From" : "header Subject", words);
        }
        g_autofree char *words = cut(evidence->value ? evidence->value : "");
        g_autofree char *line = evidence->line > 0 ? g_strdup_printf(":%d", evidence->line) : g_strdup("");
        return g_strdup_printf("%s%s '%s'%s%s%s", evidence->where ? evidence->where : "", line, words, evidence->rule ? " (" : "",
                               evidence->rule ? evidence->rule : "", evidence->rule ? ")" : "");
}
