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
#define TRIES      ".tries"

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

/* Whoever had the lock before us may have removed the file that we waited on. */
static bool is_still_there(int fd, const char *path)
{
        struct stat ours, named;
        return fstat(fd, &ours) == 0 && stat(path, &named) == 0 && ours.st_ino == named.st_ino;
}

static bool lock(struct spooled *spooled, GError **error)
{
        for (;;) {
                spooled->tries_fd = open(spooled->tries_path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
                if (spooled->tries_fd < 0)
                        return fail(error, spooled->tries_path, "cannot be opened");
                while (flock(spooled->tries_fd, LOCK_EX) != 0)
                        if (errno != EINTR)
                                return fail(error, spooled->tries_path, "cannot be locked");
                if (is_still_there(spooled->tries_fd, spooled->tries_path))
                        break;
                close(spooled->tries_fd);
        }
        struct stat about;
        if (fstat(spooled->tries_fd, &about) != 0)
                return fail(error, spooled->tries_path, "cannot be read");
        spooled->tries = (int)MIN(about.st_size, G_MAXINT);
        return true;
}

static bool name_it(struct spooled *spooled, const char *new, const char *spool, GError **error)
{
        g_autoptr(GMappedFile) file = g_mapped_file_new(new, FALSE, error);
        if (!file)
                return false;
        spooled->bytes = g_mapped_file_get_bytes(file);
        spooled->hash = raw_hash(spooled->bytes);
        spooled->path = g_build_filename(spool, spooled->hash, NULL);
        spooled->tries_path = g_strconcat(spooled->path, TRIES, NULL);
        return g_rename(new, spooled->path) == 0 || fail(error, new, "cannot be renamed");
}

struct spooled *spool_take(int fd, const char *directory, GError **error)
{
        g_autofree char *spool = g_build_filename(directory, "spool", NULL);
        if (g_mkdir_with_parents(spool, 0700) != 0) {
                fail(error, spool, "cannot be made");
                return NULL;
        }
        g_autofree char *new = take_in(fd, spool, error);
        if (!new)
                return NULL;
        struct spooled *spooled = g_new0(struct spooled, 1);
        spooled->directory = g_strdup(directory);
        spooled->tries_fd = -1;
        if (name_it(spooled, new, spool, error) && raw_sync_names(spool, error) && lock(spooled, error))
                return spooled;
        g_unlink(new);
        spooled_free(spooled);
        return NULL;
}

void spooled_free(struct spooled *spooled)
{
        if (!spooled)
                return;
        if (spooled->tries_fd >= 0)
                close(spooled->tries_fd);
        g_clear_pointer(&spooled->bytes, g_bytes_unref);
        g_free(spooled->directory);
        g_free(spooled->path);
        g_free(spooled->tries_path);
        g_free(spooled->hash);
        g_free(spooled);
}

bool spool_try(struct spooled *spooled, GError **error)
{
        return (write(spooled->tries_fd, "x", 1) == 1 && fsync(spooled->tries_fd) == 0) ||
               fail(error, spooled->tries_path, "cannot be written");
}

void spool_forgive(struct spooled *spooled)
{
        if (ftruncate(spooled->tries_fd, spooled->tries) != 0)
                return; /* one of the two runs that may die of it is used up, no more */
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
        g_unlink(spooled->path);
        g_unlink(spooled->tries_path);
}

struct spool_counts spool_count(const char *directory)
{
        struct spool_counts counts = {0};
        g_autofree char *spool = g_build_filename(directory, "spool", NULL);
        g_autoptr(GDir) names = g_dir_open(spool, 0, NULL);
        for (const char *name; names && (name = g_dir_read_name(names));) {
                if (g_str_has_prefix(name, UNFINISHED))
                        counts.unfinished++;
                else if (!g_str_has_suffix(name, TRIES))
                        counts.mails++;
        }
        return counts;
}
