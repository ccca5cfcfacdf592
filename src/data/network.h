/* Which hosts and networks are ours: the entries of `internal:`.
 * In: names, addresses. Out: whether they are. */
#ifndef MAILCLINIC_NETWORK_H
#define MAILCLINIC_NETWORK_H

#include <stdbool.h>

#include "data/filter.h"

/* Whether an entry can be understood: a host or domain ("example.net": it and all below it), an address, or a network ("10.0.0.0/8",
 * "2001:db8::/32"). */
bool network_is_entry(const char *entry);

/* Whether a host name, or an address (IPv4 or IPv6, bare), is in one of the entries. */
bool network_has_name(const struct words *entries, const char *name);
bool network_has_address(const struct words *entries, const char *address);

#endif
