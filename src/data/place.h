/* The places of values and of faults in a YAML file, by libyaml: line, column and the way to them.
 * In: the bytes of a file and what it may hold. Out: every value with its place; every fault as an error that names its place. */
#ifndef MAILCLINIC_PLACE_H
#define MAILCLINIC_PLACE_H

#include "data/schema.h"

#include <glib.h>

struct place {
        char *field;                 /* "notices[0].windows[1].each[0]"; "" for the file as a whole */
        char *text;                  /* of a text or word; NULL for maps and lists */
        const struct schema *schema; /* what is expected there; borrowed */
        int line, column;            /* from 1, counted in characters */
};

void place_free(struct place *place);

/* Walk through a file and append its values to places (struct place) and its faults to faults (GError *: "PATH:LINE:COLUMN: FIELD: what,
 * and what was expected"). Either may be NULL. It is stricter than schema_load(), which lets unused anchors, tags and further documents
 * pass. */
void place_read(const char *path, const char *bytes, gsize length, const struct schema *schema, GPtrArray *places, GPtrArray *faults);

#endif
