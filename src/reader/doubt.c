/* Doubts: all that keeps a reading from being certain (FILTERS.md "How it reads" 9).
 * In: an attempt that was taken. Out: its doubts, each a phrase for a reason. */
#include "reader/doubt.h"

#include "reader/invite.h"
#include "reader/rival.h"
#include "reader/row.h"
#include "reader/value.h"
#include "reader/when.h"

#include <string.h>

enum {
        OPENING_LINES = 12,    /* lines at the start of a text that tell what the mail is about */
        OPENING_BYTES = 1500,  /* and how much of them */
        LINES_ABOVE = 2,       /* lines above a time that may say what it is */
        LINES_ACROSS = 12,     /* how far up they may stand, lines on `skip` between */
        ZONE_SLACK = 60,       /* seconds by which "00:01" of one zone may miss "07:00" of another */
        EVIDENCE_LENGTH = 100, /* characters of a line that a reason cites */
};

static void G_GNUC_PRINTF(2, 3) add(struct attempt *attempt, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        char *phrase = g_strdup_vprintf(format, args);
        va_end(args);
        if (g_ptr_array_find_with_equal_func(attempt->doubts, phrase, g_str_equal, NULL))
                g_free(phrase);
        else
                g_ptr_array_add(attempt->doubts, phrase);
}

/* A line as a reason cites it. Caller frees. */
static char *cited(const struct block *line)
{
        g_autofree char *text = value_fold(line->lines + line->start, line->end - line->start);
        g_autofree char *cut = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), EVIDENCE_LENGTH));
        return g_utf8_make_valid(cut, -1);
}

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
                add(attempt, "no circuit was found");
        if ((expect & DEMAND_IMPACT) && !(has_impacts(notice->circuits) && windows_have(notice, has_impacts)))
                add(attempt, "a circuit has no impact");
        if (notice->maintenance_id && !has_digit(notice->maintenance_id))
                add(attempt, "the reference '%s' has no digit", notice->maintenance_id);
        if ((expect & DEMAND_ACCOUNT) && !notice->account)
                add(attempt, "no account was found");
        if ((expect & DEMAND_REF) && !notice->maintenance_id)
                add(attempt, "no reference was found");
        if ((expect & DEMAND_STATUS) && !notice->status)
                add(attempt, "no status was found");
        if ((expect & (DEMAND_WINDOWS | DEMAND_START)) && !notice->windows->len)
                add(attempt, "no window was found");
}

/* Whether an end of any window stands within `slack` seconds of an instant. */
static bool is_known_instant(const struct attempt *attempt, gint64 at, gint64 slack)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                for (guint k = 0; k < notice->windows->len; k++) {
                        const struct window *window = notice->windows->pdata[k];
                        if (ABS(window->start - at) <= slack || ABS(window->end - at) <= slack)
                                return true;
                }
        }
        return false;
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
static void sources_disagree(struct attempt *attempt, enum source source)
{
        const struct captures *own = &attempt->from[source];
        const char *ref = captures_value(own, FIELD_REF);
        if (ref && !is_known_id(attempt, ref))
                add(attempt, "%s gives another reference: '%s'", source_words[source], ref);
        if (!captures_have_start(own))
                return;
        g_autoptr(GPtrArray) unused = g_ptr_array_new_with_free_func(g_free);
        struct window *window = span_read(&attempt->clock, attempt->search, own, &attempt->fields, unused, unused);
        if (window && window->start != READING_NO_TIME && !is_known_instant(attempt, window->start, 0))
                add(attempt, "%s gives another start: '%s'", source_words[source], window->written);
        if (window && captures_value(own, FIELD_END) && window->end != READING_NO_TIME && !is_known_instant(attempt, window->end, 0))
                add(attempt, "%s gives another end: '%s'", source_words[source], window->written);
        window_free(window);
}

static bool covers(const struct captures *captures, const char *where, gsize start, gsize end)
{
        for (int f = FIELD_START; f <= FIELD_NEAR; f++) {
                const struct capture *capture = &captures->field[f];
                if (capture->value && g_strcmp0(capture->where, where) == 0 && capture->start < end && capture->end > start)
                        return true;
        }
        return false;
}

static bool rows_cover(const GPtrArray *rows, const char *where, gsize start, gsize end)
{
        for (guint i = 0; i < rows->len; i++)
                if (covers(&((struct row *)rows->pdata[i])->captures, where, start, end))
                        return true;
        return false;
}

