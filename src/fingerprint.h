/* What would be one issue, and why: mails of root@ grouped, for `fingerprint`.
 * In: mailboxes. Out: a text for people. */
#ifndef MAILCLINIC_FINGERPRINT_H
#define MAILCLINIC_FINGERPRINT_H

#include <stdbool.h>

#include "out/paint.h"
#include "reader/reader.h"

/* Read all mails of the paths as root@ mail, group them in their order, and print each issue: its mails and hosts, its signature, and what
 * set it apart from the nearest other one. Of two mails it is also said whether they are one issue. Paths that cannot be read are said on
 * stderr: false then. false and an error if nothing can be read at all. */
bool fingerprint_mails(const struct reader *reader, const char *const *paths, const struct paint *paint, GError **error);

#endif
