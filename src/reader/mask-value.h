/* Whether a piece of a line is a value: something that differs from one mail of a problem to the next.
 * In: a piece without blanks, quotes and brackets. Out: yes or no. */
#ifndef MAILCLINIC_MASK_VALUE_H
#define MAILCLINIC_MASK_VALUE_H

#include <stdbool.h>

#include <glib.h>

/* A number with or without its unit, a size, a time or date in numbers, an address (IPv4, IPv6, MAC, mail), a UUID, hash or hex number, a
 * host name, a URL. Time is linear in n. */
bool mask_is_value(const char *piece, gsize n);

/* A word that is only the unit of the number before it: "seconds", "MB". */
bool mask_is_unit(const char *word, gsize n);

/* The name of a month or weekday in English, short or full. */
bool mask_is_month(const char *word, gsize n);
bool mask_is_weekday(const char *word, gsize n);

/* How many letters at the start are hexadecimal digits. */
gsize mask_hex_span(const char *piece, gsize n);

#endif
