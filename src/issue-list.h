/* The problems of root@ mail as lines.
 * In: a ledger. Out: a table for people, or JSON lines. */
#ifndef MAILCLINIC_ISSUE_LIST_H
#define MAILCLINIC_ISSUE_LIST_H

#include "ledger/issues.h"
#include "out/paint.h"

#include <jansson.h>

/* Which issues are wanted. */
struct issue_listing {
        bool is_open;  /* that have a task, or are to have one */
        bool is_quiet; /* not seen for long */
        bool is_all;   /* ignored and merged ones too */
        bool is_json;
};

bool issue_list(struct ledger *ledger, const struct issue_listing *listing, const struct paint *paint, GError **error);

/* How an issue stands, for people: "recurring", "new, snoozed until 2026-12-01". Caller frees. */
char *issue_standing(const struct issue *issue);

/* "T123", "being made"; NULL: none. Caller frees. */
char *issue_task(const struct issue *issue);

/* All that is known of it. New reference. */
json_t *issue_to_json(const struct issue *issue);

#endif
