/* 'review export MAIL': a recorded mail becomes a sample for a filter's author, shown first and written on a yes.
 * In: the ledger, a person's words. Out: SAMPLES/VENDOR/CASE.eml and CASE.expect. */
#ifndef MAILCLINIC_REVIEW_EXPORT_H
#define MAILCLINIC_REVIEW_EXPORT_H

#include "ledger/ledger.h"
#include "out/paint.h"
#include "setup.h"

struct export_order {
        gint64 mail;
        const char *directory; /* of samples; NULL: the working directory */
        gboolean is_yes;       /* it need not be asked */
        char **replace, **keep;
};

/* A status of sysexits(3); -1 and an error. The ledger is closed. */
int review_export(struct ledger **ledger, struct setup *setup, const struct setup_options *options, const struct export_order *order,
                  const struct paint *paint, GError **error);

#endif
