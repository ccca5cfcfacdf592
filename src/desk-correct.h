/* The fields of a correction: what was read stands in them, and what a person changes is what is said.
 * In: a mail of the ledger; a form that was filled in. Out: HTML; options as of `review correct`. */
#ifndef MAILCLINIC_DESK_CORRECT_H
#define MAILCLINIC_DESK_CORRECT_H

#include "desk-form.h"
#include "review-correct.h"

/* All fields. */
void correct_write(struct markup *markup, const struct view *view, const struct choice *choice);

/* A vendor's name to propose: "harbourfibre" of accounts@mail.harbourfibre.example. NULL: there is none. Caller frees. */
char *correct_vendor_of(const char *from);

/* What a filled in form says: only what was changed in it. To be cleared by correct_options_clear(), of an error (FAIL_USAGE) too. */
bool correct_take(const struct request *request, struct correct_options *options, GError **error);

#endif
