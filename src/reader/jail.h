/* What holds the reader's process: limits, Landlock and seccomp, all kept to for the rest of its life.
 * In: a process that has opened all it needs. Out: the same process without network, exec or write rights. */
#ifndef MAILCLINIC_JAIL_H
#define MAILCLINIC_JAIL_H

/* Lock this process in for good. It may still read beneath the folders of iconv's converters and of the zone data, which glibc and GLib
 * open when first asked. What the kernel lacks is left out, never fatal. Gives "Landlock ABI 4, seccomp, limits", or the same words saying
 * what is missing and why. Caller frees. */
char *jail_enter(void);

#endif
