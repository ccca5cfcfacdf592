/* Calendars as files: one to subscribe to, and a vdir (a directory with a file for each event, for khal and vdirsyncer).
 * In: events. Out: files, replaced by rename and made durable, and not touched where nothing changed. */
#ifndef MAILCLINIC_FEED_H
#define MAILCLINIC_FEED_H

#include <stdbool.h>

#include "out/event.h"

/* What was done to the files. */
struct written {
        guint n_written, n_same, n_removed;
};

/* What belongs into a feed. */
struct feed_choice {
        gint64 now;          /* the newest mail's Date; MAINTENANCE_NO_TIME: events of any time */
        gint64 keep_seconds; /* how long events stay after their end */
        bool hides_doubted;
};

/* The events of a maintenance that belong into a feed: those with a date that ended no longer before than is said, and with `hides_doubted`
 * without those a person must look at. Appended to events (array of struct listed, borrowing the maintenance). */
void feed_select(GArray *events, const struct maintenance *maintenance, const struct feed_choice *choice);

/* By start, then UID, so that equal events give equal bytes. */
void feed_sort(GArray *events);

/* Write `path` (0644; its directory is made, 0755). */
bool feed_write(const char *path, const char *name, const GArray *events, struct written *written, GError **error);

/* Write UID.ics for each event into `directory` (made, 0755), and the calendar's name into `displayname`. Files of other events are removed
 * if is_ours says that their UID is one of ours; all else there is left alone. */
typedef bool feed_is_ours(const char *uid, void *data);
bool feed_write_vdir(const char *directory, const char *name, const GArray *events, feed_is_ours *is_ours, void *data,
                     struct written *written, GError **error);

#endif
