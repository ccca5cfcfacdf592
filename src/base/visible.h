/* Text from mail for people's eyes: nothing in it may move the cursor, hide, or turn the reading direction.
 * In: any bytes. Out: valid UTF-8 that shows what it holds, its width in terminal columns, and cuts of it. */
#ifndef MAILCLINIC_VISIBLE_H
#define MAILCLINIC_VISIBLE_H

#include <glib.h>

/* The text with every control (line breaks and tabs too), C1, bidi, zero-width, tag, private or unassigned character written as "<U+202E>",
 * and every byte that is no UTF-8 as "<0xE9>". NULL gives "". The result is one line and safe on any terminal. Caller frees. */
char *visible_text(const char *text);

/* Columns of a terminal that visible text takes: wide characters two, combining marks none. */
int visible_width(const char *text);

/* The text itself if it fits into `width` columns, else the start of it that does, ending in an ellipsis. Caller frees. */
char *visible_cut(const char *text, int width);

#endif
