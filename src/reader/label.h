/* Labels: words at the start of a line or cell whose value stands beside or under them (FILTERS.md "How it reads" 4).
 * In: a block and a map of field to labels. Out: hits, in the order of the text. */
#ifndef MAILCLINIC_LABEL_H
#define MAILCLINIC_LABEL_H

#include "data/filter.h"
#include "reader/block.h"
#include "reader/capture.h"

#include <glib.h>

struct label_hit {
        enum field field;
        unsigned rank;     /* which of the field's labels: 0 is the one wished for most */
        const char *label; /* borrowed from the filter */
        gsize at;          /* where the label stands */
        gsize start, end;  /* its value */
};

/* The labels of one map, folded for many comparisons. */
struct label_index;

/* Indexes by the maps they are made from (which must outlive the set); each is made when first asked for. */
struct label_set;
struct label_set *label_set_new(void);
void label_set_free(struct label_set *set);
const struct label_index *label_set_get(struct label_set *set, const struct labels *labels);

/* Every label of the index in the block that has a value. Array of struct label_hit; caller frees. */
GArray *label_hits(const struct label_index *index, const struct block *block);

/* Per field the hit whose label is wished for most; the first of equals. Fields that `except` (NULL: none) has labels for are left out. */
void label_read(const struct label_index *index, const struct labels *except, const struct block *block, const struct words *empty,
                struct captures *captures);

/* A column of a table's header. */
struct label_column {
        enum field field;
        guint column;      /* from 0 */
        unsigned rank;     /* as in struct label_hit */
        const char *label; /* borrowed from the filter */
};

/* Append the columns of a line (struct label_column): its cells whose whole text is a label of some field. */
void label_columns(const struct label_index *index, const struct block *line, GArray *columns);

#endif
