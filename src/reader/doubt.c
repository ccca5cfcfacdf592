/* Doubts: all that keeps a reading from being certain (FILTERS.md "How it reads" 9).
 * In: an attempt that was taken. Out: its doubts, each a phrase for a reason. */
#include "reader/doubt.h"

#include "reader/doubt-ground.h"
#include "reader/doubt-word.h"
#include "reader/invite.h"
#include "reader/meaning.h"
#include "reader/rival.h"
#include "reader/row.h"
#include "reader/value.h"
#include "reader/when.h"

#include <string.h>

enum { ZONE_SLACK = 60 }; /* seconds by which "00:01" of one zone may miss "07:00" of another */

static bool has_impacts(const GPtrArray *circuits)
{
        for (guint i = 0; i < circuits->len; i++)
                if (!((struct circuit *)circuits->pdata[i])->impact)
                        return false;
        return true;
}

static bool windows_have(const struct notice *notice, bool (*is_so)(const GPtrArray *circuits))
{
        for (guint i = 0; i < notice->windows->len; i++)
                if (!is_so(((struct window *)notice->windows->pdata[i])->circuits))
                        return false;
        return true;
}

static bool is_filled(const GPtrArray *circuits)
{
        return circuits->len > 0;
}

static bool has_digit(const char *id)
{
        return strpbrk(id, "0123456789") != NULL;
}

/* What a filter that does not say expects of a notice: work that is over needs no circuits, and only work to come needs a window. */
static unsigned usual_demand(enum status status, enum kind kind)
{
        if (status == STATUS_COMPLETED || status == STATUS_CANCELLED)
                return DEMAND_IMPACT;
        if (status == STATUS_IN_PROCESS || kind == KIND_POSTPONED)
                return DEMAND_IMPACT | DEMAND_CIRCUITS;
        return DEMAND_IMPACT | DEMAND_CIRCUITS | DEMAND_WINDOWS;
}

static void expect_of_notice(struct attempt *attempt, const struct notice *notice, enum kind kind)
{
        unsigned given = attempt->rule->scope.expect;
        unsigned expect = given ? given : usual_demand(notice->status, kind);
        bool has_circuits = notice->circuits->len || (notice->windows->len && windows_have(notice, is_filled));
        if ((expect & DEMAND_CIRCUITS) && !has_circuits)
                doubt_add(attempt, "no circuit was found");
        if ((expect & DEMAND_IMPACT) && !(has_impacts(notice->circuits) && windows_have(notice, has_impacts)))
                doubt_add(attempt, "a circuit has no impact");
        if (notice->maintenance_id && !has_digit(notice->maintenance_id))
                doubt_add(attempt, "the reference '%s' has no digit", notice->maintenance_id);
        if ((expect & DEMAND_ACCOUNT) && !notice->account)
                doubt_add(attempt, "no account was found");
        if ((expect & DEMAND_REF) && !notice->maintenance_id)
                doubt_add(attempt, "no reference was found");
        if ((expect & DEMAND_STATUS) && !notice->status)
                doubt_add(attempt, "no status was found");
        else if ((expect & DEMAND_STATUS) && attempt->is_status_assumed)
                doubt_add(attempt, "the status is assumed");
        if ((expect & (DEMAND_WINDOWS | DEMAND_START)) && !notice->windows->len)
                doubt_add(attempt, "no window was found");
}

static bool is_final(enum status status)
{
        return status == STATUS_CANCELLED || status == STATUS_COMPLETED || status == STATUS_RESCHEDULED;
}

/* What was moved is scheduled again; else what is over, off or moved is not what lies ahead. */
static bool are_at_odds(enum status notice, enum status circuit)
{
        if (!circuit || notice == circuit || (notice == STATUS_RESCHEDULED && !is_final(circuit)))
                return false;
        return is_final(notice) || is_final(circuit);
}

/* One status is told of all circuits; a circuit's own may say another. */
static void circuits_at_odds(struct attempt *attempt, const struct notice *notice)
{
        for (guint i = 0; i < attempt->circuits->len; i++) {
                const struct row *row = attempt->circuits->pdata[i];
                const char *words = captures_value(&row->captures, FIELD_STATUS);
                if (words && row_is_of(row, notice->maintenance_id) && are_at_odds(notice->status, meaning_status(attempt, words)))
                        doubt_add(attempt, "a circuit has another status: '%s'", words);
        }
}

/* A reserve is for a main window. Where nothing is left to do, or it is told as tentative, it may stand alone. */
static void only_reserve(struct attempt *attempt)
{
        guint n = 0;
        for (guint i = 0; i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                bool may_stand_alone =
                        notice->status == STATUS_COMPLETED || notice->status == STATUS_CANCELLED || notice->status == STATUS_TENTATIVE;
                for (guint k = 0; k < notice->windows->len; k++, n++)
                        if (may_stand_alone || ((struct window *)notice->windows->pdata[k])->role == ROLE_PRIMARY)
                                return;
        }
        if (n)
                doubt_add(attempt, "only a backup window was found");
}

