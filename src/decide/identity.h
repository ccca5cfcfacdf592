/* Which maintenance a notice is about (CALENDAR.md 1 "Identity"): keys, aliases, threads, and circuits and times where there is no id.
 * In: a notice and the maintenances that may be meant. Out: one of them, or a new one with its key. */
#ifndef MAILCLINIC_IDENTITY_H
#define MAILCLINIC_IDENTITY_H

#include "data/maintenance.h"
#include "data/reading.h"

/* UUIDv5 (RFC 9562 5.5) of a name within a namespace of 16 bytes: lower case, bare. Caller frees. */
char *uuid5(const guint8 space[16], const void *name, gsize length);

/* UID of a maintenance's event. Caller frees. */
char *event_uid(const char *key, int ordinal);

/* All aliases under which the past of a reading is to be looked up: "id:vendor:ID" of its notices, "uid:vendor:UID", "mail:MESSAGE-ID" of
 * the mail itself and of its references. Array of char *. Caller frees. */
GPtrArray *identity_aliases(const struct reading *reading);

/* How sure the answer of identity_find() is. */
enum found { FOUND_NOTHING, FOUND_ONE, FOUND_SEVERAL };

/* The maintenance among `known` (struct maintenance) that a notice is about, into *found. By id; else by the vendor's calendar UID; else by
 * the thread, unless ids differ; else, without an id, by circuits and times. */
enum found identity_find(const GPtrArray *known, const struct reading *reading, const struct notice *notice, struct maintenance **found);

/* The maintenance of the same thread that is not the one with the notice's id: what a `replaced` notice replaces. NULL: none. */
struct maintenance *identity_replaced(const GPtrArray *known, const struct reading *reading, const struct notice *notice);

/* A new maintenance with its key and aliases; `number` tells notices without an id apart within one mail, from 0. Caller frees. */
struct maintenance *identity_new(const struct reading *reading, const struct notice *notice, guint number);

/* Remember the notice's id, the calendar's UID and the mail as aliases; an id found later becomes the maintenance's. */
void identity_learn(struct maintenance *maintenance, const struct reading *reading, const struct notice *notice);

/* Let an alias of one maintenance lead to another (renumbered). */
void identity_hand_over(struct maintenance *from, struct maintenance *to);

#endif
