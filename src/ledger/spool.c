/* The spool: a mail that was taken in is a durable file before anything reads it, and stays one until it is recorded.
 * In: a mail on a file descriptor. Out: its bytes, and a count of the runs that died of it. */
#include "ledger/spool.h"

#include "base/fail.h"
#include "ledger/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define UNFINISHED "new."

enum { PRIVATE = S_IRUSR | S_IWUSR, MOST_TRIES = S_IRWXO }; /* the modes of a mail: see the header */

static bool fail(GError **error, const char *path, const char *what)
{
        g_set_error(error, FAIL, FAIL_IO, "%s: %s: %s", path, what, g_strerror(errno));
        return false;
}

/* As many bytes as there are, up to size; fewer only at the end. -1: they cannot be read. */
static gssize read_full(int fd, char *buffer, gsize size)
{
        gsize done = 0;
        while (done < size) {
                gssize n = read(fd, buffer + done, size - done);
                if (n == 0)
                        break;
                if (n < 0 && errno != EINTR)
                        return -1;
                done += n < 0 ? 0 : (gsize)n;
        }
        return (gssize)done;
}

static bool write_full(int fd, const char *bytes, gsize length)
{
        for (gsize done = 0; done < length;) {
                gssize n = write(fd, bytes + done, length - done);
                if (n < 0 && errno != EINTR)
                        return false;
                done += n < 0 ? 0 : (gsize)n;
        }
        return true;
}

/* Copy a mail to a file: its length; -1: it cannot be read or written. */
static gint64 copy_mail(int from, int to)
{
        char buffer[64 * 1024];
        gint64 length = 0;
        bool is_first = true;
        for (gssize n; (n = read_full(from, buffer, sizeof buffer)) != 0;) {
                if (n < 0)
                        return -1;
                const char *start = buffer, *end = buffer + n;
                if (is_first && n >= 5 && memcmp(buffer, "From ", 5) == 0) {
                        const char *feed = memchr(buffer, '\n', (gsize)n);
                        start = feed ? feed + 1 : end;
                }
                is_first = false;
                if (!write_full(to, start, (gsize)(end - start)))
                        return -1;
                length += end - start;
        }
        return length;
}

/* Take the mail in under a name that says that it is not finished. NULL and an error. Caller frees. */
static char *take_in(int fd, const char *spool, GError **error)
{
        g_autofree char *new = g_build_filename(spool, UNFINISHED "XXXXXX", NULL);
        int file = g_mkstemp_full(new, O_WRONLY | O_CLOEXEC, 0600);
        if (file < 0) {
                fail(error, new, "cannot be made");
                return NULL;
        }
        gint64 length = copy_mail(fd, file);
        bool is_taken = length > 0 && fsync(file) == 0;
        if (!is_taken && length == 0)
                g_set_error_literal(error, FAIL, FAIL_INPUT, "there is no mail on standard input");
        else if (!is_taken)
                fail(error, new, "the mail cannot be taken in");
        close(file);
        if (is_taken)
                return g_steal_pointer(&new);
        g_unlink(new);
        return NULL;
}

/* Whoever had the lock before us may have taken the mail out of the spool. */
static bool is_still_there(const struct spooled *spooled)
{
        struct stat ours, named;
        return fstat(spooled->fd, &ours) == 0 && stat(spooled->path, &named) == 0 && ours.st_ino == named.st_ino;
}

/* Hold the mail that has this name; by now it may be gone. */
static bool lock(struct spooled *spooled, GError **error)
{
        spooled->fd = open(spooled->path, O_RDONLY | O_CLOEXEC);
        if (spooled->fd < 0)
                return errno == ENOENT || fail(error, spooled->path, "cannot be opened");
        while (flock(spooled->fd, LOCK_EX) != 0)
                if (errno != EINTR)
                        return fail(error, spooled->path, "cannot be locked");
        if (!is_still_there(spooled)) {
                close(spooled->fd);
                spooled->fd = -1;
        }
        return true;
}

