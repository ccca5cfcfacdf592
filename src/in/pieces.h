/* The lines of a source, whole where they are short, in pieces where they are long; memory stays the same whatever comes.
 * In: a source. Out: pieces of lines, each with its place in the file and a look at what follows. */
#ifndef MAILCLINIC_PIECES_H
#define MAILCLINIC_PIECES_H

#include "in/source.h"

struct pieces;

/* A line of at most LIMIT_PIECE bytes, or a part of a longer one. It is borrowed, and good until the next one is asked for. */
struct piece {
        const char *bytes;
        gsize length;
        gint64 offset;    /* of its first byte, from the beginning of the (unpacked) file */
        bool begins;      /* a line */
        bool ends;        /* in a line feed */
        const char *next; /* what follows it: LIMIT_PIECE_NEXT bytes or more, less only at the end */
        gsize next_length;
};

/* The pieces of a source, which is owned from now on. */
struct pieces *pieces_new(struct source *source);
void pieces_free(struct pieces *pieces);

/* The next piece. False at the end, and with an error if there it was because the source could not be read further; all that came before
 * has been given then. Holes of a sparse file are left out, but for the
 * first bytes of one. */
bool pieces_next(struct pieces *pieces, struct piece *piece, GError **error);

/* Bytes of the file read so far. */
gint64 pieces_at(const struct pieces *pieces);

#endif
