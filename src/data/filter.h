/* A filter: one YAML file that knows one vendor, one sort of noise or one kind of root@ mail, as plain structs (FILTERS.md).
 * In: filled by data/schema.c. Out: plain structs; the meaning of each key is in FILTERS.md and mailclinic-filter(5). */
#ifndef MAILCLINIC_FILTER_H
#define MAILCLINIC_FILTER_H

#include <stdbool.h>

#include "base/re.h"
#include "data/schema.h"
#include "data/words.h"

#include <glib.h>

/* A list of patterns, labels, words or strptime forms. */
struct words {
        char **word;
        unsigned n; /* 0: the key was not given */
};

/* Per field, the labels or column headings that give it. */
struct labels {
        struct words field[FIELD_COUNT];
};

struct assume {
        enum status status;
        enum impact impact;
};

struct zone_word {
        char *text; /* pattern for the zone text */
        char *is;   /* tz name */
};

/* An entry of `windows` or `circuits`: exactly one of each, table, labels is given. */
struct row_reader {
        char *part;
        struct words after, before, each, head;
        struct labels *table, *labels;
        enum role role;
};

struct row_readers {
        struct row_reader *reader;
        unsigned n;
};

/* The keys marked V N in FILTERS.md. */
struct scope {
        char *zone;
        struct words nature[NATURE_COUNT];
        enum body *body; /* in this order; NULL: not given */
        unsigned body_n;
        struct words after, before, find, dates, skip, doubt;
        struct labels *labels;
        struct row_readers windows, circuits;
        struct assume *assume;
        unsigned must, expect; /* bits of enum demand; 0: not given */
};

struct notice_filter {
        struct words subject, says;
        char *part;
        enum kind kind; /* KIND_NONE: not given */
        struct scope scope;
};

struct vendor_filter {
        char *path; /* of the file, set after loading */
        char *vendor, *name;
        struct words from, dkim, list, says, empty, test;
        struct zone_word *zones;
        unsigned zones_n;
        struct words status[STATUS_COUNT], impact[IMPACT_COUNT];
        bool unseen;
        struct scope scope;
        struct notice_filter *notices;
        unsigned notices_n;
};

struct noise_filter {
        char *path;
        char *reason;
        struct words from, list, header, subject, says; /* all that are given must match */
        struct words unless;                            /* what must not stand in subject or text */
        struct words tells;                             /* what matches is cited in the reasons */
        bool despite_work;          /* words of planned work in it are no hint: it quotes others, or has words of its own */
        enum resolution resolution; /* RESOLUTION_NONE or RESOLUTION_REVIEW */
};

struct root_mask {
        char *find; /* pattern */
        char *as;
};

struct root_when {
        char *of[ROOT_FIELD_COUNT]; /* patterns, all of which must match; NULL: not given */
};

struct root_owner {
        struct root_when when;
        struct words projects, subscribers;
};

struct root_open {
        char *after;  /* a number of mails */
        char *within; /* a length of time */
};

/* One kind of root@ mail: it is of the first whose subject, from and says, as far as given, match. */
struct root_filter {
        char *path;
        char *kind;
        struct words subject, from, says;
        struct words find; /* captures beside those of subject and says */
        enum root_field *key;
        unsigned key_n; /* 0: nothing but the kind */
        struct root_mask *masks;
        unsigned masks_n;
        struct words ignore;
        struct root_owner *owners;
        unsigned owners_n;
        struct root_open open;
        char *quiet;       /* a length of time */
        char *title;       /* with fields in braces */
        struct words well; /* what all-is-well mail says */
        bool sensitive;
};

/* filters/words.yaml: words that raise a doubt whatever the vendor (FILTERS.md "Confidence"). */
struct doubt_words {
        struct words status[STATUS_COUNT];   /* patterns that hint at a status in the opening lines */
        struct words sentence[STATUS_COUNT]; /* sentences that say one wherever they stand */
        struct words backup;                 /* patterns that hint at another role */
        struct words reserve;                /* patterns of a line that tells a night in reserve, wherever it stands */
        struct words past;                   /* patterns of what stands before a time of the past */
        struct words extended;               /* patterns of a status that says that the work lasts longer */
        struct words harmless;               /* patterns of a loss that is denied */
        struct words hit;                    /* patterns of a loss of service that is over within a second */
        struct words spared;                 /* patterns that say that services go on */
        struct words suffered;               /* patterns of what an outage beside those takes away */
        struct words work;                   /* patterns that hint at planned work: no mail that says so is noise */
};

/* filters/zones.yaml */
struct zone_words {
        struct zone_word *zones;
        unsigned zones_n;
};

/* All filters, and the data that holds for every vendor. */
struct filters {
        GPtrArray *vendors;            /* struct vendor_filter, by file name */
        GPtrArray *noise;              /* struct noise_filter, by file name */
        GPtrArray *root;               /* struct root_filter, by file name */
        struct vendor_filter *generic; /* NULL where there is no generic.yaml */
        struct zone_words *zones;      /* NULL where there is no zones.yaml */
        struct doubt_words *words;     /* NULL where there is no words.yaml */
        struct re_table *patterns;     /* for re_set_new(); NULL: none */
        gpointer memory;               /* what all of it stands in; NULL: each by itself */
        GDestroyNotify free_memory;
};

/* Load every filter beneath the directories: vendor/[*].yaml, noise/[*].yaml, root/[*].yaml, generic.yaml, zones.yaml, words.yaml.
 * Directories that come first win over files of the same name in later ones; a directory without one of these is no error. Files that
 * cannot be read are left out and named in `problems` (GError *, one for each fault: "PATH:LINE:COLUMN: what, and what was expected"); the
 * others are still loaded. NULL only if no directory could be opened. */
struct filters *filters_load(const char *const *directories, GPtrArray *problems, GError **error);
void filters_free(struct filters *filters);

/* The paths of the files that filters_load() reads, in its order. Caller frees the array, which owns them. */
GPtrArray *filter_files(const char *const *directories);

/* The places that they are looked for at: files, and directories of files, whether they are there or not. Caller frees likewise. */
GPtrArray *filter_places(const char *const *directories);

/* What one file came to. */
struct filter_piece {
        void *data; /* as schema_load() gives it */
        enum schema_file file;
};

/* Where its path stands in it; NULL: it has none. */
char **filter_path(const struct filter_piece *piece);

/* All pieces (struct filter_piece, borrowed) of filters. Caller frees the array. */
GArray *filters_pieces(const struct filters *filters);

/* Filters of such pieces, which stand in `memory`. */
struct filters *filters_of_pieces(const struct filter_piece *pieces, gsize n, gpointer memory, GDestroyNotify free_memory);

/* What a filter file may hold, by its name and the directory it stands in. */
enum schema_file filter_schema(const char *path);

#endif
