/* How things stand: what `status` and the page of that name show.
 * In: the configuration, the ledger, the spool, the roster, the clock. Out: plain struct. */
#ifndef MAILCLINIC_STANDING_H
#define MAILCLINIC_STANDING_H

#include "ledger/ledger.h"
#include "ledger/outbox.h"
#include "ledger/spool.h"
#include "setup.h"

/* Statuses of monitoring plug-ins. */
enum health { HEALTH_OK, HEALTH_WARNING, HEALTH_CRITICAL, HEALTH_UNKNOWN };

/* Where acts are carried out. */
struct target {
        char *name;
        GPtrArray *acts; /* struct pending */
        guint undone, parked;
        gint64 flushed; /* when it was last worked through; READING_NO_TIME: never */
        char *alert;    /* what is wrong with it since; NULL */
};

/* Who has clinic duty. */
struct roster_standing {
        char *now, *next; /* NULL: no roster is configured, or nothing can be read of it */
        char *gap;        /* what the roster does not say, or why it cannot be read; NULL */
};

struct standing {
        char *directory, *how;
        struct ledger_counts counts;
        struct spool_counts spool;
        GArray *targets; /* struct target */
        char *fault;     /* of the ledger; NULL */
        bool is_checked; /* it was looked through */
        guint filters, left_out;
        gint64 now;       /* Unix seconds */
        gint64 queue_age; /* of the oldest mail that waits for a person; 0: none does */
        struct roster_standing roster;
};

/* Look; if thorough, all through the ledger, unless it is large. `how` tells what holds the reader; NULL: it is tried. To be released. */
void standing_look(const struct setup *setup, const char *how, bool is_thorough, struct standing *standing);
void standing_release(struct standing *standing);

/* Acts that are parked, of all targets. */
guint standing_parked(const struct standing *standing);

/* Acts that are not done, of all targets; and how long ago the last of the targets that have any was worked through: 0, none has. */
guint standing_undone(const struct standing *standing);
gint64 standing_flush_age(const struct standing *standing);

/* Whether something that should hold the reader is missing. */
bool standing_is_loose(const struct standing *standing);

/* Why a person must see to it, as phrases (char *), the worst first. Caller frees. */
GPtrArray *standing_worries(const struct standing *standing);

/* Whether a person must see to it. */
enum health standing_health(const struct standing *standing);

#endif
