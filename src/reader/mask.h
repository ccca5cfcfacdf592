/* The built-in masks: what varies from one mail of a problem to the next is replaced, in one pass over each line.
 * In: lines. Out: lines in which equal problems are equal. */
#ifndef MAILCLINIC_MASK_H
#define MAILCLINIC_MASK_H

#include <glib.h>

/* What stands for a value, whatever its sort: a host may be named by an address today. */
#define MASK "<*>"

/* Append a line with its values masked: times, durations, sizes, numbers, addresses, ids, hashes, hosts, URLs, quoted values, the digits
 * within names and paths; values beside one another become one. Blanks are folded; the line is valid UTF-8 if it was. Time is linear. */
void mask_line(const char *line, gsize n, GString *out);

/* Append a name (of a unit, device, service, user) with the numbers and hashes within it masked: what it names stays. */
void mask_name(const char *name, gsize n, GString *out);

#endif
