/* The link back from an event to its post in the list's archive (CALENDAR.md 1 "Link back").
 * In: what a mail's list headers say, its Message-ID, a template. Out: a URL. */
#ifndef MAILCLINIC_LINK_H
#define MAILCLINIC_LINK_H

#include "data/reading.h"

/* Of a Google group if List-Archive, List-Post or List-ID say which one; else by the template, whose {msgid} is replaced; NULL where
 * neither leads to one. In the Message-ID all but unreserved characters (RFC 3986 2.3) and '/' is percent-encoded. Caller frees. */
char *link_to_post(const struct thread *thread, const char *message_id, const char *link_template);

#endif
