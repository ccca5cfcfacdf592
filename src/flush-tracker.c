/* The tracker's part of mailclinic-flush: carries out the acts of issues.
 * In: the configuration, the ledger. Out: requests; a line for each act; the exit status. */
#include "flush.h"

#include "base/fail.h"
#include "out/owner.h"
#include "out/paint.h"
#include "out/rehearsal-tracker.h"
#include "out/tracker.h"
#include "reader/duty.h"
#include "reader/excerpt.h"
#include "session.h"

#include <stdio.h>

enum { BUSY_SECONDS = 60, MOST_IN_A_ROW = 3 };

struct round {
        struct flush *flush;
        struct tracker tracker;
        GPtrArray *due; /* const struct pending *: borrowed */
        guint n_failed; /* in a row */
};

static bool say_once(struct round *round, const char *note, const char *why, GError **error)
{
        return flush_say_once(round->flush, TRACKER_TARGET, "tracker", note, why, error);
}

/* What was held is told in a dry run alone: else it would be told at every run. */
static void tell(const struct round *round, const struct pending *act, const struct outcome *outcome)
{
        static const char *const words[] = {[ACT_CREATE_TASK] = "create", [ACT_COMMENT_TASK] = "comment", [ACT_REOPEN_TASK] = "reopen"};
        struct paint paint = paint_of(stdout);
        if (outcome->sent != SENT_HELD || round->flush->is_dry)
                paint_print(&paint, STYLE_PLAIN, "tracker=%s issue=%s act=%s fate=%s %s\n", round->flush->settings->tracker.parent,
                            act->uid, words[act->kind], flush_fate(outcome->sent),
                            outcome->sent == SENT_DONE ? outcome->did
                            : outcome->why             ? outcome->why
                                                       : "");
}

/* Only refusals count as tries: what waits, or finds the server away, is not parked for that. */
static bool settle(struct round *round, const struct pending *act, const struct outcome *outcome, GError **error)
{
        struct ledger *ledger = round->flush->ledger;
        gint64 now = flush_now(), wait = outcome->retry_after >= 0 ? outcome->retry_after : BUSY_SECONDS;
        bool is_ours;
        switch (outcome->sent) {
        case SENT_DONE:
                return outbox_done(ledger, act->id, TRACKER_TARGET, NULL, error);
        case SENT_NEVER:
                flush_worsen(round->flush, EX_DATAERR);
                return outbox_park(ledger, act->id, TRACKER_TARGET, outcome->why, error);
        case SENT_LATER:
                flush_worsen(round->flush, EX_TEMPFAIL);
                return outbox_retry(ledger, act->id, TRACKER_TARGET, now + flush_backoff(act->tries, outcome->retry_after), outcome->why,
                                    error);
        case SENT_STOP:
                flush_worsen(round->flush, EX_NOPERM);
                return true;
        case SENT_BUSY:
                flush_worsen(round->flush, EX_TEMPFAIL);
                return outbox_claim(ledger, act->id, TRACKER_TARGET, now, now + wait, &is_ours, error);
        default:
                return !wait || outbox_claim(ledger, act->id, TRACKER_TARGET, now, now + wait, &is_ours, error);
        }
}

/* The issue of an act as it is now; where there is none *issue is NULL and the act is parked. */
static bool find_issue(struct round *round, const struct pending *act, struct issue **issue, GError **error)
{
        g_autoptr(GError) trouble = NULL;
        *issue = ledger_issue(round->flush->ledger, act->uid, &trouble);
        if (*issue)
                return true;
        if (!trouble)
                return outbox_park(round->flush->ledger, act->id, TRACKER_TARGET, "the ledger has no such issue", error);
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
}

/* What needs no request is settled here. */
static bool sort_out(struct round *round, const struct pending *act, GError **error)
{
        struct outcome outcome = {0};
        struct issue *issue = NULL;
        bool is_good = find_issue(round, act, &issue, error);
        if (is_good && issue)
                is_good = tracker_is_due(&round->tracker, act, issue, &outcome, error);
        if (is_good && issue && !outcome.why && !outcome.did) {
                g_ptr_array_add(round->due, (gpointer)act);
        } else if (is_good && issue) {
                tell(round, act, &outcome);
                is_good = settle(round, act, &outcome, error);
        }
        outcome_release(&outcome);
        issue_free(issue);
        return is_good;
}

