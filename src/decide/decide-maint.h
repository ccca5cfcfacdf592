/* What a maint mail means, given the past: CALENDAR.md 1, its state table and its cross rules; pure.
 * In: a reading and what the ledger knows about it. Out: a verdict. */
#ifndef MAILCLINIC_DECIDE_MAINT_H
#define MAILCLINIC_DECIDE_MAINT_H

#include "data/reading.h"
#include "data/verdict.h"

/* What the ledger knows that may concern a reading; all borrowed. */
struct past {
        const GPtrArray *maintenances; /* struct maintenance: those that its ids, its thread (References, In-Reply-To) or its calendar UIDs
                                          lead to, and for notices without an id those of the vendor whose circuits or times are alike */
        bool is_known;                 /* this very mail (stream, Message-ID, hash of its text) was decided before */
        bool is_other_text;            /* its Message-ID is known with another text */
};

/* What the configuration says about deciding. */
struct policy {
        const char *const *trusted; /* vendors with `trust: {unchecked: act}`; NULL-terminated, may be NULL */
        const char *const *day;     /* vendors with `precision: day` */
        bool publish_review;        /* doubtful events are published with "CHECK: " in the title; else held back */
        const char *link_template;  /* with {msgid}; NULL: made from the list's headers */
        bool by_person;             /* a person accepted the reading: it counts as sure and checked, and lifts the review of its events */
        const GPtrArray *without;   /* char *: circuits that a person takes out; NULL: none */
        gint64 act_from;            /* no act for mails before; G_MININT64: none */
};

/* Never fails. Caller frees. */
struct verdict *decide_maint(const struct past *past, const struct reading *reading, const struct policy *policy);

#endif
