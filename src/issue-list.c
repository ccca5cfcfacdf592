/* The problems of root@ mail as lines.
 * In: a ledger. Out: a table for people, or JSON lines. */
#include "issue-list.h"

#include "data/pack.h"
#include "out/columns.h"

#include <stdlib.h>

enum { SHORT_NAME = 11, FEW_HOSTS = 2 };

struct rows {
        const struct issue_listing *listing;
        const struct paint *paint;
        struct columns *columns;
        guint n, left_out;
};

static const enum style phase_styles[] = {
        [ISSUE_NEW] = STYLE_YELLOW, [ISSUE_RECURRING] = STYLE_PLAIN, [ISSUE_QUIET] = STYLE_GREEN, [ISSUE_BACK] = STYLE_RED};

static char *day_text(gint64 at)
{
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%F") : NULL;
}

char *issue_standing(const struct issue *issue)
{
        const char *phase = issue_phase_word(issue->phase);
        g_autofree char *until = day_text(issue->snoozed_until);
        if (issue->wish == ISSUE_SNOOZE)
                return g_strdup_printf("%s, snoozed until %s", phase, until);
        if (issue->wish == ISSUE_IGNORE)
                return g_strdup_printf("%s, ignored", phase);
        if (issue->wish == ISSUE_MERGED)
                return g_strdup_printf("merged into %.*s", SHORT_NAME, issue->merged_into);
        return g_strdup(phase);
}

char *issue_task(const struct issue *issue)
{
        if (issue->task.state == TASK_FILED)
                return g_strdup_printf("T%" G_GINT64_FORMAT, issue->task.number);
        return issue->task.state == TASK_CREATING ? g_strdup("being made") : NULL;
}

static json_t *hosts_to_json(const GPtrArray *hosts)
{
        json_t *list = json_array();
        for (guint i = 0; i < hosts->len; i++) {
                const struct issue_host *host = hosts->pdata[i];
                json_array_append_new(list, json_pack("{s:o, s:I, s:o, s:o}", "name", pack_text(host->name), "sightings",
                                                      (json_int_t)host->sightings, "first_seen", pack_instant(host->first_seen),
                                                      "last_seen", pack_instant(host->last_seen)));
        }
        return list;
}

json_t *issue_to_json(const struct issue *issue)
{
        bool has_number = issue->task.state == TASK_FILED;
        return json_pack("{s:s, s:o, s:o, s:s, s:s, s:o, s:I, s:o, s:o, s:o, s:o, s:b, s:b, s:s, s:o, s:o}", "fingerprint",
                         issue->fingerprint, "kind", pack_text(issue->kind), "title", pack_text(issue->title), "phase",
                         issue_phase_word(issue->phase), "wish", issue_wish_word(issue->wish), "merged_into", pack_text(issue->merged_into),
                         "sightings", (json_int_t)issue->sightings, "first_seen", pack_instant(issue->first_seen), "last_seen",
                         pack_instant(issue->last_seen), "hosts", hosts_to_json(issue->hosts), "template", pack_text(issue->template),
                         "is_sensitive", (int)issue->is_sensitive, "is_fileable", (int)issue->is_fileable, "task_state",
                         task_state_word(issue->task.state), "task", has_number ? json_integer(issue->task.number) : json_null(),
                         "message_id", pack_text(issue->newest_id));
}

static bool is_wanted(const struct issue_listing *listing, const struct issue *issue)
{
        bool is_away = issue->wish == ISSUE_IGNORE || issue->wish == ISSUE_MERGED;
        bool is_open = issue->task.state != TASK_NONE || (issue->is_fileable && issue->phase != ISSUE_NEW && issue->phase != ISSUE_QUIET);
        return (!is_away || listing->is_all) && (!listing->is_open || is_open) && (!listing->is_quiet || issue->phase == ISSUE_QUIET);
}

/* "db1001", "db1001 db1002", "17 hosts". Caller frees. */
static char *hosts_text(const GPtrArray *hosts)
{
        g_autoptr(GString) text = g_string_new(NULL);
        if (hosts->len > FEW_HOSTS)
                return g_strdup_printf("%u hosts", hosts->len);
        for (guint i = 0; i < hosts->len; i++)
                g_string_append_printf(text, "%s%s", i > 0 ? " " : "", ((const struct issue_host *)hosts->pdata[i])->name);
        return g_string_free(g_steal_pointer(&text), FALSE);
}

static void add_row(struct rows *rows, const struct issue *issue)
{
        g_autofree char *name = g_strndup(issue->fingerprint, SHORT_NAME), *standing = issue_standing(issue), *task = issue_task(issue);
        g_autofree char *seen = g_strdup_printf("%" G_GINT64_FORMAT, issue->sightings), *hosts = hosts_text(issue->hosts);
        g_autofree char *first = day_text(issue->first_seen), *last = day_text(issue->last_seen);
        columns_add(rows->columns, (struct cell[]){{.text = name, .style = STYLE_BOLD},
                                                   {.text = standing, .style = phase_styles[issue->phase]},
                                                   {.text = task},
                                                   {.text = seen},
                                                   {.text = first, .style = STYLE_DIM},
                                                   {.text = last, .style = STYLE_DIM},
                                                   {.text = hosts},
                                                   {.text = issue->title}});
}

static bool add_issue(const struct issue *issue, void *data)
{
        struct rows *rows = data;
        if (!is_wanted(rows->listing, issue)) {
                rows->left_out++;
                return true;
        }
        rows->n++;
        if (!rows->listing->is_json) {
                add_row(rows, issue);
                return true;
        }
        json_t *json = issue_to_json(issue);
        char *text = json_dumps(json, JSON_COMPACT);
        fprintf(rows->paint->out, "%s\n", text);
        free(text);
        json_decref(json);
        return true;
}

bool issue_list(struct ledger *ledger, const struct issue_listing *listing, const struct paint *paint, GError **error)
{
        static const struct column heads[] = {{.head = "issue"},
                                              {.head = "standing"},
                                              {.head = "task"},
                                              {.head = "seen", .is_number = true},
                                              {.head = "first"},
                                              {.head = "last"},
                                              {.head = "hosts", .widest = 30},
                                              {.head = "problem"}};
        struct rows rows = {.listing = listing, .paint = paint, .columns = columns_new(heads, G_N_ELEMENTS(heads))};
        bool is_listed = ledger_issues(ledger, add_issue, &rows, error);
        if (is_listed && !listing->is_json) {
                columns_print(rows.columns, paint, 0);
                if (rows.n == 0)
                        paint_print(paint, STYLE_GREEN, rows.left_out > 0 ? "No problem is of this sort.\n" : "No problem is known.\n");
        }
        columns_free(rows.columns);
        return is_listed;
}
