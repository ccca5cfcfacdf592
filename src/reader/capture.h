/* What a pattern, label or column gave: fields with the place they come from.
 * In: matches in blocks. Out: the first value of each field, and those of lesser sources that may disagree with it. */
#ifndef MAILCLINIC_CAPTURE_H
#define MAILCLINIC_CAPTURE_H

#include "data/filter.h"
#include "reader/block.h"

#include <glib.h>

/* Where a value comes from, nearest first (FILTERS.md "How it reads" 3). */
enum source { SOURCE_ROW, SOURCE_HEAD, SOURCE_LABEL, SOURCE_FIND, SOURCE_SUBJECT, SOURCE_CALENDAR, SOURCE_COUNT };

struct capture {
        char *value; /* folded; NULL: not given */
        enum source source;
        const char *rule;  /* the pattern, label or heading; borrowed from the filter */
        const char *where; /* as in struct block; borrowed */
        int line;          /* 0 where there are no lines */
        gsize start, end;  /* in the body's lines; equal where there are none */
};

struct captures {
        struct capture field[FIELD_COUNT];
};

/* Empty all fields, freeing their values. */
void captures_clear(struct captures *captures);

/* A field's value, borrowed; NULL where it is not given. */
const char *captures_value(const struct captures *captures, enum field field);

/* Whether a field can begin a window: start, date, start_date, start_time; whether any of these is given. */
bool capture_is_start(enum field field);
bool captures_have_start(const struct captures *captures);

/* Set a field from lines[start, end) unless it is given already or the value means nothing. true if it was set. */
bool captures_put(struct captures *captures, enum field field, const struct block *block, gsize start, gsize end, enum source source,
                  const char *rule, const struct words *empty);

/* Set every field that a match named and that is not given yet. */
void captures_put_match(struct captures *captures, const struct block *block, const struct re_match *match, enum source source,
                        const char *rule, const struct words *empty);

/* Copy the fields that `to` lacks, keeping their source; a source of SOURCE_HEAD is written for a row's head. */
void captures_fill(struct captures *to, const struct captures *from);

#endif
