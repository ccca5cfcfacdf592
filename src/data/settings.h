/* The few settings that the reader needs: whom our mail server is, and whose seals it may be believed about.
 * In: the configuration file. Out: plain struct. */
#ifndef MAILCLINIC_SETTINGS_H
#define MAILCLINIC_SETTINGS_H

#include "data/filter.h"

#include <glib.h>

struct settings {
        struct words authserv_ids; /* authserv-ids of our own mail servers (RFC 8601) */
        struct words sealers;      /* domains whose ARC seals we believe (RFC 8617) */
        char *filters;             /* directory of site filters; NULL: none */
};

/* Read a configuration file. A missing one is an error; with path NULL, $XDG_CONFIG_HOME/mailclinic/config.yaml, else
 * /etc/mailclinic/config.yaml, else defaults. Caller frees. */
struct settings *settings_load(const char *path, GError **error);
void settings_free(struct settings *settings);

#endif
