/* Rows: what the row readers of a filter (`windows`, `circuits`) find in a block (FILTERS.md "How it reads" 5).
 * In: a row reader and a block. Out: rows of captures in the order of the text, and what was missing. */
#ifndef MAILCLINIC_ROW_H
#define MAILCLINIC_ROW_H

#include "data/filter.h"
#include "data/reading.h"
#include "reader/block.h"
#include "reader/capture.h"

#include <glib.h>

struct row {
        struct captures captures; /* its own and, where it has none, those of its head */
        enum role role;
        gsize at;                /* where it begins */
        bool in_part;            /* read from an attachment, not from the body at hand */
        gint64 start_at, end_at; /* what a calendar event says by itself, Unix seconds; READING_NO_TIME: see the captures */
};

struct row *row_new(enum role role, gsize at);
void row_free(struct row *row);

/* Whether the row begins a window: it has a start, a date or an event's own time. */
bool row_has_start(const struct row *row);

/* Whether it belongs to the notice of this ref: it has that, or none of its own. ref may be NULL: any. */
bool row_is_of(const struct row *row, const char *ref);

/* Append the rows (struct row) that the reader finds in the block. `empty` are words that mean nothing; doubts (char *) is told of table
 * columns that were expected and have no heading. */
void row_read(struct search *search, const struct row_reader *reader, const struct block *block, const struct words *empty, GPtrArray *rows,
              GPtrArray *doubts);

#endif
