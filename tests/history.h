/* A ledger in memory for tests of decisions, and readings made in one line.
 * In: readings. Out: verdicts, and the maintenances that they leave behind. */
#ifndef MAILCLINIC_TESTS_HISTORY_H
#define MAILCLINIC_TESTS_HISTORY_H

#include "data/verdict.h"
#include "decide/decide-maint.h"

#define HOUR   G_GINT64_CONSTANT(3600)
#define DAY    (24 * HOUR)
#define NIGHT  G_GINT64_CONSTANT(1772323200) /* date -u -d '2026-03-01 00:00' +%s */
#define LENGTH (4 * HOUR)

struct history {
        GPtrArray *maintenances; /* struct maintenance */
        struct policy policy;
};

struct history *history_new(void); /* policy: doubtful events are published */
void history_free(struct history *history);

/* Decide, with what the aliases of the reading lead to (without an id: with all of the vendor), and keep what the verdict says. */
struct verdict *history_hear(struct history *history, const struct reading *reading);

/* hear, asserting the resolution. The reading is freed. */
void history_expect(struct history *history, struct reading *reading, enum resolution resolution);

/* The maintenance with this key; NULL. Borrowed. */
struct maintenance *history_find(const struct history *history, const char *key);

/* A reading of high confidence from a checked sender of vendor tidewater, Message-ID "DATE@mail.example", with one notice. */
struct reading *make_reading(enum kind kind, enum status status, gint64 date);

/* Its notice. Borrowed. */
struct notice *notice_in(const struct reading *reading);

/* A window from `start` for LENGTH to that notice. Borrowed. */
struct window *add_window(struct reading *reading, gint64 start);
void add_circuit(struct reading *reading, const char *circuit_id);

#endif
