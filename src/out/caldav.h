/* A calendar on a server, kept true by CalDAV (RFC 4791; CALENDAR.md 3 "Client rules").
 * In: an event as it is now, what is known of its copy there. Out: what became of it, and the copy as it stands now. */
#ifndef MAILCLINIC_CALDAV_H
#define MAILCLINIC_CALDAV_H

#include "ledger/outbox.h"
#include "out/event.h"
#include "out/exchange.h"

struct caldav {
        exchange *send;
        void *sender;
        char *url; /* of the collection, ends in '/'; owned */
        enum cancel_mode mode;
};

enum sent {
        SENT_DONE,
        SENT_LATER, /* try this one again */
        SENT_BUSY,  /* try again, and no other one before: the server is away or wants fewer requests */
        SENT_NEVER, /* refused for good: a person must look */
        SENT_STOP,  /* nothing will go well here: the login is refused, or this is no calendar */
};

struct outcome {
        enum sent sent;
        const char *did;    /* "created", for people; static */
        char *why;          /* what went wrong; NULL */
        gint64 retry_after; /* seconds that the server asks for, at most an hour; -1 */
        struct copy *copy;  /* as it stands there now; NULL: as before */
};

void outcome_release(struct outcome *outcome);

/* Cancelled events of calendars at this URL vanish for people unless only their title says it. */
enum cancel_mode caldav_usual_mode(const char *url);

/* Begin with a collection: it must be a calendar. A redirection within the host is followed. */
void caldav_open(struct caldav *caldav, const char *url, struct outcome *outcome);
void caldav_release(struct caldav *caldav);

/* Bring an event there into line. `known` NULL: nothing is known of a copy. What people added to it stays; a repetition after a crash finds
 * that nothing is left to do. */
void caldav_put(struct caldav *caldav, const struct listed *listed, const struct copy *known, struct outcome *outcome);

#endif
