/* What doubts stand on: phrases added once, lines cited, and what of a body was read or is rightly left unread.
 * In: an attempt. Out: its doubts, and answers about its lines. */
#include "reader/doubt-ground.h"

#include "reader/row.h"
#include "reader/value.h"

enum { EVIDENCE_LENGTH = 100 }; /* characters of a line that a reason cites */

void doubt_add(struct attempt *attempt, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        char *phrase = g_strdup_vprintf(format, args);
        va_end(args);
        if (g_ptr_array_find_with_equal_func(attempt->doubts, phrase, g_str_equal, NULL))
                g_free(phrase);
        else
                g_ptr_array_add(attempt->doubts, phrase);
}

char *doubt_cited(const struct block *line)
{
        g_autofree char *text = value_fold(line->lines + line->start, line->end - line->start);
        g_autofree char *cut = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), EVIDENCE_LENGTH));
        return g_utf8_make_valid(cut, -1);
}

static bool is_near(gint64 end, gint64 at, gint64 slack)
{
        return end != READING_NO_TIME && ABS(end - at) <= slack;
}

bool doubt_is_known_instant(const struct attempt *attempt, gint64 at, gint64 slack)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                for (guint k = 0; k < notice->windows->len; k++) {
                        const struct window *window = notice->windows->pdata[k];
                        if (is_near(window->start, at, slack) || is_near(window->end, at, slack))
                                return true;
                }
        }
        return false;
}

static bool covers(const struct captures *captures, const char *where, gsize start, gsize end)
{
        for (int f = FIELD_START; f <= FIELD_NEAR; f++) {
                const struct capture *capture = &captures->field[f];
                if (capture->value && g_strcmp0(capture->where, where) == 0 && capture->start < end && capture->end > start)
                        return true;
        }
        return false;
}

static bool rows_cover(const GPtrArray *rows, const char *where, gsize start, gsize end)
{
        for (guint i = 0; i < rows->len; i++)
                if (covers(&((struct row *)rows->pdata[i])->captures, where, start, end))
                        return true;
        return false;
}

bool doubt_is_read(const struct attempt *attempt, gsize start, gsize end)
{
        const char *where = attempt->block.where;
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                if (covers(&attempt->from[s], where, start, end))
                        return true;
        return rows_cover(attempt->windows, where, start, end) || rows_cover(attempt->circuits, where, start, end);
}

/* Whether a pattern that begins on the line above, where the label of a value stands, goes on into this one. */
static bool is_skipped_by_label(struct attempt *attempt, const struct block *line)
{
        const struct words *skip = &attempt->rule->scope.skip;
        struct block both = {.where = line->where, .lines = line->lines, .end = line->end};
        struct re_match match;
        if (line->start == 0)
                return false;
        both.start = block_line_at(&both, line->start - 1).start;
        for (unsigned i = 0; i < skip->n; i++)
                if (block_search(attempt->search, &both, skip->word[i], both.start, &match) && match.end > line->start)
                        return true;
        return false;
}

bool doubt_is_skipped(struct attempt *attempt, const struct block *line)
{
        return block_search_any(attempt->search, line, &attempt->rule->scope.skip, NULL) || is_skipped_by_label(attempt, line);
}
