/* Replayed mails grouped by maintenance and by issue, for people.
 * In: gathered mails. Out: groups; text on a stream. */
#include "out/replay-group.h"

#include "base/visible.h"

enum { INDENT = 2, WHY_INDENT = 6, SHORT_ISSUE = 12 };

static const enum style style_of[] = {
        [RESOLUTION_NONE] = STYLE_DIM,
        [RESOLUTION_CALENDAR] = STYLE_GREEN,
        [RESOLUTION_TASK] = STYLE_GREEN,
        [RESOLUTION_REVIEW] = STYLE_YELLOW,
};

static void group_free(gpointer data)
{
        struct mail_group *group = data;
        g_ptr_array_unref(group->mails);
        g_free(group);
}

static struct mail_group *group_new(const char *name)
{
        struct mail_group *group = g_new0(struct mail_group, 1);
        group->name = name;
        group->mails = g_ptr_array_new();
        return group;
}

GPtrArray *replay_groups(const GPtrArray *mails)
{
        GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
        g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
        struct mail_group *rest = group_new(NULL);
        for (guint i = 0; i < mails->len; i++) {
                struct gathered *mail = mails->pdata[i];
                const char *name = mail->maintenance ? mail->maintenance : mail->issue;
                struct mail_group *group = name ? g_hash_table_lookup(by_name, name) : rest;
                if (!group) {
                        group = group_new(name);
                        g_hash_table_insert(by_name, (gpointer)name, group);
                        g_ptr_array_add(groups, group);
                }
                g_ptr_array_add(group->mails, mail);
                group->n_review += mail->resolution == RESOLUTION_REVIEW;
        }
        g_ptr_array_add(groups, rest);
        if (rest->mails->len == 0)
                g_ptr_array_remove(groups, rest);
        return groups;
}

/* Text with all that a line of the terminal has no room for cut off. */
static void print_cut(const struct paint *paint, enum style style, int taken, const char *text)
{
        g_autofree char *visible = visible_text(text);
        g_autofree char *shown = paint->is_terminal ? visible_cut(visible, paint->width - taken) : g_strdup(visible);
        paint_print(paint, style, "%s\n", shown);
}

void replay_why_print(const struct paint *paint, const GPtrArray *grounds)
{
        for (guint i = 0; i < grounds->len; i++) {
                const struct ground *ground = grounds->pdata[i];
                fprintf(paint->out, "%*s", WHY_INDENT, "");
                print_cut(paint, STYLE_PLAIN, WHY_INDENT, ground->reason);
                fprintf(paint->out, "%*s", WHY_INDENT + INDENT, "");
                print_cut(paint, STYLE_DIM, WHY_INDENT + INDENT, ground->cited);
        }
}

static void print_mail(const struct paint *paint, const struct gathered *mail, bool is_why)
{
        g_autoptr(GDateTime) sent = mail->date == READING_NO_TIME ? NULL : g_date_time_new_from_unix_utc(mail->date);
        g_autofree char *date = sent ? g_date_time_format(sent, "%F %R") : g_strdup("undated");
        paint_print(paint, STYLE_DIM, "  %-16s  ", date);
        paint_print(paint, style_of[mail->resolution], "%-8s  ", resolution_word(mail->resolution));
        paint_print(paint, mail->emergency ? STYLE_RED : STYLE_PLAIN, "%-10s  ", mail->kind ? mail->kind : "none");
        paint_print(paint, STYLE_PLAIN, "%-6s  ", confidence_word(mail->confidence));
        print_cut(paint, STYLE_PLAIN, 50, mail->subject);
        if (is_why)
                replay_why_print(paint, mail->grounds);
}

/* The newest mail that tells times tells when the work is. */
static const char *windows_of(const struct mail_group *group)
{
        for (guint i = group->name ? group->mails->len : 0; i > 0; i--) {
                const struct gathered *mail = group->mails->pdata[i - 1];
                if (*mail->windows)
                        return mail->windows;
        }
        return "";
}

static void print_head(const struct paint *paint, const struct mail_group *group)
{
        const struct gathered *first = group->mails->pdata[0];
        bool is_issue = group->name && !first->maintenance;
        g_autofree char *name = is_issue ? g_strdup_printf("%.*s", SHORT_ISSUE, group->name) : g_strdup(group->name);
        g_autofree char *count =
                g_strdup_printf("%u mail%s%s", group->mails->len, group->mails->len == 1 ? "" : "s", group->n_review ? ", needs you" : "");
        paint_print(paint, STYLE_BOLD, "%s", name ? name : "Of no maintenance and no issue");
        paint_print(paint, group->n_review ? STYLE_YELLOW : STYLE_DIM, "  %s", count);
        paint_print(paint, STYLE_PLAIN, "%s%s\n", is_issue || *windows_of(group) ? "  " : "", is_issue ? first->title : windows_of(group));
}

void replay_group_print(const struct paint *paint, const GPtrArray *mails, bool is_why)
{
        g_autoptr(GPtrArray) groups = replay_groups(mails);
        for (guint i = 0; i < groups->len; i++) {
                const struct mail_group *group = groups->pdata[i];
                if (i > 0)
                        paint_print(paint, STYLE_PLAIN, "\n");
                print_head(paint, group);
                for (guint k = 0; k < group->mails->len; k++)
                        print_mail(paint, group->mails->pdata[k], is_why);
        }
}
