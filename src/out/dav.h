/* What WebDAV servers answer in XML: multistatus and error bodies (RFC 4918 13 and 16, RFC 4791 5.3.2.1).
 * In: the body of an answer. Out: plain structs. */
#ifndef MAILCLINIC_DAV_H
#define MAILCLINIC_DAV_H

#include <stdbool.h>

#include <glib.h>

struct dav_member {
        char *href; /* as written, NULL */
        bool is_calendar;
};

struct dav {
        GPtrArray *members;   /* struct dav_member: one for each <response> */
        bool is_uid_conflict; /* another object holds the UID */
        char *href;           /* that object's, if the error names it; NULL */
};

/* NULL: not such a body. Caller frees. */
struct dav *dav_read(const char *body);
void dav_free(struct dav *dav);

/* Whether the body of a refusal says that another object holds the UID, be it in words. */
bool dav_is_uid_conflict(const char *body);

#endif
