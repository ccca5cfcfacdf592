/* Which stream a mail came in on (DESIGN.md "Commands", deliver).
 * In: addresses, headers, the configured addresses. Out: a stream, or none. */
#ifndef MAILCLINIC_STREAM_H
#define MAILCLINIC_STREAM_H

#include "data/settings.h"

/* The stream of a recipient's address, or of a local part alone; a suffix "+tag" does not count. -1: none. */
int stream_of_address(const struct stream_settings *streams, const char *address);

/* The stream whose address a List-Id names ("<maint-announce.lists.example.org>", RFC 2919). -1: none. */
int stream_of_list(const struct stream_settings *streams, const char *list_id);

#endif
