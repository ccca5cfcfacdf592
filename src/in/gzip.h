/* Unpacking gzip (RFC 1952) as it comes, several members after one another, by GLib's zlib converter. libarchive would do, but keeps up to
 * 64 kB of a file that was cut to itself.
 * In: packed bytes from a function. Out: unpacked bytes. */
#ifndef MAILCLINIC_GZIP_H
#define MAILCLINIC_GZIP_H

#include "in/give.h"

struct gzip;

/* Whether a file that begins so is gzip. */
bool gzip_is(const char *head, gsize length);

/* Unpack what `give` gives (`from` is borrowed). */
struct gzip *gzip_new(give_bytes give, void *from);
void gzip_free(struct gzip *gzip);

/* As give_bytes. All that can be unpacked of a cut file is given before the error. */
gssize gzip_read(struct gzip *gzip, char *buffer, gsize size, GError **error);

#endif