static bool note_fate(struct round *round, const struct pending *act, const struct outcome *outcome, bool *goes_on, GError **error)
{
        bool is_stopped = outcome->sent == SENT_BUSY || outcome->sent == SENT_STOP;
        tell(round, act, outcome);
        round->n_failed = outcome->sent == SENT_LATER ? round->n_failed + 1 : 0;
        *goes_on = !is_stopped && round->n_failed < MOST_IN_A_ROW;
        if (!settle(round, act, outcome, error))
                return false;
        return (!is_stopped && outcome->sent != SENT_DONE) || say_once(round, "act", is_stopped ? outcome->why : NULL, error);
}

/* *goes_on: the next act may be tried. */
static bool carry_out(struct round *round, const struct pending *act, bool *goes_on, GError **error)
{
        struct outcome outcome = {0};
        struct issue *issue = NULL;
        round->tracker.now = flush_now();
        bool is_good = find_issue(round, act, &issue, error);
        if (is_good && issue)
                is_good = tracker_act(&round->tracker, act, issue, &outcome, error) && note_fate(round, act, &outcome, goes_on, error);
        outcome_release(&outcome);
        issue_free(issue);
        return is_good;
}

/* Names that the tracker does not know hold the acts that need them. */
static bool say_missing(struct round *round, GError **error)
{
        const GString *missing = round->tracker.known.missing;
        g_autofree char *why = missing->len ? g_strdup_printf("unknown to the tracker: %s", missing->str) : NULL;
        if (why)
                flush_worsen(round->flush, EX_CONFIG);
        return say_once(round, "missing", why, error);
}

/* *is_open: acts may be carried out. */
static bool begin(struct round *round, bool *is_open, GError **error)
{
        struct outcome outcome;
        tracker_open(&round->tracker, &outcome);
        *is_open = outcome.sent == SENT_DONE;
        if (!*is_open)
                flush_worsen(round->flush, outcome.sent == SENT_STOP ? EX_NOPERM : EX_TEMPFAIL);
        bool is_good = say_once(round, "alert", outcome.why, error);
        if (is_good && *is_open)
                is_good = say_missing(round, error) && issues_set_view(round->flush->ledger, round->tracker.known.is_restricted, error);
        outcome_release(&outcome);
        return is_good;
}

static bool talk(struct round *round, GError **error)
{
        bool goes_on = false;
        bool is_good = begin(round, &goes_on, error);
        for (guint i = 0; is_good && goes_on && i < round->due->len; i++)
                is_good = carry_out(round, round->due->pdata[i], &goes_on, error);
        tracker_release(&round->tracker);
        return is_good;
}

static bool rehearse_all(struct round *round, GError **error)
{
        const char *url = round->flush->settings->tracker.url;
        struct tracker_rehearsal rehearsal = {.out = stdout};
        round->tracker.conduit.url = url ? url : "https://tracker.invalid/";
        round->tracker.conduit.token = "";
        round->tracker.conduit.send = rehearse_tracker;
        round->tracker.conduit.sender = &rehearsal;
        return talk(round, error);
}

static bool send_all(struct round *round, GError **error)
{
        g_autoptr(GError) trouble = NULL;
        struct session session;
        struct tracker *tracker = &round->tracker;
        if (!session_open(&session, &round->flush->settings->tracker, tracker->conduit.redactor, &tracker->conduit, &trouble)) {
                flush_worsen(round->flush, EX_CONFIG);
                return say_once(round, "alert", trouble->message, error);
        }
        bool is_good = talk(round, error);
        session_close(&session);
        return is_good;
}

/* ---- The texts that tasks may show: read before any secret of ours is. */

