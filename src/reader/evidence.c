/* Evidence: what matched where, kept beside a reading for people.
 * In: an attempt. Out: struct evidence for each value that the reading rests on. */
#include "reader/evidence.h"

#include "reader/row.h"

enum { EVIDENCE_MAX = 200 }; /* values of one mail that are kept; the rest would not be looked at */

static const char *const source_word[SOURCE_COUNT] = {
        [SOURCE_ROW] = "row",   [SOURCE_HEAD] = "head",       [SOURCE_LABEL] = "label",
        [SOURCE_FIND] = "find", [SOURCE_SUBJECT] = "subject", [SOURCE_CALENDAR] = "calendar part",
};

static void add(const struct capture *capture, enum field field, GPtrArray *evidence)
{
        struct evidence *one = g_new0(struct evidence, 1);
        one->field = g_strdup(field_word(field));
        one->value = g_strdup(capture->value);
        one->rule = capture->source == SOURCE_CALENDAR ? g_strdup(source_word[SOURCE_CALENDAR])
                                                       : g_strdup_printf("%s '%s'", source_word[capture->source], capture->rule);
        one->where = g_strdup(capture->where);
        one->line = capture->line;
        g_ptr_array_add(evidence, one);
}

static void add_captures(const struct captures *captures, GPtrArray *evidence)
{
        for (int f = 0; f < FIELD_COUNT; f++)
                if (captures->field[f].value && evidence->len < EVIDENCE_MAX)
                        add(&captures->field[f], (enum field)f, evidence);
}

static void add_rows(const GPtrArray *rows, GPtrArray *evidence)
{
        for (guint i = 0; i < rows->len; i++)
                add_captures(&((struct row *)rows->pdata[i])->captures, evidence);
}

void evidence_add(const struct attempt *attempt, GPtrArray *evidence)
{
        add_captures(&attempt->fields, evidence);
        add_rows(attempt->windows, evidence);
        add_rows(attempt->circuits, evidence);
}
