/* The configuration: whom our mail server is and whose seals it may be believed about, where the ledger is, how far decisions may go, and
 * where events go.
 * In: the configuration file. Out: plain struct. */
#include "data/settings.h"

#include "base/day.h"
#include "base/fail.h"
#include "data/expected.h"
#include "data/lapse.h"
#include "data/load.h"
#include "data/network.h"
#include "data/settings-check.h"

#include <string.h>

char *settings_where(const char *path)
{
        if (path)
                return g_strdup(path);
        g_autofree char *own = g_build_filename(g_get_user_config_dir(), "mailclinic", "config.yaml", NULL);

        return g_file_test(own, G_FILE_TEST_EXISTS) ? g_steal_pointer(&own) : g_strdup("/etc/mailclinic/config.yaml");
}

/* Several faults in one phrase: the first, and how many more there are. */
static GError *joined(const GPtrArray *problems)
{
        const GError *first = g_ptr_array_index(problems, 0);

        if (problems->len == 1)
                return g_error_copy(first);
        return g_error_new(FAIL, first->code, "%s (and %u more)", first->message, problems->len - 1);
}

/* What the tables of data/schema.h cannot say of a text. */
static bool check_texts(const struct settings *settings, const char *path, GError **error)
{
        gint64 at;

        if (settings->act_from && !day_read(settings->act_from, &at))
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: act_from: '%s' is no day; expected is one like 2026-11-24", path,
                            settings->act_from);
        else if (settings->link_template && !strstr(settings->link_template, "{msgid}"))
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: link_template: '%s' lacks {msgid}", path, settings->link_template);
        else if (settings->ledger && !g_path_is_absolute(settings->ledger))
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: ledger: '%s' is no absolute path", path, settings->ledger);
        else if (settings->roster.file && !g_path_is_absolute(settings->roster.file))
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: roster.file: '%s' is no absolute path", path, settings->roster.file);
        else
                return settings_check(settings, path, error);
        return false;
}

static bool are_rules(const struct root_open *open, const char *quiet)
{
        return expected_is_count(open->after) && expected_is_span(open->within) && expected_is_span(quiet);
}

/* Whether the texts are what they should be where they stand, so that a fault is named with its line. */
static bool is_whole(const void *data)
{
        const struct settings *settings = data;
        bool is_fine = are_rules(&settings->open, settings->quiet);

        for (unsigned i = 0; i < settings->kinds_n; i++)
                is_fine = is_fine && are_rules(&settings->kinds[i].open, settings->kinds[i].quiet);
        for (unsigned i = 0; i < settings->internal.n; i++)
                is_fine = is_fine && network_is_entry(settings->internal.word[i]);
        return is_fine;
}

struct settings *settings_load(const char *path, GError **error)
{
        g_autofree char *found = settings_where(path);
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);

        if (!path && !g_file_test(found, G_FILE_TEST_EXISTS))
                return g_new0(struct settings, 1);
        struct settings *settings = load_file(found, SCHEMA_SETTINGS, is_whole, problems);
        if (!settings)
                g_propagate_error(error, joined(problems));
        if (!settings)
                return NULL;
        settings->path = g_steal_pointer(&found);
        if (check_texts(settings, settings->path, error))
                return settings;
        settings_free(settings);
        return NULL;
}

void settings_free(struct settings *settings)
{
        if (settings)
                g_free(settings->path);
        schema_free(SCHEMA_SETTINGS, settings);
}

char *settings_ledger(const struct settings *settings)
{
        return settings->ledger ? g_strdup(settings->ledger) : g_build_filename(g_get_user_state_dir(), "mailclinic", NULL);
}

gint64 settings_seconds(const char *span)
{
        gint64 seconds = 0;
        return span && lapse_read(span, &seconds) ? seconds : 0;
}

const char *settings_folder(const struct settings *settings, enum resolution resolution)
{
        static const char *const usual[] = {
                [RESOLUTION_CALENDAR] = ".calendar",
                [RESOLUTION_NONE] = ".no-action",
                [RESOLUTION_TASK] = ".task",
                [RESOLUTION_REVIEW] = ".",
        };
        const char *chosen = settings->maildir.folders.of[resolution];

        return chosen ? chosen : usual[resolution];
}

gint64 settings_act_from(const struct settings *settings)
{
        gint64 at = G_MININT64;

        return settings->act_from && day_read(settings->act_from, &at) ? at : G_MININT64;
}

bool settings_has_tracker(const struct settings *settings)
{
        return settings->tracker.url || settings->tracker.bot_file;
}

gint64 settings_cap(const char *text, gint64 otherwise)
{
        return text ? g_ascii_strtoll(text, NULL, 10) : otherwise;
}

static const char **vendors_where(const struct settings *settings, bool (*holds)(const struct vendor_setting *))
{
        const char **names = g_new0(const char *, settings->vendors_n + 1);
        gsize n = 0;

        for (unsigned i = 0; i < settings->vendors_n; i++)
                if (holds(&settings->vendors[i]))
                        names[n++] = settings->vendors[i].vendor;
        return names;
}

static bool is_trusted(const struct vendor_setting *vendor)
{
        return vendor->trust.unchecked == TRUST_ACT;
}

static bool is_by_day(const struct vendor_setting *vendor)
{
        return vendor->precision == PRECISION_DAY;
}

const char **settings_trusted(const struct settings *settings)
{
        return vendors_where(settings, is_trusted);
}

const char **settings_by_day(const struct settings *settings)
{
        return vendors_where(settings, is_by_day);
}
