/* Who is to know of an issue: the first of the `owners:` rules that holds, with what is configured for all.
 * In: rules, an issue. Out: projects, subscribers, a priority. */
#ifndef MAILCLINIC_OWNER_H
#define MAILCLINIC_OWNER_H

#include "data/filter.h"
#include "data/issue.h"
#include "data/settings.h"

/* The rule that holds of an issue: of its kind, its job (its unit or service where it has none), and any of its hosts. NULL: none does. */
const struct owner_rule *owner_of(const struct settings *settings, const struct issue *issue);

/* Whether a text names a task: "T132324". */
bool owner_is_task(const char *text);

/* Faults of the rules and of the tracker's keys that the shape of the file does not show: a pattern that does not compile, a rule that
 * gives nothing, or that is never reached; two logins, a parent that is no task; a kind that none of the filters gives (NULL: that is not
 * looked at). Appended as GError *, "PATH:LINE:COLUMN: FIELD: what". */
void owner_check(const struct settings *settings, const struct filters *filters, const char *path, GPtrArray *faults);

#endif
