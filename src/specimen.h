/* A recorded mail made into a sample for a filter's author: disguised, read again, and what a person says of it beside.
 * In: a mail, its corrections, a reader. Out: the bytes and the expectation of a sample, or why it can be none. */
#ifndef MAILCLINIC_SPECIMEN_H
#define MAILCLINIC_SPECIMEN_H

#include "data/decision.h"
#include "data/maintenance.h"
#include "setup.h"

/* What a sample is to be made of; all borrowed. */
struct specimen_of {
        GBytes *mail;
        enum stream stream;
        const struct correction *correction; /* NULL: the reading holds */
        const struct maintenance *same_as;   /* that the correction names; NULL */
        const char *key;                     /* of the disguise */
        char **replace, **keep;              /* words of the person who looks at it; NULL */
};

struct specimen {
        GBytes *mail;              /* disguised */
        json_t *expectation;       /* what the sample's .expect holds */
        bool is_corrected;         /* it is otherwise than the filters of today read the mail */
        GPtrArray *differences;    /* char *: how the disguised mail is read otherwise than the mail; empty: it can be a sample */
        GPtrArray *before, *after; /* struct evidence: lines of both, as filters read them */
        GPtrArray *left;           /* char *: words with a capital that stand and that no filter knows: perhaps names */
        guint sealed;              /* parts that were blotted out */
};

/* Make one. The filters of the setup are loaded here, the children forked: nothing may be open that they must not have. NULL and an error.
 * Caller frees. */
struct specimen *specimen_new(const struct specimen_of *of, struct setup *setup, const struct setup_options *options, GError **error);
void specimen_free(struct specimen *specimen);

#endif
