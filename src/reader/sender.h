/* Who sent it: what our own mail server verified of the sender (RFC 8601, RFC 8617), behind lists and forwards (DESIGN.md "Who sent it").
 * In: a mail's headers and the settings. Out: passed, unchecked or failed, for one vendor's domains. */
#ifndef MAILCLINIC_SENDER_H
#define MAILCLINIC_SENDER_H

#include "base/re.h"
#include "data/filter.h"
#include "data/mail.h"
#include "data/settings.h"

/* A domain that our own server's topmost Authentication-Results (or what a trusted sealer reports) says passed DKIM, DMARC or SPF. */
struct verified {
        char *domain; /* lower case */
        char *how;    /* "dkim=pass by mx.example.net" */
};

struct sender_check {
        GPtrArray *passed; /* struct verified */
        GPtrArray *failed; /* struct verified: dkim=fail, dmarc=fail ... with nothing that passed for that domain */
        char *trusted;     /* the authserv-id whose word was taken; NULL where there was none */
};

/* What was verified. Fields that an outsider can write count only as DESIGN.md says. Never fails. Caller frees. */
struct sender_check *sender_check(const struct mail *mail, const struct settings *settings);
void sender_check_free(struct sender_check *check);

/* The addresses the mail may come from, nearest the truth first: X-Original-Sender, X-Original-From, Reply-To, From, Sender, then `From:`
 * lines of a quoted header in the bodies and the From of enclosed messages. Array of struct header (name: the header, or "quoted From";
 * value: the bare address, lower case). Caller frees. */
GPtrArray *sender_addresses(const struct mail *mail);

/* passed if a passed domain is, or is a parent or child of, the address's domain, or matches one of the vendor's dkim patterns; failed if
 * one that failed does; else unchecked. `how` (borrowed from check) is set to what it rests on, or NULL. */
enum sender sender_verdict(const struct sender_check *check, const char *address, const struct words *dkim, struct re_set *patterns,
                           const char **how);

#endif
