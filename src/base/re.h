/* Regular expressions: PCRE2 behind three calls (UTF, caseless, multiline, duplicate names, \C off, JIT, limits of limits.h).
 * In: patterns and UTF-8 text. Out: matches with their named captures, as byte offsets. */
#ifndef MAILCLINIC_RE_H
#define MAILCLINIC_RE_H

#include <stdbool.h>

#include "base/flat.h"
#include "base/limits.h"
#include "base/trigram.h"

#include <glib.h>

struct re;     /* one compiled pattern */
struct re_set; /* compiled patterns by their text; each is compiled when first asked for */

enum re_result {
        RE_NO,
        RE_YES,
        RE_LIMIT, /* PCRE2 gave up (match, depth, heap or JIT stack limit), or the text is over LIMIT_RE_SUBJECT: never "no match" */
};

struct re_named {
        const char *name; /* borrowed from the pattern */
        gsize start, end; /* bytes from the start of the text */
};

struct re_match {
        gsize start, end;
        guint n_named; /* only groups that took part, in the order of the pattern; of groups that share a name the first that did */
        struct re_named named[LIMIT_RE_NAMED];
};

/* What was found out of many patterns before: in a file, which its reader maps. */
struct re_table;

/* Lay out a table of patterns (char *), compiled: where it stands. Bad ones are left out. */
gsize re_table_lay_out(struct flat *flat, const GPtrArray *patterns);

/* An empty set; the patterns of a table (borrowed; NULL: none) need not be looked at nor compiled anew. */
struct re_set *re_set_new(const struct re_table *table);
void re_set_free(struct re_set *set);

/* The compiled form of a pattern, owned by the set. NULL and an error that names the pattern and the place in it where it is bad. */
struct re *re_set_get(struct re_set *set, const char *pattern, GError **error);

/* The same of a pattern that stays as it is and where it is as long as the set does, as those of filters do: it is known by its address,
 * for to hash its text takes longer than many searches. */
struct re *re_set_get_kept(struct re_set *set, const char *pattern, GError **error);

/* Whether such a pattern may match somewhere in a text with these trigrams: false is certain. Far cheaper than a search, and than compiling
 * it: most never come to that. A bad pattern may be said to match. */
bool re_may_match(struct re_set *set, const char *pattern, const struct trigrams *trigrams);

/* Search the first match in length bytes of valid UTF-8 text that starts at or after byte `from` (inside a character: after that
 * character); what stands before is seen by lookbehind, \b and ^. match is untouched unless RE_YES. The limit of steps holds for each place
 * a match could start at (and JIT counts fewer steps than PCRE2 without it), so the time of a whole search is bounded by LIMIT_CPU_SECONDS
 * alone. */
enum re_result re_search(struct re *re, const char *text, gsize length, gsize from, struct re_match *match);

/* The names of the pattern's groups, NULL-terminated, owned by the pattern. */
const char *const *re_names(const struct re *re);

#endif
