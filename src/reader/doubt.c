/* Doubts: all that keeps a reading from being certain (FILTERS.md "How it reads" 9).
 * In: an attempt that was taken. Out: its doubts, each a phrase for a reason. */
#include "reader/doubt.h"

#include "reader/doubt-base.h"
#include "reader/doubt-time.h"
#include "reader/row.h"
#include "reader/value.h"

#include <string.h>

enum {
        OPENING_LINES = 12,   /* lines at the start of a text that tell what the mail is about */
        OPENING_BYTES = 1500, /* and how much of them */
        LINES_ABOVE = 2,      /* lines above a time that may say what it is */
};

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

static void expect_of_notice(struct attempt *attempt, const struct notice *notice)
{
        bool is_over = notice->status == STATUS_COMPLETED || notice->status == STATUS_CANCELLED;
        unsigned expect = attempt->rule->scope.expect;
        if (!expect)
                expect = is_over ? DEMAND_IMPACT : DEMAND_IMPACT | DEMAND_CIRCUITS | DEMAND_WINDOWS;
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
        if ((expect & (DEMAND_WINDOWS | DEMAND_START)) && !notice->windows->len)
                doubt_add(attempt, "no window was found");
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
                doubt_add(attempt, "%s gives another reference: '%s'", doubt_source(source), ref);
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
        [KIND_RESCHEDULE] = STATUS_RESCHEDULED, [KIND_POSTPONED] = STATUS_RESCHEDULED, [KIND_EXTENDED] = STATUS_RESCHEDULED,
        [KIND_STARTED] = STATUS_IN_PROCESS,     [KIND_COMPLETED] = STATUS_COMPLETED,   [KIND_CANCELLED] = STATUS_CANCELLED,
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
                    doubt_is_skipped(attempt, line))
                        continue;
                g_autofree char *phrase = doubt_cited(line);
                doubt_add(attempt, "words of another status (%s): '%s'", status_word((enum status)s), phrase);
        }
}

static void other_status_in_opening(struct attempt *attempt, const struct doubt_words *words, enum kind kind, const struct block *text)
{
        int n = 0;
        for (struct block line = {0}; n < OPENING_LINES && block_next_line(text, &line) && line.start < text->start + OPENING_BYTES; n++)
                other_status(attempt, words, kind, &line);
}

static bool doubt_role(struct attempt *attempt, const struct doubt_words *words, const struct block *line)
{
        if (!block_search_any(attempt->search, line, &words->backup, NULL) || doubt_is_skipped(attempt, line))
                return false;
        g_autofree char *phrase = doubt_cited(line);
        doubt_add(attempt, "a window read as primary stands beside '%s'", phrase);
        return true;
}

/* A word of another role on the line of a time that was read as primary, or on the two lines above it as far as no other time was read
 * from them. */
static void other_role(struct attempt *attempt, const struct doubt_words *words, const struct capture *capture)
{
        if (!capture->value || capture->end == capture->start || g_strcmp0(capture->where, attempt->block.where) != 0)
                return;
        struct block line = block_line_at(&attempt->whole, capture->start);
        for (int above = 0; !doubt_role(attempt, words, &line) && above < LINES_ABOVE && line.start > attempt->whole.start; above++) {
                line = block_line_at(&attempt->whole, line.start - 1);
                if (doubt_is_read(attempt, line.start, line.end))
                        return;
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

bool doubt_refs(struct attempt *attempt)
{
        guint before = attempt->doubts->len;
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                refs_disagree(attempt, (enum source)s);
        return attempt->doubts->len > before;
}

bool doubt_status(struct attempt *attempt, const struct doubt_words *words, enum kind kind)
{
        guint before = attempt->doubts->len;
        other_status(attempt, words, kind, &attempt->subject);
        other_status_in_opening(attempt, words, kind, &attempt->whole);
        if (attempt->block.start != attempt->whole.start)
                other_status_in_opening(attempt, words, kind, &attempt->block);
        return attempt->doubts->len > before;
}

void doubt_find(struct attempt *attempt, const struct doubt_words *words, enum kind kind)
{
        for (guint i = 0; i < attempt->notices->len; i++)
                expect_of_notice(attempt, attempt->notices->pdata[i]);
        only_reserve(attempt);
        doubt_refs(attempt);
        doubt_times(attempt);
        if (!words)
                return;
        doubt_status(attempt, words, kind);
        other_roles_of_rows(attempt, words, attempt->windows);
        other_roles_of_rows(attempt, words, attempt->circuits);
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                other_roles(attempt, words, &attempt->from[s]);
}
