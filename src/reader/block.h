/* A block: lines that one reader of a filter is held to, and the searches in it.
 * In: the lines of a body or part, and patterns. Out: matches by byte offset, line numbers, sub-blocks. */
#ifndef MAILCLINIC_BLOCK_H
#define MAILCLINIC_BLOCK_H

#include <stdbool.h>

#include "base/re.h"
#include "data/filter.h"

#include <glib.h>

/* Patterns are searched, and labels compared, through one of these, so that a pattern that gave up is never taken for one that did not
 * match. */
struct label_set;
struct zone_set;
struct search {
        struct re_set *patterns;  /* borrowed */
        struct label_set *labels; /* borrowed; what labels were folded (reader/label.h) */
        struct zone_set *zones;   /* borrowed; what zones were found (reader/clock.h) */
        GPtrArray *faults;        /* char *: what gave up or could not be compiled, naming the pattern */
        GPtrArray *known;         /* struct known_text, NULL: none; what search_know() was told of */
};

struct block {
        const char *where; /* "html", "text", "ics", "subject" or a part's name: for evidence; borrowed */
        const char *lines; /* the whole body; borrowed */
        gsize start, end;  /* the block is lines[start, end) */
};

/* Look at a text in which many patterns will be searched: most of them need what is not in it, which is cheap to tell from then on. The
 * text must stay as it is until search_forget(), which forgets all. */
void search_know(struct search *search, const char *lines);
void search_forget(struct search *search);

/* A block over the whole of a text. */
struct block block_of(const char *where, const char *lines);

/* The number, from 1, of the line of the whole body in which this byte stands. */
int block_line(const struct block *block, gsize at);

/* The line that holds this byte (without its \n), as a block. */
struct block block_line_at(const struct block *block, gsize at);

/* Step through the lines of a block: *line begins as an empty block at its start. false after the last line. */
bool block_next_line(const struct block *block, struct block *line);

/* Search at or after byte `from` of the body; offsets in match are those of the body. Long blocks are searched in overlapping pieces. The
 * pattern is a lasting one (base/re.h). */
bool block_search(struct search *search, const struct block *block, const char *pattern, gsize from, struct re_match *match);

/* Whether one of the patterns is in the block: the first that is, in list order; NULL where none is. match may be NULL. */
const char *block_search_any(struct search *search, const struct block *block, const struct words *patterns, struct re_match *match);

/* The part of a block from the end of the first match of `after` to the start of the next match of `before`. false where `after` is given
 * and not found. */
bool block_cut(struct search *search, const struct block *block, const struct words *after, const struct words *before, struct block *cut);

#endif
