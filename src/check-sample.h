/* The checks of filters against their sample mails: who claims them, and which notices they reach.
 * In: a reader, and a directory of samples/VENDOR/CASE.eml. Out: faults. */
#ifndef MAILCLINIC_CHECK_SAMPLE_H
#define MAILCLINIC_CHECK_SAMPLE_H

#include "reader/reader.h"

#include <glib.h>

/* Append a fault for each sample that is not claimed by its vendor's filter alone, each notice that no sample reaches, and each filter that
 * has no sample and is not marked `unseen`; only of the reader's vendor where it has one. Gives the number of samples read. */
guint check_samples(const struct reader *reader, const char *directory, GPtrArray *faults);

#endif
