/* The settings: whom our mail server is, whose seals it may be believed about, and where the events go.
 * In: the configuration file. Out: plain struct. */
#ifndef MAILCLINIC_SETTINGS_H
#define MAILCLINIC_SETTINGS_H

#include "data/filter.h"

#include <glib.h>

/* How a target shows that an event is cancelled: by its status; by its title alone, where a cancelled event would vanish; or not at all. */
enum cancel_mode { CANCEL_UNSET, CANCEL_STATUS, CANCEL_TITLE, CANCEL_DELETE };

/* What `publish` writes; NULL: not. */
struct publish_settings {
        char *feed; /* file to subscribe to */
        char *vdir; /* directory of one file for each event */
        char *name; /* of the calendar */
};

/* A calendar that `flush` keeps. */
struct target {
        char *name; /* in the outbox and in messages */
        char *url;  /* of the collection (RFC 4791) */
        char *user; /* Basic; NULL: a token, or nobody */
        char *password_file, *token_file;
        char *token_command; /* prints a token */
        enum cancel_mode cancel_mode;
};

struct settings {
        struct words authserv_ids; /* authserv-ids of our own mail servers (RFC 8601) */
        struct words sealers;      /* domains whose ARC seals we believe (RFC 8617) */
        char *filters;             /* directory of site filters; NULL: none */
        struct publish_settings publish;
        struct target *calendars;
        unsigned calendars_n;
};

/* Read a configuration file. A missing one is an error; with path NULL, $XDG_CONFIG_HOME/mailclinic/config.yaml, else
 * /etc/mailclinic/config.yaml, else defaults. Caller frees. */
struct settings *settings_load(const char *path, GError **error);
void settings_free(struct settings *settings);

#endif
