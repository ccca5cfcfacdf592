/* The log: one line for each thing done, key=value.
 * In: keys and values, some of them words of a mail. Out: a line in a file, or to syslog. */
#ifndef MAILCLINIC_LOG_H
#define MAILCLINIC_LOG_H

#include <glib.h>

/* Append " key=value" to a line, the value made visible (base/visible.h), cut after 200 characters, and in quotes where it has blanks or
 * quotes or is empty. NULL: nothing. */
void log_add(GString *line, const char *key, const char *value);

/* Write a line to the end of a file, after the time (UTC); where path is NULL or the file cannot be written, to syslog (facility mail). An
 * error is of priority LOG_ERR, else LOG_INFO. Never fails. */
void log_write(const char *path, int priority, const GString *line);

#endif
