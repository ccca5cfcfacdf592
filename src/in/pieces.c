/* The lines of a source, whole where they are short, in pieces where they are long.
 * In: a source. Out: pieces of lines. */
#include "in/pieces.h"

#include "base/limits.h"

#include <string.h>

enum { BUFFER = 4 * LIMIT_PIECE };

struct pieces {
        struct source *source;
        GError *failure;  /* why the source ended, told once its last piece has been given */
        gsize start, end; /* of what is not given yet in the buffer */
        gint64 offset;    /* of buffer[start] in the file */
        gsize hole_at;    /* where in the buffer a hole was left out, */
        gint64 hole;      /* and how long it was; 0: there is none */
        bool is_at_end;   /* of the source */
        bool is_in_line;  /* the last piece ended within a line */
        char buffer[BUFFER];
};

struct pieces *pieces_new(struct source *source)
{
        struct pieces *pieces = g_new0(struct pieces, 1);

        pieces->source = source;
        return pieces;
}

void pieces_free(struct pieces *pieces)
{
        if (pieces == NULL)
                return;
        source_free(pieces->source);
        g_clear_error(&pieces->failure);
        g_free(pieces);
}

static void drop_given(struct pieces *pieces)
{
        memmove(pieces->buffer, pieces->buffer + pieces->start, pieces->end - pieces->start);
        pieces->end -= pieces->start;
        pieces->hole_at -= MIN(pieces->hole_at, pieces->start);
        pieces->start = 0;
}

/* Have so many bytes in the buffer, or all that are left. A second hole is read as the NULs it stands for until the first is passed. */
static void have(struct pieces *pieces, gsize wanted)
{
        if (pieces->start + wanted > BUFFER)
                drop_given(pieces);
        while (pieces->end - pieces->start < wanted && !pieces->is_at_end) {
                gssize n;

                if (pieces->hole == 0) {
                        pieces->hole = source_skip_hole(pieces->source);
                        pieces->hole_at = pieces->end;
                }
                n = source_read(pieces->source, pieces->buffer + pieces->end, BUFFER - pieces->end, &pieces->failure);
                pieces->is_at_end = n <= 0;
                pieces->end += n > 0 ? (gsize)n : 0;
        }
}

static void pass_hole(struct pieces *pieces)
{
        if (pieces->hole == 0 || pieces->hole_at > pieces->start)
                return;
        pieces->offset += pieces->hole;
        pieces->hole = 0;
}

bool pieces_next(struct pieces *pieces, struct piece *piece, GError **error)
{
        const char *feed;

        have(pieces, LIMIT_PIECE + LIMIT_PIECE_NEXT);
        pass_hole(pieces);
        if (pieces->start == pieces->end) {
                if (pieces->failure != NULL)
                        g_propagate_error(error, g_steal_pointer(&pieces->failure));
                return false;
        }
        piece->bytes = pieces->buffer + pieces->start;
        piece->length = MIN(pieces->end - pieces->start, LIMIT_PIECE);
        feed = memchr(piece->bytes, '\n', piece->length);
        if (feed != NULL)
                piece->length = (gsize)(feed - piece->bytes) + 1;
        piece->offset = pieces->offset;
        piece->begins = !pieces->is_in_line;
        piece->ends = feed != NULL;
        pieces->is_in_line = !piece->ends;
        pieces->start += piece->length;
        pieces->offset += (gint64)piece->length;
        piece->next = pieces->buffer + pieces->start;
        piece->next_length = pieces->end - pieces->start;
        return true;
}

gint64 pieces_at(const struct pieces *pieces)
{
        return source_at(pieces->source);
}
