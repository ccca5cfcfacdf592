/* Content lines of iCalendar as they are written (RFC 5545 3.1).
 * In: lines that end in CRLF. Out: the same, none over 75 octets. */
#ifndef MAILCLINIC_CONTENT_H
#define MAILCLINIC_CONTENT_H

/* Fold each line of valid UTF-8 after at most 75 octets, never within a character. Caller frees. */
char *content_fold(const char *text);

#endif
