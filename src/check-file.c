/* The checks of one filter file by itself: shape, patterns, zones, strptime forms, notices that can never be reached.
 * In: the path of a filter file. Out: faults, each with its place. */
#include "check-file.h"

#include "base/fail.h"
#include "check-notice.h"
#include "check-pattern.h"
#include "data/filter.h"
#include "data/load.h"
#include "reader/when.h"
#include "reader/zone.h"

#include <string.h>

struct check {
        struct re_set *patterns;
        struct trial *trial;
        GHashTable *vendors; /* short name to path */
        guint n_patterns;
};

struct check *check_new(void)
{
        struct check *check = g_new0(struct check, 1);

        check->patterns = re_set_new(NULL);
        check->trial = trial_new();
        check->vendors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        return check;
}

void check_free(struct check *check)
{
        if (!check)
                return;
        re_set_free(check->patterns);
        trial_free(check->trial);
        g_hash_table_unref(check->vendors);
        g_free(check);
}

guint check_patterns(const struct check *check)
{
        return check->n_patterns;
}

void check_fault(GPtrArray *faults, const char *path, const struct place *place, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        g_autofree char *what = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        g_ptr_array_add(faults, g_error_new(FAIL, FAIL_CONFIG, "%s:%d:%d: %s%s%s", path, place->line, place->column, place->field,
                                            *place->field ? ": " : "", what));
}

static void check_zone(const char *path, const struct place *place, GPtrArray *faults)
{
        struct zone *zone = zone_from_name(place->text);

        if (!zone)
                check_fault(faults, path, place, "unknown zone '%s'; expected is a tz name such as Europe/Berlin", place->text);
        zone_free(zone);
}

static bool is_same_list(const struct place *a, const struct place *b)
{
        gsize length = (gsize)(strrchr(a->field, '[') - a->field);

        return strncmp(a->field, b->field, length + 1) == 0 && !strchr(b->field + length + 1, '.');
}

/* The forms of one list stand one after the other. */
static void check_form(const char *path, const GPtrArray *places, guint at, GPtrArray *faults)
{
        const struct place *place = g_ptr_array_index(places, at);
        g_autofree char *wrong = when_form_fault(place->text);

        if (wrong) {
                check_fault(faults, path, place, "'%s': %s", place->text, wrong);
                return;
        }
        for (guint i = at; i-- > 0;) {
                const struct place *other = g_ptr_array_index(places, i);
                g_autofree char *example = NULL;
                if (!other->text || schema_text(other->schema) != TEXT_FORM || !is_same_list(place, other))
                        return;
                if (when_forms_ambiguous(other->text, place->text, &example))
                        check_fault(faults, path, place, "'%s' and '%s' (line %d) read '%s' as different times", place->text, other->text,
                                    other->line, example);
        }
}

static void check_text(struct check *check, const char *path, const GPtrArray *places, guint at, GPtrArray *faults)
{
        const struct place *place = g_ptr_array_index(places, at);

        switch (schema_text(place->schema)) {
        case TEXT_PATTERN:
        case TEXT_SHORT_PATTERN:
                check->n_patterns++;
                check_pattern(check->trial, check->patterns, path, place, faults);
                break;
        case TEXT_ZONE:
                check_zone(path, place, faults);
                break;
        case TEXT_FORM:
                check_form(path, places, at, faults);
                break;
        default:
                break;
        }
}

static void check_vendor_name(struct check *check, const char *path, const struct place *place, GPtrArray *faults)
{
        const char *other = g_hash_table_lookup(check->vendors, place->text);

        if (strspn(place->text, "abcdefghijklmnopqrstuvwxyz0123456789") != strlen(place->text))
                check_fault(faults, path, place, "'%s': a short name has lower case letters and digits alone", place->text);
        if (other)
                check_fault(faults, path, place, "'%s' is the vendor of %s already", place->text, other);
        else
                g_hash_table_insert(check->vendors, g_strdup(place->text), g_strdup(path));
}

static bool has_field(const GPtrArray *places, const char *field)
{
        for (guint i = 0; i < places->len; i++)
                if (g_str_equal(((struct place *)g_ptr_array_index(places, i))->field, field))
                        return true;
        return false;
}

static void check_vendor(struct check *check, const char *path, const GPtrArray *places, GPtrArray *faults)
{
        g_autofree char *file = g_path_get_basename(path);
        bool claims = has_field(places, "from") || has_field(places, "dkim") || has_field(places, "list") || has_field(places, "says");

        for (guint i = 0; i < places->len; i++) {
                const struct place *place = g_ptr_array_index(places, i);
                if (place->text && g_str_equal(place->field, "vendor"))
                        check_vendor_name(check, path, place, faults);
        }
        if (!claims && !g_str_equal(file, "generic.yaml"))
                check_fault(faults, path, g_ptr_array_index(places, 0), "claims no mail: it has none of from dkim list says");
        if (!has_field(places, "notices"))
                check_fault(faults, path, g_ptr_array_index(places, 0), "reads no mail: it has no notices");
        check_notices(path, places, faults);
}

void check_file(struct check *check, const char *path, GPtrArray *faults)
{
        enum schema_file file = filter_schema(path);
        g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
        guint before = faults->len;

        load_places(path, file, places, faults);
        for (guint i = 0; i < places->len; i++)
                if (((struct place *)g_ptr_array_index(places, i))->text)
                        check_text(check, path, places, i, faults);
        /* What a refused file lacks is said already. */
        if (file == SCHEMA_VENDOR && faults->len == before)
                check_vendor(check, path, places, faults);
}
