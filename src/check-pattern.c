/* The checks of one pattern: it compiles, its captures are fields, and no text makes it slow.
 * In: a pattern and its place. Out: faults. */
#include "check-pattern.h"

#include "base/limits.h"
#include "check-file.h"
#include "data/filter.h"

#include <string.h>
#include <time.h>

enum {
        LINE_LENGTH = 16 * 1024, /* no mail has a longer line that reads like a notice */
        RUNS = 3,                /* the best counts: others use the processor too */
};

/* A piece, repeated, makes patterns backtrack. What they may be looking for stands at the end, where it does not help them. */
static const struct {
        const char *name, *piece;
        gsize length;
} texts[] = {
        {"64 kB of blanks", " ", LIMIT_RE_SUBJECT},
        {"64 kB of 'a'", "a", LIMIT_RE_SUBJECT},
        {"64 kB of digits", "0123456789", LIMIT_RE_SUBJECT},
        {"one line of 16 kB that reads like a notice",
         "Planned maintenance ABC-1234567 has been scheduled, Start Time: 01-Jan-2030 00:00 GMT, End Time: 2030-01-01 04:00 (UTC), Circuit "
         "ID: "
         "AB/CDEF/123456, Location: 1 Example Street, Impact: outage of 30 min for Example Networks Inc. ",
         LINE_LENGTH},
};
static const char tail[] = "~_^]\\[@?>=<;:/.-,+*)('&%$#\"!|{} zyxwvutsrqponmlkjihgfedcba 9876543210\n";

struct trial {
        GString *text[G_N_ELEMENTS(texts)];
};

struct trial *trial_new(void)
{
        struct trial *trial = g_new0(struct trial, 1);

        for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
                trial->text[i] = g_string_sized_new(texts[i].length);
                while (trial->text[i]->len < texts[i].length)
                        g_string_append(trial->text[i], texts[i].piece);
                g_string_truncate(trial->text[i], texts[i].length - strlen(tail));
                g_string_append(trial->text[i], tail);
        }
        return trial;
}

void trial_free(struct trial *trial)
{
        if (!trial)
                return;
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
                g_string_free(trial->text[i], TRUE);
        g_free(trial);
}

static gint64 microseconds_used(void)
{
        struct timespec now;

        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return (gint64)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Microseconds of one search, the best of some runs if the first is over the limit. */
static gint64 search_time(struct re *re, const GString *text, enum re_result *result)
{
        gint64 best = G_MAXINT64;

        for (guint run = 0; run < RUNS && best > LIMIT_CHECK_MICROSECONDS; run++) {
                struct re_match match;
                gint64 start = microseconds_used();
                *result = re_search(re, text->str, text->len, 0, &match);
                best = MIN(best, microseconds_used() - start);
                if (*result == RE_LIMIT || best > 10 * (gint64)LIMIT_CHECK_MICROSECONDS)
                        break;
        }
        return best;
}

static void check_speed(const struct trial *trial, struct re *re, const char *path, const struct place *place, GPtrArray *faults)
{
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
                enum re_result result = RE_NO;
                gint64 time = search_time(re, trial->text[i], &result);
                if (result == RE_LIMIT)
                        check_fault(faults, path, place, "pattern gives up on %s: let it begin with fixed words", texts[i].name);
                else if (time > LIMIT_CHECK_MICROSECONDS)
                        check_fault(faults, path, place, "slow pattern: %.0f ms on %s, at most %d: let it begin with fixed words",
                                    (double)time / 1000, texts[i].name, LIMIT_CHECK_MICROSECONDS / 1000);
                else
                        continue;
                return;
        }
}

static void check_names(struct re *re, const char *path, const struct place *place, GPtrArray *faults)
{
        bool is_root = filter_schema(path) == SCHEMA_ROOT;

        for (const char *const *name = re_names(re); *name; name++) {
                if ((is_root ? root_field_from_word : field_from_word)(*name) >= 0)
                        continue;
                g_autoptr(GString) known = g_string_new(NULL);
                for (int field = 0; field < (is_root ? (int)ROOT_FIELD_COUNT : (int)FIELD_COUNT); field++)
                        g_string_append_printf(known, " %s",
                                               is_root ? root_field_word((enum root_field)field) : field_word((enum field)field));
                check_fault(faults, path, place, "capture '%s' is no field; fields:%s", *name, known->str);
        }
}

void check_pattern(const struct trial *trial, struct re_set *patterns, const char *path, const struct place *place, GPtrArray *faults)
{
        g_autoptr(GError) error = NULL;
        struct re *re = re_set_get(patterns, place->text, &error);

        if (!re) {
                check_fault(faults, path, place, "%s", error->message);
                return;
        }
        check_names(re, path, place, faults);
        if (schema_text(place->schema) == TEXT_PATTERN)
                check_speed(trial, re, path, place, faults);
}
