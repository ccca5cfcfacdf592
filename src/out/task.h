/* What a task says of its issue: title, description, comments. Pure.
 * In: an issue. Out: remarkup without secrets, in which nothing of a mail can do anything. */
#ifndef MAILCLINIC_TASK_H
#define MAILCLINIC_TASK_H

#include "data/issue.h"
#include "out/redact.h"

/* How it is said; all borrowed. */
struct task_words {
        struct redactor *redactor;
        const char *link_template; /* with {msgid}; NULL: no link */
        const char *excerpt;       /* text of the newest mail to be shown in place of the template; NULL */
};

/* One line of at most 255 characters. Caller frees, as all below. */
char *task_title(const struct task_words *words, const struct issue *issue);

/* It ends in the marker, outside the fence: "Fingerprint: `rmf...`". */
char *task_description(const struct task_words *words, const struct issue *issue);

/* What is new since its readers were told last: how often, from when to when, how often in all, on which hosts. */
char *task_comment(const struct task_words *words, const struct issue *issue, bool reopens);

/* Whether there is anything new to be said. */
bool task_has_news(const struct issue *issue);

/* Whether a description ends in the marker of an issue: what stands within a fence, or before one, is of a mail and does not count. */
bool task_is_of(const char *description, const char *fingerprint);

/* The "in all" of a comment that was made by task_comment(); -1: it is none. */
gint64 task_told_of(const char *comment);

#endif
