/* Filing: each recorded mail into the Maildir folder of its resolution, once, whatever dies in between.
 * In: the ledger, the configuration. Out: files in a Maildir. */
#include "filing.h"

#include "base/fail.h"
#include "ledger/unfiled.h"
#include "out/filed-head.h"
#include "out/maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum { MOST_AT_ONCE = 100 };

struct filing {
        struct ledger *ledger;
        const struct settings *settings;
        gint64 mail;   /* that was recorded just now */
        char **folder; /* where it went */
};

/* The same in every run, and no other mail's. */
static char *name_of(const struct entry *entry)
{
        g_autofree char *hash = g_path_get_basename(entry->raw);
        return g_strdup_printf("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "_%.16s.mailclinic",
                               entry->date == READING_NO_TIME ? 0 : MAX(entry->date, 0), entry->id, hash);
}

static GBytes *raw_of(const struct filing *filing, const struct entry *entry, GError **error)
{
        g_autofree char *path = g_build_filename(ledger_directory(filing->ledger), entry->raw, NULL);
        g_autoptr(GError) cause = NULL;
        g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &cause);
        if (file)
                return g_mapped_file_get_bytes(file);
        g_set_error(error, FAIL, FAIL_IO, "%s", cause->message);
        return NULL;
}

static bool put(const struct filing *filing, const struct entry *entry, GError **error)
{
        const struct settings *settings = filing->settings;
        const char *chosen = settings_folder(settings, entry->resolution);
        g_autofree char *folder = g_canonicalize_filename(chosen, settings->maildir.path), *name = name_of(entry);
        bool is_new = entry->id == filing->mail;
        if (!is_new && maildir_has(folder, name))
                return true;
        g_autoptr(GBytes) raw = raw_of(filing, entry, error);
        if (!raw)
                return false;
        g_autoptr(GBytes) body = filed_body(raw);
        g_autofree char *head = filed_head(entry);
        if (!maildir_put(folder, name, head, body, error))
                return false;
        if (is_new)
                *filing->folder = g_strdup(chosen);
        return true;
}

static bool file_one(const struct filing *filing, gint64 id, GError **error)
{
        g_autoptr(GError) wrong = NULL;
        struct entry *entry = ledger_mail(filing->ledger, id, NULL, &wrong);
        bool is_filed = !wrong && (!entry || !entry->raw || put(filing, entry, &wrong));
        entry_free(entry);
        if (wrong)
                g_propagate_error(error, g_steal_pointer(&wrong));
        return is_filed && unfiled_drop(filing->ledger, id, error);
}

static bool file_all(const struct filing *filing, GError **error)
{
        g_autoptr(GArray) ids = unfiled_list(filing->ledger, MOST_AT_ONCE, error);
        for (guint i = 0; ids && i < ids->len; i++)
                if (!file_one(filing, g_array_index(ids, gint64, i), error))
                        return false;
        return ids != NULL;
}

bool filing_run(struct ledger *ledger, const struct settings *settings, gint64 mail, char **folder, GError **error)
{
        struct filing filing = {ledger, settings, mail, folder};
        g_autofree char *path = g_build_filename(ledger_directory(ledger), "filing.lock", NULL);
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        bool is_filed = false;
        *folder = NULL;
        /* One at a time: what the list names is then nobody else's. */
        if (fd < 0 || flock(fd, LOCK_EX) != 0)
                g_set_error(error, FAIL, FAIL_IO, "%s: cannot be locked: %s", path, g_strerror(errno));
        else
                is_filed = file_all(&filing, error);
        if (fd >= 0)
                close(fd);
        return is_filed;
}
