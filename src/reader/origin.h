/* Whether a mail began on one of our own hosts (DESIGN.md "Who sent it", root@ mail).
 * In: Received fields, the configuration's `internal:`. Out: whether it did. */
#ifndef MAILCLINIC_ORIGIN_H
#define MAILCLINIC_ORIGIN_H

#include "data/filter.h"
#include "data/mail.h"

/* Whether every server that handed the mail on got it from a host or network of ours, or from itself. The topmost Received is our own mail
 * server's; a stranger's mail always has one that names the stranger, and what he wrote below it can only be one more stranger. Of a
 * Received (RFC 5321 4.4) the address and the name that the server looked up count, never the name that the client gave for itself. *how
 * names the lowest host that was found, or the first that is not ours; NULL where there is none. Caller frees it. */
bool origin_is_internal(const struct mail *mail, const struct words *internal, char **how);

#endif
