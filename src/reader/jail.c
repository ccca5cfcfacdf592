/* What holds the reader's process: limits, Landlock and seccomp (DELIVERY.md 9; landlock(7), seccomp(2)).
 * In: a process that has opened all it needs. Out: the same process without network, exec or write rights. */
#include "config.h"

#include "reader/jail.h"

#include "base/limits.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SANITIZED
enum { HAVE_SECCOMP = false, HAVE_MEMORY_LIMIT = false };
#else
enum { HAVE_SECCOMP = true, HAVE_MEMORY_LIMIT = true };
#endif

/* Calls without a say outside the process, and those that read. The default is ENOSYS, not death: glibc's calls differ between releases,
 * and it knows how to do without. */
static const char *const allowed[] = {
        "read",
        "readv",
        "pread64",
        "write",
        "writev",
        "lseek",
        "_llseek",
        "close",
        "fstat",
        "fstat64",
        "stat",
        "stat64",
        "lstat",
        "lstat64",
        "newfstatat",
        "fstatat64",
        "statx",
        "access",
        "faccessat",
        "faccessat2",
        "readlink",
        "readlinkat",
        "getdents",
        "getdents64",
        "mmap",
        "mmap2",
        "munmap",
        "mremap",
        "mprotect",
        "madvise",
        "brk",
        "futex",
        "futex_time64",
        "rt_sigaction",
        "rt_sigprocmask",
        "rt_sigreturn",
        "sigreturn",
        "sigaltstack",
        "clock_gettime",
        "clock_gettime64",
        "clock_getres",
        "clock_getres_time64",
        "gettimeofday",
        "time",
        "getrandom",
        "getpid",
        "gettid",
        "getuid",
        "geteuid",
        "getgid",
        "getegid",
        "uname",
        "sysinfo",
        "sched_yield",
        "sched_getaffinity",
        "setitimer",
        "restart_syscall",
        "exit",
        "exit_group",
};

/* As <linux/landlock.h>, which in Debian 12 ends with ABI 2. A kernel takes a longer struct than it knows if the rest is zero. */
struct ruleset {
        uint64_t fs, net, scoped;
};

/* All rights that a kernel of this ABI can take away. */
static struct ruleset ruleset_for(long abi)
{
        struct ruleset ruleset = {.fs = (1U << 13) - 1};
        if (abi >= 2)
                ruleset.fs |= LANDLOCK_ACCESS_FS_REFER;
        if (abi >= 3)
                ruleset.fs |= 1U << 14; /* TRUNCATE */
        if (abi >= 4)
                ruleset.net = 3; /* BIND_TCP, CONNECT_TCP */
        if (abi >= 5)
                ruleset.fs |= 1U << 15; /* IOCTL_DEV */
        if (abi >= 6)
                ruleset.scoped = 3; /* ABSTRACT_UNIX_SOCKET, SIGNAL */
        return ruleset;
}

static void allow_reading(int rules, const char *path)
{
        int folder = open(path, O_PATH | O_CLOEXEC);
        if (folder < 0)
                return;
        struct landlock_path_beneath_attr rule = {
                .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                .parent_fd = folder,
        };
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(folder);
}

/* Converters of glibc, which stand beside it, and zone data; a folder that is not there does no harm. */
static void allow_readable(int rules)
{
        Dl_info libc = {0};
        void *of_libc = dlsym(RTLD_DEFAULT, "gnu_get_libc_version");
        g_autofree char *folder = of_libc && dladdr(of_libc, &libc) ? g_path_get_dirname(libc.dli_fname) : NULL;
        g_autofree char *converters = folder ? g_build_filename(folder, "gconv", NULL) : NULL;
        if (converters)
                allow_reading(rules, converters);
        allow_reading(rules, "/usr/share/zoneinfo");
}

