/* Delivery into a Maildir: a mail is there whole and durably, or not at all.
 * In: bytes, a name that is the mail's alone. Out: a file in new/. */
#include "out/maildir.h"

#include "base/fail.h"
#include "ledger/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

static bool fail(GError **error, const char *path, const char *what)
{
        g_set_error(error, FAIL, FAIL_IO, "%s: %s: %s", path, what, g_strerror(errno));
        return false;
}

static bool make_folder(const char *path, GError **error)
{
        g_autofree char *above = g_path_get_dirname(path);
        if (g_mkdir(path, 0700) == 0)
                return raw_sync_names(above, error);
        if (errno == ENOENT)
                return make_folder(above, error) && make_folder(path, error);
        return errno == EEXIST || fail(error, path, "cannot be made");
}

static bool make_folders(const char *folder, GError **error)
{
        static const char *const parts[] = {"tmp", "new", "cur"};
        for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
                g_autofree char *path = g_build_filename(folder, parts[i], NULL);
                if (!make_folder(path, error))
                        return false;
        }
        return true;
}

static bool write_all(int fd, const char *at, gsize length)
{
        for (gssize n; length > 0; at += n, length -= (gsize)n) {
                n = write(fd, at, length);
                if (n < 0 && errno != EINTR)
                        return false;
                n = MAX(n, 0);
        }
        return true;
}

/* What a run that died left under this name is overwritten. */
static bool write_file(const char *path, const char *head, GBytes *mail, GError **error)
{
        gsize length;
        const char *bytes = g_bytes_get_data(mail, &length);
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
                return fail(error, path, "cannot be made");
        bool is_written = write_all(fd, head, strlen(head)) && write_all(fd, bytes, length) && fsync(fd) == 0;
        if (!is_written)
                fail(error, path, "cannot be written");
        close(fd);
        return is_written;
}

bool maildir_put(const char *folder, const char *name, const char *head, GBytes *mail, GError **error)
{
        g_autofree char *from = g_build_filename(folder, "tmp", name, NULL), *to = g_build_filename(folder, "new", name, NULL);
        g_autofree char *names = g_path_get_dirname(to);
        if (!make_folders(folder, error))
                return false;
        if (write_file(from, head, mail, error) && (g_rename(from, to) == 0 || fail(error, to, "cannot be made")))
                return raw_sync_names(names, error);
        g_unlink(from);
        return false;
}

bool maildir_has(const char *folder, const char *name)
{
        g_autofree char *unseen = g_build_filename(folder, "new", name, NULL), *seen = g_build_filename(folder, "cur", NULL);
        /* In this order: a reader moves it from new/ to cur/. */
        if (g_file_test(unseen, G_FILE_TEST_EXISTS))
                return true;
        g_autoptr(GDir) names = g_dir_open(seen, 0, NULL);
        for (const char *entry; names && (entry = g_dir_read_name(names));)
                if (g_str_has_prefix(entry, name) && strchr(":", entry[strlen(name)]))
                        return true;
        return false;
}
