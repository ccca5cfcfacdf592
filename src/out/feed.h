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

/* The events of a maintenance that belong into a feed whose newest mail is of `now`: those with a date that ended no longer than 400 days
 * before (`now` MAINTENANCE_NO_TIME: all), and with `hides_doubted` without those a person must look at. Appended to events (array of
 * struct listed, borrowing the maintenance). */
void feed_select(GArray *events, const struct maintenance *maintenance, gint64 now, bool hides_doubted);

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
