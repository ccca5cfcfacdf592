/* What replay shows of a mail, whatever the format.
 * In: filled by replay. Out: a plain struct. */
#ifndef MAILCLINIC_REPLAYED_H
#define MAILCLINIC_REPLAYED_H

#include "data/reading.h"

struct replayed { /* all borrowed */
        const char *file;
        gint64 offset;
        const struct reading *reading;
        enum resolution resolution;
        const char *why;         /* the resolution is this one */
        const char *issue;       /* name of the issue of a root@ mail; NULL */
        const char *maintenance; /* key of the first one that it is about; NULL */
};

#endif
