/* The stretches of a mail that hold text, found without undoing anything: header fields, encoded words, and the parts (RFC 5322,
 * 2045-2047). In: raw bytes. Out: views of them, one after the other. */
#ifndef MAILCLINIC_WALK_H
#define MAILCLINIC_WALK_H

#include "disguise/view.h"

enum leaf_sort {
        LEAF_FIELD, /* the value of a header field, or an encoded word in it */
        LEAF_TEXT,  /* a part, or what stands around parts */
        LEAF_HTML,
        LEAF_CALENDAR,
        LEAF_SEALED /* what cannot be read as text, and seals: view is NULL */
};

struct leaf {
        enum leaf_sort sort;
        const char *field;   /* name of the header field in small letters, NULL: a part; borrowed */
        const char *charset; /* in small letters, "" where it is not said; borrowed */
        struct view *view;   /* lent; what is done with it is up to the callee */
        gsize start, end;    /* in the mail */
};

/* Gets one leaf after the other. */
typedef void walk_each(const struct leaf *leaf, void *data);

/* Go through a mail below 4 GB; what is nested too deeply (LIMIT_MIME_DEPTH) is LEAF_SEALED. The mail may be changed by the callee, but not
 * its structure: views are made of it as they come. */
void walk_mail(const char *mail, gsize length, walk_each *each, void *data);

#endif