static const char *const source_words[SOURCE_COUNT] = {
        [SOURCE_LABEL] = "a label", [SOURCE_FIND] = "the text", [SOURCE_SUBJECT] = "the subject", [SOURCE_CALENDAR] = "the calendar part"};

static bool is_known_id(const struct attempt *attempt, const char *id)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                if (notice->maintenance_id && value_same_id(notice->maintenance_id, id))
                        return true;
        }
        return false;
}

/* The nearest source won; another that says something else is named. */
static void refs_disagree(struct attempt *attempt, enum source source)
{
        const char *ref = captures_value(&attempt->from[source], FIELD_REF);
        if (ref && !is_known_id(attempt, ref))
                doubt_add(attempt, "%s gives another reference: '%s'", source_words[source], ref);
}

/* Most notices call themselves planned, whatever became of the work; these words are states of a ticket. */
static bool is_state(enum status status, const char *words)
{
        return status != STATUS_CONFIRMED || g_ascii_strcasecmp(words, "scheduled") == 0 || g_ascii_strcasecmp(words, "confirmed") == 0;
}

static void statuses_disagree(struct attempt *attempt, enum source source)
{
        const char *words = captures_value(&attempt->from[source], FIELD_STATUS);
        enum status status = words ? meaning_status(attempt, words) : STATUS_NONE;
        bool is_same = !status || attempt->is_status_assumed || !is_state(status, words);
        for (guint i = 0; i < attempt->notices->len; i++)
                is_same = is_same || ((struct notice *)attempt->notices->pdata[i])->status == status;
        if (!is_same)
                doubt_add(attempt, "%s gives another status: '%s'", source_words[source], words);
}

static void times_disagree(struct attempt *attempt, enum source source)
{
        const struct captures *own = &attempt->from[source];
        if (!captures_have_start(own))
                return;
        g_autoptr(GPtrArray) unused = g_ptr_array_new_with_free_func(g_free);
        struct window *window = span_read(&attempt->clock, attempt->search, own, &attempt->fields, unused, unused);
        if (window && window->start != READING_NO_TIME && !doubt_is_known_instant(attempt, window->start, 0))
                doubt_add(attempt, "%s gives another start: '%s'", source_words[source], window->written);
        if (window && captures_value(own, FIELD_END) && window->end != READING_NO_TIME && !doubt_is_known_instant(attempt, window->end, 0))
                doubt_add(attempt, "%s gives another end: '%s'", source_words[source], window->written);
        window_free(window);
}

/* The zone of times that print none: that of another time of the line, else the captured one. NULL where there is neither. */
static const struct zone *zone_of_line(struct attempt *attempt, const char *text)
{
        const char *captured = captures_value(&attempt->fields, FIELD_ZONE);
        struct when when;
        for (gsize from = 0; when_find(text, from, &attempt->rule->scope.dates, &when); from = when.end)
                if (when.zone_end > when.zone_start)
                        return clock_zone(&attempt->clock, attempt->search, text + when.zone_start, when.zone_end - when.zone_start);
        return captured ? clock_zone(&attempt->clock, attempt->search, captured, strlen(captured)) : NULL;
}

static bool is_end_alone(const struct captures *captures)
{
        return !captures_have_start(captures) && (captures_value(captures, FIELD_END) || captures_value(captures, FIELD_END_TIME));
}

static void end_alone_of_rows(struct attempt *attempt, const GPtrArray *rows)
{
        for (guint i = 0; i < rows->len; i++) {
                const struct row *row = rows->pdata[i];
                if (!row_has_start(row) && is_end_alone(&row->captures))
                        doubt_add(attempt, "an end stands without a start");
        }
}

/* An end whose start was not found makes no window, though there is one. */
static void ends_alone(struct attempt *attempt)
{
        bool has_windows = false;
        for (guint i = 0; i < attempt->notices->len; i++)
                has_windows = has_windows || ((struct notice *)attempt->notices->pdata[i])->windows->len;
        if (!has_windows && is_end_alone(&attempt->fields))
                doubt_add(attempt, "an end stands without a start");
        end_alone_of_rows(attempt, attempt->windows);
        end_alone_of_rows(attempt, attempt->circuits);
}

/* Whether a time that no pattern read is an instant that is known anyway, printed once more or in another zone. */
static bool says_known_instant(struct attempt *attempt, const char *text, const struct when *when)
{
        const struct zone *zone = when->zone_end > when->zone_start ? NULL : zone_of_line(attempt, text);
        gint64 at;
        return span_instant(&attempt->clock, attempt->search, text, when, zone, &at) && doubt_is_known_instant(attempt, at, ZONE_SLACK);
}

