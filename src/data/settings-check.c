/* What the tables of data/schema.h cannot say of the configuration: values that do not go together, folders and lengths of time that are
 * none. In: the configuration as it was read. Out: the first fault. */
#include "data/settings-check.h"

#include "base/fail.h"
#include "data/expected.h"

/* Beneath the Maildir, wherever that is. */
static bool is_folder(const char *name)
{
        g_auto(GStrv) parts = g_strsplit(name, "/", -1);

        return *name && *name != '/' && !g_strv_contains((const char *const *)parts, "..");
}

static bool check_maildir(const struct maildir_settings *maildir, const char *path, GError **error)
{
        if (maildir->path && !g_path_is_absolute(maildir->path)) {
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: maildir: path: '%s' is no absolute path", path, maildir->path);
                return false;
        }
        for (gsize i = 0; i < G_N_ELEMENTS(maildir->folders.of); i++) {
                if (maildir->folders.of[i] && !is_folder(maildir->folders.of[i])) {
                        g_set_error(error, FAIL, FAIL_CONFIG, "%s: maildir: folders: '%s' is no folder beneath the Maildir", path,
                                    maildir->folders.of[i]);
                        return false;
                }
        }
        return true;
}

static bool check_spans(const struct settings *settings, const char *path, GError **error)
{
        const struct {
                const char *key, *text;
        } spans[] = {
                {"keep: mails", settings->keep.mails},
                {"keep: history", settings->keep.history},
                {"publish: keep", settings->publish.keep},
        };

        for (gsize i = 0; i < G_N_ELEMENTS(spans); i++) {
                if (!expected_is_span(spans[i].text)) {
                        g_set_error(error, FAIL, FAIL_CONFIG, "%s: %s: '%s' is no length of time such as 12h, 7d or 52w", path,
                                    spans[i].key, spans[i].text);
                        return false;
                }
        }
        return true;
}

static bool is_named_before(const struct settings *settings, unsigned i)
{
        for (unsigned k = 0; k < i; k++)
                if (g_str_equal(settings->calendars[k].name, settings->calendars[i].name))
                        return true;
        return false;
}

/* What is wrong with a calendar; NULL: nothing. */
static const char *why_not(const struct settings *settings, unsigned i)
{
        const struct calendar_target *target = &settings->calendars[i];
        int secrets = (target->password_file != NULL) + (target->token_file != NULL) + (target->token_command != NULL);

        if (is_named_before(settings, i))
                return "the name is another one's already";
        if (secrets > 1)
                return "give one of password_file, token_file and token_command";
        if ((target->user != NULL) != (target->password_file != NULL))
                return "user and password_file belong together";
        return NULL;
}

static bool check_calendars(const struct settings *settings, const char *path, GError **error)
{
        for (unsigned i = 0; i < settings->calendars_n; i++) {
                const char *why = why_not(settings, i);
                if (why) {
                        g_set_error(error, FAIL, FAIL_CONFIG, "%s: calendars[%u]: '%s': %s", path, i, settings->calendars[i].name, why);
                        return false;
                }
        }
        return true;
}

bool settings_check(const struct settings *settings, const char *path, GError **error)
{
        return check_maildir(&settings->maildir, path, error) && check_spans(settings, path, error) &&
               check_calendars(settings, path, error);
}
