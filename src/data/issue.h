/* An issue: one recurring problem of root@ mail, told by its sightings, and the task that stands for it in the tracker.
 * In: filled by the ledger from its rows; changed by decide/decide-root.c and by people. Out: plain struct. */
#ifndef MAILCLINIC_ISSUE_H
#define MAILCLINIC_ISSUE_H

#include "data/words.h"

#include <stdbool.h>

#include <glib.h>

/* How an issue stands with its sightings. */
enum issue_phase {
        ISSUE_NEW,       /* seen, not yet as often as `open:` asks for */
        ISSUE_RECURRING, /* as often: it is to have a task */
        ISSUE_QUIET,     /* not seen for `quiet_after` */
        ISSUE_BACK       /* seen again after it was quiet */
};

/* What a person wants of it. */
enum issue_wish {
        ISSUE_WATCH,
        ISSUE_SNOOZE, /* tell nothing before `snoozed_until` */
        ISSUE_IGNORE, /* never tell */
        ISSUE_MERGED  /* its sightings are of `merged_into` */
};

/* A host it was seen on. */
struct issue_host {
        char *name;
        gint64 sightings, first_seen, last_seen; /* Unix seconds, as all times here */
};

enum task_state {
        TASK_NONE,
        TASK_CREATING, /* the intent is committed, the answer is not known: reconcile before anything else */
        TASK_FILED
};

/* Its task; told_ fields say what the task's readers were told last. */
struct task {
        enum task_state state;
        gint64 started_at; /* of the creating */
        gint64 number;     /* T123; 0 */
        char *phid;        /* NULL */
        bool is_adopted;   /* a person's task that was linked: no marker within */
        gint64 told_at;    /* when it was created or commented on last; 0 */
        gint64 told_of;    /* sightings of the issue that were told */
        gint64 told_until; /* last_seen then */
        enum issue_phase told_phase;
};

struct issue {
        char *fingerprint;             /* "rmf" and 32 hexadecimal digits; never changes */
        char *kind;                    /* of its filter */
        char *title;                   /* one line, masked */
        char *template;                /* what its mails have in common, every variable a placeholder */
        char *field[ROOT_FIELD_COUNT]; /* of the newest sighting; NULL where mails do not say */
        GPtrArray *hosts;              /* struct issue_host, by name */
        gint64 sightings, first_seen, last_seen;
        enum issue_phase phase;
        gint64 quiet_after; /* seconds without a sighting after which it is quiet */
        int returns;        /* how often it was seen again after it was quiet */
        enum issue_wish wish;
        gint64 snoozed_until;
        char *merged_into;  /* NULL */
        bool is_sensitive;  /* filed only under a restricted policy */
        bool is_fileable;   /* sighted at least once in mail from `internal:` and of a kind that files */
        char *newest_id;    /* Message-ID of the newest sighting; NULL */
        gint64 newest_mail; /* its id in the ledger */
        struct task task;
};

/* One mail of it. */
struct sighting {
        char *issue;  /* fingerprint; NULL where the mail does not count (all is well) */
        char *via;    /* of the issue that it would be of, had a person not merged that one; else the same */
        char *host;   /* NULL where the mail names none */
        gint64 at;    /* when our mail server received the mail, else its date */
        bool is_ours; /* it came from `internal:` */
};

struct issue_host *issue_host_new(const char *name);
void issue_host_free(struct issue_host *host);
struct issue *issue_new(const char *fingerprint);
void issue_free(struct issue *issue);

struct sighting *sighting_new(const char *issue);
void sighting_free(struct sighting *sighting);

/* One spelling each: "new", "recurring", "quiet", "back"; "watch", "snooze", "ignore", "merged"; "none", "creating", "filed". */
const char *issue_phase_word(enum issue_phase phase);
const char *issue_wish_word(enum issue_wish wish);
const char *task_state_word(enum task_state state);

/* The member with this spelling; -1 where there is none. */
int issue_phase_from_word(const char *word);
int issue_wish_from_word(const char *word);
int task_state_from_word(const char *word);

#endif
