/* Rows: what the row readers of a filter (`windows`, `circuits`) find in a block (FILTERS.md "How it reads" 5).
 * In: a row reader and a block. Out: rows of captures in the order of the text, and what was missing. */
#include "reader/row.h"

#include "reader/label.h"
#include "reader/table.h"
#include "reader/value.h"

void row_free(struct row *row)
{
        if (!row)
                return;
        captures_clear(&row->captures);
        g_free(row);
}

struct row *row_new(enum role role, gsize at)
{
        struct row *row = g_new0(struct row, 1);
        row->role = role;
        row->at = at;
        row->start_at = row->end_at = READING_NO_TIME;
        return row;
}

bool row_has_start(const struct row *row)
{
        return row->start_at != READING_NO_TIME || captures_have_start(&row->captures);
}

bool row_is_of(const struct row *row, const char *ref)
{
        const char *own = captures_value(&row->captures, FIELD_REF);
        return !ref || !own || value_same_id(own, ref);
}

/* Rows of one pattern; a pattern that matches nothing wide moves on by a character, so that it ends. */
static void each_pattern(struct search *search, const struct row_reader *reader, const char *pattern, const struct block *block,
                         const struct words *empty, GPtrArray *rows)
{
        struct re_match match;
        gsize from = block->start;
        while (rows->len < LIMIT_CIRCUITS && block_search(search, block, pattern, from, &match)) {
                struct row *row = row_new(reader->role, match.start);
                captures_put_match(&row->captures, block, &match, SOURCE_ROW, pattern, empty);
                g_ptr_array_add(rows, row);
                if (match.end > match.start)
                        from = match.end;
                else if (match.end < block->end)
                        from = (gsize)(g_utf8_next_char(block->lines + match.end) - block->lines);
                else
                        break;
        }
}

/* Alternatives: the first pattern that finds a row finds them all. */
static void read_each(struct search *search, const struct row_reader *reader, const struct block *block, const struct words *empty,
                      GPtrArray *rows)
{
        for (unsigned i = 0; i < reader->each.n && !rows->len; i++)
                each_pattern(search, reader, reader->each.word[i], block, empty, rows);
}

/* Where the heads stand: matches of `head`, each holding for the rows below it. */
static GPtrArray *read_heads(struct search *search, const struct row_reader *reader, const struct block *block, const struct words *empty)
{
        GPtrArray *heads = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
        for (unsigned i = 0; i < reader->head.n; i++)
                each_pattern(search, reader, reader->head.word[i], block, empty, heads);
        return heads;
}

static const struct row *head_of(const GPtrArray *heads, gsize at)
{
        const struct row *head = NULL;
        for (guint i = 0; i < heads->len; i++) {
                const struct row *next = heads->pdata[i];
                if (next->at <= at && (!head || next->at >= head->at))
                        head = next;
        }
        return head;
}

/* A label seen again, or a new head, begins the next row. */
static void read_labels(struct search *search, const struct row_reader *reader, const struct block *block, const struct words *empty,
                        GPtrArray *rows, GPtrArray *doubts)
{
        g_autoptr(GArray) hits = label_hits(label_set_get(search->labels, reader->labels), block);
        g_autoptr(GPtrArray) heads = hits->len ? read_heads(search, reader, block, empty) : NULL;
        struct row *row = NULL;
        const struct row *head = NULL;
        for (guint i = 0; i < hits->len && rows->len < LIMIT_CIRCUITS; i++) {
                const struct label_hit *hit = &g_array_index(hits, struct label_hit, i);
                const struct row *above = head_of(heads, hit->at);
                bool is_again = row && row->captures.field[hit->field].value;
                if (is_again && above && above == head)
                        g_ptr_array_add(doubts, g_strdup_printf("a second '%s' under one heading", hit->label));
                if (!row || above != head || is_again) {
                        row = row_new(reader->role, hit->at);
                        g_ptr_array_add(rows, row);
                        head = above;
                }
                captures_put(&row->captures, hit->field, block, hit->start, hit->end, SOURCE_ROW, hit->label, empty);
        }
}

static void add_table(struct search *search, const struct row_reader *reader, const struct block *block, const struct words *empty,
                      GPtrArray *rows, GPtrArray *doubts)
{
        g_autoptr(GArray) found = table_read(label_set_get(search->labels, reader->table), reader->table, block, empty, doubts);
        for (guint i = 0; i < found->len; i++) {
                struct table_row *from = &g_array_index(found, struct table_row, i);
                struct row *row = row_new(reader->role, from->at);
                row->captures = from->captures;
                g_ptr_array_add(rows, row);
        }
}

/* What stands in a head is a row's unless the row says it itself. */
static void fill_from_heads(struct search *search, const struct row_reader *reader, const struct block *block, const struct words *empty,
                            const GPtrArray *rows)
{
        g_autoptr(GPtrArray) heads = rows->len ? read_heads(search, reader, block, empty) : NULL;
        for (guint i = 0; i < rows->len; i++) {
                struct row *row = rows->pdata[i];
                const struct row *head = head_of(heads, row->at);
                if (head)
                        captures_fill(&row->captures, &head->captures);
        }
}

void row_read(struct search *search, const struct row_reader *reader, const struct block *block, const struct words *empty, GPtrArray *rows,
              GPtrArray *doubts)
{
        struct block cut;
        if (!block_cut(search, block, &reader->after, &reader->before, &cut))
                return;
        g_autoptr(GPtrArray) found = g_ptr_array_new();
        if (reader->each.n)
                read_each(search, reader, &cut, empty, found);
        else if (reader->table)
                add_table(search, reader, &cut, empty, found, doubts);
        else if (reader->labels)
                read_labels(search, reader, &cut, empty, found, doubts);
        fill_from_heads(search, reader, &cut, empty, found);
        for (guint i = 0; i < found->len; i++)
                g_ptr_array_add(rows, found->pdata[i]);
}
