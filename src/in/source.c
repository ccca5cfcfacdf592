/* The bytes of a file, a FIFO or standard input, unpacked where they are packed.
 * In: a path. Out: bytes. */
#include "in/source.h"

#include "base/fail.h"
#include "in/gzip.h"
#include "in/packed.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct source {
        char *path;
        int fd;
        bool is_regular;
        gint64 at, size; /* size when it was opened; G_MAXINT64 where it is no regular file */
        char head[8];    /* the first bytes, read to tell how they are packed, and not given yet */
        gsize head_length;
        struct gzip *gzip; /* at most one of these */
        struct packed *packed;
};

/* Read from the descriptor, not past the size that the file had. */
static gssize read_file(struct source *source, char *buffer, gsize size, GError **error)
{
        gsize most = (gsize)MIN((gint64)MIN(size, G_MAXSSIZE), source->size - source->at);
        gssize n;

        do
                n = read(source->fd, buffer, most);
        while (n < 0 && errno == EINTR);
        if (n < 0)
                g_set_error(error, FAIL, FAIL_IO, "cannot be read: %s", g_strerror(errno));
        else
                source->at += n;
        return n;
}

/* The bytes of the file from its beginning, the head too: give_bytes for those who unpack. */
static gssize give_raw(void *from, char *buffer, gsize size, GError **error)
{
        struct source *source = from;
        gsize n = MIN(size, source->head_length);

        if (n == 0)
                return read_file(source, buffer, size, error);
        memcpy(buffer, source->head, n);
        memmove(source->head, source->head + n, source->head_length - n);
        source->head_length -= n;
        return (gssize)n;
}

static bool read_head(struct source *source, GError **error)
{
        while (source->head_length < sizeof source->head) {
                gssize n = read_file(source, source->head + source->head_length, sizeof source->head - source->head_length, error);

                if (n < 0)
                        return false;
                if (n == 0)
                        break;
                source->head_length += (gsize)n;
        }
        if (gzip_is(source->head, source->head_length))
                source->gzip = gzip_new(give_raw, source);
        else if (packed_is(source->head, source->head_length))
                source->packed = packed_new(give_raw, source);
        return true;
}

static bool open_file(struct source *source, GError **error)
{
        struct stat status;

        source->fd = strcmp(source->path, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                                    : open(source->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (source->fd < 0 || fstat(source->fd, &status) != 0) {
                g_set_error(error, FAIL, FAIL_INPUT, "cannot be opened: %s", g_strerror(errno));
                return false;
        }
        source->is_regular = S_ISREG(status.st_mode);
        source->size = source->is_regular ? status.st_size : G_MAXINT64;
        if (source->is_regular)
                source->at = MAX(lseek(source->fd, 0, SEEK_CUR), 0);
        return true;
}

struct source *source_open(const char *path, GError **error)
{
        struct source *source = g_new0(struct source, 1);

        source->path = g_strdup(path);
        source->fd = -1;
        if (open_file(source, error) && read_head(source, error))
                return source;
        g_prefix_error(error, "%s: ", path);
        source_free(source);
        return NULL;
}

void source_free(struct source *source)
{
        if (source == NULL)
                return;
        if (source->fd >= 0)
                close(source->fd);
        gzip_free(source->gzip);
        packed_free(source->packed);
        g_free(source->path);
        g_free(source);
}

gssize source_read(struct source *source, char *buffer, gsize size, GError **error)
{
        gssize n = source->gzip != NULL     ? gzip_read(source->gzip, buffer, size, error)
                   : source->packed != NULL ? packed_read(source->packed, buffer, size, error)
                                            : give_raw(source, buffer, size, error);

        if (n < 0)
                g_prefix_error(error, "%s: ", source->path);
        return n;
}

gint64 source_skip_hole(struct source *source)
{
        gint64 from = source->at, data;

        if (!source->is_regular || source->head_length > 0 || source->gzip != NULL || source->packed != NULL)
                return 0;
        data = lseek(source->fd, from, SEEK_DATA);
        if (data < 0 && errno == ENXIO)
                data = source->size;
        if (data < from) /* a file system that knows no holes */
                data = from;
        source->at = MIN(data, source->size);
        lseek(source->fd, source->at, SEEK_SET);
        return source->at - from;
}

gint64 source_at(const struct source *source)
{
        return source->at;
}
