/* The options of 'review correct': what a person says in place of what was read.
 * In: the command line. Out: a struct correction. */
#ifndef MAILCLINIC_REVIEW_CORRECT_H
#define MAILCLINIC_REVIEW_CORRECT_H

#include "data/decision.h"
#include "data/reading.h"

/* In place of an end. */
#define CORRECT_UNKNOWN "unknown"

/* As given; zeroed before. */
struct correct_options {
        char *kind, *status, *vendor, *id, *same_as;
        char **starts, **ends, **circuits, **without;
        gboolean is_no_maintenance;
};

void correct_options_add(struct correct_options *options, GOptionContext *context);
void correct_options_clear(struct correct_options *options);

/* "34567001 OUTAGE": a circuit, with its impact where one stands behind it. Caller frees. */
struct circuit *correct_circuit(const char *text);

/* Whether any was given. */
bool correct_options_any(const struct correct_options *options);

/* Fill in a new correction. FAIL_USAGE where a word is not known, a time cannot be read, or starts and ends are not pairs; the message
 * begins with the option that is at fault, as do those of what is decided upon it: "--end of window 2 is missing: ...". */
bool correct_options_take(const struct correct_options *options, struct correction *correction, GError **error);

#endif
