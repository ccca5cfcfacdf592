/* Words that speak against a reading: of another status in the opening lines, of another role beside a window.
 * In: an attempt and the doubt words. Out: its doubts. */
#include "reader/doubt-word.h"

#include "reader/doubt-ground.h"
#include "reader/row.h"

enum {
        OPENING_LINES = 12,   /* lines at the start of a text that tell what the mail is about */
        OPENING_BYTES = 1500, /* and how much of them */
        LINES_ABOVE = 2,      /* lines above a time that may say what it is */
        LINES_ACROSS = 12,    /* how far up they may stand, lines on `skip` between */
};

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
        [KIND_RESCHEDULE] = STATUS_RESCHEDULED, [KIND_EXTENDED] = STATUS_RESCHEDULED,
        [KIND_STARTED] = STATUS_IN_PROCESS,     [KIND_COMPLETED] = STATUS_COMPLETED,
        [KIND_CANCELLED] = STATUS_CANCELLED,    [KIND_POSTPONED] = STATUS_CANCELLED, /* off, until there is a new date */
};

/* Words inside the status that was taken are decided already (FILTERS.md "How it reads" 6); a lesser source may still say another. */
static bool is_in_status(const struct attempt *attempt, const struct block *line, const struct re_match *match)
{
        const struct capture *capture = &attempt->fields.field[FIELD_STATUS];
        return capture->value && g_strcmp0(capture->where, line->where) == 0 && capture->start <= match->start &&
               match->end <= capture->end;
}

/* The statuses that words would raise a doubt about, as bits. */
static unsigned other_statuses(const struct attempt *attempt, enum kind kind)
{
        unsigned others = 0;
        for (int s = STATUS_NONE + 1; s < STATUS_COUNT; s++)
                if (!is_status_of(attempt, (enum status)s) && status_of_kind[kind] != (enum status)s)
                        others |= 1U << s;
        return others;
}

static void doubt_status(struct attempt *attempt, enum status status, const struct block *line)
{
        g_autofree char *phrase = doubt_cited(line);
        doubt_add(attempt, "words of another status (%s): '%s'", status_word(status), phrase);
}

static void other_status(struct attempt *attempt, const struct doubt_words *words, unsigned others, const struct block *line)
{
        for (int s = STATUS_NONE + 1; s < STATUS_COUNT; s++) {
                struct re_match match;
                if (!(others & 1U << s) || !block_search_any(attempt->search, line, &words->status[s], &match) ||
                    is_in_status(attempt, line, &match) || doubt_is_skipped(attempt, line))
                        continue;
                doubt_status(attempt, (enum status)s, line);
        }
}

static struct block opening_of(const struct block *text)
{
        struct block opening = *text;
        int n = 0;
        opening.end = text->start;
        for (struct block line = {0}; n < OPENING_LINES && block_next_line(text, &line) && line.start < text->start + OPENING_BYTES; n++)
                opening.end = line.end;
        return opening;
}

/* Most statuses are not spoken of at all, which one search tells for all lines. */
static void other_status_in_opening(struct attempt *attempt, const struct doubt_words *words, unsigned others, const struct block *text)
{
        struct block opening = opening_of(text);
        for (int s = STATUS_NONE + 1; s < STATUS_COUNT; s++)
                if (others & 1U << s && !block_search_any(attempt->search, &opening, &words->status[s], NULL))
                        others &= ~(1U << s);
        for (struct block line = {0}; others && block_next_line(&opening, &line);)
                other_status(attempt, words, others, &line);
}

/* A calendar or sheet that tells all may lag behind what the mail around it says. */
static void other_status_around(struct attempt *attempt, const struct doubt_words *words, unsigned others)
{
        static const enum body around[] = {BODY_HTML, BODY_TEXT};
        if (!attempt->is_calendar && !attempt->rule->notice->part)
                return;
        for (gsize i = 0; i < G_N_ELEMENTS(around); i++) {
                const char *lines = attempt->mail->body[around[i]];
                struct block text = block_of(body_word(around[i]), lines ? lines : "");
                other_status_in_opening(attempt, words, others, &text);
        }
}

/* A whole sentence says it wherever it stands, also over a line's end. */
static void other_sentence(struct attempt *attempt, const char *pattern, enum status status)
{
        const struct block *text = &attempt->whole;
        struct re_match match;
        for (gsize from = text->start; block_search(attempt->search, text, pattern, from, &match); from = match.end) {
                struct block line = block_line_at(text, match.start);
                if (match.end == match.start)
                        return;
                if (!is_in_status(attempt, &line, &match) && !doubt_is_skipped(attempt, &line))
                        doubt_status(attempt, status, &line);
        }
}