/* Whether bytes [start, end) of the body were read as a time. */
static bool is_read(const struct attempt *attempt, gsize start, gsize end)
{
        const char *where = attempt->block.where;
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                if (covers(&attempt->from[s], where, start, end))
                        return true;
        return rows_cover(attempt->windows, where, start, end) || rows_cover(attempt->circuits, where, start, end);
}

/* Whether a pattern that begins on the line above, where the label of a value stands, goes on into this one. */
static bool is_skipped_by_label(struct attempt *attempt, const struct block *line)
{
        const struct words *skip = &attempt->rule->scope.skip;
        struct block both = {.where = line->where, .lines = line->lines, .end = line->end};
        struct re_match match;
        if (line->start == 0)
                return false;
        both.start = block_line_at(&both, line->start - 1).start;
        for (unsigned i = 0; i < skip->n; i++)
                if (block_search(attempt->search, &both, skip->word[i], both.start, &match) && match.end > line->start)
                        return true;
        return false;
}

static bool is_skipped(struct attempt *attempt, const struct block *line)
{
        return block_search_any(attempt->search, line, &attempt->rule->scope.skip, NULL) || is_skipped_by_label(attempt, line);
}

/* The zone of times that print none: that of another time of the line, else the captured one. NULL where there is neither. */
static struct zone *zone_of_line(struct attempt *attempt, const char *text)
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
                        add(attempt, "an end stands without a start");
        }
}

/* An end whose start was not found makes no window, though there is one. */
static void ends_alone(struct attempt *attempt)
{
        bool has_windows = false;
        for (guint i = 0; i < attempt->notices->len; i++)
                has_windows = has_windows || ((struct notice *)attempt->notices->pdata[i])->windows->len;
        if (!has_windows && is_end_alone(&attempt->fields))
                add(attempt, "an end stands without a start");
        end_alone_of_rows(attempt, attempt->windows);
        end_alone_of_rows(attempt, attempt->circuits);
}

/* Whether a time that no pattern read is an instant that is known anyway, printed once more or in another zone. */
static bool says_known_instant(struct attempt *attempt, const char *text, const struct when *when)
{
        struct zone *zone = when->zone_end > when->zone_start ? NULL : zone_of_line(attempt, text);
        gint64 at;
        bool is_known = span_instant(&attempt->clock, attempt->search, text, when, zone, &at) && is_known_instant(attempt, at, ZONE_SLACK);
        zone_free(zone);
        return is_known;
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

static void unread_times_of_line(struct attempt *attempt, const struct block *line)
{
        g_autofree char *text = g_strndup(line->lines + line->start, line->end - line->start);
        struct when when;
        if (attempt->is_calendar && is_stamp(line))
                return;
        for (gsize from = 0; when_find(text, from, &attempt->rule->scope.dates, &when); from = when.end) {
                if (is_read(attempt, line->start + when.start, line->start + when.end) || says_known_instant(attempt, text, &when))
                        continue;
                if (is_skipped(attempt, line))
                        return;
                g_autofree char *phrase = cited(line);
                add(attempt, "a time was not read: '%s'", phrase);
                return;
        }
}

static bool is_status_of(const struct attempt *attempt, enum status status)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                if (notice->status == status)
                        return true;
                for (guint k = 0; k < notice->windows->len; k++)
                        if (((struct window *)notice->windows->pdata[k])->status == status)
                                return true;
        }
        return false;
}

/* Kinds that speak of a status beside that of the notice. */
static const enum status status_of_kind[KIND_COUNT] = {
        [KIND_RESCHEDULE] = STATUS_RESCHEDULED, [KIND_EXTENDED] = STATUS_RESCHEDULED, [KIND_STARTED] = STATUS_IN_PROCESS,
        [KIND_COMPLETED] = STATUS_COMPLETED,    [KIND_CANCELLED] = STATUS_CANCELLED,
};

/* Words inside the status that was taken are decided already (FILTERS.md "How it reads" 6); a lesser source may still say another. */
static bool is_in_status(const struct attempt *attempt, const struct block *line, const struct re_match *match)
{
        const struct capture *capture = &attempt->fields.field[FIELD_STATUS];
        return capture->value && g_strcmp0(capture->where, line->where) == 0 && capture->start <= match->start &&
               match->end <= capture->end;
}

