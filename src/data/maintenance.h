/* A maintenance: a piece of work over its whole life, joined from its notices; and its events, one for each window (CALENDAR.md 1).
 * In: filled by decide/decide-maint.c, kept by the ledger. Out: plain structs. */
#ifndef MAILCLINIC_MAINTENANCE_H
#define MAILCLINIC_MAINTENANCE_H

#include <stdbool.h>

#include "data/words.h"

#include <glib.h>
#include <jansson.h>

#define MAINTENANCE_NO_TIME G_MININT64

/* Where an event stands: the columns of CALENDAR.md's state table. */
enum state {
        STATE_NONE,
        STATE_TENTATIVE,
        STATE_CONFIRMED,
        STATE_IN_PROCESS,
        STATE_COMPLETED,
        STATE_CANCELLED,
        STATE_REVIEW,
        STATE_COUNT,
};

const char *state_word(enum state state);
int state_from_word(const char *word);

/* A post in the list's archive that changed something: a line of the event's history. */
struct post {
        char *message_id; /* without <> */
        gint64 date;      /* Unix seconds, as `modified` of an event */
        int ordinal;      /* of the event that it changed; 0: it concerns them all */
        char *link;       /* NULL where no link can be made */
        char *change;     /* what it changed, as a phrase: "moved to 2026-03-01 04:00 UTC" */
};

/* One window of a maintenance in the calendar. */
struct event {
        char *uid;   /* bare lower-case UUIDv5 of the maintenance's key and the ordinal; stored once, never recomputed */
        int ordinal; /* from 1; never reused */
        enum role role;
        enum state state;
        gint64 start, end;        /* UTC Unix seconds; MAINTENANCE_NO_TIME where the mail gives none */
        char *written;            /* the window as the vendor wrote it, NULL */
        bool is_all_day;          /* no time was given, or the vendor's precision is a day */
        bool is_day;              /* then: a person named the days, and no time is to come */
        bool is_postponed;        /* put off, no new date yet: the times are the old ones */
        bool is_checked;          /* false: a person must look; title "CHECK: " */
        GPtrArray *circuits;      /* struct circuit (data/reading.h); empty: those of the maintenance */
        int sequence;             /* RFC 5545 3.8.7.4: significant revisions; 0 at creation */
        gint64 created, modified; /* Date of the first notice, and of the one that changed it last; MAINTENANCE_NO_TIME: no mail had one */
};

struct maintenance {
        char *key; /* "vendor:ID", or "vendor:<root@mail.example>" by the root Message-ID where no id was known; stays when an id is learnt
                    */
        char *vendor, *vendor_name, *maintenance_id, *account, *summary, *location;
        char *subject; /* of the first notice; for the title where nothing else is known */
        bool emergency;
        enum status status;  /* told by the notice that last changed anything; what is published of an event is its state */
        enum impact impact;  /* the worst of its circuits', else what the notice says */
        GPtrArray *circuits; /* struct circuit */
        GPtrArray *events;   /* struct event, by ordinal */
        GPtrArray *posts;    /* struct post: the first notice, then those that changed something, oldest first */
        GPtrArray *aliases;  /* char *: "id:vendor:ID", "uid:vendor:UID" (a vendor's calendar UID), "mail:MESSAGE-ID" */
        gint64 applied;      /* Date of the newest notice that was applied; later news only are applied (rule 2) */
        int vendor_sequence; /* SEQUENCE of the vendor's calendar part last applied; -1: none */
        bool is_tombstone;   /* cancelled before it was announced */
};

struct post *post_new(void);
void post_free(struct post *post);
struct event *event_new(void); /* with no time, checked */
struct event *event_copy(const struct event *event);
void event_free(struct event *event);
struct maintenance *maintenance_new(void);
void maintenance_free(struct maintenance *maintenance);
struct maintenance *maintenance_copy(const struct maintenance *maintenance);

/* A copy of circuits, each owned by the new array. */
GPtrArray *circuits_copy(const GPtrArray *circuits);

/* Whether two have the same facts (everything that is published); history and bookkeeping do not count. */
bool event_same(const struct event *a, const struct event *b);
bool maintenance_same(const struct maintenance *a, const struct maintenance *b);

/* Where an event stands at a time: as told, or presumed completed if its end went by a day ago without a word (CALENDAR.md 1, rule 6). */
enum state event_state_at(const struct event *event, gint64 now);

/* "vendor:ID": the id trimmed, upper case, without a leading '#'. Caller frees. */
char *maintenance_key(const char *vendor, const char *maintenance_id);

/* All of it, as the ledger keeps it; and the way back, every member checked: NULL and an error that names the member. */
json_t *maintenance_to_json(const struct maintenance *maintenance);
struct maintenance *maintenance_from_json(const json_t *json, GError **error);

#endif
