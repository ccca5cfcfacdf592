/* Labels: words at the start of a line or cell whose value stands beside or under them (FILTERS.md "How it reads" 4).
 * In: a block and a map of field to labels. Out: hits, in the order of the text. */
#include "reader/label.h"

#include "reader/value.h"

#include <string.h>

struct label_entry {
        enum field field;
        unsigned rank;
        const char *label;
};

/* One label may serve two fields ("Date" for start and end), so each folded text has a list of entries. */
struct label_index {
        GHashTable *entries;  /* folded text (char *) to GArray of struct label_entry */
        gsize longest;        /* of the folded texts, in bytes */
        guint32 pairs[2][32]; /* how they begin: per first and per second letter, a bit for each that follows */
};

enum { LETTER = 31 }; /* the last five bits of a letter hold no case */

static void add_begin(struct label_index *index, const char *folded)
{
        for (int i = 0; i < 2; i++) {
                guchar letter = (guchar)folded[i], next = letter ? (guchar)folded[i + 1] : '\0';
                if (!letter || letter >= 0x80) {
                        memset(index->pairs, 0xff, sizeof index->pairs);
                        return;
                }
                index->pairs[i][letter & LETTER] |= !next || next >= 0x80 ? ~0U : 1U << (next & LETTER);
        }
}

static bool is_plain(char c)
{
        return c > ' ' && (guchar)c < 0x7f && c != '*';
}

/* Whether some label may begin as this text does: most cells of most mails are no label, and need not be folded to know it. */
static bool may_begin(const struct label_index *index, const char *text, gsize length)
{
        for (gsize i = 0; i < 2 && i + 1 < length && is_plain(text[i]) && is_plain(text[i + 1]); i++)
                if (!(index->pairs[i][text[i] & LETTER] & 1U << (text[i + 1] & LETTER)))
                        return false;
        return length > 0;
}

static struct label_index *label_index_new(const struct labels *labels)
{
        struct label_index *index = g_new0(struct label_index, 1);
        index->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
        for (int f = 0; f < FIELD_COUNT; f++) {
                for (unsigned i = 0; i < labels->field[f].n; i++) {
                        const char *label = labels->field[f].word[i];
                        char *folded = value_label(label, strlen(label));
                        GArray *list = g_hash_table_lookup(index->entries, folded);
                        index->longest = MAX(index->longest, strlen(folded));
                        add_begin(index, folded);
                        if (!list) {
                                list = g_array_new(FALSE, FALSE, sizeof(struct label_entry));
                                g_hash_table_insert(index->entries, folded, list);
                        } else {
                                g_free(folded);
                        }
                        g_array_append_vals(list, &(struct label_entry){(enum field)f, i, label}, 1);
                }
        }
        return index;
}

static void label_index_free(struct label_index *index)
{
        g_hash_table_unref(index->entries);
        g_free(index);
}

struct label_set {
        GHashTable *indexes; /* const struct labels * (borrowed) to struct label_index */
};

struct label_set *label_set_new(void)
{
        struct label_set *set = g_new0(struct label_set, 1);
        set->indexes = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)label_index_free);
        return set;
}

void label_set_free(struct label_set *set)
{
        if (!set)
                return;
        g_hash_table_unref(set->indexes);
        g_free(set);
}

const struct label_index *label_set_get(struct label_set *set, const struct labels *labels)
{
        struct label_index *index = g_hash_table_lookup(set->indexes, labels);
        if (!index) {
                index = label_index_new(labels);
                g_hash_table_insert(set->indexes, (gpointer)labels, index);
        }
        return index;
}

/* The entries whose folded label is this text. A text much longer than any label is not even folded. */
static const GArray *lookup(const struct label_index *index, const char *text, gsize length)
{
        if (!may_begin(index, text, length) || length > 4 * index->longest + 16)
                return NULL;
        g_autofree char *folded = value_label(text, length);
        return *folded ? g_hash_table_lookup(index->entries, folded) : NULL;
}

static bool has_word(const char *text, gsize length)
{
        for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
                if (g_unichar_isalnum(g_utf8_get_char(p)))
                        return true;
        return false;
}

/* The end of the cell that begins at `at`. */
static gsize cell_end(const struct block *line, gsize at)
{
        const char *tab = at < line->end ? memchr(line->lines + at, '\t', line->end - at) : NULL;
        return tab ? (gsize)(tab - line->lines) : line->end;
}

/* The first filled cell of a line at or after `at`. */
static bool filled_cell(const struct block *line, gsize at, gsize *start, gsize *end)
{
        for (; at <= line->end; at = *end + 1) {
                *start = at;
                *end = cell_end(line, at);
                if (has_word(line->lines + *start, *end - *start))
                        return true;
        }
        return false;
}

/* The cell of a line in which `at` stands, counted from 0. */
static guint column_of(const struct block *line, gsize at)
{
        guint column = 0;
        for (gsize i = line->start; i < at; i++)
                column += line->lines[i] == '\t';
        return column;
}

