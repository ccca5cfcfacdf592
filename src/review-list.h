/* The clinician's queue as lines: what needs a person and why, or what was resolved.
 * In: a ledger. Out: a table for people, or JSON lines. */
#ifndef MAILCLINIC_REVIEW_LIST_H
#define MAILCLINIC_REVIEW_LIST_H

#include "ledger/ledger.h"
#include "out/paint.h"

struct listing {
        bool is_resolved;          /* what no longer needs a person, in place of what does */
        bool has_links;            /* with the link to each post */
        bool is_json;              /* one object a line */
        const char *link_template; /* of the configuration; NULL */
};

/* Print it, the oldest mail first. */
bool review_list(struct ledger *ledger, const struct listing *listing, const struct paint *paint, GError **error);

/* Why it needs a person, or how it was resolved: of its reasons the one that says so, since what is asked stands behind what was done all
 * the same. NULL: there is none. Caller frees. */
char *review_why(const struct entry *entry);

#endif
