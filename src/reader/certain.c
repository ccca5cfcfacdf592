/* Certain: what may be shown of a notice that no filter of its vendor vouches for.
 * In: an attempt of the generic reader. Out: the same without the ids and windows that anything in the mail speaks against. */
#include "reader/certain.h"

#include "reader/doubt-word.h"
#include "reader/doubt.h"

#define DAY (24 * 60 * 60)

enum {
        LONGEST_DAYS = 31, /* a window beyond is most often two dates of something else */
        FAR_DAYS = 1100,   /* from the mail to the work */
};

static bool is_plausible(const struct window *window, gint64 written)
{
        if (window->start == READING_NO_TIME || window->end == READING_NO_TIME || window->end <= window->start)
                return false;
        if (written != MAIL_NO_DATE && ABS(window->start - written) > FAR_DAYS * DAY)
                return false;
        return window->end - window->start <= LONGEST_DAYS * DAY;
}

static bool overlaps(const GPtrArray *windows, guint i)
{
        const struct window *window = windows->pdata[i];
        for (guint k = 0; k < i; k++) {
                const struct window *other = windows->pdata[k];
                if (window->start < other->end && other->start < window->end)
                        return true;
        }
        return false;
}

static bool are_certain(const struct attempt *attempt, const struct notice *notice)
{
        for (guint i = 0; i < notice->windows->len; i++)
                if (!is_plausible(notice->windows->pdata[i], attempt->clock.written) || overlaps(notice->windows, i))
                        return false;
        return true;
}

/* A plain invitation is often that of an earlier mail: what the text says beside it counts. One made for maintenances (with a reference)
 * vouches for itself. */
static bool is_contradicted(struct attempt *attempt)
{
        bool is_contradicted = false;
        if (!attempt->is_calendar || attempt->from[SOURCE_CALENDAR].field[FIELD_REF].value)
                return false;
        for (int b = 0; b < BODY_ICS; b++) {
                if (!attempt->mail->body[b])
                        continue;
                struct block block = block_of(body_word((enum body)b), attempt->mail->body[b]);
                is_contradicted = doubt_unread(attempt, &block) || is_contradicted;
        }
        return is_contradicted;
}

static bool are_times_doubted(struct attempt *attempt)
{
        if (attempt->n_window_doubts > 0 || doubt_times(attempt) || is_contradicted(attempt))
                return true;
        for (guint i = 0; i < attempt->notices->len; i++)
                if (!are_certain(attempt, attempt->notices->pdata[i]))
                        return true;
        return false;
}

static bool speaks_of_another(struct attempt *attempt, const struct doubt_words *words)
{
        guint before = attempt->doubts->len;
        doubt_words_of_status(attempt, words, KIND_NEW);
        return attempt->doubts->len > before;
}

void certain_keep(struct attempt *attempt, const struct doubt_words *words)
{
        bool no_ref = doubt_refs(attempt), no_times = are_times_doubted(attempt);
        bool no_status = attempt->is_status_assumed && words && speaks_of_another(attempt, words);
        for (guint i = 0; i < attempt->notices->len; i++) {
                struct notice *notice = attempt->notices->pdata[i];
                if (no_ref)
                        g_clear_pointer(&notice->maintenance_id, g_free);
                if (no_times)
                        g_ptr_array_set_size(notice->windows, 0);
                if (no_status)
                        notice->status = STATUS_NONE;
        }
}
