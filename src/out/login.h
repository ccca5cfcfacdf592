/* Who we are to a calendar or a tracker: secrets from files of mode 0600, or from commands, never from the configuration.
 * In: what the configuration names. Out: user and password, or a token. */
#ifndef MAILCLINIC_LOGIN_H
#define MAILCLINIC_LOGIN_H

#include "data/settings.h"

struct login {
        char *user, *password; /* Basic */
        char *token;           /* Bearer */
};

/* Of the tracker: token, and its user where bot_file names one. *url is the base URL: as configured, else of bot_file. NULL and an error as
 * below. Caller frees both. */
struct login *login_of_tracker(const struct tracker_settings *tracker, char **url, GError **error);

/* Of a calendar. With nothing configured all members are NULL. NULL and an error: a secret cannot be had, its file may be read by others,
 * or the configuration names several, or half of one. Caller frees. */
struct login *login_new(const struct calendar_target *target, GError **error);
void login_free(struct login *login);

#endif