static void enter_landlock(GString *how)
{
        long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
        struct ruleset ruleset = ruleset_for(abi);
        int rules = abi < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &ruleset, sizeof(ruleset), 0);
        if (rules < 0) {
                g_string_append_printf(how, "no Landlock (%s)", g_strerror(errno));
                return;
        }
        allow_readable(rules);
        if (syscall(SYS_landlock_restrict_self, rules, 0) == 0)
                g_string_append_printf(how, "Landlock ABI %ld", abi);
        else
                g_string_append_printf(how, "no Landlock (%s)", g_strerror(errno));
        close(rules);
}

/* Calls that are harmless with some arguments alone: opening to read, ending oneself as glibc's abort() does, asking for limits. */
static int allow_some(scmp_filter_ctx filter)
{
        const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC, all = ~(scmp_datum_t)0, self = (scmp_datum_t)getpid();
        const struct {
                int call;
                struct scmp_arg_cmp argument;
        } some[] = {
                {SCMP_SYS(open), {.arg = 1, .op = SCMP_CMP_MASKED_EQ, .datum_a = writing, .datum_b = O_RDONLY}},
                {SCMP_SYS(openat), {.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = writing, .datum_b = O_RDONLY}},
                {SCMP_SYS(tgkill), {.arg = 0, .op = SCMP_CMP_MASKED_EQ, .datum_a = all, .datum_b = self}},
                {SCMP_SYS(prlimit64), {.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = all, .datum_b = 0}},
        };
        int failed = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(some) && failed == 0; i++)
                failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, some[i].call, 1, &some[i].argument);
        return failed;
}

static int load_seccomp(scmp_filter_ctx filter)
{
        int failed = allow_some(filter);
        for (gsize i = 0; i < G_N_ELEMENTS(allowed) && failed == 0; i++) {
                int call = seccomp_syscall_resolve_name(allowed[i]);
                if (call != __NR_SCMP_ERROR)
                        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
        }
        return failed != 0 ? failed : seccomp_load(filter);
}

static void enter_seccomp(GString *how)
{
        scmp_filter_ctx filter = HAVE_SECCOMP ? seccomp_init(SCMP_ACT_ERRNO(ENOSYS)) : NULL;
        if (filter == NULL) {
                g_string_append(how, HAVE_SECCOMP ? ", no seccomp" : ", no seccomp (built with sanitizers)");
                return;
        }
        int failed = load_seccomp(filter);
        if (failed == 0)
                g_string_append(how, ", seccomp");
        else
                g_string_append_printf(how, ", no seccomp (%s)", g_strerror(-failed));
        seccomp_release(filter);
}

/* The address space that this process has already: shared libraries, filters, and a mailbox that the parent may have mapped. */
static rlim_t address_space(void)
{
        unsigned long pages = 0;
        FILE *file = fopen("/proc/self/statm", "re");
        if (file == NULL || fscanf(file, "%lu", &pages) != 1)
                pages = 0;
        if (file != NULL)
                fclose(file);
        return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool limit(__rlimit_resource_t resource, rlim_t most)
{
        struct rlimit now;
        if (getrlimit(resource, &now) != 0)
                return false;
        rlim_t value = MIN(most, now.rlim_max); /* RLIM_INFINITY is the greatest number */
        return setrlimit(resource, &(struct rlimit){value, value}) == 0;
}

/* Descriptors: standard three, the parent's, and a few for a converter that is loaded with the libraries it needs. */
static void enter_limits(GString *how)
{
        bool all = limit(RLIMIT_CORE, 0);
        all &= limit(RLIMIT_FSIZE, 0);
        all &= limit(RLIMIT_NPROC, 0);
        all &= limit(RLIMIT_NOFILE, 16);
        if (HAVE_MEMORY_LIMIT)
                all &= limit(RLIMIT_AS, address_space() + LIMIT_MEMORY);
        g_string_append(how, !all ? ", not all limits" : HAVE_MEMORY_LIMIT ? ", limits" : ", limits but for memory");
}

char *jail_enter(void)
{
        GString *how = g_string_new(NULL);
        g_autoptr(GString) limits = g_string_new(NULL);
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
        enter_limits(limits); /* first, since seccomp refuses to set them */
        enter_landlock(how);
        enter_seccomp(how);
        g_string_append(how, limits->str);
        return g_string_free(how, FALSE);
}
