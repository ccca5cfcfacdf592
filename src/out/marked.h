/* Lines of a mail with the words that a reading rests on marked in them.
 * In: lines, evidence. Out: on a stream (out/paint.h): bold on a colour terminal, [[ ]] elsewhere. */
#ifndef MAILCLINIC_MARKED_H
#define MAILCLINIC_MARKED_H

#include "data/reading.h"
#include "out/paint.h"

/* Print the lines of one body (struct evidence: value, line) and mark what `evidence` of that body cites, white space aside. Bodies that
 * nothing is cited of are left out, unless none is cited at all: then the text is shown, else the first. What the mail encloses stands
 * behind it in the same way. */
void marked_print(const struct paint *paint, const GPtrArray *lines, const GPtrArray *evidence);

/* The bodies that are shown: names, borrowed. Caller frees the array. */
GPtrArray *marked_bodies(const GPtrArray *lines, const GPtrArray *evidence);

/* Whether a body's name is that of an enclosed message (enclosed_word()). */
bool marked_is_enclosed(const char *where);

/* For each byte of a line the evidence that cites it; NULL: none does. Caller frees the array. */
const struct evidence **marked_line(const struct evidence *line, const GPtrArray *evidence);

#endif
