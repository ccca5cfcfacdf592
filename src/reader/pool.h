/* Several confined readers side by side, whose readings come in the order in which the mails were put.
 * In: the bytes of mails. Out: readings. */
#ifndef MAILCLINIC_POOL_H
#define MAILCLINIC_POOL_H

#include "reader/confine.h"

struct pool;

/* A pool without readers. free_tag is for tags that are never taken. */
struct pool *pool_new(GDestroyNotify free_tag);
void pool_free(struct pool *pool);

/* Give it one more reader, which it owns from now on. */
void pool_add(struct pool *pool, struct confined *confined);

/* Put a mail in hand, with a tag that is given back beside its reading. The bytes are kept until it is read. */
void pool_put(struct pool *pool, GBytes *mail, void *tag);

/* Whether so many mails, or so large ones, are in hand that some should be taken before more are put. */
bool pool_is_full(const struct pool *pool);

/* Whether any mail is in hand. */
bool pool_has_mail(const struct pool *pool);

/* The reading of that mail in hand which was put first, and its tag; waits for it. There must be one. Caller frees. */
struct reading *pool_take(struct pool *pool, void **tag);

#endif
