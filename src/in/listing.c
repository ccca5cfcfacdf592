/* Which files a path stands for: a file, a Maildir, or a directory of mails.
 * In: a path. Out: files in the order of arrival. */
#include "in/listing.h"

#include "base/fail.h"
#include "base/limits.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* A mail of a Maildir, and when it arrived. */
struct arrival {
        char *path;
        const char *name; /* in path */
        gint64 seconds, microseconds, size;
};

void listed_free(struct listed *listed)
{
        if (listed == NULL)
                return;
        g_free(listed->path);
        g_clear_error(&listed->error);
        g_free(listed);
}

static struct listed *add(GPtrArray *list, const char *path, gint64 size, bool is_mail)
{
        struct listed *listed = g_new0(struct listed, 1);

        listed->path = g_strdup(path);
        listed->size = size;
        listed->is_mail = is_mail;
        g_ptr_array_add(list, listed);
        return listed;
}

static void add_error(GPtrArray *list, const char *path, const char *why)
{
        add(list, path, 0, false)->error = g_error_new(FAIL, FAIL_INPUT, "%s: %s", path, why);
}

static void arrival_free(void *data)
{
        struct arrival *arrival = data;

        g_free(arrival->path);
        g_free(arrival);
}

/* "1636876860.M123P456.host:2,S": seconds, and microseconds after M, since 1970. */
static struct arrival *arrival_new(const char *directory, const char *name)
{
        g_autofree char *path = g_build_filename(directory, name, NULL);
        struct arrival *arrival;
        struct stat status;
        char *end;

        if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
                return NULL;
        arrival = g_new0(struct arrival, 1);
        arrival->path = g_steal_pointer(&path);
        arrival->name = arrival->path + strlen(arrival->path) - strlen(name);
        arrival->size = status.st_size;
        arrival->seconds = g_ascii_strtoll(name, &end, 10);
        if (end == name || *end != '.')
                arrival->seconds = status.st_mtime;
        else if (end[1] == 'M')
                arrival->microseconds = g_ascii_strtoll(end + 2, NULL, 10);
        return arrival;
}

static int compare_arrivals(const void *a, const void *b)
{
        const struct arrival *left = *(const struct arrival *const *)a, *right = *(const struct arrival *const *)b;

        if (left->seconds != right->seconds)
                return left->seconds < right->seconds ? -1 : 1;
        if (left->microseconds != right->microseconds)
                return left->microseconds < right->microseconds ? -1 : 1;
        return strcmp(left->name, right->name);
}

/* cur/ or new/ of a Maildir; a Maildir may lack one of them. */
static void add_arrivals(GPtrArray *arrivals, GPtrArray *list, const char *maildir, const char *which)
{
        g_autofree char *path = g_build_filename(maildir, which, NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(GDir) directory = g_dir_open(path, 0, &error);
        const char *name;

        if (directory == NULL) {
                if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
                        add_error(list, path, error->message);
                return;
        }
        while ((name = g_dir_read_name(directory)) != NULL) {
                struct arrival *arrival = name[0] == '.' ? NULL : arrival_new(path, name);

                if (arrival != NULL)
                        g_ptr_array_add(arrivals, arrival);
        }
}

static bool is_maildir(const char *path)
{
        g_autofree char *cur = g_build_filename(path, "cur", NULL);
        g_autofree char *new = g_build_filename(path, "new", NULL);

        return g_file_test(cur, G_FILE_TEST_IS_DIR) || g_file_test(new, G_FILE_TEST_IS_DIR);
}

static void add_maildir(GPtrArray *list, const char *path)
{
        g_autoptr(GPtrArray) arrivals = g_ptr_array_new_with_free_func(arrival_free);

        add_arrivals(arrivals, list, path, "new");
        add_arrivals(arrivals, list, path, "cur");
        g_ptr_array_sort(arrivals, compare_arrivals);
        for (guint i = 0; i < arrivals->len; i++) {
                const struct arrival *arrival = arrivals->pdata[i];

                add(list, arrival->path, arrival->size, true);
        }
}

/* Whether a file in a directory is called like mails; an .eml is a single one. */
static bool is_called_mail(const char *name, bool *is_mail)
{
        static const char *const packings[] = {".gz", ".xz", ".zst", ".bz2"};
        g_autofree char *plain = g_strdup(name);

        for (guint i = 0; i < G_N_ELEMENTS(packings); i++)
                if (g_str_has_suffix(plain, packings[i])) {
                        plain[strlen(plain) - strlen(packings[i])] = '\0';
                        break;
                }
        *is_mail = g_str_has_suffix(plain, ".eml");
        return *is_mail || g_str_has_suffix(plain, ".mbox");
}

static int compare_names(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in a directory but hidden ones, sorted by their bytes; NULL and an error. */
static GPtrArray *names_in(const char *path, GError **error)
{
        g_autoptr(GDir) directory = g_dir_open(path, 0, error);
        GPtrArray *names;
        const char *name;

        if (directory == NULL)
                return NULL;
        names = g_ptr_array_new_with_free_func(g_free);
        while ((name = g_dir_read_name(directory)) != NULL)
                if (name[0] != '.')
                        g_ptr_array_add(names, g_strdup(name));
        g_ptr_array_sort(names, compare_names);
        return names;
}

/* A directory and those beneath it; one that links back to itself ends at the depth. */
static void add_directory(GPtrArray *list, const char *path, int depth)
{
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) names = NULL;

        if (is_maildir(path)) {
                add_maildir(list, path);
                return;
        }
        names = depth > LIMIT_FOLDER_DEPTH ? NULL : names_in(path, &error);
        if (names == NULL)
                add_error(list, path, error != NULL ? error->message : "too many directories within one another");
        for (guint i = 0; names != NULL && i < names->len; i++) {
                g_autofree char *inner = g_build_filename(path, names->pdata[i], NULL);
                struct stat status;
                bool is_mail;

                if (stat(inner, &status) == 0 && S_ISDIR(status.st_mode))
                        add_directory(list, inner, depth + 1);
                else if (is_called_mail(names->pdata[i], &is_mail) && S_ISREG(status.st_mode))
                        add(list, inner, status.st_size, is_mail);
        }
}

void listing_add(GPtrArray *list, const char *path)
{
        guint before = list->len;
        struct stat status;
        bool is_mail;

        if (strcmp(path, "-") == 0) {
                add(list, path, 0, false);
        } else if (stat(path, &status) != 0) {
                add_error(list, path, g_strerror(errno));
        } else if (S_ISDIR(status.st_mode)) {
                add_directory(list, path, 1);
                if (list->len == before && !is_maildir(path))
                        add_error(list, path, "neither a Maildir nor a directory with *.eml or *.mbox files");
        } else {
                is_called_mail(path, &is_mail);
                add(list, path, S_ISREG(status.st_mode) ? status.st_size : 0, is_mail);
        }
}
