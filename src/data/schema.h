/* What the YAML files of the program may hold, as const tables, and loading by libcyaml into plain structs.
 * In: the bytes of a filter or configuration file. Out: structs of data/filter.h, data/roster.h and data/settings.h, or why the file was
 * refused. */
#ifndef MAILCLINIC_SCHEMA_H
#define MAILCLINIC_SCHEMA_H

#include <stdbool.h>

#include "base/flat.h"

#include <glib.h>

enum schema_file {
        SCHEMA_VENDOR,   /* struct vendor_filter */
        SCHEMA_NOISE,    /* struct noise_filter */
        SCHEMA_ROOT,     /* struct root_filter */
        SCHEMA_ZONES,    /* struct zone_words */
        SCHEMA_WORDS,    /* struct doubt_words */
        SCHEMA_SETTINGS, /* struct settings */
        SCHEMA_ROSTER,   /* struct roster_file */
        SCHEMA_COUNT,
};

enum schema_shape {
        SHAPE_MAP,
        SHAPE_LIST,
        SHAPE_WORDS, /* a list of closed words */
        SHAPE_TEXT,
        SHAPE_WORD, /* a closed word */
};

/* What a text is, for those who check more than its shape. */
enum schema_text {
        TEXT_ANY,
        TEXT_PATTERN,       /* matched against subject or body */
        TEXT_SHORT_PATTERN, /* matched against an address, domain, part name or zone text */
        TEXT_FORM,          /* strptime form */
        TEXT_ZONE,          /* tz name */
        TEXT_COUNT,         /* a number from 1 on */
        TEXT_SPAN,          /* a length of time: "12h", "7 days", "4w" */
        TEXT_NETWORK,       /* a host or network of ours */
        TEXT_MONDAY,        /* a day: "2026-11-23" */
        TEXT_TITLE,         /* with fields in braces: "cron: {job}" */
};

/* A value of a file: a row of the tables. */
struct schema;

/* Load a file; the data is freed by schema_free() and owns all its members. NULL and the reason, but not its place (that is found by
 * data/place.h), where it is refused; NULL without an error for a file that holds nothing though it must. */
void *schema_load(enum schema_file file, const char *bytes, gsize length, GError **error);
void schema_free(enum schema_file file, void *data);

/* Lay out loaded data, the pointer to which stands at `at`: where that stands. Its patterns are added to `patterns` (char *, borrowed from
 * the data). */
gsize schema_lay_out(enum schema_file file, struct flat *flat, gsize at, const void *data, GPtrArray *patterns);

/* The value that a file is as a whole. */
const struct schema *schema_of(enum schema_file file);

enum schema_shape schema_shape(const struct schema *schema);

/* The value of a key of a map; NULL where the key is unknown. */
const struct schema *schema_child(const struct schema *schema, const char *key);

/* The name of a map's nth key; NULL after the last. */
const char *schema_key(const struct schema *schema, guint n);
bool schema_is_required(const struct schema *schema, const char *key);

/* The keys of a map of which one must be given (NULL-terminated), and whether it must be one alone; NULL where there are none. */
const char *const *schema_choice(const struct schema *schema, bool *only_one);

/* Whether a map may be without any key. */
bool schema_may_be_empty(const struct schema *schema);

/* The members of a SHAPE_LIST. */
const struct schema *schema_entry(const struct schema *schema);

/* The nth word of those that a SHAPE_WORD, or a member of SHAPE_WORDS, may be; NULL after the last. */
const char *schema_word(const struct schema *schema, guint n);

enum schema_text schema_text(const struct schema *schema);

#endif
