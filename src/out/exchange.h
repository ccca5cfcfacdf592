/* One HTTP request and its answer, and the call that makes the one into the other: libcurl (out/http.h), a dry run, or a test.
 * In: a request. Out: an answer. */
#ifndef MAILCLINIC_EXCHANGE_H
#define MAILCLINIC_EXCHANGE_H

#include <stdbool.h>

#include <glib.h>

/* All borrowed. */
struct request {
        const char *method, *url;
        const char *const *headers; /* "Name: value", NULL-terminated; none tells who we are */
        const char *body;           /* NULL: none */
        bool is_once; /* it must not be sent again where the connection breaks: that it was carried out may just not be known */
};

struct answer {
        int status;          /* of HTTP */
        GHashTable *headers; /* char *: by name in lower case */
        char *body;          /* "" where there is none */
};

/* false and an error of FAIL_IO where no answer came (try again), of FAIL_CONFIG where the URL may not be used. The answer is to be
 * released by answer_release(). */
typedef bool exchange(void *sender, const struct request *request, struct answer *answer, GError **error);

void answer_release(struct answer *answer);

/* The value of a header; NULL. Borrowed. */
const char *answer_header(const struct answer *answer, const char *name);

/* Whether a request may go there: https, or http to 127.0.0.1; no user or password within it. */
bool exchange_may(const char *url, GError **error);

#endif
