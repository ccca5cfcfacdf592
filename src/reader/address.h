/* Mail addresses in header values and in what mail programs print of them.
 * In: a decoded value. Out: bare addresses. */
#ifndef MAILCLINIC_ADDRESS_H
#define MAILCLINIC_ADDRESS_H

#include <glib.h>

/* The addresses of a list (RFC 5322 3.4, and "Name [mailto:address]"), lower case, in order. Names, quoted strings and comments are not
 * looked into, for a name may be another's address. Array of char *; caller frees. */
GPtrArray *address_list(const char *value);

#endif
