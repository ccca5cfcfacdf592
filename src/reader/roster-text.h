/* The roster of clinic duty as people keep it: lines apart by TABs, or a table of a wiki pasted as text.
 * In: the bytes of a file. Out: weeks, and every line that is none with its place. */
#ifndef MAILCLINIC_ROSTER_TEXT_H
#define MAILCLINIC_ROSTER_TEXT_H

#include "data/roster.h"

#include <glib.h>

/* Append the weeks of a text to a roster. A line is the date of a Monday, one name or two with a slash, and a team, apart by TABs or by
 * blanks of any sort; or it says "No clinic duty this week", with or without a date (then of the week after the line before). Blanks alone
 * do not tell a name of two words from a name and a team: names that are known (may be none) are taken whole, else what stands before a gap
 * of two blanks, else one word. What stands before the first line with a date is a heading. A line that is none of this is left out, and
 * appended to problems (GError *: "PATH:LINE:COLUMN: FIELD: what, and what was expected"). */
void roster_read_text(struct roster *roster, const char *bytes, gsize length, const struct words *known, GPtrArray *problems);

#endif
