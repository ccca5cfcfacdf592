/* Who we are to a calendar or a tracker: secrets from files of mode 0600, or from commands, never from the configuration.
 * In: what the configuration names. Out: user and password, or a token. */
#include "out/login.h"

#include "base/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_SECRET = 16 * 1024 };

/* The first line; NULL and an error where it is empty or holds what cannot stand in a header. */
static char *first_line(char *text, const char *from, GError **error)
{
        text[strcspn(text, "\r\n")] = '\0';
        g_strstrip(text);
        bool is_sound = *text != '\0';
        for (const char *p = text; *p; p++)
                is_sound &= (guchar)*p >= ' ' && *p != 0x7F;
        if (is_sound)
                return g_strdup(text);
        g_set_error(error, FAIL, FAIL_CONFIG, "%s: its first line holds no secret", from);
        return NULL;
}

static bool is_private(int fd, const char *path, GError **error)
{
        struct stat about;
        if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: not a regular file", path);
        else if ((about.st_mode & 077) != 0)
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: others may read it; chmod 600 it", path);
        else if (about.st_uid != geteuid() && about.st_uid != 0)
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: belongs to somebody else", path);
        else
                return true;
        return false;
}

/* What a file holds that nobody else may read. To be wiped; NULL and an error. */
static char *private_text(const char *path, GError **error)
{
        char *text = g_malloc0(MOST_SECRET);
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        if (fd < 0) {
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: cannot be opened: %s", path, g_strerror(errno));
                g_free(text);
                return NULL;
        }
        bool is_good = is_private(fd, path, error);
        gssize n = is_good ? read(fd, text, MOST_SECRET - 1) : 0;
        text[MAX(n, 0)] = '\0';
        close(fd);
        if (is_good)
                return text;
        g_free(text);
        return NULL;
}

static void wipe(char *secret)
{
        if (secret)
                explicit_bzero(secret, strlen(secret));
        g_free(secret);
}

static char *secret_of_file(const char *path, GError **error)
{
        char *text = private_text(path, error);
        char *secret = text ? first_line(text, path, error) : NULL;
        wipe(text);
        return secret;
}

static char *secret_of_command(const char *command, GError **error)
{
        g_auto(GStrv) words = NULL;
        g_autofree char *out = NULL;
        g_autoptr(GError) cause = NULL;
        int status;
        const GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN;
        if (!g_shell_parse_argv(command, NULL, &words, &cause) ||
            !g_spawn_sync(NULL, words, NULL, flags, NULL, NULL, &out, NULL, &status, &cause) ||
            !g_spawn_check_wait_status(status, &cause)) {
                g_set_error(error, FAIL, FAIL_CONFIG, "token_command '%s': %s", command, cause->message);
                return NULL;
        }
        return first_line(out, "token_command", error);
}

static bool is_consistent(const struct calendar_target *target, GError **error)
{
        int n = (target->password_file != NULL) + (target->token_file != NULL) + (target->token_command != NULL);
        if (n > 1)
                g_set_error(error, FAIL, FAIL_CONFIG, "give one of password_file, token_file and token_command");
        else if ((target->user != NULL) != (target->password_file != NULL))
                g_set_error(error, FAIL, FAIL_CONFIG, "user and password_file belong together");
        else
                return true;
        return false;
}

static bool fill(struct login *login, const struct calendar_target *target, GError **error)
{
        if (target->password_file) {
                login->user = g_strdup(target->user);
                return (login->password = secret_of_file(target->password_file, error)) != NULL;
        }
        if (target->token_file)
                return (login->token = secret_of_file(target->token_file, error)) != NULL;
        return !target->token_command || (login->token = secret_of_command(target->token_command, error)) != NULL;
}

struct login *login_new(const struct calendar_target *target, GError **error)
{
        struct login *login = g_new0(struct login, 1);
        if (is_consistent(target, error) && fill(login, target, error))
                return login;
        login_free(login);
        g_prefix_error(error, "calendar '%s': ", target->name);
        return NULL;
}

static const char bot_group[] = "phabricator_bot";

/* Its host is the URL of the API: "https://phabricator.example.org/api/". */
static bool fill_of_bot(struct login *login, const char *path, char **url, GError **error)
{
        g_autoptr(GKeyFile) file = g_key_file_new();
        char *text = private_text(path, error);
        g_autoptr(GError) cause = NULL;
        g_autofree char *host = NULL;
        if (text && g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, &cause)) {
                host = g_key_file_get_string(file, bot_group, "host", &cause);
                login->token = host ? g_key_file_get_string(file, bot_group, "token", &cause) : NULL;
                login->user = g_key_file_get_string(file, bot_group, "username", NULL);
        }
        wipe(text);
        if (cause)
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: %s", path, cause->message);
        if (!login->token)
                return false;
        char *api = g_strrstr(host, "/api");
        if (api && strlen(api) <= strlen("/api/"))
                *api = '\0';
        if (!*url)
                *url = g_strdup(host);
        return true;
}

struct login *login_of_tracker(const struct tracker_settings *tracker, char **url, GError **error)
{
        struct login *login = g_new0(struct login, 1);
        char *base = g_strdup(tracker->url);
        bool is_good = (tracker->token_file != NULL) != (tracker->bot_file != NULL);
        if (!is_good)
                g_set_error(error, FAIL, FAIL_CONFIG, "give one of token_file and bot_file");
        else if (tracker->bot_file)
                is_good = fill_of_bot(login, tracker->bot_file, &base, error);
        else
                is_good = (login->token = secret_of_file(tracker->token_file, error)) != NULL;
        if (is_good && base) {
                *url = base;
                return login;
        }
        if (is_good)
                g_set_error(error, FAIL, FAIL_CONFIG, "url is missing");
        g_free(base);
        login_free(login);
        return NULL;
}

void login_free(struct login *login)
{
        if (!login)
                return;
        g_free(login->user);
        wipe(login->password);
        wipe(login->token);
        g_free(login);
}
