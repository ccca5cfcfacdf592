/* The mail itself, line by line as the filters read it, with the words that a reading rests on marked.
 * In: a mail of the ledger. Out: HTML; never the mail's own. */
#ifndef MAILCLINIC_DESK_TEXT_H
#define MAILCLINIC_DESK_TEXT_H

#include "desk-frame.h"
#include "review-show.h"

/* A mail read anew, by the confined children. */
struct reread {
        struct reading *again; /* what matched where; NULL: it cannot be had */
        struct reading *page;  /* its lines; NULL likewise */
        bool is_same;          /* `again` says what the ledger has */
};
struct reread text_read(const struct view *view, const struct chart *chart);
void reread_release(struct reread *reread);

/* The evidence to be shown beside the mail. Borrowed. */
const GPtrArray *reread_evidence(const struct reread *reread, const struct chart *chart);

/* Write the mail. */
void text_write(struct markup *markup, const struct reread *reread, const struct chart *chart);

#endif
