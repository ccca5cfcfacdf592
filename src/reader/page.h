/* The text of a mail for people: what the filters read, line by line.
 * In: the bytes of a mail. Out: a reading that holds nothing but its lines, as the confined child can hand it back. */
#ifndef MAILCLINIC_PAGE_H
#define MAILCLINIC_PAGE_H

#include "data/reading.h"

#include <glib.h>

/* For confined_new_with(): its evidence are the lines, `where` the body and `line` the number that evidence of a true reading cites. Those
 * of the first enclosed message, by enclosed_word(), have its head before them (line 0). Long bodies and lines are cut (PAGE_LINES,
 * PAGE_LINE). data is not used. */
enum { PAGE_LINES = 2000, PAGE_LINE = 2000 };
struct reading *page_read(const void *data, GBytes *mail);

#endif