/* The cell below a label in its own column, of a line with as many cells; else the first filled cell of a line of one. */
static bool value_below(const struct block *block, const struct block *line, gsize at, gsize *start, gsize *end)
{
        struct block next = *line;
        guint column = column_of(line, at);
        if (line->end >= block->end || !block_next_line(block, &next) || next.start == next.end)
                return false;
        if (!memchr(next.lines + next.start, '\t', next.end - next.start))
                return filled_cell(&next, next.start, start, end);
        gsize cell = next.start;
        for (guint i = 0; i < column && cell <= next.end; i++)
                cell = cell_end(&next, cell) + 1;
        *start = cell;
        *end = cell <= next.end ? cell_end(&next, cell) : cell;
        return cell < next.end && has_word(next.lines + *start, *end - *start);
}

/* The value of a label that fills its whole cell: the next filled cell, unless that is a label too (the line is a heading then); else what
 * stands below. */
static bool value_beside(const struct label_index *index, const struct block *block, const struct block *line, gsize at, gsize *start,
                         gsize *end)
{
        gsize end_of_cell = cell_end(line, at);
        if (end_of_cell < line->end && filled_cell(line, end_of_cell + 1, start, end) &&
            !lookup(index, line->lines + *start, *end - *start))
                return true;
        return value_below(block, line, at, start, end);
}

static void add_hits(GArray *hits, const GArray *entries, gsize at, gsize start, gsize end)
{
        for (guint i = 0; i < entries->len; i++) {
                const struct label_entry *entry = &g_array_index(entries, struct label_entry, i);
                g_array_append_vals(hits, &(struct label_hit){entry->field, entry->rank, entry->label, at, start, end}, 1);
        }
}

/* "Label: value" within one cell or line of a cell: each colon (also the full-width one) may be the label's end. */
static void hits_at_colon(const struct label_index *index, const struct block *line, gsize start, gsize end, GArray *hits)
{
        if (!may_begin(index, line->lines + start, end - start))
                return;
        for (gsize i = start; i < end; i++) {
                bool is_wide = line->lines[i] == '\xef' && end - i >= 3 && memcmp(line->lines + i, "：", 3) == 0;
                if (line->lines[i] != ':' && !is_wide)
                        continue;
                const GArray *entries = lookup(index, line->lines + start, i - start);
                gsize value = i + (is_wide ? 3 : 1);
                while (value < end && strchr(" *:", line->lines[value]))
                        value++;
                if (entries && value < end) {
                        add_hits(hits, entries, start, value, end);
                        return;
                }
        }
}

/* One cell, or one line of a cell with breaks in it. */
static void hits_in_cell(const struct label_index *index, const struct block *block, const struct block *line, gsize start, gsize end,
                         GArray *hits)
{
        gsize value_start, value_end;
        const GArray *entries = lookup(index, line->lines + start, end - start);
        if (!entries) {
                hits_at_colon(index, line, start, end, hits);
                return;
        }
        if (end < line->end && line->lines[end] == '\v') {
                const char *next = memchr(line->lines + end + 1, '\v', line->end - end - 1);
                gsize stop = MIN(cell_end(line, end + 1), next ? (gsize)(next - line->lines) : line->end);
                add_hits(hits, entries, start, end + 1, stop);
        } else if (value_beside(index, block, line, start, &value_start, &value_end)) {
                add_hits(hits, entries, start, value_start, value_end);
        }
}

GArray *label_hits(const struct label_index *index, const struct block *block)
{
        GArray *hits = g_array_new(FALSE, FALSE, sizeof(struct label_hit));
        for (struct block line = {0}; block_next_line(block, &line);) {
                for (gsize at = line.start; at <= line.end;) {
                        gsize end = cell_end(&line, at);
                        const char *brk = at < end ? memchr(line.lines + at, '\v', end - at) : NULL;
                        if (brk)
                                end = (gsize)(brk - line.lines);
                        if (end > at)
                                hits_in_cell(index, block, &line, at, end, hits);
                        at = end + 1;
                }
        }
        return hits;
}

void label_read(const struct label_index *index, const struct labels *except, const struct block *block, const struct words *empty,
                struct captures *captures)
{
        g_autoptr(GArray) hits = label_hits(index, block);
        const struct label_hit *best[FIELD_COUNT] = {0};
        for (guint i = 0; i < hits->len; i++) {
                const struct label_hit *hit = &g_array_index(hits, struct label_hit, i);
                if (except && except->field[hit->field].n)
                        continue;
                g_autofree char *value = value_fold(block->lines + hit->start, hit->end - hit->start);
                if ((!best[hit->field] || hit->rank < best[hit->field]->rank) && !value_is_empty(value, empty))
                        best[hit->field] = hit;
        }
        for (int f = 0; f < FIELD_COUNT; f++)
                if (best[f])
                        captures_put(captures, (enum field)f, block, best[f]->start, best[f]->end, SOURCE_LABEL, best[f]->label, empty);
}

void label_columns(const struct label_index *index, const struct block *line, GArray *columns)
{
        guint column = 0;
        for (gsize at = line->start; at <= line->end; column++) {
                gsize end = cell_end(line, at);
                const GArray *entries = lookup(index, line->lines + at, end - at);
                for (guint i = 0; entries && i < entries->len; i++) {
                        const struct label_entry *entry = &g_array_index(entries, struct label_entry, i);
                        g_array_append_vals(columns, &(struct label_column){entry->field, column, entry->rank, entry->label}, 1);
                }
                at = end + 1;
        }
}