static void other_sentences(struct attempt *attempt, const struct doubt_words *words, unsigned others)
{
        for (int s = STATUS_NONE + 1; s < STATUS_COUNT; s++)
                for (unsigned i = 0; others & 1U << s && i < words->sentence[s].n; i++)
                        other_sentence(attempt, words->sentence[s].word[i], (enum status)s);
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
                if (doubt_is_read(attempt, line.start, line.end))
                        return;
                above += !doubt_is_skipped(attempt, &line);
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

/* A line that tells a night in reserve of which nothing was read: its date has no time, or a form that is not known. */
static void unread_reserve(struct attempt *attempt, const struct doubt_words *words)
{
        for (struct block line = {0}; block_next_line(&attempt->whole, &line);) {
                if (!block_search_any(attempt->search, &line, &words->reserve, NULL) || doubt_is_read(attempt, line.start, line.end) ||
                    doubt_is_skipped(attempt, &line))
                        continue;
                g_autofree char *phrase = doubt_cited(&line);
                doubt_add(attempt, "a window in reserve was not read: '%s'", phrase);
                return;
        }
}

void doubt_words_of_status(struct attempt *attempt, const struct doubt_words *words, enum kind kind)
{
        unsigned others = other_statuses(attempt, kind);
        other_status(attempt, words, others, &attempt->subject);
        other_status_in_opening(attempt, words, others, &attempt->whole);
        if (attempt->block.start != attempt->whole.start)
                other_status_in_opening(attempt, words, others, &attempt->block);
        other_status_around(attempt, words, others);
        other_sentences(attempt, words, others);
}

/* The line in which one of the patterns says a status, other than that the work lasts longer; false where none does. */
static bool is_told(struct attempt *attempt, const struct doubt_words *words, const struct words *patterns, const struct block *text,
                    struct block *line)
{
        struct re_match match;
        if (!block_search_any(attempt->search, text, patterns, &match))
                return false;
        *line = block_line_at(text, match.start);
        return !doubt_is_skipped(attempt, line) && !block_search_any(attempt->search, line, &words->extended, NULL);
}

/* The one status that the subject, or a sentence of the opening, tells as what became of the work; STATUS_NONE where none or several. */
static enum status told_status(struct attempt *attempt, const struct doubt_words *words, struct block *where)
{
        static const enum status fates[] = {STATUS_CANCELLED, STATUS_COMPLETED, STATUS_RESCHEDULED, STATUS_IN_PROCESS};
        struct block opening = opening_of(&attempt->whole);
        enum status told = STATUS_NONE;
        for (gsize i = 0; i < G_N_ELEMENTS(fates); i++) {
                if (!is_told(attempt, words, &words->status[fates[i]], &attempt->subject, where) &&
                    !is_told(attempt, words, &words->sentence[fates[i]], &opening, where))
                        continue;
                if (told)
                        return STATUS_NONE;
                told = fates[i];
        }
        return told;
}

bool doubt_adopt_status(struct attempt *attempt, const struct doubt_words *words, enum kind kind)
{
        struct block line = {0};
        bool is_open = kind == KIND_NEW || kind == KIND_REMINDER || kind == KIND_UPDATE || kind == KIND_CONFIRMED || kind == KIND_OTHER ||
                       (kind == KIND_POSTPONED && is_status_of(attempt, STATUS_CONFIRMED));
        enum status told = words && is_open ? told_status(attempt, words, &line) : STATUS_NONE;
        if (!told || is_status_of(attempt, told))
                return false;
        for (guint i = 0; i < attempt->notices->len; i++)
                ((struct notice *)attempt->notices->pdata[i])->status = told;
        doubt_status(attempt, told, &line);
        return true;
}

void doubt_words_of_status_in(struct attempt *attempt, const struct doubt_words *words, enum kind kind, const struct block *lines)
{
        other_status_in_opening(attempt, words, other_statuses(attempt, kind), lines);
}

void doubt_words_of_role(struct attempt *attempt, const struct doubt_words *words)
{
        other_roles_of_rows(attempt, words, attempt->windows);
        other_roles_of_rows(attempt, words, attempt->circuits);
        for (int s = SOURCE_LABEL; s < SOURCE_COUNT; s++)
                other_roles(attempt, words, &attempt->from[s]);
        unread_reserve(attempt, words);
}
