/* What a task says of its issue: title, description, comments. Pure.
 * In: an issue. Out: remarkup without secrets, in which nothing of a mail can do anything. */
#include "out/task.h"

#include "out/remarkup.h"

#include <string.h>

enum { MOST_HOSTS = 20, MOST_QUOTED = 8000 };

static const char marker[] = "Fingerprint: `%s`";

static char *day(gint64 at)
{
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);
        return time ? g_date_time_format(time, "%Y-%m-%d") : g_strdup("?");
}

static char *code(const struct task_words *words, const char *text)
{
        g_autofree char *clean = redact(words->redactor, text);
        return remarkup_code(clean);
}

/* "once", "17 times". */
static char *how_often(gint64 n)
{
        return n == 1 ? g_strdup("once") : g_strdup_printf("%" G_GINT64_FORMAT " times", n);
}

char *task_title(const struct task_words *words, const struct issue *issue)
{
        const struct issue_host *only = issue->hosts->len == 1 ? issue->hosts->pdata[0] : NULL;
        g_autofree char *whole = g_strdup_printf("root@ mail: %s%s%s", issue->title && *issue->title ? issue->title : issue->kind,
                                                 only ? " on " : "", only ? only->name : "");
        g_autofree char *clean = redact(words->redactor, whole);
        g_strdelimit(clean, "\n\t", ' ');
        return remarkup_title(clean);
}

/* "`db1001` (12), `db1002` and 40 more": hosts seen first after a time. false: there are none. */
static bool append_hosts(GString *out, const struct task_words *words, const struct issue *issue, gint64 after)
{
        guint n = 0;
        for (guint i = 0; i < issue->hosts->len; i++) {
                const struct issue_host *host = issue->hosts->pdata[i];
                if (host->first_seen <= after || ++n > MOST_HOSTS)
                        continue;
                g_autofree char *name = code(words, host->name);
                g_string_append_printf(out, "%s%s", n > 1 ? ", " : "", name);
                if (host->sightings > 1)
                        g_string_append_printf(out, " (%" G_GINT64_FORMAT ")", host->sightings);
        }
        if (n > MOST_HOSTS)
                g_string_append_printf(out, " and %u more", n - MOST_HOSTS);
        return n > 0;
}

static void append_fields(GString *out, const struct task_words *words, const struct issue *issue)
{
        for (int i = 0; i < ROOT_FIELD_COUNT; i++) {
                if (!issue->field[i] || i == ROOT_HOST)
                        continue;
                const char *word = root_field_word((enum root_field)i);
                g_autofree char *value = code(words, issue->field[i]);
                g_string_append_printf(out, "%c%s: %s\n", g_ascii_toupper(*word), word + 1, value);
        }
}

