/* The configuration: whom our mail server is and whose seals it may be believed about, where the ledger is, how far decisions may go, and
 * where events go.
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
        char *keep; /* how long events stay there after their end: a length of time; NULL: 400 days */
};

/* How long mails are kept that needed no action: lengths of time; NULL: for ever. */
struct keep_settings {
        char *mails;   /* as they came */
        char *history; /* what is known of them */
};

struct folder_settings {
        char *of[RESOLUTION_REVIEW + 1]; /* by enum resolution, beneath the Maildir; NULL: see settings_folder() */
};

/* Where `deliver` puts a mail once it is recorded. */
struct maildir_settings {
        char *path; /* NULL: nowhere */
        struct folder_settings folders;
};

/* A calendar that `flush` keeps. */
struct calendar_target {
        char *name; /* in the outbox and in messages */
        char *url;  /* of the collection (RFC 4791) */
        char *user; /* Basic; NULL: a token, or nobody */
        char *password_file, *token_file;
        char *token_command; /* prints a token */
        enum cancel_mode cancel_mode;
};

/* An answer of yes or no that need not be given. */
enum consent { CONSENT_NOT_GIVEN, CONSENT_YES, CONSENT_NO };

/* What a sender that was not checked may do: CHECK instead of a cancellation or an end, or all (DESIGN.md "Who sent it"). */
enum trust_unchecked { TRUST_CHECK, TRUST_ACT };

/* How exact the times of a vendor are. */
enum precision { PRECISION_TIME, PRECISION_DAY };

struct trust {
        enum trust_unchecked unchecked;
};

struct vendor_setting {
        char *vendor; /* the filter's short name */
        struct trust trust;
        enum precision precision;
};

/* Addresses of the streams: "maint-announce@example.org", or the local part alone: whatever the domain. */
struct stream_settings {
        struct words address[STREAM_ROOT + 1]; /* by enum stream; none: "maint-announce", "root" */
};

struct settings {
        struct words authserv_ids; /* authserv-ids of our own mail servers (RFC 8601) */
        struct words sealers;      /* domains whose ARC seals we believe (RFC 8617) */
        char *filters;             /* directory of site filters; NULL: none */
        char *ledger;              /* directory of the ledger; NULL: see settings_ledger() */
        struct stream_settings streams;
        struct vendor_setting *vendors;
        unsigned vendors_n;
        enum consent publish_review; /* whether doubtful events are published; not given: yes */
        char *link_template;         /* with {msgid}; NULL: links are made from the list's headers alone */
        char *act_from;              /* "2026-11-24": mails before it are recorded, not acted on; NULL: none */
        struct maildir_settings maildir;
        struct keep_settings keep;
        struct publish_settings publish;
        struct calendar_target *calendars;
        unsigned calendars_n;
};

/* Read a configuration file. A missing one is an error; with path NULL, $XDG_CONFIG_HOME/mailclinic/config.yaml, else
 * /etc/mailclinic/config.yaml, else defaults. Caller frees. */
struct settings *settings_load(const char *path, GError **error);
void settings_free(struct settings *settings);

/* Where the ledger is: as configured, else $XDG_STATE_HOME/mailclinic. Caller frees. */
char *settings_ledger(const struct settings *settings);

/* A length of time of the configuration, such as "400d", in seconds; 0 for NULL. */
gint64 settings_seconds(const char *span);

/* The folder of a resolution, beneath maildir.path: as configured, else .calendar, .no-action, .task, and for review "." (the Maildir
 * itself). */
const char *settings_folder(const struct settings *settings, enum resolution resolution);

/* act_from as Unix seconds, the beginning of that day (UTC); G_MININT64 where it is not given. */
gint64 settings_act_from(const struct settings *settings);

/* The vendors of which this holds; NULL-terminated, names borrowed. Caller frees the array alone. */
const char **settings_trusted(const struct settings *settings);
const char **settings_by_day(const struct settings *settings);

#endif
