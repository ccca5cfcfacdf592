/* What a CalDAV server's answer means (CALENDAR.md 3: the table of five servers, and "Client rules").
 * In: an answer. Out: what to do now. */
#ifndef MAILCLINIC_ANSWER_H
#define MAILCLINIC_ANSWER_H

#include "out/exchange.h"

/* From TOLD_LATER on nothing more can be done now. */
enum told {
        TOLD_OK,       /* 200, 201, 204; no other */
        TOLD_CONFLICT, /* 412: a condition failed, if there was one */
        TOLD_GONE,     /* 404, 410 */
        TOLD_UID,      /* another object holds the UID */
        TOLD_LATER,    /* 408, 423, 425, 5xx */
        TOLD_BUSY,     /* 429, 503, a quota of requests is used up */
        TOLD_NEVER,    /* all else, 207 among it */
        TOLD_LOGIN,    /* 401 */
};

enum told answer_told(const struct answer *answer);

/* The strong ETag; NULL: none. Caller frees. */
char *answer_etag(const struct answer *answer);

/* Retry-After (seconds or a date, RFC 9110 10.2.3) in seconds from now, at most an hour; -1: none. */
gint64 answer_retry_after(const struct answer *answer, gint64 now);

/* "PUT https://...: HTTP 403: the server's words", for people. Caller frees. */
char *answer_why(const struct answer *answer, const struct request *request);

#endif
