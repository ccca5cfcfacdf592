/* The checks of one filter file by itself: shape, patterns, zones, strptime forms, notices that can never be reached.
 * In: the path of a filter file. Out: faults, each with its place. */
#ifndef MAILCLINIC_CHECK_FILE_H
#define MAILCLINIC_CHECK_FILE_H

#include "base/re.h"
#include "data/place.h"

#include <glib.h>

/* What is kept over the files: compiled patterns, the texts that patterns are timed on, the names of vendors. */
struct check;

struct check *check_new(void);
void check_free(struct check *check);

/* Append the faults of a file to faults (GError *: "PATH:LINE:COLUMN: FIELD: what"). */
void check_file(struct check *check, const char *path, GPtrArray *faults);

/* How many patterns were looked at. */
guint check_patterns(const struct check *check);

/* Append a fault at a place. */
void check_fault(GPtrArray *faults, const char *path, const struct place *place, const char *format, ...) G_GNUC_PRINTF(4, 5);

#endif
