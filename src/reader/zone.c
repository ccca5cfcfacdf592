/* Time zones: from the words a mail prints to an offset at a local time.
 * In: zone text and a local time. Out: UTC. Zone data comes from GTimeZone by whitelisted IANA names; the words from zone-table.c. */
#include "reader/zone.h"

#include "reader/zone-table.h"

#include <string.h>

#define HOUR          (60 * 60)
#define DAY           (24 * HOUR)
#define ZONE_TEXT_MAX 128
#define BLANKS        " \t\n\v\r\f"
#define DECORATION    BLANKS "()[]*,."

struct zone {
        GTimeZone *named; /* the zone itself, or for an abbreviation the zone that follows the seasons there; NULL: never changes */
        bool is_fixed;    /* offset holds, whatever the season */
        bool is_standard; /* the words name standard time */
        int offset;       /* seconds ahead of UTC, if is_fixed */
};

static struct zone *zone_new(GTimeZone *named, bool is_fixed, int offset)
{
        struct zone *zone = g_new0(struct zone, 1);
        zone->named = named;
        zone->is_fixed = is_fixed;
        zone->offset = offset;
        return zone;
}

void zone_free(struct zone *zone)
{
        if (zone)
                g_clear_pointer(&zone->named, g_time_zone_unref);
        g_free(zone);
}

struct zone *zone_from_offset(int seconds)
{
        return zone_new(NULL, true, seconds);
}

/* Each part of a tz name starts with a capital; that leaves out "right/" and "posix/", "localtime" and all that lies beside the zones. */
static bool is_name(const char *name)
{
        bool is_first = true;
        gsize length = 0;
        for (; name[length]; length++) {
                char c = name[length];
                if (is_first ? !g_ascii_isupper(c) : !(g_ascii_isalnum(c) || strchr("_+-/", c)))
                        return false;
                is_first = c == '/';
        }
        return length && length < ZONE_TEXT_MAX && !is_first;
}

/* GTimeZone takes much for a POSIX rule ("ABC3"); only what has a file is a zone. */
static GTimeZone *named_zone(const char *name)
{
        if (!is_name(name))
                return NULL;
        g_autofree char *path = g_build_filename("/usr/share/zoneinfo", name, NULL);
        return g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_time_zone_new_identifier(name) : NULL;
}

struct zone *zone_from_name(const char *name)
{
        GTimeZone *named = named_zone(name);
        return named ? zone_new(named, false, 0) : NULL;
}

static struct zone *zone_from_windows(const char *name)
{
        const char *tz = zone_windows_find(name);
        return tz ? zone_from_name(tz) : NULL;
}

static struct zone *zone_from_row(const struct zone_word_row *row)
{
        GTimeZone *named = row->home ? named_zone(row->home) : NULL;
        if (row->minutes < ZONE_FOLLOWS)
                return zone_new(named, true, row->minutes * 60);
        if (!named)
                return NULL;
        struct zone *zone = zone_new(named, false, 0);
        zone->is_standard = row->minutes == ZONE_FOLLOWS_STANDARD;
        return zone;
}

/* Digits at *text, at least one and at most max of them; -1 where there are none or more. */
static int digits(const char **text, gsize max)
{
        gsize n = strspn(*text, "0123456789");
        int value = 0;
        if (n == 0 || n > max)
                return -1;
        for (gsize i = 0; i < n; i++)
                value = value * 10 + (*text)[i] - '0';
        *text += n;
        return value;
}

/* What may stand after an offset that says all: "+0000 UTC", "+05:30 IST". */
static bool is_remark(const char *text)
{
        text += strspn(text, BLANKS "(");
        gsize n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        return n <= 5 && text[n + strspn(text + n, BLANKS ")")] == '\0';
}

/* "+3", "-0500", "UTC+02:00", "GMT +5.30": hours ahead of UTC. */
static struct zone *zone_from_offset_text(const char *text)
{
        if (g_ascii_strncasecmp(text, "UTC", 3) == 0 || g_ascii_strncasecmp(text, "GMT", 3) == 0)
                text += 3 + strspn(text + 3, BLANKS);
        if (*text != '+' && *text != '-')
                return NULL;
        int sign = *text++ == '-' ? -1 : 1;
        text += strspn(text, BLANKS);
        gsize n = strspn(text, "0123456789");
        int hours = digits(&text, 4), minutes = 0;
        if (n > 2) {
                minutes = hours % 100;
                hours /= 100;
        } else if ((*text == ':' || *text == '.') && strspn(text + 1, "0123456789") == 2) {
                text++;
                minutes = digits(&text, 2);
        }
        if (hours < 0 || hours > 14 || minutes > 59 || !is_remark(text))
                return NULL;
        return zone_from_offset(sign * (hours * HOUR + minutes * 60));
}

bool zone_is_word(const char *text)
{
        if (zone_word_find(text) || zone_windows_find(text))
                return true;
        struct zone *offset = zone_from_offset_text(text);
        zone_free(offset);
        return offset != NULL;
}

static struct zone *zone_from_words(const char *text)
{
        const struct zone_word_row *row = zone_word_find(text);
        struct zone *zone = row ? zone_from_row(row) : NULL;
        if (!zone)
                zone = zone_from_offset_text(text);
        if (!zone)
                zone = zone_from_windows(text);
        return zone ? zone : zone_from_name(text);
}

