/* How things stand: what `status` and the page of that name show.
 * In: the configuration, the ledger, the spool. Out: plain struct. */
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
};

struct standing {
        char *directory, *how;
        struct ledger_counts counts;
        struct spool_counts spool;
        GArray *targets; /* struct target */
        char *fault;     /* of the ledger; NULL */
        bool is_checked; /* it was looked through */
        guint filters, left_out;
};

/* Look. `how` tells what holds the reader; NULL: it is tried. To be released. */
void standing_look(const struct setup *setup, const char *how, struct standing *standing);
void standing_release(struct standing *standing);

/* Acts that are parked, of all targets. */
guint standing_parked(const struct standing *standing);

/* Whether a person must see to it. */
enum health standing_health(const struct standing *standing);

#endif
