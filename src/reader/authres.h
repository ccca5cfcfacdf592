/* Authentication-Results (RFC 8601 2.2) as data.
 * In: the value of a field, unfolded, its encoded words as they came. Out: who says it, and its results. */
#ifndef MAILCLINIC_AUTHRES_H
#define MAILCLINIC_AUTHRES_H

#include <glib.h>

struct authres_result {
        char *method; /* "dkim", "spf", "dmarc", "arc": lower case */
        char *result; /* "pass", "fail" ...: lower case */
        char *domain; /* what it is about, lower case: header.d or header.i of dkim, smtp.mailfrom of spf, header.from of dmarc; or NULL */
};

struct authres {
        char *id;           /* authserv-id, as written */
        GPtrArray *results; /* struct authres_result */
};

/* NULL where the value is not of this grammar up to its authserv-id; results after a fault in the grammar are left out. Caller frees. */
struct authres *authres_parse(const char *value);
void authres_free(struct authres *authres);

#endif
