/* The words of an event for people: its title and its description (CALENDAR.md 1).
 * In: a maintenance and one of its events. Out: plain text. */
#ifndef MAILCLINIC_WORDING_H
#define MAILCLINIC_WORDING_H

#include <stdbool.h>

#include "data/maintenance.h"

/* Text from mail in one line of visible characters, at most `most` of them, cut at a word; angle brackets, which calendars that take
 * descriptions for HTML would swallow, become single guillemets. "" for NULL. Caller frees. */
char *wording_plain(const char *text, int most);

/* Whether a person must look at the event. */
bool wording_is_doubted(const struct event *event);

/* The circuits of an event: its own, else those of its maintenance; borrowed. Its impact: the worst of its own, else the maintenance's. */
const GPtrArray *wording_circuits(const struct maintenance *maintenance, const struct event *event);
enum impact wording_impact(const struct maintenance *maintenance, const struct event *event);

/* "CANCELLED: Vendor CIRCUIT: OUTAGE (REF)", at most 120 characters. Caller frees. */
char *wording_title(const struct maintenance *maintenance, const struct event *event);

/* What is known of it, line by line, with the links to its posts. Caller frees. */
char *wording_description(const struct maintenance *maintenance, const struct event *event);

/* The link to the newest post that changed the event, if it may stand as a URI (RFC 3986 characters, http or https); NULL. Borrowed. */
const char *wording_link(const struct maintenance *maintenance, const struct event *event);

/* "CONFIRMED": the BCOP status that an event's state stands for. */
const char *wording_status(const struct event *event);

#endif
