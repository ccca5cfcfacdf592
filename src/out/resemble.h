/* Whether a task that a person made is about an issue: the same job, a host of it, its kind, the words of its template.
 * In: an issue, the text of a task. Out: a weight, and why. Pure. */
#ifndef MAILCLINIC_RESEMBLE_H
#define MAILCLINIC_RESEMBLE_H

#include "data/issue.h"

/* From here on a task is worth proposing. */
enum { RESEMBLES = 4 };

/* A weight from 0 on; *why is "job prune, host db1001, 3 words", NULL where nothing is alike. Caller frees. */
int resemblance(const struct issue *issue, const char *title, const char *description, char **why);

#endif
