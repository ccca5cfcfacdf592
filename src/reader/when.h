/* Dates and times as vendors write them.
 * In: text, and the strptime forms of a filter. Out: the parts of a date and time, or of a length of time; nothing is guessed. */
#ifndef MAILCLINIC_WHEN_H
#define MAILCLINIC_WHEN_H

#include <stdbool.h>

#include "data/filter.h"

#include <glib.h>

/* What a text says of a time; what it does not say is 0, or -1 for the time of day. */
struct when {
        int year, month, day;
        int hour, minute, second;   /* hour -1: no time of day; 24:00:00 is the midnight that ends the day */
        int weekday;                /* 1 Monday ... 7 Sunday; 0 not printed */
        gsize zone_start, zone_end; /* where the zone's text stands in the text read; equal where none is printed */
        gsize start, end;           /* where the whole expression stands */
};

/* Read a value that is one time, one date, or a date and a time, and nothing else but a zone ("2021-11-14 08:01 (GMT)", "Sunday, 14 Nov at
 * 8:01 PM EST", "16:00 UTC/ 27th November 2024"). forms (FILTERS.md `dates`, may be NULL) come first; where a form as a whole does not fit,
 * its date does, with all else read as ever. Dates of numbers only are read by a form or where the year stands first. Words that follow the
 * time are its zone, known or not. false where it is not one, or where it is no date (32 May, 25:00). */
bool when_read(const char *text, const struct words *forms, struct when *out);

/* Find the next date with a time of day that stands in a line at or after byte `from` (go on from out->end): for times that no filter read.
 * A date of numbers only that no form reads ("03/09/2030 23:00") is found all the same, with year, month and day 0: it says that there is a
 * time, not which. false where there is none. */
bool when_find(const char *line, gsize from, const struct words *forms, struct when *out);

/* A length of time in seconds: "4 Hours 0 Seconds", "02:30", "90 min", "1d 2h", "7 Hours 59 Minutes". -1 where it is none. */
gint64 when_duration(const char *text);

/* The two below check a filter's forms; they stand in when-form.c. */

/* Whether both strptime forms can read one text, and as different times ("%d/%m/%Y" and "%m/%d/%Y"). A text that shows it is put into
 * *example (caller frees). */
bool when_forms_ambiguous(const char *form, const char *other, char **example);

/* Why a strptime form cannot be used, as a phrase ("unknown conversion %Q"); NULL if it can. Caller frees. */
char *when_form_fault(const char *form);

#endif
