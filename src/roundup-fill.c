/* What is handed over, gathered from the ledger and the roster.
 * In: a ledger, the configuration, a time. Out: a struct roundup. */
#include "roundup-fill.h"

#include "decide/link.h"
#include "decide/silence.h"
#include "ledger/issues.h"
#include "out/event.h"
#include "out/tell.h"
#include "out/wording.h"
#include "reader/duty.h"

enum { DAY = 24 * 60 * 60, HOUR = 60 * 60, MOST_HOSTS = 4 };

struct fill {
        struct ledger *ledger; /* borrowed, as are the settings */
        const struct settings *settings;
        struct roundup *roundup;
        gint64 until;      /* what begins later is not told */
        GHashTable *times; /* vendor -> GArray of gint64: when they wrote */
};

static struct roundup_mail *mail_of(const struct entry *entry)
{
        guint n = entry->reasons->len;
        struct roundup_mail *mail = g_new0(struct roundup_mail, 1);
        mail->id = entry->id;
        mail->date = entry->date;
        mail->resolution = entry->resolution;
        mail->done = resolution_done(entry->resolution, entry->reasons);
        mail->is_root = entry->stream == STREAM_ROOT;
        mail->vendor = g_strdup(mail->is_root ? "root@" : entry->vendor);
        mail->subject = g_strdup(entry->subject);
        mail->why = n ? g_strdup(entry->reasons->pdata[entry->resolution == RESOLUTION_REVIEW ? n - 1 : 0]) : NULL;
        return mail;
}

static void note_time(struct fill *fill, const struct entry *entry)
{
        GArray *times = g_hash_table_lookup(fill->times, entry->vendor);
        if (!times) {
                times = g_array_new(FALSE, FALSE, sizeof(gint64));
                g_hash_table_insert(fill->times, g_strdup(entry->vendor), times);
        }
        g_array_append_val(times, entry->date);
}

/* root@ mail is told as issues; but what waits for a person is told. */
static bool note_mail(const struct entry *entry, void *data)
{
        struct fill *fill = data;
        struct roundup *roundup = fill->roundup;
        bool is_dated = entry->date != READING_NO_TIME && entry->date <= roundup->now;
        bool is_within = is_dated && entry->date > roundup->from;
        if (entry->resolution == RESOLUTION_REVIEW)
                g_ptr_array_add(roundup->queue, mail_of(entry));
        else if (is_within && entry->stream == STREAM_MAINT)
                g_ptr_array_add(roundup->handled, mail_of(entry));
        if (is_within)
                roundup->n[entry->resolution]++;
        if (is_dated && entry->vendor && entry->stream == STREAM_MAINT)
                note_time(fill, entry);
        return true;
}

static bool add_links(const struct fill *fill, const GPtrArray *mails, GError **error)
{
        for (guint i = 0; i < mails->len; i++) {
                struct roundup_mail *mail = mails->pdata[i];
                struct reading *reading = NULL;
                struct entry *entry = ledger_mail(fill->ledger, mail->id, &reading, error);
                if (!entry)
                        return false;
                mail->link = link_to_post(&reading->thread, entry->message_id, fill->settings->link_template);
                reading_free(reading);
                entry_free(entry);
        }
        return true;
}

static void leave_out(struct roundup *roundup)
{
        roundup->n_left_out = roundup->handled->len > ROUNDUP_LISTED ? roundup->handled->len - ROUNDUP_LISTED : 0;
        if (roundup->n_left_out)
                g_ptr_array_set_size(roundup->handled, ROUNDUP_LISTED);
}

static void add_window(struct fill *fill, const struct maintenance *maintenance, const struct event *event)
{
        struct roundup_window *window = g_new0(struct roundup_window, 1);
        bool has_end = event->end != MAINTENANCE_NO_TIME && event->end > event->start;
        window->start = event->start;
        window->end = has_end ? event->end : event->start + HOUR;
        if (event->is_all_day)
                event_days(event, &window->start, &window->end);
        window->title = wording_title(maintenance, event);
        window->vendor = g_strdup(maintenance->vendor_name ? maintenance->vendor_name : maintenance->vendor);
        window->key = g_strdup(maintenance->key);
        window->link = g_strdup(wording_link(maintenance, event));
        window->is_checked = event->is_checked;
        window->is_all_day = event->is_all_day;
        g_ptr_array_add(fill->roundup->windows, window);
}

static bool note_windows(const struct maintenance *maintenance, void *data)
{
        struct fill *fill = data;
        for (guint i = 0; i < maintenance->events->len; i++) {
                const struct event *event = maintenance->events->pdata[i];
                enum state state = event_state_at(event, fill->roundup->now);
                bool is_off = state == STATE_CANCELLED || state == STATE_COMPLETED || event->is_postponed || !event_is_datable(event);
                gint64 end = event->end != MAINTENANCE_NO_TIME ? event->end : event->start;
                if (!is_off && end >= fill->roundup->now && event->start < fill->until)
                        add_window(fill, maintenance, event);
        }
        return true;
}

