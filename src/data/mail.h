/* One mail as received: headers decoded, parts decoded, and the lines that filters read.
 * In: filled by reader/mime.c (headers, parts) and reader/lines.c (lines, calendars, bodies). Out: plain structs. */
#ifndef MAILCLINIC_MAIL_H
#define MAILCLINIC_MAIL_H

#include <stdbool.h>

#include "data/calendar.h"
#include "data/words.h"

#include <glib.h>

#define MAIL_NO_DATE G_MININT64

/* A header field: its name as written; its value unfolded, encoded words decoded, always valid UTF-8 without controls. */
struct header {
        char *name, *value;
};

struct part {
        char *type;                /* "text/html": lower case, "text/plain" where the mail does not say */
        char *name;                /* file name (Content-Disposition, else Content-Type), "" where there is none */
        bool is_attachment;        /* Content-Disposition: attachment */
        bool is_text;              /* text/...: then bytes are valid UTF-8 */
        bool is_flowed, is_delsp;  /* format=flowed, delsp=yes (RFC 3676) */
        GBytes *bytes;             /* transfer encoding undone */
        char *lines;               /* what patterns are matched against (FILTERS.md "What is read"); NULL where nothing can be read */
        struct calendar *calendar; /* where the part is iCalendar that could be parsed */
};

struct mail {
        char *message_id;                /* without <>; NULL where there is none */
        char *subject;                   /* one line; "" where there is none */
        gint64 date;                     /* Date:, Unix seconds; MAIL_NO_DATE where missing or broken */
        gint64 received;                 /* the date of the first (topmost) Received that can be read; MAIL_NO_DATE where there is none */
        GPtrArray *headers;              /* struct header, in the order of the mail */
        GPtrArray *parts;                /* struct part, leaves in the order of the mail, those of enclosed messages left out */
        GPtrArray *enclosed;             /* struct mail: message/rfc822 parts */
        GPtrArray *notes;                /* char *: what was odd, as phrases for a reason: "over 25 MB: only the headers were read" */
        bool is_partial;                 /* some of it was not read: a limit was met, or it is no text */
        char *body[BODY_COUNT];          /* lines of the parts that are not attachments, joined; NULL where the mail has none */
        const struct calendar *calendar; /* of the first part that has one; borrowed */
};

/* New ones are empty: texts are NULL until the reader sets them, dates MAIL_NO_DATE. */
struct part *part_new(void);
void part_free(struct part *part);
struct mail *mail_new(void);
void mail_free(struct mail *mail);
void header_free(struct header *header);

/* The value of the first field of this name, borrowed from the mail; NULL where there is none. */
const char *mail_header(const struct mail *mail, const char *name);

/* The Unix time nearest to which the mail was written: date, else received, else MAIL_NO_DATE. */
gint64 mail_written(const struct mail *mail);

#endif
