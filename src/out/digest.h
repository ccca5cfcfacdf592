/* The digest: a week handed over in words, for a wiki page, a mail, and a line in the chat.
 * In: a roundup. Out: Markdown, plain text or a whole mail. */
#ifndef MAILCLINIC_DIGEST_H
#define MAILCLINIC_DIGEST_H

#include "out/roundup.h"

enum digest_form { DIGEST_PLAIN, DIGEST_MARKDOWN };

/* Caller frees. */
char *digest_text(const struct roundup *roundup, enum digest_form form);

/* The same, plain, as a mail (RFC 5322) to an address, for `sendmail -t`: what is sent has the date and the sender that the mail server
 * puts there. Caller frees. */
char *digest_mail(const struct roundup *roundup, const char *address);

/* Whether an address can stand in a header. */
bool digest_is_address(const char *address);

/* One line for the topic of a chat channel. Caller frees. */
char *digest_topic(const struct roundup *roundup);

#endif
