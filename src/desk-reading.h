/* What was read from a mail, for the page: who sent it, what it tells, when, which circuits, how sure, and why.
 * In: a reading. Out: HTML. */
#ifndef MAILCLINIC_DESK_READING_H
#define MAILCLINIC_DESK_READING_H

#include "desk-frame.h"

/* Kind, sender and notices. */
void reading_write(struct markup *markup, const struct reading *reading);

/* The facts that a decision rests on, in short: for screens on which the reading stands far below. */
void reading_write_key(struct markup *markup, const struct reading *reading);

/* Reasons, what matched where, and what the nearest other filters lacked. Those of `lines` (struct evidence; NULL: none) that are on the
 * page are linked to. */
void reading_write_why(struct markup *markup, const struct reading *reading, const GPtrArray *evidence, const GPtrArray *lines);

/* What the noise filter that took the mail calls it: "moderation", "contract". NULL: none did. Caller frees. */
char *reading_request(const struct reading *reading);

/* What that filter says stands in the mail: texts, borrowed. Caller frees the array. */
GPtrArray *reading_told(const struct reading *reading);

#endif