static GHashTable *excerpts_new(void)
{
        return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/* A mail that is gone, or cannot be read, shows the template. */
static bool read_excerpt(struct round *round, const struct pending *act, struct confined *confined, GError **error)
{
        struct issue *issue = NULL;
        g_autoptr(GError) trouble = NULL;
        if (!find_issue(round, act, &issue, error))
                return false;
        struct entry *entry = issue ? ledger_mail(round->flush->ledger, issue->newest_mail, NULL, &trouble) : NULL;
        g_autofree char *directory = settings_ledger(round->flush->settings);
        g_autofree char *path = entry && entry->raw ? g_build_filename(directory, entry->raw, NULL) : NULL;
        char *bytes = NULL;
        gsize n = 0;
        if (path && g_file_get_contents(path, &bytes, &n, NULL)) {
                g_autoptr(GBytes) mail = g_bytes_new_take(bytes, n);
                char *text = excerpt_read(confined, mail);
                if (text)
                        g_hash_table_insert(round->tracker.excerpts, g_strdup(act->uid), text);
        }
        entry_free(entry);
        issue_free(issue);
        return true;
}

static bool read_excerpts(struct round *round, GError **error)
{
        struct confined *confined = excerpt_confined(error);
        bool is_good = confined != NULL;
        for (guint i = 0; is_good && i < round->due->len; i++) {
                const struct pending *act = round->due->pdata[i];
                is_good = act->kind != ACT_CREATE_TASK || read_excerpt(round, act, confined, error);
        }
        confined_free(confined);
        return is_good;
}

/* For `status`: when it was last worked through. */
static bool note_time(const struct round *round, GError **error)
{
        g_autofree char *text = instant_text(round->tracker.now);
        return round->flush->is_dry || target_set_note(round->flush->ledger, TRACKER_TARGET, "flushed", text, error);
}

static bool drain(struct round *round, const GPtrArray *acts, GError **error)
{
        static const char import[] = "tasks wait until 'mailclinic issue import' was run once";
        bool is_good = tracker_count(&round->tracker, error);
        for (guint i = 0; is_good && i < acts->len; i++)
                is_good = sort_out(round, acts->pdata[i], error);
        is_good = is_good && say_once(round, "import", round->tracker.waits_for_import ? import : NULL, error);
        if (!is_good || !round->due->len)
                return is_good;
        if (round->tracker.excerpts && !read_excerpts(round, error))
                return false;
        return round->flush->is_dry ? rehearse_all(round, error) : send_all(round, error);
}

/* With those who have clinic duty; a roster that cannot be read subscribes nobody. */
static bool drain_on_duty(struct round *round, const GPtrArray *acts, GError **error)
{
        const struct settings *settings = round->flush->settings;
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        g_autoptr(GError) trouble = NULL;
        struct duty *duty = settings->roster.file ? duty_load(settings, problems, &trouble) : NULL;
        g_autofree const char **users = duty ? duty_users(duty, flush_now()) : NULL;
        round->tracker.clinicians = users;
        bool is_good = say_once(round, "roster", trouble ? trouble->message : NULL, error) && drain(round, acts, error);
        duty_free(duty);
        return is_good;
}

/* A fault of the configuration holds everything: nobody is told of the wrong things. */
static bool is_sound(struct round *round, bool *is_it, GError **error)
{
        g_autofree char *path = settings_where(round->flush->config);
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        owner_check(round->flush->settings, NULL, path, faults);
        *is_it = faults->len == 0;
        if (!*is_it)
                flush_worsen(round->flush, EX_CONFIG);
        return say_once(round, "configuration", *is_it ? NULL : ((GError *)faults->pdata[0])->message, error);
}

bool flush_tracker(struct flush *flush, GError **error)
{
        g_autoptr(GPtrArray) acts = NULL;
        if (!settings_has_tracker(flush->settings))
                return true;
        if (!flush_resume(flush, TARGET_TRACKER, TRACKER_TARGET, error))
                return false;
        if (!issues_tell_quiet(flush->ledger, flush_now(), error))
                return false;
        acts = outbox_pending(flush->ledger, TARGET_TRACKER, TRACKER_TARGET, flush_now(), error);
        if (!acts || !acts->len)
                return acts != NULL;
        struct redactor *redactor = redactor_new();
        struct round round = {
                .flush = flush,
                .tracker = {.settings = flush->settings, .ledger = flush->ledger, .now = flush_now()},
                .due = g_ptr_array_new(),
        };
        round.tracker.conduit.redactor = redactor;
        round.tracker.conduit.contact = flush->settings->tracker.contact;
        round.tracker.excerpts = flush->settings->tracker.quote == QUOTE_EXCERPT && flush->settings->tracker.view ? excerpts_new() : NULL;
        bool is_it = false;
        bool is_good = is_sound(&round, &is_it, error) && (!is_it || (drain_on_duty(&round, acts, error) && note_time(&round, error)));
        g_ptr_array_unref(round.due);
        g_clear_pointer(&round.tracker.excerpts, g_hash_table_unref);
        redactor_free(redactor);
        return is_good;
}
