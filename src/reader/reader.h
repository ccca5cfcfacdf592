/* The reader: from the bytes of one mail to its reading; pure: it sees the bytes, the filters and the settings, nothing else.
 * In: bytes. Out: a reading. */
#ifndef MAILCLINIC_READER_H
#define MAILCLINIC_READER_H

#include "base/re.h"
#include "data/filter.h"
#include "data/mail.h"
#include "data/reading.h"
#include "data/settings.h"
#include "reader/clock.h"
#include "reader/label.h"

struct reader {
        const struct filters *filters;   /* borrowed */
        const struct settings *settings; /* borrowed */
        struct re_set *patterns;         /* borrowed; compiled patterns are added as they are needed */
        struct label_set *labels;        /* borrowed; folded labels are added in the same manner */
        struct zone_set *zones;          /* borrowed; zones likewise */
        enum stream stream;              /* what the mails came in on */
        const char *vendor;              /* read as this vendor's whoever sent it; NULL: find out */
        bool explains;                   /* gather evidence, and what the nearest filters lacked, too */
};

/* Read one mail. Never fails. Caller frees. */
struct reading *reader_read(const struct reader *reader, GBytes *bytes);

/* The same from a mail whose lines are read already. */
struct reading *reader_read_mail(const struct reader *reader, const struct mail *mail);

#endif
