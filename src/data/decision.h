/* A person's decision on a mail or an issue: what was done, by whom, upon what; and what was said to be otherwise than read.
 * In: filled by the review command, or read back from a line of decisions.jsonl. Out: plain structs. */
#ifndef MAILCLINIC_DECISION_H
#define MAILCLINIC_DECISION_H

#include <stdbool.h>

#include "data/words.h"

#include <glib.h>
#include <jansson.h>

enum deed {
        DEED_ACCEPT,  /* the mail says what was read */
        DEED_CORRECT, /* it says something else: struct correction */
        DEED_UNDO,    /* the last decision on this mail is taken back */
        DEED_NOTE,    /* a remark for people; changes nothing */
        /* On an issue, not a mail: */
        DEED_SNOOZE,     /* say nothing of it until a time */
        DEED_IGNORE,     /* say nothing of it */
        DEED_MERGE,      /* it is the same as another one */
        DEED_LINK,       /* a task that is there is its task */
        DEED_UNDO_ISSUE, /* the last decision on this issue is taken back */
};

/* What makes a mail the same mail (DESIGN.md "Same mail, once"). All NULL: none. */
struct mail_name {
        enum stream stream;
        char *message_id; /* NULL: the mail has none */
        char *text_hash;
};

/* What a person says in place of what was read: NULL, NONE and empty where the reading holds. */
struct correction {
        bool is_no_maintenance; /* nothing of it belongs into the calendar */
        enum kind kind;
        enum status status;
        char *vendor, *maintenance_id;
        char *same_as;       /* key of the maintenance that it is about */
        GPtrArray *windows;  /* struct window (data/reading.h) */
        GPtrArray *circuits; /* struct circuit: what is said of each; IMPACT_NONE: the impact that was read holds */
        GPtrArray *without;  /* char *: circuits that are called off, or none of it, while the others stay */
};

struct decision {
        gint64 number; /* from 1, in the order of deciding; 0: not recorded yet */
        enum deed deed;
        gint64 at;              /* Unix seconds */
        char *by;               /* login name */
        struct mail_name mail;  /* decided on; none where it is an issue */
        struct mail_name after; /* the newest mail in the ledger then: where to decide again when the ledger is rebuilt */
        char *revision;         /* of what it was made upon */
        struct correction correction;
        char *text;   /* of a note; NULL */
        char *issue;  /* fingerprint of the issue that is decided on; NULL: a mail */
        char *into;   /* fingerprint, of a merge; NULL */
        gint64 until; /* of a snooze */
        gint64 task;  /* number, of a link */
};

/* What was done, as a word: "accept". */
const char *deed_word(enum deed deed);
int deed_from_word(const char *word);

/* Whether it is done to an issue; else to a mail. */
bool decision_is_on_issue(enum deed deed);

struct decision *decision_new(enum deed deed);
void decision_free(struct decision *decision);

/* One line of decisions.jsonl, and the way back, every member checked: NULL and an error that names the member. */
json_t *decision_to_json(const struct decision *decision);
struct decision *decision_from_json(const json_t *json, GError **error);

#endif
