/* A sample as two files, and the key of their disguises.
 * In: a disguised mail, its expectation. Out: SAMPLES/VENDOR/CASE.eml and CASE.expect. */
#ifndef MAILCLINIC_SAMPLE_FILE_H
#define MAILCLINIC_SAMPLE_FILE_H

#include <stdbool.h>

#include <glib.h>
#include <jansson.h>

/* The key in a ledger's directory, which is made when it is first asked for (sample.key, 0600): all samples of a site replace a word alike.
 */
bool sample_key(const char *directory, char **key, GError **error);

/* "SAMPLES/VENDOR/KIND-HASH.eml"; of root@ mail "SAMPLES/root/KIND/HASH.eml". Caller frees. */
char *sample_path(const char *samples, GBytes *mail, const json_t *expectation);

/* Write both files, or none. FAIL_INPUT where one is there and says something else. */
bool sample_write(const char *path, GBytes *mail, const json_t *expectation, GError **error);

#endif
