/* The bytes of a file, a FIFO or standard input, unpacked where they are packed (gzip, xz, zstd, bzip2: told by their first bytes).
 * In: a path. Out: bytes, of a regular file as far as it went when it was opened. */
#ifndef MAILCLINIC_SOURCE_H
#define MAILCLINIC_SOURCE_H

#include "in/give.h"

struct source;

/* Open a path; "-" is standard input. NULL and an error that names the path. */
struct source *source_open(const char *path, GError **error);
void source_free(struct source *source);

/* As give_bytes; errors name the path. */
gssize source_read(struct source *source, char *buffer, gsize size, GError **error);

/* Pass over a hole of a sparse file, if one begins here: its length, else 0. */
gint64 source_skip_hole(struct source *source);

/* Bytes of the file read so far (packed ones, where it is packed). */
gint64 source_at(const struct source *source);

#endif
