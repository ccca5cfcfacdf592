/* What a CalDAV server's answer means (CALENDAR.md 3: the table of five servers, and "Client rules").
 * In: an answer. Out: what to do now. */
#include "out/answer.h"

#include "base/visible.h"
#include "out/dav.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WAIT = 60 * 60, MOST_WORDS = 200 };

static bool is_quota(const struct answer *answer)
{
        static const char *const words[] = {"ratelimit", "rate limit", "quotaexceeded"};
        g_autofree char *body = g_ascii_strdown(answer->body, -1);
        for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
                if (strstr(body, words[i]))
                        return true;
        return false;
}

enum told answer_told(const struct answer *answer)
{
        switch (answer->status) {
        case 200:
        case 201:
        case 204:
                return TOLD_OK;
        case 401:
                return TOLD_LOGIN;
        case 404:
        case 410:
                return TOLD_GONE;
        case 412:
                return dav_is_uid_conflict(answer->body) ? TOLD_UID : TOLD_CONFLICT;
        case 408:
        case 423:
        case 425:
                return TOLD_LATER;
        case 429:
        case 503:
                return TOLD_BUSY;
        case 403:
                if (is_quota(answer))
                        return TOLD_BUSY;
        }
        if (answer->status >= 500)
                return TOLD_LATER;
        return dav_is_uid_conflict(answer->body) ? TOLD_UID : TOLD_NEVER;
}

char *answer_etag(const struct answer *answer)
{
        const char *etag = answer_header(answer, "etag");
        return etag && *etag && !g_str_has_prefix(etag, "W/") ? g_strdup(etag) : NULL;
}

/* An HTTP date, "Sun, 06 Nov 1994 08:49:37 GMT", without the locale's names of months; -1. */
static gint64 read_date(const char *text)
{
        static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
        g_auto(GStrv) words = g_strsplit_set(text, " :", -1);
        if (g_strv_length(words) != 8 || strlen(words[2]) != 3)
                return -1;
        const char *month = strstr(months, words[2]);
        if (!month || (month - months) % 3)
                return -1;
        g_autoptr(GDateTime) date = g_date_time_new_utc(atoi(words[3]), (int)(month - months) / 3 + 1, atoi(words[1]), atoi(words[4]),
                                                        atoi(words[5]), atoi(words[6]));
        return date ? g_date_time_to_unix(date) : -1;
}

gint64 answer_retry_after(const struct answer *answer, gint64 now)
{
        const char *text = answer_header(answer, "retry-after");
        if (!text || !*text)
                return -1;
        if (strspn(text, "0123456789") == strlen(text))
                return (gint64)MIN(g_ascii_strtoull(text, NULL, 10), MOST_WAIT);
        gint64 at = read_date(text);
        return at < 0 ? -1 : CLAMP(at - now, 0, MOST_WAIT);
}

char *answer_why(const struct answer *answer, const struct request *request)
{
        g_autofree char *valid = g_utf8_make_valid(answer->body ? answer->body : "", -1);
        g_autoptr(GRegex) tags = g_regex_new("<[^>]*>|\\s+", 0, 0, NULL);
        g_autofree char *plain = g_regex_replace_literal(tags, valid, -1, 0, " ", 0, NULL);
        g_autofree char *visible = visible_text(plain ? g_strstrip(plain) : "");
        g_autofree char *words = visible_cut(visible, MOST_WORDS);
        return g_strdup_printf("%s %s: HTTP %d%s%s", request->method, request->url, answer->status, *words ? ": " : "", words);
}
