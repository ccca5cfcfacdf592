/* What a root@ mail means, given the past of its problem (DESIGN.md "resolution", "root@"); pure.
 * In: a reading, the issue as it was, what the configuration says. Out: a verdict with the issue as it is now. */
#ifndef MAILCLINIC_DECIDE_ROOT_H
#define MAILCLINIC_DECIDE_ROOT_H

#include "data/reading.h"
#include "data/rules.h"
#include "data/verdict.h"

/* What is known of the problem that a mail is of; all borrowed. */
struct root_past {
        const char *fingerprint;   /* of the issue */
        const char *via;           /* of the one that people merged into it; the same where they did not */
        const struct issue *issue; /* as it was, without hosts; NULL: the mail is its first */
        const char *template;      /* what its mails have in common by now; NULL: as it was */
        const char *why;           /* why the mail is of this issue */
        gint64 recent;             /* sightings in the `within` seconds before the mail; counted no further than `after` */
        gint64 newest;             /* when the newest root@ mail came; READING_NO_TIME */
};

/* What the configuration says about deciding. */
struct root_policy {
        struct rules rules;      /* of the mail's kind */
        bool has_internal;       /* `internal:` is given */
        bool is_view_restricted; /* the tracker keeps our tasks from the public, and that was verified */
        gint64 act_from;         /* no act for mails before; G_MININT64: none */
};

/* Whether a mail counts as one of a problem: what failed to be read, what needs a person, what is well and the tracker's own do not. */
bool decide_root_counts(const struct reading *reading);

/* The signature that a mail is grouped by: that of a stranger's mail is none that a mail of ours could have. Caller frees. */
char *decide_root_signature(const struct reading *reading, const struct root_policy *policy);

/* When a mail came: by our mail server's clock, else by its own date, else with the newest. */
gint64 decide_root_time(const struct reading *reading, gint64 newest);

/* Never fails. `past` may be NULL for a reading that does not say what it is of. Caller frees. */
struct verdict *decide_root(const struct root_past *past, const struct reading *reading, const struct root_policy *policy);

#endif