static void other_status(struct attempt *attempt, const struct doubt_words *words, enum kind kind, const struct block *line)
{
        for (int s = STATUS_NONE + 1; s < STATUS_COUNT; s++) {
                struct re_match match;
                if (is_status_of(attempt, (enum status)s) || status_of_kind[kind] == (enum status)s)
                        continue;
                if (!block_search_any(attempt->search, line, &words->status[s], &match) || is_in_status(attempt, line, &match) ||
                    is_skipped(attempt, line))
                        continue;
                g_autofree char *phrase = cited(line);
                add(attempt, "words of another status (%s): '%s'", status_word((enum status)s), phrase);
        }
}

static void other_status_in_opening(struct attempt *attempt, const struct doubt_words *words, enum kind kind, const struct block *text)
{
        int n = 0;
        for (struct block line = {0}; n < OPENING_LINES && block_next_line(text, &line) && line.start < text->start + OPENING_BYTES; n++)
                other_status(attempt, words, kind, &line);
}

/* A calendar or sheet that tells all may lag behind what the mail around it says. */
static void other_status_around(struct attempt *attempt, const struct doubt_words *words, enum kind kind)
{
        static const enum body around[] = {BODY_HTML, BODY_TEXT};
        if (!attempt->is_calendar && !attempt->rule->notice->part)
                return;
        for (gsize i = 0; i < G_N_ELEMENTS(around); i++) {
                const char *lines = attempt->mail->body[around[i]];
                struct block text = block_of(body_word(around[i]), lines ? lines : "");
                other_status_in_opening(attempt, words, kind, &text);
        }
}

static bool doubt_role(struct attempt *attempt, const struct doubt_words *words, const struct block *line)
{
        if (!block_search_any(attempt->search, line, &words->backup, NULL) || is_skipped(attempt, line))
                return false;
        g_autofree char *phrase = cited(line);
        add(attempt, "a window read as primary stands beside '%s'", phrase);
        return true;
}

/* A word of another role on the line of a time that was read as primary, or on the two lines above it as far as no other time was read
 * from them; lines on `skip`, the window in other zones, do not count. */
static void other_role(struct attempt *attempt, const struct doubt_words *words, const struct capture *capture)
{
        if (!capture->value || capture->end == capture->start || g_strcmp0(capture->where, attempt->block.where) != 0)
                return;
        struct block line = block_line_at(&attempt->whole, capture->start);
        for (int n = 0, above = 0; !doubt_role(attempt, words, &line) && above < LINES_ABOVE && n < LINES_ACROSS; n++) {
                if (line.start == attempt->whole.start)
                        return;
                line = block_line_at(&attempt->whole, line.start - 1);
                if (is_read(attempt, line.start, line.end))
                        return;
                above += !is_skipped(attempt, &line);
        }
}

static void other_roles(struct attempt *attempt, const struct doubt_words *words, const struct captures *captures)
{
        if (captures->field[FIELD_BACKUP].value)
                return;
        for (int f = FIELD_START; f <= FIELD_END_TIME; f++)
                other_role(attempt, words, &captures->field[f]);
}

static void other_roles_of_rows(struct attempt *attempt, const struct doubt_words *words, const GPtrArray *rows)
{
        for (guint i = 0; i < rows->len; i++) {
                const struct row *row = rows->pdata[i];
                if (row->role == ROLE_PRIMARY && !row->in_part)
                        other_roles(attempt, words, &row->captures);
        }
}

void doubt_find(struct attempt *attempt, const struct doubt_words *words, enum kind kind)
{
        for (guint i = 0; i < attempt->notices->len; i++)
                expect_of_notice(attempt, attempt->notices->pdata[i], kind);
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                sources_disagree(attempt, (enum source)s);
        for (struct block line = {0}; block_next_line(&attempt->whole, &line);)
                if (!attempt->is_calendar || !is_stamp(&line))
                        unread_times_of_line(attempt, &line);
        ends_alone(attempt);
        g_autofree char *rival = rival_reference(attempt);
        if (rival)
                add(attempt, "the text names other work: '%s'", rival);
        g_autofree char *differs = attempt->is_calendar ? NULL : invite_differs(attempt);
        if (differs)
                add(attempt, "%s", differs);
        if (!words)
                return;
        other_status(attempt, words, kind, &attempt->subject);
        other_status_in_opening(attempt, words, kind, &attempt->whole);
        if (attempt->block.start != attempt->whole.start)
                other_status_in_opening(attempt, words, kind, &attempt->block);
        other_status_around(attempt, words, kind);
        other_roles_of_rows(attempt, words, attempt->windows);
        other_roles_of_rows(attempt, words, attempt->circuits);
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                other_roles(attempt, words, &attempt->from[s]);
}
