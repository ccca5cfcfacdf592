/* Carrying out a person's decision on a mail, with the care that two reviewers need: what the terminal and the page do alike.
 * In: a decision, and the revision that it was made upon. Out: a verdict, recorded; or what would have come of it. */
#ifndef MAILCLINIC_REVIEW_DECIDE_H
#define MAILCLINIC_REVIEW_DECIDE_H

#include "data/settings.h"
#include "ledger/review.h"

/* What came of a decision. */
struct decided_mail {
        struct verdict *verdict; /* owned */
        bool is_late;            /* somebody else was faster: nothing was done, the verdict is what would have come of it */
};
void decided_mail_release(struct decided_mail *decided);

/* A new decision of this user, made now. Caller frees. */
struct decision *review_decision(enum deed deed);

/* Carry out a decision and see it in decisions.jsonl. It is late where the mail is not of this revision any more, and (revision NULL) where
 * another person's decision stands. Errors as of review_carry_out(): nothing was changed then. */
bool review_decide(struct ledger *ledger, const struct settings *settings, gint64 mail, const char *revision, struct decision *decision,
                   struct decided_mail *decided, GError **error);

/* What would come of it; nothing is changed. NULL and the error that carrying it out would give. Caller frees. */
struct verdict *review_rehearse(struct ledger *ledger, const struct settings *settings, gint64 mail, struct decision *decision,
                                GError **error);

/* What a person says beside a decision on an issue: until when it sleeps ("2026-12-01", "10 days"; NULL: a week), which other it is the
 * same as (the beginning of a fingerprint), its task ("T123"). FAIL_USAGE for what is none of these. */
bool review_detail(struct ledger *ledger, struct decision *decision, const char *text, GError **error);

/* Carry out what a person wants of an issue, and see it in decisions.jsonl. */
bool review_wish(struct ledger *ledger, struct decision *decision, GError **error);

#endif
