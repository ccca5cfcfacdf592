/* Raw mails: the bytes as they came, each a file named by its hash, and the few header fields that are looked at before it is read.
 * In: bytes. Out: names, files, values. */
#include "ledger/raw.h"

#include "base/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

enum { MOST_VALUE = 1000 };

/* What is left of some bytes. */
struct rest {
        const char *at, *end;
};

static struct rest rest_of(GBytes *bytes)
{
        gsize length;
        const char *at = g_bytes_get_data(bytes, &length);
        return (struct rest){at, at + length};
}

static const char *line_end(const struct rest *rest, const char *at)
{
        const char *feed = memchr(at, '\n', (gsize)(rest->end - at));
        return feed ? feed + 1 : rest->end;
}

/* The end of the field that begins here, with its folded lines. */
static const char *field_end(const struct rest *rest)
{
        const char *end = line_end(rest, rest->at);
        while (end < rest->end && (*end == ' ' || *end == '\t'))
                end = line_end(rest, end);
        return end;
}

static bool is_header_over(const struct rest *rest)
{
        return rest->at >= rest->end || *rest->at == '\n' || (*rest->at == '\r' && rest->at + 1 < rest->end && rest->at[1] == '\n');
}

/* Where the value of a field of this name begins; NULL: it has another name. */
static const char *value_of(const struct rest *rest, const char *name)
{
        gsize length = strlen(name);
        bool is_start = length > 0 && name[length - 1] == '*';
        length -= is_start;
        if ((gsize)(rest->end - rest->at) <= length || g_ascii_strncasecmp(rest->at, name, length) != 0)
                return NULL;
        const char *colon = rest->at + length;
        while (colon < rest->end && (is_start ? *colon > ' ' && *colon != ':' : *colon == ' ' || *colon == '\t'))
                colon++;
        return colon < rest->end && *colon == ':' ? colon + 1 : NULL;
}

char *raw_field(GBytes *bytes, const char *name)
{
        for (struct rest rest = rest_of(bytes); !is_header_over(&rest); rest.at = field_end(&rest)) {
                const char *value = value_of(&rest, name);
                if (!value)
                        continue;
                char *text = g_strndup(value, MIN((gsize)(field_end(&rest) - value), MOST_VALUE));
                return g_strstrip(g_strdelimit(text, "\r\n\t", ' '));
        }
        return NULL;
}

GBytes *raw_without(GBytes *bytes, const char *name)
{
        GByteArray *left = g_byte_array_sized_new((guint)g_bytes_get_size(bytes));
        struct rest rest = rest_of(bytes);
        for (const char *end; !is_header_over(&rest); rest.at = end) {
                end = field_end(&rest);
                if (!value_of(&rest, name))
                        g_byte_array_append(left, (const guint8 *)rest.at, (guint)(end - rest.at));
        }
        g_byte_array_append(left, (const guint8 *)rest.at, (guint)(rest.end - rest.at));
        return g_byte_array_free_to_bytes(left);
}

char *raw_message_id(GBytes *bytes)
{
        g_autofree char *value = raw_field(bytes, "Message-ID");
        const char *open = value ? strchr(value, '<') : NULL;
        gsize length = open ? strcspn(open + 1, ">") : 0;
        return length ? g_strndup(open + 1, length) : NULL;
}

char *raw_hash(GBytes *bytes)
{
        static const char *const envelope[] = {"Return-path", "Envelope-to", "Delivery-date"};
        struct rest rest = rest_of(bytes);
        for (gsize i = 0; i < G_N_ELEMENTS(envelope);)
                if (value_of(&rest, envelope[i])) {
                        rest.at = field_end(&rest);
                        i = 0;
                } else {
                        i++;
                }
        while (rest.end > rest.at && (rest.end[-1] == '\n' || rest.end[-1] == '\r'))
                rest.end--;
        return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)rest.at, (gsize)(rest.end - rest.at));
}

char *raw_place(const char *hash, gint64 date)
{
        g_autoptr(GDateTime) time = date == G_MININT64 ? NULL : g_date_time_new_from_unix_utc(date);
        g_autofree char *month = time ? g_date_time_format(time, "%Y/%m") : g_strdup("undated");
        return g_build_filename("mail", month, hash, NULL);
}

static bool fail(GError **error, const char *path, const char *what)
{
        g_set_error(error, FAIL, FAIL_IO, "%s: %s: %s", path, what, g_strerror(errno));
        return false;
}

bool raw_sync_names(const char *directory, GError **error)
{
        int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool is_synced = fd >= 0 && fsync(fd) == 0;
        if (!is_synced)
                fail(error, directory, "cannot be made durable");
        if (fd >= 0)
                close(fd);
        return is_synced;
}

bool raw_make_way(const char *directory, const char *place, GError **error)
{
        for (const char *slash = strchr(place, '/'); slash; slash = strchr(slash + 1, '/')) {
                g_autofree char *name = g_strndup(place, (gsize)(slash - place)), *path = g_build_filename(directory, name, NULL);
                g_autofree char *above = g_path_get_dirname(path);
                if (mkdir(path, 0700) != 0) {
                        if (errno != EEXIST)
                                return fail(error, path, "cannot be made");
                } else if (!raw_sync_names(above, error)) {
                        return false;
                }
        }
        return true;
}

static bool write_all(int fd, GBytes *bytes)
{
        for (struct rest rest = rest_of(bytes); rest.at < rest.end;) {
                gssize n = write(fd, rest.at, (gsize)(rest.end - rest.at));
                if (n < 0 && errno != EINTR)
                        return false;
                rest.at += n < 0 ? 0 : n;
        }
        return true;
}

bool raw_keep(const char *directory, const char *place, GBytes *bytes, GError **error)
{
        g_autofree char *path = g_build_filename(directory, place, NULL), *new = g_strconcat(path, ".XXXXXX", NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
                return true;
        int fd = g_mkstemp_full(new, O_WRONLY | O_CLOEXEC, 0600);
        if (fd < 0 && errno == ENOENT) {
                if (!raw_make_way(directory, place, error))
                        return false;
                g_free(new);
                new = g_strconcat(path, ".XXXXXX", NULL);
                fd = g_mkstemp_full(new, O_WRONLY | O_CLOEXEC, 0600);
        }
        if (fd < 0)
                return fail(error, path, "cannot be made");
        bool is_kept = write_all(fd, bytes);
        is_kept = close(fd) == 0 && is_kept && g_rename(new, path) == 0;
        if (is_kept)
                return true;
        fail(error, path, "cannot be written");
        g_unlink(new);
        return false;
}

bool raw_sync(const char *directory, GError **error)
{
        int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool is_synced = fd >= 0 && syncfs(fd) == 0;
        if (!is_synced)
                fail(error, directory, "cannot be made durable");
        if (fd >= 0)
                close(fd);
        return is_synced;
}
