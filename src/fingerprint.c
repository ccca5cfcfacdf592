/* What would be one issue, and why: mails of root@ grouped, for `fingerprint`.
 * In: mailboxes. Out: a text for people. */
#include "fingerprint.h"

#include "decide/group.h"
#include "in/mailbox.h"
#include "out/show-root.h"
#include "reader/confine.h"

enum { SHOWN_LINES = 8, INDENT = 4 };

/* One issue as it is shown. */
struct issue {
        char *title, *signature, *why; /* of its first mail */
        guint mails;
        GHashTable *hosts;
};

struct gathering {
        struct groups *groups;
        GHashTable *issues; /* struct issue by the group's name, which is borrowed from groups */
        GPtrArray *names;   /* of issues, in the order of their first mails; borrowed */
        guint mails, unread;
        char *last_why; /* what decided of the latest mail */
};

static void issue_free(gpointer data)
{
        struct issue *issue = data;
        g_hash_table_unref(issue->hosts);
        g_free(issue->title);
        g_free(issue->signature);
        g_free(issue->why);
        g_free(issue);
}

static void gathering_init(struct gathering *gathering)
{
        *gathering = (struct gathering){.groups = groups_new()};
        gathering->issues = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, issue_free);
        gathering->names = g_ptr_array_new();
}

static void gathering_release(struct gathering *gathering)
{
        g_free(gathering->last_why);
        g_ptr_array_unref(gathering->names);
        g_hash_table_unref(gathering->issues);
        groups_free(gathering->groups);
}

static struct issue *issue_of(struct gathering *gathering, const char *name, const struct root *root)
{
        struct issue *issue = g_hash_table_lookup(gathering->issues, name);
        if (issue)
                return issue;
        issue = g_new0(struct issue, 1);
        issue->title = g_strdup(root->title);
        issue->signature = g_strdup(root->signature);
        issue->why = g_strdup(gathering->last_why);
        issue->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_insert(gathering->issues, (gpointer)name, issue);
        g_ptr_array_add(gathering->names, (gpointer)name);
        return issue;
}

static void gather(struct gathering *gathering, const struct root *root)
{
        const char *host = root->field[ROOT_HOST];
        g_clear_pointer(&gathering->last_why, g_free);
        const char *name = groups_add(gathering->groups, root->signature, NULL, &gathering->last_why);
        struct issue *issue = issue_of(gathering, name, root);
        gathering->mails++;
        issue->mails++;
        if (host)
                g_hash_table_add(issue->hosts, g_strdup(host));
}

static void show_issue(const struct paint *paint, const char *name, const struct issue *issue)
{
        guint hosts = g_hash_table_size(issue->hosts);
        paint_print(paint, STYLE_BOLD, "%s  %s\n", name, issue->title);
        paint_print(paint, STYLE_PLAIN, "  %u %s, %u %s; %s\n", issue->mails, issue->mails == 1 ? "mail" : "mails", hosts,
                    hosts == 1 ? "host" : "hosts", issue->why);
        show_signature(paint, issue->signature, SHOWN_LINES, INDENT);
        paint_print(paint, STYLE_PLAIN, "\n");
}

static void show_all(const struct paint *paint, const struct gathering *gathering)
{
        guint issues = gathering->names->len;
        for (guint i = 0; i < issues; i++)
                show_issue(paint, gathering->names->pdata[i], g_hash_table_lookup(gathering->issues, gathering->names->pdata[i]));
        if (gathering->mails == 2)
                paint_print(paint, STYLE_BOLD, issues == 1 ? "They are one issue: %s\n" : "They are two issues: %s\n", gathering->last_why);
        else
                paint_print(paint, STYLE_BOLD, "%u mails, %u issues\n", gathering->mails, issues);
        if (gathering->unread > 0)
                paint_print(paint, STYLE_YELLOW, "%u mails could not be read, or no filter takes them\n", gathering->unread);
}

/* Read on, whatever is wrong with some of the paths. */
static bool read_all(struct confined *confined, struct mailbox *mailbox, struct gathering *gathering)
{
        bool is_whole = true;
        for (;;) {
                g_autoptr(GError) error = NULL;
                struct raw_mail *mail = mailbox_next(mailbox, &error);
                if (!mail && !error)
                        return is_whole;
                if (error) {
                        g_printerr("mailclinic fingerprint: %s\n", error->message);
                        is_whole = false;
                }
                if (!mail)
                        continue;
                struct reading *reading = confined_read(confined, mail->bytes);
                if (reading->root)
                        gather(gathering, reading->root);
                else
                        gathering->unread++;
                reading_free(reading);
                raw_mail_free(mail);
        }
}

bool fingerprint_mails(const struct reader *reader, const char *const *paths, const struct paint *paint, GError **error)
{
        struct confined *confined = confined_new(reader, error);
        if (!confined)
                return false;
        struct mailbox *mailbox = mailbox_new(paths);
        struct gathering gathering;
        gathering_init(&gathering);
        bool is_whole = read_all(confined, mailbox, &gathering);
        show_all(paint, &gathering);
        gathering_release(&gathering);
        mailbox_free(mailbox);
        confined_free(confined);
        return is_whole;
}
