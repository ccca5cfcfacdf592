/* Replayed mails as a table for people, one line a mail, printed as they come: so the columns are of a fixed width.
 * In: a replayed mail. Out: lines on a stream (out/paint.h). */
#ifndef MAILCLINIC_REPLAY_TABLE_H
#define MAILCLINIC_REPLAY_TABLE_H

#include "out/paint.h"
#include "out/replayed.h"

/* The line of headings. */
void replay_table_head(const struct paint *paint, enum stream stream);

/* The line of a mail: date, vendor, kind, id, window (UTC), confidence, resolution, subject. On a terminal too narrow for the subject, a
 * mail without a notice shows it in place of id and window. Cells are cut on a terminal alone. */
void replay_table_mail(const struct paint *paint, const struct replayed *mail);

/* A window as the table shows it: "2021-11-14 22:00-04:00" where it lasts less than a day, else "2021-11-14 22:00-11-16 04:00"; without
 * the year in the narrow table. "" where neither start nor end are known. Caller frees. */
char *replay_table_window(const struct window *window, bool is_narrow);

#endif
