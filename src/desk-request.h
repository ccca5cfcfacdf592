/* A request to the desk, and what is answered.
 * In: filled by desk-serve.c; the answer by the pages. Out: plain structs. */
#ifndef MAILCLINIC_DESK_REQUEST_H
#define MAILCLINIC_DESK_REQUEST_H

#include <stdbool.h>

#include <glib.h>

struct pair {
        char *name, *value;
};

struct request {
        bool is_post, is_head;                                        /* neither: GET */
        const char *path;                                             /* decoded; all texts here are borrowed, NULL where there is none */
        const char *host, *origin, *fetch_site, *cookie, *media_type; /* header fields */
        bool is_other_user;                                           /* at the other end of a Unix socket sits somebody else */
        GPtrArray *query, *form;                                      /* struct pair */
};

/* The first value of this name; NULL: there is none. Borrowed. */
const char *request_query(const struct request *request, const char *name);
const char *request_form(const struct request *request, const char *name);

/* A number from 1 in the query; 0: there is none. */
gint64 request_number(const struct request *request, const char *name);

/* The pairs of "a=b&c=d" (application/x-www-form-urlencoded), in their order; what is malformed or no UTF-8 is left out. Caller frees. */
GPtrArray *pairs_of(const char *text, gsize length);

struct answer {
        unsigned status;
        const char *type; /* static */
        char *location, *cookie;
        GBytes *body;
        bool is_lasting; /* may be kept by the browser: its address changes with it */
};

/* Text, 303 to a place on this site, or bytes (taken). Caller frees. */
struct answer *answer_text(unsigned status, const char *text);
struct answer *answer_elsewhere(char *location);
struct answer *answer_bytes(unsigned status, const char *type, GBytes *body);
void answer_free(struct answer *answer);

#endif
