/* The digest: a week handed over in words, for a wiki page, a mail, and a line in the chat.
 * In: a roundup. Out: Markdown, plain text or a whole mail. */
#include "out/digest.h"

#include "base/visible.h"
#include "out/markup.h"
#include "out/tell.h"

#include <string.h>

enum { MOST_TEXT = 240, MOST_TOPIC = 240, LINE = 76, DAY = 24 * 60 * 60, MOST_LINK = 1000, MOST_WAITING = 40 };

struct digest {
        GString *out;
        enum digest_form form;
};

/* Text of anybody's: made visible, cut, and in Markdown with every sign that could mean something quoted (CommonMark 2.4). */
static void say(struct digest *digest, const char *text)
{
        g_autofree char *visible = visible_text(text), *cut = visible_cut(visible, MOST_TEXT);
        for (const char *p = cut; *p; p++) {
                if (digest->form == DIGEST_MARKDOWN && strchr("\\`*_{}[]<>#|~!&()", *p))
                        g_string_append_c(digest->out, '\\');
                g_string_append_c(digest->out, *p);
        }
}

static void G_GNUC_PRINTF(2, 3) tell(struct digest *digest, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_string_append_vprintf(digest->out, format, arguments);
        va_end(arguments);
}

static void head(struct digest *digest, const char *text)
{
        tell(digest, digest->form == DIGEST_MARKDOWN ? "\n## %s\n\n" : "\n%s\n\n", text);
}

/* A text that leads to a post. */
static void say_linked(struct digest *digest, const char *text, const char *link)
{
        bool is_linked = link && strlen(link) < MOST_LINK && markup_is_address(link) && !strpbrk(link, "()");
        bool is_markdown = digest->form == DIGEST_MARKDOWN;
        if (is_linked && is_markdown)
                tell(digest, "[");
        say(digest, text && *text ? text : "no subject");
        if (is_linked)
                tell(digest, is_markdown ? "](%s)" : " <%s>", link);
}

static void say_mail(struct digest *digest, const struct roundup_mail *mail)
{
        g_autofree char *day = tell_day(mail->date);
        tell(digest, "- %s ", *day ? day : "undated");
        say(digest, mail->vendor ? mail->vendor : "unknown vendor");
        tell(digest, ": ");
        say_linked(digest, mail->subject, mail->link);
        tell(digest, ": %s", mail->done);
        if (mail->resolution == RESOLUTION_REVIEW && mail->why) {
                tell(digest, ", ");
                say(digest, mail->why);
        }
        tell(digest, "\n");
}

/* Notices one by one; of root@ mail, whose problems have a list of their own, only how many wait. */
static void say_queue(struct digest *digest, const GPtrArray *queue)
{
        guint n_root = 0, n_told = 0;
        for (guint i = 0; i < queue->len; i++) {
                const struct roundup_mail *mail = queue->pdata[i];
                n_root += mail->is_root;
                if (!mail->is_root && n_told++ < MOST_WAITING)
                        say_mail(digest, mail);
        }
        if (n_told > MOST_WAITING)
                tell(digest, "- and %u more: mailclinic review list\n", n_told - MOST_WAITING);
        if (n_root)
                tell(digest, "- %u mails of root@\n", n_root);
        if (!queue->len)
                tell(digest, "Nothing needs you.\n");
}

static void say_handled(struct digest *digest, const struct roundup *roundup)
{
        for (guint i = 0; i < roundup->handled->len; i++)
                say_mail(digest, roundup->handled->pdata[i]);
        if (!roundup->handled->len)
                tell(digest, "No notice came.\n");
        if (roundup->n_left_out)
                tell(digest, "%u older ones are only counted.\n", roundup->n_left_out);
}

static void say_windows(struct digest *digest, const struct roundup *roundup)
{
        for (guint i = 0; i < roundup->windows->len; i++) {
                const struct roundup_window *window = roundup->windows->pdata[i];
                g_autofree char *span = tell_span(window->start, window->end);
                tell(digest, "- %s UTC: ", span);
                say_linked(digest, window->title, window->link);
                if (window->overlaps)
                        tell(digest, ", overlaps %u other%s", window->overlaps, window->overlaps == 1 ? "" : "s");
                tell(digest, "\n");
        }
        if (!roundup->windows->len)
                tell(digest, "Nothing is announced.\n");
}

static void say_issues(struct digest *digest, const struct roundup *roundup)
{
        for (guint i = 0; i < roundup->issues->len; i++) {
                const struct roundup_issue *issue = roundup->issues->pdata[i];
                tell(digest, "- %s: ", issue->news);
                say(digest, issue->title);
                tell(digest, ", %" G_GINT64_FORMAT " times", issue->sightings);
                tell(digest, *issue->hosts ? ", on " : "");
                say(digest, issue->hosts);
                if (issue->task)
                        tell(digest, ", T%" G_GINT64_FORMAT, issue->task);
                tell(digest, "\n");
        }
        if (!roundup->issues->len)
                tell(digest, "No news.\n");
}

