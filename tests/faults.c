/* What a machine can do to a program, to be put before libc by LD_PRELOAD: a clock that is wrong, memory that runs out.
 * In: FAULT_SECONDS (added to the time of day), FAULT_MALLOC (the allocation that fails, counted from 1; from then on all do). Out: wrong answers. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
int clock_gettime(clockid_t id, struct timespec *time);

static long long ahead(void)
{
        const char *seconds = getenv("FAULT_SECONDS");
        return seconds ? atoll(seconds) : 0;
}

/* Only the time of day: what is measured by the monotonic clock is not touched by those who set the time. */
int clock_gettime(clockid_t id, struct timespec *time)
{
        static int (*next)(clockid_t, struct timespec *);
        if (!next)
                next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
        int status = next(id, time);
        if (status == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
                time->tv_sec += ahead();
        return status;
}

int gettimeofday(struct timeval *time, void *zone)
{
        struct timespec now;
        (void)zone;
        clock_gettime(CLOCK_REALTIME, &now);
        *time = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
        return 0;
}

time_t time(time_t *at)
{
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        if (at)
                *at = now.tv_sec;
        return now.tv_sec;
}

/* Counted from the first call: the loader's own are before us. */
static int runs_out(void)
{
        static long n, failing = -1;
        if (failing < 0) {
                const char *text = getenv("FAULT_MALLOC");
                failing = text ? atol(text) : 0;
        }
        int is_out = failing > 0 && __atomic_add_fetch(&n, 1, __ATOMIC_RELAXED) >= failing;
        if (is_out)
                errno = ENOMEM;
        return is_out;
}

void *malloc(size_t size)
{
        return runs_out() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
        return runs_out() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *pointer, size_t size)
{
        return runs_out() ? NULL : __libc_realloc(pointer, size);
}
