/* A mail as a sample for others: whatever is personal in it is replaced, and it stays the same mail in all else: as long, with the same
 * parts and encodings, and with the words that filters look for. In: the bytes of a mail, a key, facts. Out: its bytes, and what was
 * replaced. */
#ifndef MAILCLINIC_DISGUISE_H
#define MAILCLINIC_DISGUISE_H

#include "base/re.h"
#include "disguise/pairs.h"

/* A larger mail is no sample. */
enum { DISGUISE_MAIL = 1024 * 1024 };

struct disguise {
        const char *key;         /* what nobody else knows */
        const struct kept *kept; /* words that stand */
        const GPtrArray *facts;  /* char *: what is known to be personal beside what is found */
        struct re_set *patterns;
};

/* The disguised mail. pairs_phrases(*pairs) were replaced; *sealed is how many parts could not be read as text and were blotted out. NULL
 * and an error if the mail is too large or too much for the patterns. Caller frees both. */
GBytes *disguise_mail(const struct disguise *disguise, GBytes *mail, struct pairs **pairs, guint *sealed, GError **error);

#endif
