/* Attempts: the notices of a filter that claims a mail, tried in order on a text of it (FILTERS.md "How it reads" 2).
 * In: a claim and a text. Out: the reading filled from the first notice that is taken, or what each lacked. */
#ifndef MAILCLINIC_ATTEMPTS_H
#define MAILCLINIC_ATTEMPTS_H

#include <stdbool.h>

#include "data/reading.h"
#include "reader/classify.h"
#include "reader/reader.h"

/* A text that is read: the new part of each body, or what it quotes; of the mail itself, or of one that it encloses. */
struct text {
        const struct mail *mail;
        struct block body[BODY_COUNT]; /* lines NULL where there is none */
        bool is_history;
        gint64 written; /* when it was written, Unix seconds; MAIL_NO_DATE where unknown */
};

/* All that stays the same while one mail is read. */
struct work {
        const struct reader *reader; /* borrowed */
        struct search search;
        struct envelope envelope;
        struct reading *reading; /* what comes of it; borrowed */
        const struct text *text; /* what the mail says itself; borrowed */
        struct text history;     /* what it quotes */
        GPtrArray *quoted;       /* the lines of that (char *); NULL until they were asked for */
};

/* Try every notice of the filter in every body that it names. true if one is taken: then the reading is filled. */
bool attempts_by_claim(struct work *work, const struct claim *claim, const struct text *text);

/* The same with the generic filter, whose findings have low confidence. The zone and the forms of the vendor that is certain (NULL: none)
 * are lent to it. */
bool attempts_generic(struct work *work, const struct claim *surest, const struct text *text);

/* Say in the reading who sent the mail, as far as it was verified: what the claim rests on. */
void attempts_say_sender(struct work *work, const struct claim *claim);

#endif
