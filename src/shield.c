/* What stands between deliver and the mail server: silence, and 75 for every death but SIGKILL (DELIVERY.md 1, 3 and 7).
 * In: a process as exim starts it. Out: the same process, mute and unable to bounce a mail. */
#include "config.h"

#include "shield.h"

#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#ifdef SANITIZED
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

enum { STACK_SIZE = 64 * 1024, HEAP_STEP = 512 * 1024 };

/* Anything else would bounce the mail; exim's own signals are ignored when it starts us, so all are set. */
static void defer(int number)
{
        (void)number;
        _exit(EX_TEMPFAIL);
}

static void pass(int number)
{
        (void)number;
        _exit(EX_OK);
}

/* A stack overflow leaves no stack to handle it on. */
static void set_stack(void)
{
        void *memory = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
        stack_t stack = {.ss_sp = memory, .ss_size = STACK_SIZE};
        if (memory == MAP_FAILED || sigaltstack(&stack, NULL) != 0)
                _exit(EX_TEMPFAIL);
}

static void set_signals(enum shield_end end)
{
        static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGXCPU, SIGXFSZ};
        static const int ends[] = {SIGHUP,  SIGINT,    SIGQUIT, SIGTERM, SIGALRM, SIGUSR1,
                                   SIGUSR2, SIGVTALRM, SIGPROF, SIGIO,   SIGPWR,  SIGSTKFLT};
        struct sigaction action = {.sa_handler = end == SHIELD_PASSES ? pass : defer, .sa_flags = SA_ONSTACK};
        sigset_t none;
        sigemptyset(&action.sa_mask);
        /* Sanitizers tell of crashes by themselves. */
        for (size_t i = 0; i < sizeof crashes / sizeof *crashes && !IS_SANITIZED; i++)
                sigaction(crashes[i], &action, NULL);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
                sigaction(ends[i], &action, NULL);
        signal(SIGPIPE, SIG_IGN);
        signal(SIGCHLD, SIG_DFL);
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
}

static void silence(void)
{
        int null = open("/dev/null", O_RDWR);
        while (null >= 0 && null <= STDERR_FILENO)
                null = dup(null);
        if (null < 0 || dup2(null, STDOUT_FILENO) < 0 || (!IS_SANITIZED && dup2(null, STDERR_FILENO) < 0))
                _exit(EX_TEMPFAIL);
        close_range(STDERR_FILENO + 1, ~0U, 0);
}

/* A process that is over in a moment gives nothing back to the kernel before: it would take it again, page by page. */
static void keep_memory(void)
{
        mallopt(M_TOP_PAD, HEAP_STEP);
        mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

void shield_raise(unsigned seconds, enum shield_end end)
{
        silence();
        set_stack();
        set_signals(end);
        umask(077);
        alarm(seconds);
        keep_memory();
}
