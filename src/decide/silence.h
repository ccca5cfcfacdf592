/* Whether somebody who used to write has fallen silent, judged by their own habit.
 * In: when they wrote. Out: how long they are silent, and how long is usual. */
#ifndef MAILCLINIC_SILENCE_H
#define MAILCLINIC_SILENCE_H

#include <stdbool.h>

#include <glib.h>

struct silence {
        gint64 last;  /* Unix seconds */
        gint64 usual; /* seconds between two mails that were rarely exceeded */
};

/* times are gint64, Unix seconds in any order. true where the time since the last is more than twice what nine in ten pauses were at most,
 * and more than two weeks; never for fewer than five mails, nor after a year, when it is no news. *silence is untouched unless true. */
bool silence_of(const GArray *times, gint64 now, struct silence *silence);

#endif
