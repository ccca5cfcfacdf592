/* Tables: rows whose columns are known by the words of a header line.
 * In: a map of field to headings, and a block of TAB-joined lines. Out: rows of captures. */
#ifndef MAILCLINIC_TABLE_H
#define MAILCLINIC_TABLE_H

#include "data/filter.h"
#include "reader/block.h"
#include "reader/capture.h"
#include "reader/label.h"

#include <glib.h>

struct table_row {
        gsize at; /* where its line begins */
        struct captures captures;
};

/* The rows below every header of the block; index is that of the headings. A header is a line in which the heading of a circuit, id or time
 * stands and that of one more field (alone where only one field is named); rows follow up to the next empty line or header. Of several
 * columns of a field the first that is filled in a row counts. A row that says nothing is left out. A header without the heading of a
 * circuit, impact, status or time that the map names is a doubt (char *). Array of struct table_row; the caller frees it and owns the
 * captures. */
GArray *table_read(const struct label_index *index, const struct labels *headings, const struct block *block, const struct words *empty,
                   GPtrArray *doubts);

#endif
