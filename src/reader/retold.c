/* Retold: what a mail says plainly of its status over the words of an earlier notice that it repeats.
 * In: an attempt that was taken and the doubt words. Out: its notices with that status. */
#include "reader/retold.h"

#include "reader/doubt-ground.h"

#include <string.h>

static bool is_all_confirmed(const struct attempt *attempt)
{
        for (guint i = 0; i < attempt->notices->len; i++) {
                const struct notice *notice = attempt->notices->pdata[i];
                if (notice->status != STATUS_CONFIRMED)
                        return false;
                for (guint k = 0; k < notice->windows->len; k++)
                        if (((struct window *)notice->windows->pdata[k])->status)
                                return false;
        }
        return attempt->notices->len > 0;
}

/* The length of a list tag or of the mark of a reply or forward at the start of the text; 0 where there is none. */
static gsize mark_length(const char *text, const char *end)
{
        static const char *const marks[] = {"re:", "fw:", "fwd:", "aw:", "wg:"};
        const char *close = *text == '[' ? memchr(text, ']', (gsize)(end - text)) : NULL;
        if (close)
                return (gsize)(close + 1 - text);
        for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
                if (g_ascii_strncasecmp(text, marks[i], strlen(marks[i])) == 0)
                        return strlen(marks[i]);
        return 0;
}

/* Whether nothing but marks and signs stands before this byte. */
static bool opens(const char *subject, gsize at)
{
        const char *end = subject + at;
        for (const char *p = subject; p < end;) {
                gsize mark = mark_length(p, end);
                if (!mark && g_unichar_isalnum(g_utf8_get_char(p)))
                        return false;
                p = mark ? p + mark : g_utf8_next_char(p);
        }
        return true;
}

/* Whether the word in which the match ends is the last, and a sign parts it from the rest. */
static bool closes(const char *subject, const struct re_match *match)
{
        const char *p = subject + match->start, *rest = subject + match->end;
        do
                p = p > subject ? g_utf8_prev_char(p) : p;
        while (p > subject && *p == ' ');
        while (g_unichar_isalpha(g_utf8_get_char(rest)))
                rest = g_utf8_next_char(rest);
        while (*rest && !g_unichar_isalnum(g_utf8_get_char(rest)))
                rest = g_utf8_next_char(rest);
        return !*rest && !g_unichar_isalnum(g_utf8_get_char(p));
}

static bool subject_tells(struct attempt *attempt, const struct words *patterns)
{
        const struct block *subject = &attempt->subject;
        struct re_match match;
        return block_search_any(attempt->search, subject, patterns, &match) &&
               (opens(subject->lines, match.start) || closes(subject->lines, &match));
}

static bool text_tells(struct attempt *attempt, const struct words *patterns)
{
        struct re_match match;
        if (!block_search_any(attempt->search, &attempt->whole, patterns, &match))
                return false;
        struct block line = block_line_at(&attempt->whole, match.start);
        return !doubt_is_skipped(attempt, &line);
}

/* The one status that the mail tells of; STATUS_NONE where there is none, or more than one. */
static enum status told(struct attempt *attempt, const struct words *patterns, bool (*tells)(struct attempt *, const struct words *))
{
        int found = STATUS_NONE;
        for (int s = STATUS_NONE + 1; s < STATUS_COUNT; s++) {
                if (s == STATUS_CONFIRMED || s == STATUS_TENTATIVE || !tells(attempt, &patterns[s]))
                        continue;
                if (found)
                        return STATUS_NONE;
                found = s;
        }
        return (enum status)found;
}

bool retold_status(struct attempt *attempt, const struct doubt_words *words)
{
        if (!words || !is_all_confirmed(attempt) || subject_tells(attempt, &words->extended))
                return false;
        enum status status = told(attempt, words->status, subject_tells);
        if (!status)
                status = told(attempt, words->sentence, text_tells);
        for (guint i = 0; status && i < attempt->notices->len; i++)
                ((struct notice *)attempt->notices->pdata[i])->status = status;
        if (status)
                g_ptr_array_add(attempt->notes, g_strdup("the status is that of these words, not that of the form which they go with"));
        return status != STATUS_NONE;
}
