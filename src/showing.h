/* How replay shows mails: each as it comes, or put together once all are read.
 * In: options, replayed mails. Out: text, JSON, CSV or HTML on a stream. */
#ifndef MAILCLINIC_SHOWING_H
#define MAILCLINIC_SHOWING_H

#include "out/paint.h"
#include "out/replayed.h"

struct showing_options {
        char *format; /* table, json, csv, html; NULL: table */
        char *only;   /* a resolution; NULL: any */
        gboolean is_why, is_grouped, is_diff;
};

void showing_options_add(struct showing_options *options, GOptionContext *context);
void showing_options_clear(struct showing_options *options);

/* Why the options do not go together; NULL: they do. Static. */
const char *showing_options_wrong(const struct showing_options *options);

struct showing;

/* Options and paint are borrowed. */
struct showing *showing_new(const struct showing_options *options, const struct paint *paint);
void showing_free(struct showing *showing);

/* Whether what is written is for people, so that a summary belongs to it. */
bool showing_is_for_people(const struct showing *showing);

/* Whether evidence is shown, which must be gathered then. */
bool showing_wants_evidence(const struct showing_options *options);

void showing_begin(struct showing *showing, enum stream stream);
void showing_mail(struct showing *showing, const struct replayed *mail);

/* All mails were shown; and the differences from the ledger (struct difference), NULL where they were not asked for. */
void showing_end(struct showing *showing, const GPtrArray *differences);

#endif
