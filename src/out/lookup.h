/* What stands in the tracker already: the task of an issue whose create was cut off, a task by its number, what was said on it.
 * In: a connection. Out: tasks. Only the tables are asked that are true at once: never the full text index. */
#ifndef MAILCLINIC_LOOKUP_H
#define MAILCLINIC_LOOKUP_H

#include "out/known.h"

struct seen_task {
        gint64 number; /* 0: none */
        char *phid, *title, *status, *priority, *description, *author;
        gint64 created_at, closed_at; /* Unix seconds; closed_at 0: open */
        bool is_ours;                 /* the bot made it */
};

void seen_task_clear(struct seen_task *task);

/* The task that was made for an issue since a time: of those that the bot made then, and of the parent's subtasks, the one with the lowest
 * number whose description has the marker. HEARD_OK: all was looked through. */
void lookup_marked(struct conduit *conduit, const struct known *known, const char *fingerprint, gint64 since, struct seen_task *task,
                   struct call *call);

/* A task by its number, and where it was merged into another, that one. number 0: there is none that we may see. */
void lookup_task(struct conduit *conduit, const struct known *known, gint64 number, struct seen_task *task, struct call *call);

/* What the bot's comments on a task tell: the highest count "in all", -1: none; and whether one of them is this very text. */
struct said {
        const char *text;
        gint64 told_of;
        bool is_said;
};
void lookup_said(struct conduit *conduit, const struct known *known, gint64 number, struct said *said, struct call *call);

/* All subtasks of the parent, the newest first: open ones alone, or all. The task is the callee's alone to read; false: no more are wanted.
 */
typedef bool lookup_each(const struct seen_task *task, void *data);
void lookup_subtasks(struct conduit *conduit, const struct known *known, bool only_open, lookup_each *each, void *data, struct call *call);

#endif
