/* iCalendar text taken apart for tests, by nothing but the RFC.
 * In: the bytes of a calendar. Out: its content lines unfolded, and what is wrong with the folding. */
#ifndef MAILCLINIC_TESTS_ICAL_TEXT_H
#define MAILCLINIC_TESTS_ICAL_TEXT_H

#include <glib.h>

/* Asserts RFC 5545 3.1: CRLF, at most 75 octets a line, no character cut by a fold, UTF-8, no controls. The unfolded content lines; caller
 * frees. */
char **ical_lines(const char *text);

/* The value of the nth line "NAME..." (parameters and all up to ':'), from 0; NULL. Borrowed. */
const char *ical_value(char **lines, const char *name, guint n);

/* The same with TEXT's escapes undone (RFC 5545 3.3.11). Caller frees. */
char *ical_text(char **lines, const char *name, guint n);

#endif
