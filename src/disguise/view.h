/* A stretch of a mail with its transfer encoding undone, and the way back: what is changed byte for byte in the text can be put into the
 * mail without moving anything.
 * In: raw bytes. Out: decoded bytes; raw bytes of the same length. */
#ifndef MAILCLINIC_VIEW_H
#define MAILCLINIC_VIEW_H

#include "disguise/pairs.h"

#include <glib.h>

enum coding {
        CODING_NONE,
        CODING_QUOTED, /* quoted-printable (RFC 2045 6.7) */
        CODING_Q,      /* of an encoded word (RFC 2047 4.2): '_' is a blank */
        CODING_BASE64
};

struct view {
        char *text; /* decoded */
        guint8 *marks;
        gsize length;
        guint32 *at; /* where each byte comes from: an offset in the mail, in base64 an index among the decoded bytes */
        enum coding coding;
        gsize start, end; /* in the mail */
        guint32 *sextets; /* of base64: offsets of its characters */
        guint8 *octets;   /* of base64: the decoded bytes, also those that were dropped */
        gsize n_sextets, n_octets;
};

/* The bytes from start to end, below 4 GB, all marked MARK_TEXT. Caller frees. */
struct view *view_new(const char *mail, gsize start, gsize end, enum coding coding);
void view_free(struct view *view);

/* Leave line breaks before a blank out of the text, and (is_with_blank) the blank: folded lines of a header, or of iCalendar. */
void view_unfold(struct view *view, bool is_with_blank);

/* Put the text into the mail that it came from. */
void view_put(const struct view *view, char *mail);

#endif