/* "UTC/GMT" is one offset; "EST/EDT" is the zone that both belong to. */
static struct zone *zone_from_pair(const char *text)
{
        g_auto(GStrv) half = g_strsplit(text, "/", 3);
        if (g_strv_length(half) != 2)
                return NULL;
        const struct zone_word_row *a = zone_word_find(g_strstrip(half[0])), *b = zone_word_find(g_strstrip(half[1]));
        if (!a || !b || g_strcmp0(a->home, b->home) != 0)
                return NULL;
        if (a->minutes == b->minutes)
                return zone_from_row(a);
        return a->home ? zone_from_name(a->home) : NULL;
}

/* "CET time" is no other zone than "CET"; "local time" is none. */
static struct zone *zone_without_time(const char *text)
{
        gsize length = strlen(text);
        if (length < 6 || g_ascii_strcasecmp(text + length - 5, " time") != 0)
                return NULL;
        g_autofree char *rest = g_strndup(text, length - 5);
        return zone_from_words(rest);
}

/* Blanks made one, decoration left out at both ends. Caller frees. */
static char *tidy(const char *text, gsize length)
{
        g_autofree char *copy = g_strndup(text, length);
        GString *out = g_string_new(NULL);
        for (char *p = copy + strspn(copy, DECORATION); *p; p++)
                if (!strchr(BLANKS, *p))
                        g_string_append_c(out, *p);
                else if (out->len && out->str[out->len - 1] != ' ')
                        g_string_append_c(out, ' ');
        while (out->len && strchr(DECORATION, out->str[out->len - 1]))
                g_string_truncate(out, out->len - 1);
        return g_string_free(out, FALSE);
}

static struct zone *zone_from_span(const char *text, gsize length)
{
        g_autofree char *words = tidy(text, length);
        if (!*words)
                return NULL;
        struct zone *zone = zone_from_words(words);
        if (!zone)
                zone = zone_from_pair(words);
        return zone ? zone : zone_without_time(words);
}

/* "MDT (Mountain Daylight Time)": the word itself, else the remark in brackets. What stands in front of all, "(UTC-05:00) Eastern Time (US
 * & Canada)", is the offset in winter and says nothing of the summer. */
static struct zone *zone_from_remark(const char *text)
{
        gsize before = strspn(text, DECORATION);
        gsize open = strcspn(text + before, "([") + before;
        if (text[open] && !memchr(text + before, ')', open - before)) {
                struct zone *zone = zone_from_span(text, open);
                return zone ? zone : zone_from_span(text + open, strlen(text + open));
        }
        const char *close = strchr(text + before, ')');
        if (!close || *text != '(')
                return NULL;
        gsize end = strcspn(close, "([");
        return zone_from_span(close, end);
}

struct zone *zone_from_text(const char *text)
{
        gsize length = strlen(text);
        if (length >= ZONE_TEXT_MAX)
                return NULL;
        struct zone *zone = zone_from_span(text, length);
        return zone ? zone : zone_from_remark(text);
}

struct zone *zone_from_tzid(const char *tzid)
{
        struct zone *zone = NULL;
        for (const char *name = tzid; name && !zone; name = strchr(name, '/') ? strchr(name, '/') + 1 : NULL)
                zone = zone_from_name(name);
        if (!zone)
                zone = zone_from_windows(tzid);
        return zone ? zone : zone_from_text(tzid);
}

static int offset_at(const struct zone *zone, gint64 utc)
{
        int interval = g_time_zone_find_interval(zone->named, G_TIME_TYPE_UNIVERSAL, utc);
        return interval < 0 ? 0 : g_time_zone_get_offset(zone->named, interval);
}

/* A civil time read as if it were UTC; false where it is no date. */
static bool wall_seconds(const struct civil *civil, gint64 *wall)
{
        bool is_end = civil->hour == 24 && civil->minute == 0 && civil->second == 0;
        if (civil->year < 2000 || civil->year > 2100 || civil->hour < 0 || (civil->hour > 23 && !is_end))
                return false;
        g_autoptr(GDateTime) at =
                g_date_time_new_utc(civil->year, civil->month, civil->day, is_end ? 0 : civil->hour, civil->minute, civil->second);
        if (!at)
                return false;
        *wall = g_date_time_to_unix(at) + (is_end ? DAY : 0);
        return true;
}

/* The offsets a day before and a day after are all that can hold at a local time (no zone changes twice in so short a while). One that is
 * its own proof fits; both fit in the hour that comes twice, and the greater one gives the first of the two; none fits in the gap. */
static gint64 resolve(const struct zone *zone, gint64 wall, bool *is_ambiguous)
{
        int before = offset_at(zone, wall - DAY), after = offset_at(zone, wall + DAY);
        bool before_fits = offset_at(zone, wall - before) == before, after_fits = offset_at(zone, wall - after) == after;
        if (before != after && before_fits == after_fits) {
                *is_ambiguous = true;
                return wall - (before_fits ? MAX(before, after) : before);
        }
        return wall - (before_fits ? before : after);
}

static bool is_summer(const struct zone *zone, gint64 utc)
{
        int interval = g_time_zone_find_interval(zone->named, G_TIME_TYPE_UNIVERSAL, utc);
        return interval >= 0 && g_time_zone_is_dst(zone->named, interval);
}

bool zone_to_utc(const struct zone *zone, const struct civil *civil, gint64 *utc, bool *is_ambiguous)
{
        gint64 wall;
        if (!wall_seconds(civil, &wall))
                return false;
        if (!zone->is_fixed) {
                *utc = resolve(zone, wall, is_ambiguous);
                if (zone->is_standard && is_summer(zone, *utc))
                        *is_ambiguous = true;
                return true;
        }
        *utc = wall - zone->offset;
        if (zone->named && offset_at(zone, *utc) != zone->offset)
                *is_ambiguous = true;
        return true;
}
