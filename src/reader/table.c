/* Tables: rows whose columns are known by the words of a header line.
 * In: a map of field to headings, and a block of TAB-joined lines. Out: rows of captures. */
#include "reader/table.h"

#include <string.h>

/* The columns that a line names. */
struct header {
        GArray *columns;       /* struct label_column: by field, those of a field by rank */
        bool has[FIELD_COUNT]; /* which fields have one */
        guint fields;          /* how many do */
};

static const enum field keys[] = {FIELD_CIRCUIT, FIELD_REF, FIELD_START, FIELD_START_TIME, FIELD_START_DATE, FIELD_DATE};
static const enum field needed[] = {FIELD_CIRCUIT,    FIELD_IMPACT,     FIELD_STATUS,   FIELD_START,   FIELD_END,
                                    FIELD_START_DATE, FIELD_START_TIME, FIELD_END_DATE, FIELD_END_TIME};

static void header_init(struct header *header)
{
        *header = (struct header){.columns = g_array_new(FALSE, FALSE, sizeof(struct label_column))};
}

static gint by_rank(gconstpointer a, gconstpointer b)
{
        const struct label_column *x = a, *y = b;
        if (x->field != y->field)
                return (int)x->field - (int)y->field;
        return x->rank != y->rank ? (x->rank < y->rank ? -1 : 1) : (int)x->column - (int)y->column;
}

static void read_header(const struct label_index *index, const struct block *line, struct header *header)
{
        g_array_set_size(header->columns, 0);
        *header = (struct header){.columns = header->columns};
        label_columns(index, line, header->columns);
        g_array_sort(header->columns, by_rank);
        for (guint i = 0; i < header->columns->len; i++) {
                enum field field = g_array_index(header->columns, struct label_column, i).field;
                header->fields += !header->has[field];
                header->has[field] = true;
        }
}

static guint count_fields(const struct labels *headings)
{
        guint n = 0;
        for (int f = 0; f < FIELD_COUNT; f++)
                n += headings->field[f].n > 0;
        return n;
}

static bool is_header(const struct header *header, guint named)
{
        if (header->fields < MIN(named, 2))
                return false;
        for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
                if (header->has[keys[i]])
                        return true;
        return false;
}

static void doubt_missing(const struct labels *headings, const struct header *header, GPtrArray *doubts)
{
        for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
                enum field field = needed[i];
                if (headings->field[field].n && !header->has[field])
                        g_ptr_array_add(doubts, g_strdup_printf("a table has no column for %s ('%s')", field_word(field),
                                                                headings->field[field].word[0]));
        }
}

/* Where the n-th cell of a line stands; false past the last. */
static bool cell(const struct block *line, guint n, gsize *start, gsize *end)
{
        gsize at = line->start;
        for (guint i = 0;; i++) {
                const char *tab = at < line->end ? memchr(line->lines + at, '\t', line->end - at) : NULL;
                *start = at;
                *end = tab ? (gsize)(tab - line->lines) : line->end;
                if (i == n)
                        return true;
                if (!tab)
                        return false;
                at = *end + 1;
        }
}

static void read_row(const struct header *header, const struct block *line, const struct words *empty, GArray *rows)
{
        struct table_row row = {.at = line->start};
        bool says = false;
        for (guint i = 0; i < header->columns->len; i++) {
                const struct label_column *column = &g_array_index(header->columns, struct label_column, i);
                gsize start, end;
                if (cell(line, column->column, &start, &end))
                        captures_put(&row.captures, column->field, line, start, end, SOURCE_ROW, column->label, empty);
        }
        for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
                says = says || row.captures.field[keys[i]].value;
        if (says)
                g_array_append_val(rows, row);
        else
                captures_clear(&row.captures);
}

/* A line without cells inside a table is a heading or prose, and no row; one that looks like an id may be a row of which the other
 * cells are empty. */
static bool is_plain(const struct header *header, const struct block *line, GPtrArray *doubts)
{
        gsize length = line->end - line->start;
        const char *text = line->lines + line->start;
        if (header->fields < 2 || memchr(text, '\t', length))
                return false;
        bool has_digit = false;
        for (gsize i = 0; i < length; i++)
                has_digit = has_digit || g_ascii_isdigit(text[i]);
        if (has_digit && !memchr(text, ' ', length))
                g_ptr_array_add(doubts, g_strdup_printf("a line in a table is no row: '%.*s'", (int)MIN(length, 60), text));
        return true;
}

GArray *table_read(const struct label_index *index, const struct labels *headings, const struct block *block, const struct words *empty,
                   GPtrArray *doubts)
{
        GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct table_row));
        guint named = count_fields(headings);
        struct header header, found;
        bool in_table = false;
        header_init(&header);
        header_init(&found);
        for (struct block line = {0}; rows->len < LIMIT_CIRCUITS && block_next_line(block, &line);) {
                read_header(index, &line, &found);
                if (is_header(&found, named)) {
                        struct header swap = header;
                        header = found;
                        found = swap;
                        in_table = true;
                        doubt_missing(headings, &header, doubts);
                } else if (line.start == line.end) {
                        in_table = false;
                } else if (in_table && !is_plain(&header, &line, doubts)) {
                        read_row(&header, &line, empty, rows);
                }
        }
        g_array_unref(header.columns);
        g_array_unref(found.columns);
        return rows;
}
