/* One mail, or the bare text of one, from a file or from standard input.
 * In: a path. Out: bytes that the reader can read. */
#ifndef MAILCLINIC_INPUT_H
#define MAILCLINIC_INPUT_H

#include <stdbool.h>

#include <glib.h>

/* The bytes of a file, "-" being standard input; no more than one above LIMIT_MAIL, so that the reader sees that it is over it. NULL and an
 * error naming the file: FAIL_INPUT if it cannot be read or is a folder, FAIL_DATA if it is empty or binary. Caller frees. */
GBytes *input_read(const char *path, GError **error);

/* Whether the bytes begin with the header of a mail: one of the fields that every mail has stands before the first empty line. */
bool input_is_mail(GBytes *bytes);

/* A mail whose body is this text, HTML or calendar. Caller frees. */
GBytes *input_wrap(GBytes *body);

#endif
