/* Replayed mails as JSON: one line a mail (DESIGN.md "The reading as JSON").
 * In: a replayed mail. Out: a line on a stream. */
#ifndef MAILCLINIC_REPLAY_JSON_H
#define MAILCLINIC_REPLAY_JSON_H

#include "out/replayed.h"

#include <stdio.h>

/* The contract, with the resolution's reason as the last of its reasons, and beside it "resolution", "maintenance" (its key) and "issue"
 * (null: none), and "source" with file and offset. */
void replay_json_mail(FILE *out, const struct replayed *mail);

#endif
