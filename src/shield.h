/* What stands between deliver and the mail server: silence, and 75 for every death but SIGKILL (DELIVERY.md 1, 3 and 7).
 * In: a process as exim starts it. Out: the same process, mute and unable to bounce a mail. */
#ifndef MAILCLINIC_SHIELD_H
#define MAILCLINIC_SHIELD_H

/* Put /dev/null over standard output and error (and input, if it is closed), close all other descriptors, reset signals; fatal ones and the
 * alarm after `seconds` end the process with EX_TEMPFAIL. Plain system calls alone. */
void shield_raise(unsigned seconds);

#endif
