/* What replay shows of a mail, whatever the format; and a copy of it, where mails are put together before they are shown.
 * In: filled by replay. Out: plain structs. */
#ifndef MAILCLINIC_REPLAYED_H
#define MAILCLINIC_REPLAYED_H

#include "data/reading.h"

struct replayed { /* all borrowed */
        const char *file;
        gint64 offset;
        const struct reading *reading;
        enum resolution resolution;
        const char *why;          /* the resolution is this one */
        const GPtrArray *reasons; /* char *: the same, one by one */
        const char *issue;        /* name of the issue of a root@ mail; NULL */
        const char *maintenance;  /* key of the first one that it is about; NULL */
};

/* Why a mail came to what it did, and the words of the mail that this rests on. */
struct ground {
        char *reason, *cited; /* cited: "text:3 'withdrawn' (label 'State')" */
};

struct gathered {                                                                                              /* all owned */
        char *file, *message_id, *vendor, *vendor_name, *subject, *id, *windows, *maintenance, *issue, *title; /* NULL */
        gint64 offset, date;
        const char *kind; /* static; of root@ mail its filter's, interned */
        bool emergency;
        enum confidence confidence;
        enum resolution resolution;
        GPtrArray *grounds; /* struct ground */
};

struct gathered *gathered_new(const struct replayed *mail);
void gathered_free(struct gathered *gathered);

/* The grounds of a mail (struct ground): what its reading and its verdict rest on. Caller frees. */
GPtrArray *grounds_of(const struct replayed *mail);

#endif
