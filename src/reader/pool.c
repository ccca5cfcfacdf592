/* Several confined readers side by side, whose readings come in the order in which the mails were put.
 * In: the bytes of mails. Out: readings. */
#include "reader/pool.h"

#include "base/limits.h"

#include <poll.h>

/* So many mails for each reader: enough that none is idle while the first in hand is a slow one. */
enum { MAILS_AHEAD = 16 };

struct job {
        GBytes *mail;
        void *tag;               /* the caller's */
        struct answer *answer;   /* NULL: not there yet, or read */
        struct reading *reading; /* NULL: not there yet */
};

struct worker {
        struct confined *confined;
        GQueue jobs;  /* struct job it was given, borrowed from the pool */
        gint64 since; /* when the first became that, in monotonic microseconds */
};

struct pool {
        GDestroyNotify free_tag;
        GArray *workers; /* struct worker */
        GQueue in_hand;  /* struct job, in the order in which they were put */
        GQueue waiting;  /* struct job of those in hand, borrowed: no worker has had them */
        gsize bytes;     /* of all in hand */
};

struct pool *pool_new(GDestroyNotify free_tag)
{
        struct pool *pool = g_new0(struct pool, 1);
        pool->free_tag = free_tag;
        pool->workers = g_array_new(FALSE, FALSE, sizeof(struct worker));
        g_queue_init(&pool->in_hand);
        g_queue_init(&pool->waiting);
        return pool;
}

static void job_free(struct job *job)
{
        g_bytes_unref(job->mail);
        reading_free(job->reading);
        g_free(job);
}

void pool_free(struct pool *pool)
{
        if (!pool)
                return;
        struct job *job;
        while ((job = g_queue_pop_head(&pool->in_hand))) {
                pool->free_tag(job->tag);
                job_free(job);
        }
        g_queue_clear(&pool->waiting);
        for (guint i = 0; i < pool->workers->len; i++)
                confined_free(g_array_index(pool->workers, struct worker, i).confined);
        g_array_unref(pool->workers);
        g_free(pool);
}

void pool_add(struct pool *pool, struct confined *confined)
{
        struct worker worker = {.confined = confined, .jobs = G_QUEUE_INIT};
        g_array_append_val(pool->workers, worker);
}

static void give_job(struct pool *pool, struct worker *worker)
{
        struct job *job = g_queue_pop_head(&pool->waiting);
        if (g_queue_is_empty(&worker->jobs))
                worker->since = g_get_monotonic_time();
        g_queue_push_tail(&worker->jobs, job);
        confined_send(worker->confined, job->mail);
}

/* The worker that has room for the next mail and the fewest before it; NULL. */
static struct worker *least_busy(const struct pool *pool, GBytes *mail)
{
        struct worker *least = NULL;
        for (guint i = 0; i < pool->workers->len; i++) {
                struct worker *worker = &g_array_index(pool->workers, struct worker, i);
                if (confined_has_room(worker->confined, mail) && (!least || worker->jobs.length < least->jobs.length))
                        least = worker;
        }
        return least;
}

static void give_out(struct pool *pool)
{
        const struct job *next;
        struct worker *worker;
        while ((next = g_queue_peek_head(&pool->waiting)) && (worker = least_busy(pool, next->mail)))
                give_job(pool, worker);
}

static bool is_overdue(const struct worker *worker)
{
        return g_get_monotonic_time() - worker->since >= LIMIT_WALL_SECONDS * G_TIME_SPAN_SECOND;
}

static void take_answers(struct worker *worker)
{
        do {
                struct job *job = g_queue_pop_head(&worker->jobs);
                job->answer = confined_take(worker->confined);
        } while (worker->jobs.length > 0 && confined_has_answer(worker->confined));
        worker->since = g_get_monotonic_time();
}

/* The workers have their next mails by now. */
static void read_answers(struct pool *pool)
{
        for (GList *at = pool->in_hand.head; at; at = at->next) {
                struct job *job = at->data;
                if (job->answer)
                        job->reading = answer_read(g_steal_pointer(&job->answer));
        }
}

/* Take in what the workers have to say; wait for one of them if none has yet. A worker that is overdue is asked too: it is ended then. */
static void collect(struct pool *pool, bool may_wait)
{
        g_autofree struct pollfd *polls = g_new0(struct pollfd, pool->workers->len);
        for (guint i = 0; i < pool->workers->len; i++) {
                const struct worker *worker = &g_array_index(pool->workers, struct worker, i);
                bool is_busy = worker->jobs.length > 0;
                polls[i] = (struct pollfd){.fd = is_busy ? confined_fd(worker->confined) : -1, .events = POLLIN};
                may_wait = may_wait && !(is_busy && polls[i].fd < 0);
        }
        poll(polls, pool->workers->len, may_wait ? LIMIT_WALL_SECONDS * 1000 : 0);
        for (guint i = 0; i < pool->workers->len; i++) {
                struct worker *worker = &g_array_index(pool->workers, struct worker, i);
                if (worker->jobs.length > 0 && (polls[i].fd < 0 || polls[i].revents != 0 || is_overdue(worker)))
                        take_answers(worker);
        }
        give_out(pool);
        read_answers(pool);
}

void pool_put(struct pool *pool, GBytes *mail, void *tag)
{
        struct job *job = g_new0(struct job, 1);
        job->mail = g_bytes_ref(mail);
        job->tag = tag;
        pool->bytes += g_bytes_get_size(mail);
        g_queue_push_tail(&pool->in_hand, job);
        g_queue_push_tail(&pool->waiting, job);
        collect(pool, false);
}

bool pool_is_full(const struct pool *pool)
{
        return pool->in_hand.length >= pool->workers->len * MAILS_AHEAD || pool->bytes > 2 * (gsize)LIMIT_MAIL;
}

bool pool_has_mail(const struct pool *pool)
{
        return pool->in_hand.length > 0;
}

struct reading *pool_take(struct pool *pool, void **tag)
{
        struct job *job = g_queue_peek_head(&pool->in_hand);
        g_assert(job && pool->workers->len > 0);
        while (!job->reading)
                collect(pool, true);
        g_queue_pop_head(&pool->in_hand);
        pool->bytes -= g_bytes_get_size(job->mail);
        *tag = job->tag;
        struct reading *reading = g_steal_pointer(&job->reading);
        job_free(job);
        return reading;
}
