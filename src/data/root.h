/* What a root@ mail says: of which kind it is, its fields, and its signature.
 * In: filled by reader/root.c, or read back from JSON. Out: plain struct, and the JSON contract of DESIGN.md. */
#ifndef MAILCLINIC_ROOT_H
#define MAILCLINIC_ROOT_H

#include "data/words.h"

#include <stdbool.h>

#include <glib.h>
#include <jansson.h>

struct root {
        char *kind;                    /* of its filter */
        char *field[ROOT_FIELD_COUNT]; /* NULL where the mail does not say */
        char *title;                   /* one line, of the filter's title */
        char *signature;   /* kind and key fields, one a line; where the body is of the key an empty line and the body: all masked */
        bool is_well;      /* it says that all is well: never an issue */
        bool is_sensitive; /* its kind is filed only under a restricted policy */
        bool is_echo;      /* the tracker sent it: to file that would begin a loop */
        bool is_rest;      /* no filter knew it but the one that takes the rest: never filed */
};

struct root *root_new(void);
void root_free(struct root *root);

/* {"kind","host","title","signature","fields":{}}; the line of the confined child has the flags beside. */
json_t *root_to_json(const struct root *root, bool is_line);

/* The way back from the line. NULL and an error that names the member. */
gpointer root_from_json(const json_t *json, GError **error);

#endif
