/* One attempt to read a mail as one notice of one filter, from one body (FILTERS.md "How it reads").
 * In: a mail, a filter, one of its notices. Out: the notices that the mail gives, or what was missing. */
#ifndef MAILCLINIC_EXTRACT_H
#define MAILCLINIC_EXTRACT_H

#include <stdbool.h>

#include "data/filter.h"
#include "data/mail.h"
#include "data/reading.h"
#include "reader/block.h"
#include "reader/capture.h"
#include "reader/span.h"

#include <glib.h>

/* The keys that hold for one notice: the file's, replaced or joined by its own. */
struct rule {
        const struct vendor_filter *vendor;
        const struct notice_filter *notice;
        struct scope scope;             /* lists borrowed from the filter */
        struct words find[2];           /* the notice's, then the file's */
        const struct labels *labels[2]; /* the notice's, then the file's for the fields that the notice has none for; NULL: none */
        struct assume assume;
};

struct attempt {
        const struct rule *rule;
        const struct vendor_filter *generic; /* its status and impact words are the last resort; borrowed, may be NULL */
        const struct doubt_words *words;     /* what vendors do not say alike; borrowed, may be NULL */
        const struct mail *mail;
        struct search *search;
        struct clock clock;
        struct block whole;                 /* the body or part */
        struct block block;                 /* what after and before leave of it */
        struct block subject;               /* the mail's subject */
        bool is_calendar;                   /* the body is iCalendar: its own fields count */
        struct captures from[SOURCE_COUNT]; /* outside the rows, by source: label, find, subject, calendar */
        struct captures fields;             /* the nearest of these */
        GPtrArray *windows, *circuits;      /* struct row */
        GPtrArray *notices;                 /* struct notice: what was found */
        GPtrArray *doubts, *notes;          /* char * */
        guint n_window_doubts;              /* how many doubts the windows themselves gave */
        bool is_status_assumed;
};

/* Make the rule of a notice. */
void rule_init(struct rule *rule, const struct vendor_filter *vendor, const struct notice_filter *notice);

/* Before an attempt; what it points to is borrowed. attempt_release() frees what it found. */
void attempt_init(struct attempt *attempt, const struct rule *rule, const struct mail *mail, struct search *search,
                  const struct filters *filters);
void attempt_release(struct attempt *attempt);

/* The lines of the first attachment whose "type name" the pattern matches. false where there is none; one that matches and cannot be read
 * is a doubt. */
bool attempt_part(struct attempt *attempt, const char *pattern, struct block *block);

/* Try to read the notice from a body. true if it is taken; else *missing (caller frees) says what was wanted, as a phrase. */
bool attempt_read(struct attempt *attempt, const struct block *body, bool is_calendar, char **missing);

/* What its `must` asks for and the notices that were found lack, as a phrase; NULL: nothing. */
const char *attempt_missing(const struct attempt *attempt);

#endif
