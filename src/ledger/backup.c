/* A copy of all that a ledger is, in a directory that can be put in its place.
 * In: a ledger that others go on using. Out: files. */
#include "ledger/backup.h"

#include "base/fail.h"
#include "ledger/raw.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

static bool fail(GError **error, const char *path, const char *what)
{
        g_set_error(error, FAIL, FAIL_IO, "%s: %s: %s", path, what, g_strerror(errno));
        return false;
}

/* A ledger that was opened has a log beside it, and this would not be its database any more. */
static bool is_free(const char *directory, GError **error)
{
        g_autofree char *log = g_build_filename(directory, "ledger.sqlite-wal", NULL);
        if (!g_file_test(log, G_FILE_TEST_EXISTS))
                return true;
        g_set_error(error, FAIL, FAIL_USAGE, "%s is a ledger that was used, no backup: name another directory", directory);
        return false;
}

static bool copy_database(struct ledger *ledger, const char *directory, GError **error)
{
        g_autofree char *path = g_build_filename(directory, "ledger.sqlite", NULL), *new = g_strconcat(path, ".new", NULL);
        if (g_unlink(new) != 0 && errno != ENOENT)
                return fail(error, new, "cannot be removed");
        return ledger_backup(ledger, new, error) && (g_rename(new, path) == 0 || fail(error, path, "cannot be made"));
}

/* Before the database: a ledger may know more decisions than their file does, not fewer. */
static bool copy_decisions(const struct ledger *ledger, const char *directory, GError **error)
{
        g_autofree char *from = g_build_filename(ledger_directory(ledger), "decisions.jsonl", NULL);
        g_autofree char *to = g_build_filename(directory, "decisions.jsonl", NULL), *text = NULL;
        g_autoptr(GError) cause = NULL;
        gsize length;
        if (!g_file_get_contents(from, &text, &length, &cause)) {
                if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
                        return true;
        } else if (g_file_set_contents_full(to, text, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                            &cause)) {
                return true;
        }
        g_set_error(error, FAIL, FAIL_IO, "%s", cause->message);
        return false;
}

/* A name without a dot: others are of files that are not finished. */
static bool copy_mail(const char *from, const char *to, const char *place, struct copied *copied, GError **error)
{
        g_autofree char *there = g_build_filename(to, place, NULL), *here = g_build_filename(from, place, NULL);
        g_autoptr(GError) cause = NULL;
        copied->mails++;
        if (g_file_test(there, G_FILE_TEST_EXISTS))
                return true;
        g_autoptr(GMappedFile) file = g_mapped_file_new(here, FALSE, &cause);
        if (!file) {
                /* `prune` was faster. */
                copied->mails--;
                if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
                        return true;
                g_set_error(error, FAIL, FAIL_IO, "%s", cause->message);
                return false;
        }
        g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
        copied->new_mails++;
        return raw_keep(to, place, bytes, error);
}

/* mail/, mail/2026, mail/2026/11 and their likes. */
static bool copy_mails(const char *from, const char *to, const char *place, struct copied *copied, GError **error)
{
        g_autofree char *path = g_build_filename(from, place, NULL);
        g_autoptr(GDir) names = g_dir_open(path, 0, NULL);
        for (const char *name; names && (name = g_dir_read_name(names));) {
                g_autofree char *below = g_build_filename(place, name, NULL), *whole = g_build_filename(from, below, NULL);
                bool is_folder = g_file_test(whole, G_FILE_TEST_IS_DIR);
                if (!is_folder && strchr(name, '.'))
                        continue;
                if (!(is_folder ? copy_mails : copy_mail)(from, to, below, copied, error))
                        return false;
        }
        return true;
}

bool backup_write(struct ledger *ledger, const char *directory, struct copied *copied, GError **error)
{
        *copied = (struct copied){0};
        if (g_mkdir_with_parents(directory, 0700) != 0)
                return fail(error, directory, "cannot be made");
        /* Raw mails last: what the copied database knows of is there by then. */
        return is_free(directory, error) && copy_decisions(ledger, directory, error) && copy_database(ledger, directory, error) &&
               copy_mails(ledger_directory(ledger), directory, "mail", copied, error) && raw_sync(directory, error);
}
