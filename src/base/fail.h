/* What can go wrong outside a mail: one GError domain whose codes are the exit statuses of sysexits(3).
 * In: nothing. Out: errors whose message is a full phrase naming the file, line, field or call. */
#ifndef MAILCLINIC_FAIL_H
#define MAILCLINIC_FAIL_H

#include <glib.h>
#include <sysexits.h>

#define FAIL fail_quark()

enum fail {
        FAIL_USAGE = EX_USAGE,   /* the command line */
        FAIL_DATA = EX_DATAERR,  /* a file's content */
        FAIL_INPUT = EX_NOINPUT, /* a file that cannot be opened */
        FAIL_OWN = EX_SOFTWARE,  /* our own fault */
        FAIL_SYSTEM = EX_OSERR,  /* fork, pipe and the like */
        FAIL_IO = EX_IOERR,      /* reading or writing */
        FAIL_CONFIG = EX_CONFIG, /* configuration and filters */
};

/* The error domain. */
GQuark fail_quark(void);

/* The exit status that tells of this error: its code if it is one of ours, EX_SOFTWARE otherwise. */
int fail_status(const GError *error);

#endif
