/* One mail before the clinician: how it stands, what was read from it, what the calendar says, and the mail itself.
 * In: a ledger. Out: a text for people. */
#ifndef MAILCLINIC_REVIEW_SHOW_H
#define MAILCLINIC_REVIEW_SHOW_H

#include "ledger/ledger.h"
#include "out/paint.h"

struct chart {
        struct entry *entry;
        struct reading *reading;
        char *revision;
        GPtrArray *decisions;    /* struct decision */
        GPtrArray *maintenances; /* struct maintenance: those it touched, as they are now */
};

/* All that the ledger knows of a mail. NULL and an error. Caller frees. */
struct chart *review_chart(struct ledger *ledger, gint64 mail, GError **error);
void review_chart_free(struct chart *chart);

/* Where its bytes are; NULL: they were not kept. Caller frees. */
char *review_chart_file(const struct chart *chart, const char *directory);

/* Print it. `again` is the mail read anew with what matched where, NULL: it cannot be had, as are `lines` (struct evidence) of it. */
void review_chart_print(const struct paint *paint, const struct chart *chart, const struct reading *again, const GPtrArray *lines);

/* How it stands, in short: its resolution, who decided last, and its events. */
void review_chart_brief(const struct paint *paint, const struct chart *chart);

/* The links that add its events to a calendar with one click (out/add-link.h), a line each. */
void review_add_links(const struct paint *paint, const struct chart *chart);

/* As JSON: the reading's contract with what stands beside it. Caller frees. */
json_t *review_chart_json(const struct chart *chart);

/* The events of maintenances (struct maintenance), a line each. */
void review_events(const struct paint *paint, const GPtrArray *maintenances);

#endif
