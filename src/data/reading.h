/* A reading: all that one mail says, found without looking at any other mail; and its notices, windows and circuits.
 * In: filled by the reader, or read back from its JSON line. Out: plain structs and the JSON contract of DESIGN.md. */
#ifndef MAILCLINIC_READING_H
#define MAILCLINIC_READING_H

#include <stdbool.h>

#include "data/root.h"
#include "data/words.h"

#include <glib.h>
#include <jansson.h>

#define READING_NO_TIME G_MININT64

struct circuit {
        char *circuit_id;
        enum impact impact;
};

struct window {
        gint64 start, end; /* UTC Unix seconds; READING_NO_TIME where the mail does not say */
        char *written;     /* as the mail writes it, for people; NULL where nothing stands for it */
        bool is_all_day;   /* a person named days, not times; not part of the contract */
        enum role role;
        enum status status;  /* STATUS_NONE: that of the notice */
        GPtrArray *circuits; /* struct circuit: those of this window alone; empty: those of the notice */
};

struct notice {
        char *maintenance_id, *account, *summary, *revision, *location; /* NULL where the mail does not say */
        enum status status;
        GPtrArray *windows;  /* struct window */
        GPtrArray *circuits; /* struct circuit */
};

/* What matched where: for `explain`, and for the marks beside a mail. */
struct evidence {
        char *field; /* field_word(), or "claim", "subject", "says", "nature", "status", ... */
        char *value; /* the words that matched, white space folded */
        char *rule;  /* "label 'Start'", "find '...'", "table column 'Circuit ID'" */
        char *where; /* "html", "text", "ics", "subject", "header From", or a part's name */
        int line;    /* in that body's lines, from 1; 0 where there are no lines */
};

/* How a mail stands among others: for its identity, its thread and the link back to the post. Not part of the contract. */
struct thread {
        GPtrArray *references;                    /* char *: Message-IDs of References, oldest first, then of In-Reply-To; without <> */
        char *list_id, *list_archive, *list_post; /* as the headers say; NULL */
        char *text_hash;       /* SHA-256 (hex) of subject and decoded text, list footers left out; NULL if nothing was read */
        char *calendar_uid;    /* UID of the first event of the calendar part; NULL */
        int calendar_sequence; /* its SEQUENCE; -1: none */
        gint64 received;       /* Unix seconds; READING_NO_TIME */
};

struct reading {
        char *message_id; /* NULL where the mail has none */
        enum stream stream;
        char *vendor; /* NULL where unknown */
        enum kind kind;
        bool emergency;
        bool is_test;      /* a dry run of the vendor's: shown, never acts */
        bool is_by_words;  /* only its words claim the vendor: never acts (DESIGN.md "Who sent it"); not part of the contract */
        bool is_noise;     /* a noise filter took it: reason in `other` */
        bool needs_person; /* review whatever else: a noise filter says so, the sender failed, a limit was met, the reader failed */
        char *other;       /* why the kind is `other` ("no filter claims it", "invoice"); NULL otherwise */
        enum confidence confidence;
        enum sender sender;
        GPtrArray *reasons;                 /* char * */
        GPtrArray *notices;                 /* struct notice; none of root@ mail */
        struct root *root;                  /* what a root@ mail says; NULL of mail of the other stream, and where the reader failed */
        GPtrArray *evidence;                /* struct evidence: not part of the contract */
        GPtrArray *tried;                   /* char *: the nearest filters that did not take it, and why; not part of the contract */
        char *from, *subject, *vendor_name; /* for people; not part of the contract */
        struct thread thread;
        gint64 date; /* Unix seconds or READING_NO_TIME; not part of the contract */
};

/* New ones are empty: NULL, NONE, READING_NO_TIME, the first member of the enums that have no NONE. */
struct circuit *circuit_new(const char *circuit_id, enum impact impact);
void circuit_free(struct circuit *circuit);
struct window *window_new(void);
void window_free(struct window *window);
struct notice *notice_new(void);
void notice_free(struct notice *notice);
void evidence_free(struct evidence *evidence);
struct reading *reading_new(void);
void reading_free(struct reading *reading);

/* Append a phrase to the reasons. */
void reading_reason(struct reading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A reading that says only that none could be had, for the review queue: kind other, confidence low. `why` becomes its reason. */
struct reading *reading_failed(enum stream stream, const char *why);

/* The word for what sort of mail it is: kind_word(), or the kind of its filter for root@ mail; NULL where it is none. */
const char *reading_kind(const struct reading *reading);

/* Whether it is one of those. */
bool reading_has_failed(const struct reading *reading);

/* The contract of DESIGN.md "The reading as JSON". */
json_t *reading_to_json(const struct reading *reading);

/* Circuits as the contract writes them, and one of them back: struct circuit, or NULL and an error. */
json_t *circuits_to_json(const GPtrArray *circuits);
gpointer circuit_from_json(const json_t *json, GError **error);

/* The contract and what stands beside it (evidence, tried, from, subject, date, thread ...): what the ledger keeps. */
json_t *reading_to_line(const struct reading *reading);

/* The way back from reading_to_line(). Every member is checked; NULL and an error that names the member. */
struct reading *reading_from_line(const json_t *line, GError **error);

/* "2021-11-14T08:01:00Z". Caller frees; NULL for READING_NO_TIME and for years beyond 1 to 9999. */
char *instant_text(gint64 at);

#endif
