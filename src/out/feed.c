/* Calendars as files: one to subscribe to, and a vdir (a directory with a file for each event, for khal and vdirsyncer).
 * In: events. Out: files, replaced by rename and made durable, and not touched where nothing changed. */
#include "out/feed.h"

#include "base/fail.h"
#include "out/wording.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

enum { MODE_FILE = 0644, MODE_DIRECTORY = 0755 };

static const char suffix[] = ".ics";

static bool has_left(const struct event *event, const struct feed_choice *choice)
{
        gint64 end = event->end != MAINTENANCE_NO_TIME && event->end > event->start ? event->end : event->start;
        return choice->now != MAINTENANCE_NO_TIME && end < choice->now - choice->keep_seconds;
}

void feed_select(GArray *events, const struct maintenance *maintenance, const struct feed_choice *choice)
{
        for (guint i = 0; i < maintenance->events->len; i++) {
                struct listed listed = {maintenance, maintenance->events->pdata[i]};
                bool is_hidden = choice->hides_doubted && wording_is_doubted(listed.event);
                if (event_is_datable(listed.event) && !is_hidden && !has_left(listed.event, choice))
                        g_array_append_val(events, listed);
        }
}

static int compare(gconstpointer a, gconstpointer b)
{
        const struct event *one = ((const struct listed *)a)->event, *other = ((const struct listed *)b)->event;
        if (one->start != other->start)
                return one->start < other->start ? -1 : 1;
        return strcmp(one->uid, other->uid);
}

void feed_sort(GArray *events)
{
        g_array_sort(events, compare);
}

static bool fail(GError **error, const char *path, const char *what)
{
        g_set_error(error, FAIL, FAIL_IO, "%s: %s: %s", path, what, g_strerror(errno));
        return false;
}

static bool holds(const char *path, const char *text)
{
        g_autofree char *held = NULL;
        gsize length;
        return g_file_get_contents(path, &held, &length, NULL) && length == strlen(text) && memcmp(held, text, length) == 0;
}

/* The mode is set in any case: a umask, or a death before it, must not keep a calendar from its readers. */
static bool put_file(const char *path, const char *text, struct written *written, GError **error)
{
        GStatBuf about;
        bool is_same = holds(path, text);
        const GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
        g_autoptr(GError) cause = NULL;
        if (!is_same && !g_file_set_contents_full(path, text, -1, flags, MODE_FILE, &cause)) {
                g_set_error(error, FAIL, FAIL_IO, "%s: cannot be written: %s", path, cause->message);
                return false;
        }
        bool is_open = g_stat(path, &about) == 0 && (about.st_mode & 07777) == MODE_FILE;
        if (!is_open && g_chmod(path, MODE_FILE) != 0)
                return fail(error, path, "its mode cannot be set");
        if (is_same)
                written->n_same++;
        else
                written->n_written++;
        return true;
}

static bool make_directory(const char *path, GError **error)
{
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
                return true;
        if (g_mkdir_with_parents(path, MODE_DIRECTORY) != 0 || g_chmod(path, MODE_DIRECTORY) != 0)
                return fail(error, path, "cannot be made");
        return true;
}

bool feed_write(const char *path, const char *name, const GArray *events, struct written *written, GError **error)
{
        g_autofree char *directory = g_path_get_dirname(path), *text = event_feed(name, events);
        return make_directory(directory, error) && put_file(path, text, written, error);
}

static bool put_event(const char *directory, const struct listed *listed, struct written *written, GError **error)
{
        g_autofree char *base = g_strconcat(listed->event->uid, suffix, NULL);
        g_autofree char *path = g_build_filename(directory, base, NULL);
        g_autofree char *text = event_object(listed, CANCEL_STATUS, listed->event->sequence);
        return put_file(path, text, written, error);
}

static bool put_name(const char *directory, const char *name, struct written *written, GError **error)
{
        g_autofree char *path = g_build_filename(directory, "displayname", NULL);
        g_autofree char *plain = wording_plain(name, 100);
        return !*plain || put_file(path, plain, written, error);
}

/* The UID of a file "UID.ics"; NULL: it is something else. Caller frees. */
static char *uid_of(const char *base)
{
        char *uid = g_str_has_suffix(base, suffix) ? g_strndup(base, strlen(base) - strlen(suffix)) : NULL;
        if (uid && g_uuid_string_is_valid(uid))
                return uid;
        g_free(uid);
        return NULL;
}

bool feed_write_vdir(const char *directory, const char *name, const GArray *events, feed_is_ours *is_ours, void *data,
                     struct written *written, GError **error)
{
        g_autoptr(GHashTable) listed = g_hash_table_new(g_str_hash, g_str_equal);
        if (!make_directory(directory, error) || !put_name(directory, name, written, error))
                return false;
        for (guint i = 0; i < events->len; i++) {
                const struct listed *one = &g_array_index(events, struct listed, i);
                g_hash_table_add(listed, one->event->uid);
                if (!put_event(directory, one, written, error))
                        return false;
        }
        g_autoptr(GDir) folder = g_dir_open(directory, 0, NULL);
        if (!folder)
                return fail(error, directory, "cannot be listed");
        for (const char *base; (base = g_dir_read_name(folder));) {
                g_autofree char *uid = uid_of(base), *path = g_build_filename(directory, base, NULL);
                if (!uid || g_hash_table_contains(listed, uid) || !is_ours(uid, data))
                        continue;
                if (g_unlink(path) != 0)
                        return fail(error, path, "cannot be removed");
                written->n_removed++;
        }
        return true;
}
