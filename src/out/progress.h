/* A progress bar on stderr, only where stderr is a terminal.
 * In: bytes and mails done. Out: one line that is redrawn in place at most ten times a second. */
#ifndef MAILCLINIC_PROGRESS_H
#define MAILCLINIC_PROGRESS_H

#include <glib.h>

struct progress;

/* Begin a bar; label is copied. NULL where stderr is no terminal: the calls below take it and do nothing. */
struct progress *progress_new(const char *label);

/* Wipe the bar and free it. */
void progress_free(struct progress *progress);

/* Say how far it is; total_bytes is 0 where it is not known. Cheap enough to be called after each mail. */
void progress_show(struct progress *progress, guint64 bytes, guint64 total_bytes, guint64 mails);

/* Wipe the bar, so that something else can be printed; the next progress_show() draws it again at once. */
void progress_hide(struct progress *progress);

/* The line of a bar: "label [=====>    ]  42%  1.2 MB of 3.0 MB  4321 mails  1234 mails/s  0:07 left", cut to width columns. Caller frees.
 */
char *progress_line(const char *label, guint64 bytes, guint64 total_bytes, guint64 mails, double seconds, int width);

#endif
