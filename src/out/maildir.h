/* Delivery into a Maildir: a mail is there whole and durably, or not at all.
 * In: bytes, a name that is the mail's alone. Out: a file in new/. */
#ifndef MAILCLINIC_MAILDIR_H
#define MAILCLINIC_MAILDIR_H

#include <stdbool.h>

#include <glib.h>

/* Write head and mail to tmp/NAME, make them durable and move them to new/NAME (https://cr.yp.to/proto/maildir.html); the folders are made
 * if they are missing (0700). Of one name only one process may be at work. */
bool maildir_put(const char *folder, const char *name, const char *head, GBytes *mail, GError **error);

/* Whether a mail of this name was put there and is there still, seen by a reader (cur/NAME:2,...) or not. */
bool maildir_has(const char *folder, const char *name);

#endif
