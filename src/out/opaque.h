/* Runs of text that no person wrote: base64 of text, and what looks random.
 * In: text. Out: where a run ends, and whether it may be a secret. */
#ifndef MAILCLINIC_OPAQUE_H
#define MAILCLINIC_OPAQUE_H

#include <stdbool.h>

#include <glib.h>

/* How many bytes at the start are of an alphabet of base64 (RFC 4648), padding included; 0: none. */
gsize opaque_run(const char *text, gsize n);

/* Whether such a run is text in base64, or changes between letters and digits as words, names and paths do not. */
bool opaque_is_secret(const char *run, gsize n);

#endif
