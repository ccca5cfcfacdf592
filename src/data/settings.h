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

/* What a task shows of its mails: what they have in common, or the newest one's text without its secrets. */
enum quote { QUOTE_UNSET, QUOTE_TEMPLATE, QUOTE_EXCERPT };

struct tracker_caps {
        char *tasks_per_day, *tasks_per_run, *comments_per_day; /* NULL: see settings_cap() */
};

/* The Phabricator or Phorge in which `flush` files issues (TRACKER.md). */
struct tracker_settings {
        char *url;                   /* NULL: of bot_file, or no tracker */
        char *contact;               /* for its administrators */
        char *token_file, *bot_file; /* one of them; bot_file: an INI file with [phabricator_bot] */
        char *parent;                /* "T132324" */
        struct words projects;       /* names in lower case, as in the URL of a project */
        struct words subscribers;    /* user names */
        char *priority;              /* keyword; NULL: the tracker's own */
        char *view;                  /* project whose members alone see the tasks; "users"; NULL: the tracker's own */
        enum quote quote;
        struct tracker_caps caps;
        char *patience; /* seconds that a request whose answer was lost may still be at work there; NULL: 60 */
        char *pause;    /* seconds between two requests; NULL: 1 */
};

/* Who is to know of issues like these; what is not given holds of all. Host and job are globs, or patterns between slashes. */
struct owner_rule {
        char *kind, *host, *job; /* NULL: any */
        struct words projects, subscribers;
        char *priority; /* NULL: the tracker's */
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

/* Who has clinic duty in which week. */
struct roster_settings {
        char *file; /* absolute; NULL: there is none */
        char *zone; /* tz name in which weeks turn; NULL: UTC */
};

/* What somebody whom the roster names is called in the tracker. */
struct person {
        char *name, *user;
};

/* Addresses of the streams: "maint-announce@example.org", or the local part alone: whatever the domain. */
struct stream_settings {
        struct words address[STREAM_ROOT + 1]; /* by enum stream; none: "maint-announce", "root" */
};

/* How often a kind of root@ mail must be seen for a task, and when it is quiet; NULL: as its filter says. */
struct kind_setting {
        char *kind;
        struct root_open open;
        char *quiet;
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
        struct words internal; /* hosts and networks (data/network.h) whose root@ mail may open tasks */
        struct root_open open; /* of kinds whose filters do not say; NULL: see rules_for() (data/rules.h) */
        char *quiet;
        struct kind_setting *kinds;
        unsigned kinds_n;
        struct publish_settings publish;
        struct calendar_target *calendars;
        unsigned calendars_n;
        struct tracker_settings tracker;
        struct owner_rule *owners; /* the first that holds counts */
        unsigned owners_n;
        struct roster_settings roster;
        struct person *people;
        unsigned people_n;
        char *path; /* of the file that was read; NULL: there was none */
};

/* Read a configuration file. A missing one is an error; with path NULL, $XDG_CONFIG_HOME/mailclinic/config.yaml, else
 * /etc/mailclinic/config.yaml, else defaults. Caller frees. */
struct settings *settings_load(const char *path, GError **error);
void settings_free(struct settings *settings);

/* The file that settings_load() reads. Caller frees. */
char *settings_where(const char *path);

/* Where the ledger is: as configured, else $XDG_STATE_HOME/mailclinic. Caller frees. */
char *settings_ledger(const struct settings *settings);

/* A length of time of the configuration, such as "400d", in seconds; 0 for NULL. */
gint64 settings_seconds(const char *span);

/* The folder of a resolution, beneath maildir.path: as configured, else .calendar, .no-action, .task, and for review "." (the Maildir
 * itself). */
const char *settings_folder(const struct settings *settings, enum resolution resolution);

/* act_from as Unix seconds, the beginning of that day (UTC); G_MININT64 where it is not given. */
gint64 settings_act_from(const struct settings *settings);

/* Whether issues are to be filed in a tracker. */
bool settings_has_tracker(const struct settings *settings);

/* A number of the configuration, or what holds where it is not given. */
gint64 settings_cap(const char *text, gint64 otherwise);

/* The vendors of which this holds; NULL-terminated, names borrowed. Caller frees the array alone. */
const char **settings_trusted(const struct settings *settings);
const char **settings_by_day(const struct settings *settings);

#endif
