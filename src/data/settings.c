/* The settings: whom our mail server is, whose seals it may be believed about, and where the events go.
 * In: the configuration file. Out: plain struct. */
#include "data/settings.h"

#include "base/fail.h"
#include "data/load.h"

static char *settings_path(void)
{
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

struct settings *settings_load(const char *path, GError **error)
{
        g_autofree char *found = path ? g_strdup(path) : settings_path();
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);

        if (!path && !g_file_test(found, G_FILE_TEST_EXISTS))
                return g_new0(struct settings, 1);
        struct settings *settings = load_file(found, SCHEMA_SETTINGS, NULL, problems);
        if (!settings)
                g_propagate_error(error, joined(problems));
        return settings;
}

void settings_free(struct settings *settings)
{
        schema_free(SCHEMA_SETTINGS, settings);
}
