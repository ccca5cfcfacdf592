/* Text from mail for readers whom the mail was not meant for: without its secrets.
 * In: any text. Out: the text with "[redacted]" for each of them. */
#ifndef MAILCLINIC_REDACT_H
#define MAILCLINIC_REDACT_H

#include <glib.h>

struct redactor;

struct redactor *redactor_new(void);
void redactor_free(struct redactor *redactor);

/* The text as valid UTF-8 without controls but line break and TAB, each secret replaced (out/secret.h), also one that is split over lines
 * (as they stand, or with the marks of quoting, of quoted-printable or of a shell between them). A text that is too long to be looked
 * through (LIMIT_RE_SUBJECT) is cut before its last whole word. NULL gives "". Caller frees. */
char *redact(struct redactor *redactor, const char *text);

#endif
