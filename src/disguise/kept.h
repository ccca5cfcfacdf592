/* Words that are nobody's: what filters look for, and the language of notices. They stand as they are in a disguised mail.
 * In: filters' files, single words. Out: yes or no. */
#ifndef MAILCLINIC_KEPT_H
#define MAILCLINIC_KEPT_H

#include <stdbool.h>

#include <glib.h>

struct kept;

/* The words that are kept of any mail: of dates and zones, of mail itself, of work and roles, of top-level domains. */
struct kept *kept_new(void);
void kept_free(struct kept *kept);

/* Keep every word of a text too, and every run of letters and digits; in a filter's file a letter after a backslash is of no word. */
void kept_add(struct kept *kept, const char *text, gsize length);

/* Keep none of the words of a text any more. */
void kept_drop(struct kept *kept, const char *text, gsize length);

/* Whether a word (of letters and digits, in any case) is kept. */
bool kept_has(const struct kept *kept, const char *word, gsize length);

/* Whether a word stands for a month; and whether it ends names of hosts. */
bool kept_is_month(const char *word, gsize length);
bool kept_is_domain(const char *word, gsize length);

#endif
