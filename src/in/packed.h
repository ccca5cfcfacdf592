/* Unpacking xz, zstd and bzip2 as it comes, by libarchive's filters.
 * In: packed bytes from a function. Out: unpacked bytes. */
#ifndef MAILCLINIC_PACKED_H
#define MAILCLINIC_PACKED_H

#include "in/give.h"

struct packed;

/* Whether a file that begins so is packed in one of these ways. */
bool packed_is(const char *head, gsize length);

/* Unpack what `give` gives (`from` is borrowed). */
struct packed *packed_new(give_bytes give, void *from);
void packed_free(struct packed *packed);

/* As give_bytes. Of a cut file the last block (64 to 128 kB unpacked) may be lost: libarchive keeps it to itself. */
gssize packed_read(struct packed *packed, char *buffer, gsize size, GError **error);

#endif
