/* Where two JSON values differ, in words.
 * In: JSON. Out: phrases for people. */
#ifndef MAILCLINIC_DIFFER_H
#define MAILCLINIC_DIFFER_H

#include <glib.h>
#include <jansson.h>

/* A phrase (char *) for each place in which `is` is otherwise than `was`: "notices 1, circuits 2, circuit_id: \"A\", was \"B\"". Members
 * and elements count from 1; what is missing is null. Empty: they are the same. Caller frees. */
GPtrArray *differ(const json_t *was, const json_t *is);

#endif
