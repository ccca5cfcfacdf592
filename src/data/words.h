/* The closed words of the program: what a status, an impact, a kind, a field ... may be called (DESIGN.md "Words").
 * In: text. Out: enums, and their one spelling. */
#ifndef MAILCLINIC_WORDS_H
#define MAILCLINIC_WORDS_H

#include <glib.h>

/* BCOP maintenance status, in the order in which a text that names several is decided (FILTERS.md "How it reads" 6). */
enum status {
        STATUS_NONE,
        STATUS_CANCELLED,
        STATUS_COMPLETED,
        STATUS_RESCHEDULED,
        STATUS_IN_PROCESS,
        STATUS_TENTATIVE,
        STATUS_CONFIRMED,
        STATUS_NO_CHANGE,
        STATUS_COUNT,
};

/* BCOP impact, in the same manner: the worst first. */
enum impact { IMPACT_NONE, IMPACT_OUTAGE, IMPACT_DEGRADED, IMPACT_REDUCED_REDUNDANCY, IMPACT_NO_IMPACT, IMPACT_COUNT };

enum kind {
        KIND_NONE,
        KIND_NEW,
        KIND_CONFIRMED,
        KIND_UPDATE,
        KIND_RESCHEDULE,
        KIND_POSTPONED,
        KIND_EXTENDED,
        KIND_REMINDER,
        KIND_STARTED,
        KIND_COMPLETED,
        KIND_FAILED,
        KIND_CANCELLED,
        KIND_REPLACED,
        KIND_OUTAGE,
        KIND_OTHER,
        KIND_COUNT,
};

/* What `nature:` of a filter can say of a mail beside its status. */
enum nature {
        NATURE_EMERGENCY,
        NATURE_REMINDER,
        NATURE_UPDATE,
        NATURE_CONFIRMED,
        NATURE_EXTENDED,
        NATURE_POSTPONED,
        NATURE_FAILED,
        NATURE_REPLACED,
        NATURE_OUTAGE,
        NATURE_COUNT,
};

/* Names of captures, labels and columns. */
enum field {
        FIELD_REF,
        FIELD_REVISION,
        FIELD_STATUS,
        FIELD_TITLE,
        FIELD_ACCOUNT,
        FIELD_LOCATION,
        FIELD_IMPACT,
        FIELD_CIRCUIT,
        FIELD_ALIAS,
        FIELD_ZONE,
        FIELD_START,
        FIELD_END,
        FIELD_DATE,
        FIELD_START_DATE,
        FIELD_START_TIME,
        FIELD_END_DATE,
        FIELD_END_TIME,
        FIELD_DURATION,
        FIELD_NEAR,
        FIELD_BACKUP,
        FIELD_COUNT,
};

/* What `must:` and `expect:` may demand; bits. */
enum demand {
        DEMAND_NONE = 1 << 0, /* the word `none`: nothing is demanded */
        DEMAND_REF = 1 << 1,
        DEMAND_STATUS = 1 << 2,
        DEMAND_WINDOWS = 1 << 3,
        DEMAND_START = 1 << 4,
        DEMAND_CIRCUITS = 1 << 5,
        DEMAND_ACCOUNT = 1 << 6,
        DEMAND_IMPACT = 1 << 7,
};

/* Names of captures and parts of the key of a filter for root@ mail. */
enum root_field {
        ROOT_HOST,
        ROOT_USER,
        ROOT_JOB,
        ROOT_UNIT,
        ROOT_DEVICE,
        ROOT_SERVICE,
        ROOT_EXIT,
        ROOT_EVENT,
        ROOT_ADDRESS,
        ROOT_FIELD_COUNT,
        ROOT_BODY = ROOT_FIELD_COUNT, /* in a key alone */
};

enum role { ROLE_PRIMARY, ROLE_BACKUP };
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };
enum sender { SENDER_UNCHECKED, SENDER_PASSED, SENDER_FAILED };
enum stream { STREAM_MAINT, STREAM_ROOT };
enum resolution { RESOLUTION_NONE, RESOLUTION_CALENDAR, RESOLUTION_TASK, RESOLUTION_REVIEW };
enum done {
        DONE_ADDED,
        DONE_ADDED_COMPLETED,
        DONE_ADDED_CANCELLED,
        DONE_MOVED,
        DONE_POSTPONED,
        DONE_STARTED,
        DONE_COMPLETED,
        DONE_CANCELLED,
        DONE_REOPENED,
        DONE_CHANGED,
        DONE_COUNT
};
enum body { BODY_HTML, BODY_TEXT, BODY_ICS, BODY_COUNT };

/* One spelling each; NULL for the NONE member of status, impact and kind. */
const char *status_word(enum status status);
const char *impact_word(enum impact impact);
const char *kind_word(enum kind kind);
const char *nature_word(enum nature nature);
const char *field_word(enum field field);
const char *root_field_word(enum root_field field); /* not ROOT_BODY */
const char *role_word(enum role role);
const char *confidence_word(enum confidence confidence);
const char *sender_word(enum sender sender);
const char *stream_word(enum stream stream);
const char *resolution_word(enum resolution resolution);
const char *resolution_phrase(enum resolution resolution); /* in the clinician's words: "added to calendar" */
const char *done_phrase(enum done done);                   /* what a mail has done to the calendar: "marked completed" */
const char *body_word(enum body body);
const char *enclosed_word(enum body body); /* of the first message that is enclosed: "enclosed html" */

/* What was done about a mail, by its reasons, of which one begins with done_phrase(): "moved in the calendar"; else the resolution's
 * phrase. */
const char *resolution_done(enum resolution resolution, const GPtrArray *reasons);

/* A reason without the words of what was done where it begins with them and stands behind them. Borrowed. */
const char *reason_behind(const char *done, const char *reason);

/* The member with this spelling, whatever the case; -1 where there is none. */
int status_from_word(const char *word);
int impact_from_word(const char *word);
int kind_from_word(const char *word);
int field_from_word(const char *word);
int root_field_from_word(const char *word);
int role_from_word(const char *word);
int confidence_from_word(const char *word);
int sender_from_word(const char *word);
int stream_from_word(const char *word);

#endif
