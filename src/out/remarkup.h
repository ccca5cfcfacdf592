/* Text for tasks: nothing within it may notify, link, run or break out (TRACKER.md "Text from mail is hostile").
 * In: text from mail. Out: remarkup in which it is shown and nothing else. */
#ifndef MAILCLINIC_REMARKUP_H
#define MAILCLINIC_REMARKUP_H

#include <glib.h>

/* A block of code: "```lang=text", the text, "```", each on a line of its own. It must stand at top level, after an empty line. Caller
 * frees. */
char *remarkup_block(const char *text);

/* Code within a sentence: one line between backticks; "`-`" where there is nothing to show. What follows must be no letter. Cut after some
 * hundred characters. Caller frees. */
char *remarkup_code(const char *text);

/* A title: one line of at most 255 characters, never empty. Caller frees. */
char *remarkup_title(const char *text);

/* A link as it stands within a sentence, all of it escaped that could be read as anything else; NULL: it is no http or https URL. Caller
 * frees. */
char *remarkup_link(const char *url);

#endif
