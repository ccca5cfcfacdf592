/* decisions.jsonl: people's decisions as a file that only grows.
 * In: a ledger, such a file. Out: lines. */
#include "ledger/journal.h"

#include "base/fail.h"
#include "ledger/decisions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

static GPtrArray *fail_at(const char *path, guint line, const GError *wrong, GError **error)
{
        g_set_error(error, FAIL, FAIL_DATA, "%s:%u: %s", path, line, wrong ? wrong->message : "this is no decision");
        return NULL;
}

static struct decision *decision_of(const char *line, GError **error)
{
        json_t *json = json_loads(line, 0, NULL);
        struct decision *decision = json ? decision_from_json(json, error) : NULL;
        json_decref(json);
        return decision;
}

/* The lines of a text that have an end; what is behind the last of them was cut off. */
static GPtrArray *decisions_of(const char *text, const char *path, GError **error)
{
        g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)decision_free);
        for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
                g_autofree char *line = g_strndup(text, (gsize)(end - text));
                g_autoptr(GError) wrong = NULL;
                struct decision *decision = decision_of(line, &wrong);
                if (!decision)
                        return fail_at(path, list->len + 1, wrong, error);
                g_ptr_array_add(list, decision);
                if (decision->number != list->len)
                        return fail_at(path, list->len, NULL, error);
        }
        return g_steal_pointer(&list);
}

GPtrArray *journal_read(const char *path, GError **error)
{
        g_autofree char *text = NULL;
        g_autoptr(GError) wrong = NULL;
        if (!g_file_get_contents(path, &text, NULL, &wrong) && !g_error_matches(wrong, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
                g_set_error(error, FAIL, FAIL_IO, "%s", wrong->message);
                return NULL;
        }
        return decisions_of(text ? text : "", path, error);
}

static bool fail_io(const char *path, const char *what, GError **error)
{
        g_set_error(error, FAIL, FAIL_IO, "%s: %s: %s", path, what, g_strerror(errno));
        return false;
}

static bool write_all(int fd, const char *text, gsize length)
{
        while (length > 0) {
                ssize_t n = write(fd, text, length);
                if (n < 0 && errno != EINTR)
                        return false;
                text += MAX(n, 0);
                length -= (gsize)MAX(n, 0);
        }
        return true;
}

static char *lines_of(const GPtrArray *decisions)
{
        GString *text = g_string_new(NULL);
        for (guint i = 0; i < decisions->len; i++) {
                json_t *json = decision_to_json(decisions->pdata[i]);
                char *line = json_dumps(json, JSON_COMPACT);
                g_string_append_printf(text, "%s\n", line);
                free(line);
                json_decref(json);
        }
        return g_string_free(text, FALSE);
}

/* Where the last whole line ends. */
static bool whole_length(const char *path, off_t *length, GError **error)
{
        g_autofree char *text = NULL;
        if (!g_file_get_contents(path, &text, NULL, NULL))
                return fail_io(path, "cannot be read", error);
        const char *last = strrchr(text, '\n');
        *length = last ? last + 1 - text : 0;
        return true;
}

static bool sync_directory(const char *directory, GError **error)
{
        int fd = g_open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
        bool is_fine = fd >= 0 && fsync(fd) == 0;
        if (!is_fine)
                fail_io(directory, "cannot be written to disk", error);
        if (fd >= 0)
                close(fd);
        return is_fine;
}

/* Append under a lock what the file lacks. */
static bool append(struct ledger *ledger, const char *path, int fd, GError **error)
{
        off_t length;
        g_autoptr(GPtrArray) known = whole_length(path, &length, error) ? journal_read(path, error) : NULL;
        g_autoptr(GPtrArray) all = known ? decisions_list(ledger, 0, 0, error) : NULL;
        if (!all)
                return false;
        if (known->len > all->len) {
                g_set_error(error, FAIL, FAIL_DATA,
                            "%s has %u decisions that the ledger does not know: 'mailclinic replay' of the mailbox carries them out again",
                            path, known->len - all->len);
                return false;
        }
        if (known->len == all->len)
                return true;
        g_ptr_array_remove_range(all, 0, known->len);
        g_autofree char *text = lines_of(all);
        if (ftruncate(fd, length) != 0 || lseek(fd, length, SEEK_SET) < 0 || !write_all(fd, text, strlen(text)) || fsync(fd) != 0)
                return fail_io(path, "cannot be written", error);
        return true;
}

static char *path_of(const struct ledger *ledger)
{
        return g_build_filename(ledger_directory(ledger), "decisions.jsonl", NULL);
}

bool journal_write(struct ledger *ledger, GError **error)
{
        if (!ledger_directory(ledger))
                return true;
        g_autofree char *path = path_of(ledger);
        int fd = g_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0)
                return fail_io(path, "cannot be opened", error);
        bool is_fine = flock(fd, LOCK_EX) == 0 ? append(ledger, path, fd, error) : fail_io(path, "cannot be locked", error);
        close(fd);
        return is_fine && sync_directory(ledger_directory(ledger), error);
}
