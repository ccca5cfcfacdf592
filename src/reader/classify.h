/* Who: the filters that claim a mail, and on what evidence (FILTERS.md "How it reads" 1, DESIGN.md "Who sent it").
 * In: a mail and all filters. Out: claims, the strongest evidence first. */
#ifndef MAILCLINIC_CLASSIFY_H
#define MAILCLINIC_CLASSIFY_H

#include "data/filter.h"
#include "data/mail.h"
#include "reader/block.h"
#include "reader/sender.h"

#include <glib.h>

/* What a claim rests on, the strongest first. A mail claimed by what it says alone gets medium confidence at most; the
 * generic filter claims nothing. */
enum claim_by { CLAIM_TOLD, CLAIM_DKIM, CLAIM_FROM, CLAIM_LIST, CLAIM_QUOTED, CLAIM_SAYS, CLAIM_GENERIC };

struct claim {
        const struct vendor_filter *filter; /* borrowed */
        enum claim_by by;
        char *what;     /* what matched: an address, a domain, a List-Id, a phrase */
        const char *at; /* where: "header From", "dkim=pass by mx.example" ...; borrowed from mail or check */
};

/* The mail, and what is known of its sender. */
struct envelope {
        const struct mail *mail;
        const struct sender_check *check;
        const GPtrArray *addresses; /* struct header, from sender_addresses() */
};

void claim_free(struct claim *claim);

/* The claims by dkim, from and list (array of struct claim). Caller frees. */
GPtrArray *classify(struct search *search, const struct envelope *envelope, const struct filters *filters);

/* The claims by `says` alone, and by an address quoted in the text, of filters without a stronger claim (what classify() gave). Caller
 * frees. */
GPtrArray *classify_by_words(struct search *search, const struct envelope *envelope, const struct filters *filters,
                             const GPtrArray *stronger);

/* The one filter with this short name, claimed because the caller said so. Empty where there is none. Caller frees. */
GPtrArray *classify_as(const struct filters *filters, const char *vendor);

/* Whether one of the patterns matches the text of a header. */
bool classify_is_in(struct search *search, const char *text, const struct words *patterns);

/* Whether subject or a body says one of the patterns; what matched is folded into *what (NULL: not wanted; caller frees). */
bool classify_says(struct search *search, const struct mail *mail, const struct words *patterns, char **what);

/* An address that only a quoted header gives is weak: anybody may quote. */
bool classify_is_quoted(const struct header *address);

#endif
