/* What stands between deliver and the mail server: silence, and 75 for every death but SIGKILL (DELIVERY.md 1, 3 and 7).
 * In: a process as exim starts it. Out: the same process, mute and unable to bounce a mail. */
#ifndef MAILCLINIC_SHIELD_H
#define MAILCLINIC_SHIELD_H

/* How a process ends that did not do what it should: the mail server keeps the mail; or, of a tap, nobody is troubled. */
enum shield_end { SHIELD_DEFERS, SHIELD_PASSES };

/* Put /dev/null over standard output and error (and input, if it is closed), close all other descriptors, reset signals; fatal ones and the
 * alarm after `seconds` end the process with EX_TEMPFAIL, or of a tap 0. Plain system calls alone. */
void shield_raise(unsigned seconds, enum shield_end end);

#endif
