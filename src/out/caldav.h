/* A calendar on a server, kept true by CalDAV (RFC 4791; CALENDAR.md 3 "Client rules").
 * In: an event as it is now, what is known of its copy there. Out: what became of it, and the copy as it stands now. */
#ifndef MAILCLINIC_CALDAV_H
#define MAILCLINIC_CALDAV_H

#include "ledger/outbox.h"
#include "out/event.h"
#include "out/exchange.h"
#include "out/outcome.h"

struct caldav {
        exchange *send;
        void *sender;
        char *url; /* of the collection, ends in '/'; owned */
        enum cancel_mode mode;
};

/* Cancelled events of calendars at this URL vanish for people unless only their title says it. */
enum cancel_mode caldav_usual_mode(const char *url);

/* Begin with a collection: it must be a calendar. A redirection within the host is followed. */
void caldav_open(struct caldav *caldav, const char *url, struct outcome *outcome);
void caldav_release(struct caldav *caldav);

/* Bring an event there into line. `known` NULL: nothing is known of a copy. What people added to it stays; a repetition after a crash finds
 * that nothing is left to do. */
void caldav_put(struct caldav *caldav, const struct listed *listed, const struct copy *known, struct outcome *outcome);

#endif