static char *hosts_of(const struct issue *issue)
{
        GString *text = g_string_new(NULL);
        for (guint i = 0; i < MIN(issue->hosts->len, MOST_HOSTS); i++)
                g_string_append_printf(text, "%s%s", i ? ", " : "", ((const struct issue_host *)issue->hosts->pdata[i])->name);
        if (issue->hosts->len > MOST_HOSTS)
                g_string_append_printf(text, " and %u more", issue->hosts->len - MOST_HOSTS);
        return g_string_free(text, FALSE);
}

/* What is new of it in the time that is told of; NULL: nothing. */
static const char *news_of(const struct issue *issue, const struct roundup *roundup)
{
        if (issue->wish == ISSUE_IGNORE || issue->wish == ISSUE_MERGED)
                return NULL;
        if (issue->first_seen > roundup->from)
                return "new";
        if (issue->phase == ISSUE_QUIET)
                return issue->last_seen + issue->quiet_after > roundup->from ? "quiet" : NULL;
        if (issue->last_seen <= roundup->from)
                return NULL;
        return issue->phase == ISSUE_BACK ? "returned" : "recurring";
}

/* Of what is filed under a restricted policy nothing is told but that it is there. */
static bool note_issue(const struct issue *issue, void *data)
{
        struct fill *fill = data;
        const char *news = news_of(issue, fill->roundup);
        if (!news)
                return true;
        struct roundup_issue *told = g_new0(struct roundup_issue, 1);
        told->news = news;
        told->title = issue->is_sensitive ? g_strdup_printf("%s (restricted)", issue->kind) : g_strdup(issue->title);
        told->hosts = issue->is_sensitive ? g_strdup("") : hosts_of(issue);
        told->sightings = issue->sightings;
        told->last_seen = issue->last_seen;
        told->task = issue->task.state == TASK_FILED ? issue->task.number : 0;
        g_ptr_array_add(fill->roundup->issues, told);
        return true;
}

static void note_silent(gpointer vendor, gpointer times, gpointer data)
{
        struct fill *fill = data;
        struct silence silence;
        if (!silence_of(times, fill->roundup->now, &silence))
                return;
        struct roundup_silent *silent = g_new0(struct roundup_silent, 1);
        *silent = (struct roundup_silent){g_strdup(vendor), silence.last, silence.usual};
        g_ptr_array_add(fill->roundup->silent, silent);
}

static char *names_of(const struct week *week)
{
        return week && week->names && week->names[0] ? g_strjoinv(" and ", week->names) : g_strdup("nobody");
}

/* A roster that is missing or wrong is no reason to tell nothing: `check` and `oncall` say what is wrong with it. */
static void note_duty(const struct fill *fill)
{
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        struct duty *duty = fill->settings->roster.file ? duty_load(fill->settings, problems, NULL) : NULL;
        if (!duty)
                return;
        struct turn turn = duty_at(duty, fill->roundup->now), next = duty_next(duty, &turn);
        g_autofree char *names = names_of(next.week), *day = next.week ? roster_day_text(next.week->day) : NULL;
        fill->roundup->duty = names_of(turn.week);
        fill->roundup->duty_next = day ? g_strdup_printf("%s, from Monday %s on", names, day) : g_strdup("nobody that the roster names");
        duty_free(duty);
}

static bool fill_from_ledger(struct fill *fill, GError **error)
{
        struct wanted all = {.resolution = -1};
        if (!ledger_mails(fill->ledger, &all, note_mail, fill, error) ||
            !ledger_maintenances(fill->ledger, G_MININT64, note_windows, fill, error) ||
            !ledger_issues(fill->ledger, note_issue, fill, error))
                return false;
        g_hash_table_foreach(fill->times, note_silent, fill);
        roundup_order(fill->roundup);
        leave_out(fill->roundup);
        return add_links(fill, fill->roundup->handled, error) && add_links(fill, fill->roundup->queue, error);
}

struct roundup *roundup_fill(struct ledger *ledger, const struct settings *settings, gint64 now, int days, int days_ahead, GError **error)
{
        struct fill fill = {
                .ledger = ledger,
                .settings = settings,
                .roundup = roundup_new(now - (gint64)days * DAY, now),
                .until = now + (gint64)days_ahead * DAY,
                .times = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref),
        };
        fill.roundup->name = g_strdup(settings->publish.name ? settings->publish.name : "Maintenance");
        bool is_filled = fill_from_ledger(&fill, error);
        note_duty(&fill);
        g_hash_table_unref(fill.times);
        if (is_filled)
                return fill.roundup;
        roundup_free(fill.roundup);
        return NULL;
}