static void say_silent(struct digest *digest, const struct roundup *roundup)
{
        for (guint i = 0; i < roundup->silent->len; i++) {
                const struct roundup_silent *silent = roundup->silent->pdata[i];
                g_autofree char *since = tell_age(roundup->now - silent->last), *usual = tell_age(silent->usual),
                                *last = tell_day(silent->last);
                tell(digest, "- ");
                say(digest, silent->vendor);
                tell(digest, ": nothing for %s, since %s; usual are %s at most\n", since, last, usual);
        }
        if (!roundup->silent->len)
                tell(digest, "All write as they use to.\n");
}

static void say_duty(struct digest *digest, const struct roundup *roundup)
{
        head(digest, "On duty");
        if (!roundup->duty) {
                tell(digest, "No roster is configured.\n");
                return;
        }
        tell(digest, "Now ");
        say(digest, roundup->duty);
        tell(digest, "; next ");
        say(digest, roundup->duty_next);
        tell(digest, ".\n");
}

char *digest_topic(const struct roundup *roundup)
{
        g_autoptr(GString) topic = g_string_new(NULL);
        const struct roundup_window *next = roundup->windows->len ? roundup->windows->pdata[0] : NULL;
        g_autofree char *when = next ? tell_minute(next->start) : NULL;
        guint n_new = 0;
        for (guint i = 0; i < roundup->issues->len; i++)
                n_new += strcmp(((const struct roundup_issue *)roundup->issues->pdata[i])->news, "new") == 0;
        g_string_append_printf(topic, "Clinic: %u wait", roundup->queue->len);
        if (roundup->duty)
                g_string_append_printf(topic, " | next on duty: %s", roundup->duty_next);
        if (n_new)
                g_string_append_printf(topic, " | new problems: %u", n_new);
        g_string_append_printf(topic, " | windows: %u", roundup->windows->len);
        if (next)
                g_string_append_printf(topic, ", first %s UTC %s", when, next->title);
        g_autofree char *visible = visible_text(topic->str);
        return visible_cut(visible, MOST_TOPIC);
}

char *digest_text(const struct roundup *roundup, enum digest_form form)
{
        struct digest digest = {g_string_new(NULL), form};
        g_autofree char *from = tell_day(roundup->from), *now = tell_day(roundup->now), *topic = digest_topic(roundup);
        gint64 days = (roundup->now - roundup->from) / DAY;
        tell(&digest, form == DIGEST_MARKDOWN ? "# " : "");
        say(&digest, roundup->name);
        tell(&digest, ": %s to %s\n\nTopic: ", from, now);
        say(&digest, topic);
        tell(&digest, "\n\n%u added to calendar, %u no action needed, %u wait; in %" G_GINT64_FORMAT " day%s.\n",
             roundup->n[RESOLUTION_CALENDAR], roundup->n[RESOLUTION_NONE], roundup->queue->len, days, days == 1 ? "" : "s");
        head(&digest, "Waits for you");
        say_queue(&digest, roundup->queue);
        head(&digest, "Windows of the next days");
        say_windows(&digest, roundup);
        head(&digest, "Problems of our hosts");
        say_issues(&digest, roundup);
        head(&digest, "Vendors fallen silent");
        say_silent(&digest, roundup);
        say_duty(&digest, roundup);
        head(&digest, "Handled");
        say_handled(&digest, roundup);
        return g_string_free(digest.out, FALSE);
}

bool digest_is_address(const char *address)
{
        for (const char *p = address; *p; p++)
                if (!g_ascii_isgraph(*p) || strchr("<>(),;:\\\"[]", *p))
                        return false;
        const char *at = strchr(address, '@');
        return at && at > address && at[1] != '\0' && !strchr(at + 1, '@');
}

char *digest_mail(const struct roundup *roundup, const char *address)
{
        g_autofree char *text = digest_text(roundup, DIGEST_PLAIN), *from = tell_day(roundup->from), *now = tell_day(roundup->now);
        g_autofree char *base64 = g_base64_encode((const guchar *)text, strlen(text));
        GString *mail = g_string_new(NULL);
        g_string_append_printf(mail,
                               "To: %s\nSubject: Clinic digest %s to %s: %u wait\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\n"
                               "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n",
                               address, from, now, roundup->queue->len);
        for (const char *at = base64; *at; at += MIN(strlen(at), LINE))
                g_string_append_printf(mail, "%.*s\n", LINE, at);
        return g_string_free(mail, FALSE);
}
