/* The life of the confined child: takes mails from its parent one by one, and answers each with one line.
 * In: a socket. Out: lines on it. */
#ifndef MAILCLINIC_CHILD_H
#define MAILCLINIC_CHILD_H

#include "data/reading.h"

#include <glib.h>

/* What stands before a mail on the socket. The line that answers it begins with the number and a blank, so that no answer is taken for that
 * to another mail. */
struct child_order {
        guint64 length;
        guint64 number;
};

/* Exit status of a child for which memory ran out. */
enum { CHILD_OUT_OF_MEMORY = 71 };

/* Lock this process in, say on the socket how (one line), then read mails until the parent closes it. Nothing of the parent is left open;
 * the child's own output goes nowhere. */
G_GNUC_NORETURN void child_run(int socket, struct reading *(*read_mail)(const void *data, GBytes *mail), const void *data);

#endif