/* Properties of a calendar that never tell when the work is: marks of the writing, ids made of them (RFC 5545 3.8.4.7, 3.8.7). */
static bool is_stamp(const struct block *line)
{
        static const char *const stamps[] = {"UID:", "DTSTAMP:", "CREATED:", "LAST-MODIFIED:", "SEQUENCE:"};
        for (gsize i = 0; i < G_N_ELEMENTS(stamps); i++)
                if (strncmp(line->lines + line->start, stamps[i], strlen(stamps[i])) == 0)
                        return true;
        return false;
}

static bool has_past(const struct attempt *attempt)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                enum status status = ((struct notice *)attempt->notices->pdata[i])->status;
                if (status == STATUS_RESCHEDULED || status == STATUS_COMPLETED)
                        return true;
        }
        return false;
}

/* "Previously scheduled for" or "Actual end:", before a time: from when the work was moved, or until when it was, is rightly not read. */
static bool is_past(struct attempt *attempt, const struct block *line, gsize at)
{
        struct block before = {.where = line->where, .lines = line->lines, .start = line->start, .end = line->start + at};
        return attempt->words && has_past(attempt) && block_search_any(attempt->search, &before, &attempt->words->past, NULL);
}

static void unread_times_of_line(struct attempt *attempt, const struct block *line, bool is_beside)
{
        g_autofree char *text = g_strndup(line->lines + line->start, line->end - line->start);
        struct when when;
        if (attempt->is_calendar && is_stamp(line))
                return;
        for (gsize from = 0; when_find(text, from, &attempt->rule->scope.dates, &when); from = when.end) {
                bool is_read = !is_beside && doubt_is_read(attempt, line->start + when.start, line->start + when.end);
                if (is_read || says_known_instant(attempt, text, &when) || is_past(attempt, line, when.start))
                        continue;
                if (doubt_is_skipped(attempt, line))
                        return;
                g_autofree char *phrase = doubt_cited(line);
                doubt_add(attempt, "a time was not read: '%s'", phrase);
                return;
        }
}

bool doubt_refs(struct attempt *attempt)
{
        guint before = attempt->doubts->len;
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                refs_disagree(attempt, (enum source)s);
        return attempt->doubts->len > before;
}

bool doubt_unread(struct attempt *attempt, const struct block *lines)
{
        guint before = attempt->doubts->len;
        for (struct block line = {0}; block_next_line(lines, &line);)
                if (!attempt->is_calendar || !is_stamp(&line))
                        unread_times_of_line(attempt, &line, false);
        return attempt->doubts->len > before;
}

void doubt_beside(struct attempt *attempt, const struct doubt_words *words, enum kind kind, const struct block *lines)
{
        for (struct block line = {0}; block_next_line(lines, &line);)
                unread_times_of_line(attempt, &line, true);
        if (words)
                doubt_words_of_status_in(attempt, words, kind, lines);
}

/* A calendar or sheet that was read may be that of an earlier mail: what the words around it say of times must be in it. */
static void times_around(struct attempt *attempt)
{
        bool is_beside = attempt->is_calendar || attempt->rule->notice->part;
        for (int b = 0; is_beside && b < BODY_ICS; b++) {
                struct block text = block_of(body_word((enum body)b), attempt->mail->body[b] ? attempt->mail->body[b] : "");
                for (struct block line = {0}; block_next_line(&text, &line);)
                        unread_times_of_line(attempt, &line, true);
        }
}

bool doubt_times(struct attempt *attempt)
{
        guint before = attempt->doubts->len;
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                times_disagree(attempt, (enum source)s);
        doubt_unread(attempt, &attempt->whole);
        ends_alone(attempt);
        g_autofree char *differs = attempt->is_calendar ? NULL : invite_differs(attempt);
        if (differs)
                doubt_add(attempt, "%s", differs);
        return attempt->doubts->len > before;
}

/* What the filter itself holds for a riddle. */
static void words_of_filter(struct attempt *attempt)
{
        struct re_match match;
        if (!block_search_any(attempt->search, &attempt->whole, &attempt->rule->scope.doubt, &match))
                return;
        struct block line = block_line_at(&attempt->whole, match.start);
        g_autofree char *phrase = doubt_cited(&line);
        doubt_add(attempt, "the filter holds this for doubtful: '%s'", phrase);
}

void doubt_find(struct attempt *attempt, const struct doubt_words *words, enum kind kind)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                expect_of_notice(attempt, attempt->notices->pdata[i], kind);
                circuits_at_odds(attempt, attempt->notices->pdata[i]);
        }
        doubt_refs(attempt);
        for (int s = SOURCE_LABEL; s < SOURCE_CALENDAR; s++) /* vendors leave a calendar's own at CONFIRMED */
                statuses_disagree(attempt, (enum source)s);
        doubt_times(attempt);
        times_around(attempt);
        only_reserve(attempt);
        g_autofree char *rival = rival_reference(attempt);
        if (rival)
                doubt_add(attempt, "the text names other work: '%s'", rival);
        words_of_filter(attempt);
        if (!words)
                return;
        doubt_words_of_status(attempt, words, kind);
        doubt_words_of_role(attempt, words);
}