/* Give the new mail its name, unless the same mail is there already: then that is the one to be worked on. */
static bool name_it(struct spooled *spooled, const char *new, GError **error)
{
        while (spooled->fd < 0) {
                if (link(new, spooled->path) != 0 && errno != EEXIST)
                        return fail(error, new, "cannot be named");
                if (!lock(spooled, error))
                        return false;
        }
        return true;
}

static bool look(struct spooled *spooled, GError **error)
{
        struct stat about;
        if (fstat(spooled->fd, &about) != 0)
                return fail(error, spooled->path, "cannot be read");
        spooled->tries = about.st_mode & MOST_TRIES;
        g_autoptr(GMappedFile) file = g_mapped_file_new_from_fd(spooled->fd, FALSE, error);
        if (file)
                spooled->bytes = g_mapped_file_get_bytes(file);
        return file != NULL;
}

static char *hash_of(const char *path, GError **error)
{
        g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
        g_autoptr(GBytes) bytes = file ? g_mapped_file_get_bytes(file) : NULL;
        return bytes ? raw_hash(bytes) : NULL;
}

struct spooled *spool_take(int fd, const char *directory, GError **error)
{
        g_autofree char *spool = g_build_filename(directory, "spool", NULL);
        if (g_mkdir_with_parents(spool, 0700) != 0) {
                fail(error, spool, "cannot be made");
                return NULL;
        }
        g_autofree char *new = take_in(fd, spool, error);
        g_autofree char *hash = new ? hash_of(new, error) : NULL;
        struct spooled *spooled = hash ? g_new0(struct spooled, 1) : NULL;
        if (spooled) {
                spooled->directory = g_strdup(directory);
                spooled->path = g_build_filename(spool, hash, NULL);
                spooled->hash = g_steal_pointer(&hash);
                spooled->fd = -1;
        }
        bool is_taken = spooled && name_it(spooled, new, error) && raw_sync_names(spool, error) && look(spooled, error);
        if (new)
                g_unlink(new);
        if (!is_taken)
                g_clear_pointer(&spooled, spooled_free);
        return spooled;
}

void spooled_free(struct spooled *spooled)
{
        if (!spooled)
                return;
        if (spooled->fd >= 0)
                close(spooled->fd);
        g_clear_pointer(&spooled->bytes, g_bytes_unref);
        g_free(spooled->directory);
        g_free(spooled->path);
        g_free(spooled->hash);
        g_free(spooled);
}

static bool count(const struct spooled *spooled, int tries)
{
        return fchmod(spooled->fd, PRIVATE | (mode_t)MIN(tries, MOST_TRIES)) == 0;
}

bool spool_try(struct spooled *spooled, GError **error)
{
        return count(spooled, spooled->tries + 1) || fail(error, spooled->path, "cannot be marked");
}

void spool_forgive(struct spooled *spooled)
{
        count(spooled, spooled->tries); /* if not, one of the two runs that may die of it is used up, no more */
}

bool spool_keep(const struct spooled *spooled, const char *place, GError **error)
{
        g_autofree char *path = g_build_filename(spooled->directory, place, NULL), *above = g_path_get_dirname(path);
        if (!raw_make_way(spooled->directory, place, error))
                return false;
        if (link(spooled->path, path) != 0 && !g_file_test(path, G_FILE_TEST_EXISTS))
                return fail(error, path, "cannot be made");
        return raw_sync_names(above, error);
}

void spool_drop(struct spooled *spooled)
{
        count(spooled, 0); /* the file goes on under its other name */
        g_unlink(spooled->path);
}

struct spool_counts spool_count(const char *directory)
{
        struct spool_counts counts = {0};
        g_autofree char *spool = g_build_filename(directory, "spool", NULL);
        g_autoptr(GDir) names = g_dir_open(spool, 0, NULL);
        for (const char *name; names && (name = g_dir_read_name(names));) {
                if (g_str_has_prefix(name, UNFINISHED))
                        counts.unfinished++;
                else
                        counts.mails++;
        }
        return counts;
}
