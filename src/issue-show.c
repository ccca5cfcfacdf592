/* One problem of root@ mail with all that is known of it.
 * In: a ledger, a fingerprint. Out: text for people, or JSON. */
#include "issue-show.h"

#include "base/fail.h"
#include "issue-list.h"
#include "out/columns.h"

#include <stdlib.h>

enum { SHOWN_HOSTS = 20, SHOWN_MAILS = 5, INDENT = 2 };

/* The newest mails: their ids, when they came, from where. */
struct evidence_mail {
        gint64 id, at;
        char *host;
        bool is_ours;
};

static void clear_mail(gpointer data)
{
        g_free(((struct evidence_mail *)data)->host);
}

static bool add_mail(gint64 mail, const struct sighting *sighting, void *data)
{
        struct evidence_mail row = {mail, sighting->at, g_strdup(sighting->host), sighting->is_ours};
        g_array_append_val((GArray *)data, row);
        return true;
}

static char *minute_text(gint64 at)
{
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%F %R UTC") : g_strdup("");
}

static int by_sightings(gconstpointer a, gconstpointer b)
{
        const struct issue_host *one = *(const struct issue_host *const *)a, *other = *(const struct issue_host *const *)b;
        if (one->sightings != other->sightings)
                return one->sightings < other->sightings ? 1 : -1;
        return g_strcmp0(one->name, other->name);
}

static void print_hosts(const struct issue *issue, const struct paint *paint)
{
        static const struct column heads[] = {{.head = "host"}, {.head = "seen", .is_number = true}, {.head = "first"}, {.head = "last"}};
        struct columns *columns = columns_new(heads, G_N_ELEMENTS(heads));
        g_ptr_array_sort(issue->hosts, by_sightings);
        for (guint i = 0; i < MIN(issue->hosts->len, SHOWN_HOSTS); i++) {
                const struct issue_host *host = issue->hosts->pdata[i];
                g_autofree char *seen = g_strdup_printf("%" G_GINT64_FORMAT, host->sightings);
                g_autofree char *first = minute_text(host->first_seen), *last = minute_text(host->last_seen);
                columns_add(columns, (struct cell[]){{.text = host->name}, {.text = seen}, {.text = first}, {.text = last}});
        }
        paint_print(paint, STYLE_PLAIN, "\n");
        columns_print(columns, paint, INDENT);
        columns_free(columns);
        if (issue->hosts->len > SHOWN_HOSTS)
                paint_print(paint, STYLE_DIM, "  and %u more hosts\n", issue->hosts->len - SHOWN_HOSTS);
}

static void print_heading(const char *heading, const struct paint *paint)
{
        paint_print(paint, STYLE_PLAIN, "\n");
        paint_print(paint, STYLE_BOLD, "%s\n", heading);
}

static void print_template(const struct issue *issue, const struct paint *paint)
{
        g_auto(GStrv) lines = g_strsplit(issue->template ? issue->template : "", "\n", -1);
        if (*lines)
                print_heading("What its mails have in common", paint);
        for (guint i = 0; lines[i]; i++)
                paint_print(paint, STYLE_PLAIN, "  %s\n", lines[i]);
}

static void print_mails(const GArray *mails, const struct paint *paint)
{
        static const struct column heads[] = {{.head = "mail", .is_number = true}, {.head = "came"}, {.head = "host"}, {.head = "from"}};
        struct columns *columns = columns_new(heads, G_N_ELEMENTS(heads));
        for (guint i = 0; i < mails->len; i++) {
                const struct evidence_mail *mail = &g_array_index(mails, struct evidence_mail, i);
                g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, mail->id), *at = minute_text(mail->at);
                columns_add(columns, (struct cell[]){{.text = id, .style = STYLE_BOLD},
                                                     {.text = at},
                                                     {.text = mail->host},
                                                     {.text = mail->is_ours ? "a host of ours" : "elsewhere, or nobody knows"}});
        }
        print_heading("Its newest mails ('mailclinic review show' prints one)", paint);
        columns_print(columns, paint, INDENT);
        columns_free(columns);
}

static void print_head(const struct issue *issue, const struct paint *paint)
{
        g_autofree char *standing = issue_standing(issue), *task = issue_task(issue);
        g_autofree char *first = minute_text(issue->first_seen), *last = minute_text(issue->last_seen);
        paint_print(paint, STYLE_BOLD, "%s\n", issue->title);
        paint_print(paint, STYLE_PLAIN, "issue     %s\n", issue->fingerprint);
        paint_print(paint, STYLE_PLAIN, "kind      %s\n", issue->kind);
        paint_print(paint, STYLE_PLAIN, "standing  %s\n", standing);
        paint_print(paint, STYLE_PLAIN, "seen      %" G_GINT64_FORMAT " times on %u hosts, %s to %s\n", issue->sightings, issue->hosts->len,
                    first, last);
        paint_print(paint, STYLE_PLAIN, "task      %s\n",
                    task                 ? task
                    : issue->is_fileable ? issue->phase == ISSUE_NEW ? "none yet" : "to be made"
                                         : "none: it is counted, and not filed");
}

static void print_json(const struct issue *issue, const struct paint *paint)
{
        json_t *json = issue_to_json(issue);
        char *text = json_dumps(json, JSON_COMPACT);
        fprintf(paint->out, "%s\n", text);
        free(text);
        json_decref(json);
}

bool issue_show(struct ledger *ledger, const char *fingerprint, bool is_json, const struct paint *paint, GError **error)
{
        g_autoptr(GArray) mails = g_array_new(FALSE, FALSE, sizeof(struct evidence_mail));
        g_array_set_clear_func(mails, clear_mail);
        struct issue *issue = ledger_issue(ledger, fingerprint, error);
        bool is_found = issue && ledger_sightings(ledger, fingerprint, SHOWN_MAILS, add_mail, mails, error);
        if (is_found && is_json) {
                print_json(issue, paint);
        } else if (is_found) {
                print_head(issue, paint);
                print_hosts(issue, paint);
                print_template(issue, paint);
                print_mails(mails, paint);
        }
        issue_free(issue);
        return is_found;
}