/* One that is made of what Message-IDs are made of: no blanks, no URL. */
static bool is_plain_id(const char *id)
{
        const char *at = strchr(id, '@');
        return at && strspn(id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._+=$-") == (gsize)(at - id) &&
               strspn(at + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-") == strlen(at + 1);
}

/* A Message-ID whose left part looks like a secret is not linked. */
static char *link_to_mail(const struct task_words *words, const struct issue *issue)
{
        if (!words->link_template || !issue->newest_id || !is_plain_id(issue->newest_id))
                return NULL;
        g_autofree char *left = g_strndup(issue->newest_id, strcspn(issue->newest_id, "@"));
        g_autofree char *clean = redact(words->redactor, left);
        if (!g_str_equal(clean, left))
                return NULL;
        g_autofree char *escaped = g_uri_escape_string(issue->newest_id, NULL, FALSE);
        g_autoptr(GString) url = g_string_new(words->link_template);
        g_string_replace(url, "{msgid}", escaped, 0);
        return remarkup_link(url->str);
}

static char *quote(const struct task_words *words, const struct issue *issue)
{
        g_autofree char *clean = redact(words->redactor, words->excerpt ? words->excerpt : issue->template);
        if (strlen(clean) > MOST_QUOTED) {
                char *end = g_utf8_find_prev_char(clean, clean + MOST_QUOTED);
                *end = '\0';
        }
        return remarkup_block(clean);
}

char *task_description(const struct task_words *words, const struct issue *issue)
{
        GString *out = g_string_new(NULL);
        g_autofree char *kind = code(words, issue->kind), *first = day(issue->first_seen), *last = day(issue->last_seen);
        g_autofree char *often = how_often(issue->sightings), *link = link_to_mail(words, issue), *quoted = quote(words, issue);
        g_string_append_printf(out, "Mail to root@ of the kind %s, seen %s from %s to %s.\n\n", kind, often, first, last);
        g_autoptr(GString) hosts = g_string_new(NULL);
        if (append_hosts(hosts, words, issue, G_MININT64))
                g_string_append_printf(out, "Host%s: %s\n", issue->hosts->len > 1 ? "s" : "", hosts->str);
        append_fields(out, words, issue);
        if (link)
                g_string_append_printf(out, "Newest mail: %s\n", link);
        g_string_append_printf(out, "\n%s\n\n", quoted);
        g_string_append_printf(
                out,
                "Filed by mailclinic. It comments here at most once a day, reopens this task if the mails go on after it was "
                "resolved, and closes nothing. All mails: `mailclinic issue show %s`\n\n",
                issue->fingerprint);
        g_string_append_printf(out, marker, issue->fingerprint);
        return g_string_free(out, FALSE);
}

bool task_has_news(const struct issue *issue)
{
        const struct task *task = &issue->task;
        bool is_turn = issue->phase != task->told_phase && (issue->phase == ISSUE_QUIET || issue->phase == ISSUE_BACK);
        return issue->sightings > task->told_of || (is_turn && task->told_at);
}

/* The count comes before any text of a mail: it is read back. */
char *task_comment(const struct task_words *words, const struct issue *issue, bool reopens)
{
        const struct task *task = &issue->task;
        GString *out = g_string_new(NULL);
        g_autofree char *from = day(task->told_until ? task->told_until : issue->first_seen), *last = day(issue->last_seen);
        g_autofree char *often = how_often(issue->sightings - task->told_of);
        if (issue->sightings > task->told_of)
                g_string_append_printf(out, "%sSeen %s more from %s to %s", issue->phase == ISSUE_BACK ? "It came back. " : "", often, from,
                                       last);
        else
                g_string_append_printf(out, "%s since %s", issue->phase == ISSUE_QUIET ? "Not seen" : "Seen again", last);
        g_string_append_printf(out, " (%" G_GINT64_FORMAT " in all).", issue->sightings);
        if (reopens)
                g_string_append(out, " Reopened, since the mails went on after this task was resolved.");
        g_autoptr(GString) hosts = g_string_new(NULL);
        if (task->told_until && append_hosts(hosts, words, issue, task->told_until))
                g_string_append_printf(out, "\n\nNew on: %s", hosts->str);
        return g_string_free(out, FALSE);
}

bool task_is_of(const char *description, const char *fingerprint)
{
        g_autofree char *wanted = g_strdup_printf(marker, fingerprint);
        g_auto(GStrv) lines = g_strsplit(description, "\n", -1);
        bool is_there = false;
        for (char **line = lines; *line; line++) {
                g_strstrip(*line);
                is_there = !g_str_has_suffix(*line, "```") && (is_there || g_str_equal(*line, wanted));
        }
        return is_there;
}

gint64 task_told_of(const char *comment)
{
        g_autoptr(GRegex) regex = g_regex_new("^[^`\\n]*\\((\\d{1,18}) in all\\)", 0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        if (!g_regex_match(regex, comment, 0, &match))
                return -1;
        g_autofree char *number = g_match_info_fetch(match, 1);
        return g_ascii_strtoll(number, NULL, 10);
}
