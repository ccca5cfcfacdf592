/* Reading one YAML file of the program: libcyaml's struct, or every fault of the file with its place.
 * In: a path. Out: structs of data/schema.h, places and faults of data/place.h. */
#ifndef MAILCLINIC_LOAD_H
#define MAILCLINIC_LOAD_H

#include <stdbool.h>

#include "data/schema.h"

#include <glib.h>

/* Whether loaded data keeps what the tables of data/schema.h cannot demand. */
typedef bool load_is_whole(const void *data);

/* The whole of a regular file of at most LIMIT_FILTER_FILE bytes, ended by NUL. Caller frees. */
bool load_bytes(const char *path, char **bytes, gsize *length, GError **error);

/* Read a file into the struct of its schema (schema_free()). NULL where it is refused: then at least one fault is appended to problems
 * (GError *, each "PATH:LINE:COLUMN: what, and what was expected"). is_whole may be NULL. */
void *load_file(const char *path, enum schema_file file, load_is_whole *is_whole, GPtrArray *problems);

/* Append every value of a file (struct place) to places and every fault to problems; either may be NULL. */
void load_places(const char *path, enum schema_file file, GPtrArray *places, GPtrArray *problems);

#endif
