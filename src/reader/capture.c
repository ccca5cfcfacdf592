/* What a pattern, label or column gave: fields with the place they come from.
 * In: matches in blocks. Out: the first value of each field, and those of lesser sources that may disagree with it. */
#include "reader/capture.h"

#include "reader/value.h"

void captures_clear(struct captures *captures)
{
        for (int i = 0; i < FIELD_COUNT; i++)
                g_clear_pointer(&captures->field[i].value, g_free);
}

const char *captures_value(const struct captures *captures, enum field field)
{
        return captures->field[field].value;
}

bool capture_is_start(enum field field)
{
        return field == FIELD_START || field == FIELD_START_TIME || field == FIELD_START_DATE || field == FIELD_DATE;
}

bool captures_have_start(const struct captures *captures)
{
        for (int f = 0; f < FIELD_COUNT; f++)
                if (captures->field[f].value && capture_is_start((enum field)f))
                        return true;
        return false;
}

/* `backup` says something by being there; a status or impact such as "N/A" may be one of the filter's words. */
static bool is_kept(enum field field, const char *value, const struct words *empty)
{
        if (field == FIELD_BACKUP)
                return true;
        if (field == FIELD_STATUS || field == FIELD_IMPACT)
                return *value != '\0';
        return !value_is_empty(value, empty);
}

bool captures_put(struct captures *captures, enum field field, const struct block *block, gsize start, gsize end, enum source source,
                  const char *rule, const struct words *empty)
{
        struct capture *capture = &captures->field[field];
        if (capture->value)
                return false;
        g_autofree char *value = value_fold(block->lines + start, end - start);
        if (!is_kept(field, value, empty))
                return false;
        *capture = (struct capture){.value = g_steal_pointer(&value),
                                    .source = source,
                                    .rule = rule,
                                    .where = block->where,
                                    .line = block_line(block, start),
                                    .start = start,
                                    .end = end};
        return true;
}

void captures_put_match(struct captures *captures, const struct block *block, const struct re_match *match, enum source source,
                        const char *rule, const struct words *empty)
{
        for (guint i = 0; i < match->n_named; i++) {
                int field = field_from_word(match->named[i].name);
                if (field >= 0)
                        captures_put(captures, (enum field)field, block, match->named[i].start, match->named[i].end, source, rule, empty);
        }
}

void captures_fill(struct captures *to, const struct captures *from)
{
        for (int i = 0; i < FIELD_COUNT; i++) {
                if (to->field[i].value || !from->field[i].value)
                        continue;
                to->field[i] = from->field[i];
                to->field[i].value = g_strdup(from->field[i].value);
        }
}
