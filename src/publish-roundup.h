/* 'publish --report' and 'publish --digest': the week, or the year, handed over.
 * In: the ledger. Out: a page in a file; Markdown or a mail on stdout. */
#ifndef MAILCLINIC_PUBLISH_ROUNDUP_H
#define MAILCLINIC_PUBLISH_ROUNDUP_H

#include "data/settings.h"
#include "ledger/ledger.h"

/* As given; zeroed before. */
struct roundup_options {
        char *report; /* file */
        gboolean is_digest;
        char *format, *mail, *day;
        int days; /* 0: as is usual */
};

void roundup_options_add(struct roundup_options *options, GOptionContext *context);
void roundup_options_clear(struct roundup_options *options);

/* Whether either is asked for. */
bool roundup_options_any(const struct roundup_options *options);

/* FAIL_USAGE where they do not go together. */
bool roundup_options_check(const struct roundup_options *options, GError **error);

/* Write what is asked for, as of the day that is given, else of the newest mail, else of now. */
bool publish_roundup(const struct roundup_options *options, struct ledger *ledger, const struct settings *settings, GError **error);

#endif
