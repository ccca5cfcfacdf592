/* What would stand otherwise in the ledger: a mail read or decided in another way, or a maintenance with other facts.
 * In: phrases. Out: text for people. */
#ifndef MAILCLINIC_DIFFERENCE_H
#define MAILCLINIC_DIFFERENCE_H

#include "out/paint.h"

#include <glib.h>

struct difference {         /* all owned */
        char *about;        /* "mail 12, 2031-03-01: Work order T-801", "tidewater:T-801" */
        bool is_new;        /* the ledger has nothing of it */
        GPtrArray *changes; /* char *: "kind: \"cancelled\", was \"other\"" */
};

struct difference *difference_new(char *about, GPtrArray *changes);
void difference_free(struct difference *difference);

/* Print them; nothing differs: that. */
void differences_print(const struct paint *paint, const GPtrArray *differences);

#endif
