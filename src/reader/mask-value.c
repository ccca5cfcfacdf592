/* Whether a piece of a line is a value: something that differs from one mail of a problem to the next.
 * In: a piece without blanks, quotes and brackets. Out: yes or no. */
#include "reader/mask-value.h"

#include <string.h>

enum { HASH_AT_LEAST = 8, MAC_DIGITS = 12, MAC_BYTES = 6, WORD_AT_MOST = 16 };

/* How many bytes of each sort a piece has. */
struct make {
        gsize digits, hex, letters, dots, colons, dashes, slashes, ats, others; /* hex: the letters a to f; letters: all */
        bool has_capital;
};

static const char *const units[] = {
        "b",      "bytes",   "byte",    "k",           "kb",           "kib",          "kbyte", "kbytes",
        "m",      "mb",      "mib",     "g",           "gb",           "gib",          "t",     "tb",
        "tib",    "s",       "sec",     "secs",        "second",       "seconds",      "min",   "mins",
        "minute", "minutes", "h",       "hr",          "hrs",          "hour",         "hours", "d",
        "day",    "days",    "week",    "weeks",       "ms",           "msec",         "msecs", "us",
        "usec",   "usecs",   "ns",      "millisecond", "milliseconds", "microseconds", "hz",    "khz",
        "mhz",    "ghz",     "percent", "kbps",        "mbps",         "gbps",         "kb/s",  "mb/s",
        "b/s",    "gb/s",    "kib/s",   "mib/s",
};
static const char *const months[] = {
        "jan", "feb",     "mar",      "apr",   "may",   "jun",  "jul",  "aug",    "sep",       "sept",    "oct",      "nov",
        "dec", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
};
static const char *const weekdays[] = {
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
};
/* The last label of names of two labels that are hosts; with any other last label "word.word" may be a file, a method, a setting. */
static const char *const top_domains[] = {"com", "net",  "org",     "edu",  "gov",   "mil",
                                          "int", "info", "example", "test", "local", "localdomain"};
/* The first label of names that are written backwards: packages, not hosts. */
static const char *const package_roots[] = {"com", "org", "net", "edu", "java", "javax", "sun", "io", "android"};

static bool is_one_of(const char *const *words, gsize count, const char *word, gsize n)
{
        for (gsize i = 0; n > 0 && n < WORD_AT_MOST && i < count; i++)
                if (g_ascii_strncasecmp(words[i], word, n) == 0 && words[i][n] == '\0')
                        return true;
        return false;
}

bool mask_is_unit(const char *word, gsize n)
{
        return is_one_of(units, G_N_ELEMENTS(units), word, n);
}

bool mask_is_month(const char *word, gsize n)
{
        return is_one_of(months, G_N_ELEMENTS(months), word, n);
}

bool mask_is_weekday(const char *word, gsize n)
{
        return is_one_of(weekdays, G_N_ELEMENTS(weekdays), word, n);
}

gsize mask_hex_span(const char *piece, gsize n)
{
        gsize i = 0;
        while (i < n && g_ascii_isxdigit(piece[i]))
                i++;
        return i;
}

static struct make make_of(const char *piece, gsize n)
{
        struct make make = {0};
        for (gsize i = 0; i < n; i++) {
                char c = piece[i];
                if (g_ascii_isdigit(c))
                        make.digits++;
                else if (g_ascii_isalpha(c))
                        make.letters++, make.hex += g_ascii_isxdigit(c), make.has_capital |= g_ascii_isupper(c);
                else if (c == '.' || c == ',')
                        make.dots++;
                else if (c == ':')
                        make.colons++;
                else if (c == '-' || c == '+')
                        make.dashes++;
                else if (c == '/')
                        make.slashes++;
                else if (c == '@')
                        make.ats++;
                else
                        make.others++;
        }
        return make;
}

/* "42", "-3.5%", "1,024", "10.2.3.4:80", "2021-11-14", "08:01:30", "3/4": digits and what stands between them. */
static bool is_numeric(const char *piece, gsize n, const struct make *make)
{
        bool has_percent = piece[n - 1] == '%';
        return piece[0] != ':' && piece[0] != '/' && make->digits > 0 && make->letters == 0 && make->ats == 0 &&
               make->others == (has_percent ? 1u : 0u);
}

/* "512MB", "20ms", "1.5k": a number and the unit that is glued to it. */
static bool has_unit(const char *piece, gsize n)
{
        gsize i = piece[0] == '-' || piece[0] == '+' ? 1 : 0, first = i;
        while (i < n && (g_ascii_isdigit(piece[i]) || piece[i] == '.' || piece[i] == ','))
                i++;
        return i > first && i < n && g_ascii_isdigit(piece[first]) && mask_is_unit(piece + i, n - i);
}

/* "1d2h", "11d:13h:10m": numbers each with its unit. */
static bool is_duration(const char *piece, gsize n)
{
        gsize i = 0, count = 0;
        while (i < n) {
                gsize from = i;
                while (i < n && g_ascii_isdigit(piece[i]))
                        i++;
                if (i == from || i == n || !strchr("wdhms", piece[i]))
                        return false;
                i++, count++;
                if (i < n && (piece[i] == ':' || piece[i] == ','))
                        i++;
        }
        return count > 0;
}

/* "2021-11-14T08:01:30.123Z", "20211114T080130": ISO 8601. */
static bool is_iso_time(const char *piece, gsize n, const struct make *make)
{
        if (make->digits < 8 || make->letters > 2 || make->ats || make->others || !g_ascii_isdigit(piece[0]))
                return false;
        for (gsize i = 0; i < n; i++)
                if (g_ascii_isalpha(piece[i]) && !(piece[i] == 'T' && i >= 8) && !(piece[i] == 'Z' && i == n - 1))
                        return false;
        return true;
}

/* "28-Apr-2003", "09/Dec/2019:10:00:00", "28Apr03", "2020-Mar-15": a month's name among numbers. */
static bool is_named_date(const char *piece, gsize n, const struct make *make)
{
        gsize from = 0;
        if (make->digits < 3 || make->letters < 3 || make->letters > 9 || make->ats || make->others)
                return false;
        while (from < n && !g_ascii_isalpha(piece[from]))
                from++;
        return from + make->letters <= n && mask_is_month(piece + from, make->letters);
}

/* "10:15pm", "9am" */
static bool is_half_day_time(const char *piece, gsize n, const struct make *make)
{
        return make->letters == 2 && make->digits > 0 && make->digits <= 6 && !make->ats && !make->others && n > 2 &&
               (g_ascii_strncasecmp(piece + n - 2, "am", 2) == 0 || g_ascii_strncasecmp(piece + n - 2, "pm", 2) == 0);
}

static bool is_uuid(const char *piece, gsize n)
{
        static const gsize groups[] = {8, 4, 4, 4, 12};
        gsize at = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(groups); i++) {
                if (mask_hex_span(piece + at, n - at) != groups[i])
                        return false;
                at += groups[i];
                if (i + 1 < G_N_ELEMENTS(groups) && (at >= n || piece[at++] != '-'))
                        return false;
        }
        return at == n;
}

/* The name of a message in Exim's queue: three groups of letters and digits, of 6, 6 and 2 or, since 4.97, of 6, 11 and 4. */
static bool is_queue_id(const char *piece, gsize n)
{
        bool is_old = n == 16 && piece[6] == '-' && piece[13] == '-', is_new = n == 23 && piece[6] == '-' && piece[18] == '-';
        gsize digits = 0;
        for (gsize i = 0; i < n && (is_old || is_new); i++) {
                digits += g_ascii_isdigit(piece[i]);
                if (!g_ascii_isalnum(piece[i]) && piece[i] != '-')
                        return false;
        }
        return digits > 1;
}

/* Hex numbers with 0x, hashes, and long ids. Words of hex letters alone ("feedface" is rarer than "defaced") are none. */
static bool is_hex(const char *piece, gsize n)
{
        if (n > 2 && piece[0] == '0' && (piece[1] == 'x' || piece[1] == 'X'))
                return mask_hex_span(piece + 2, n - 2) == n - 2;
        if (n < HASH_AT_LEAST || mask_hex_span(piece, n) != n)
                return false;
        for (gsize i = 0; i < n; i++)
                if (g_ascii_isdigit(piece[i]))
                        return true;
        return false;
}

/* IPv6 with or without zone and prefix length (RFC 4291 2.2, RFC 4007 11), MAC, fingerprints of keys: hex digits in groups. */
static bool is_hex_groups(const char *piece, gsize n, const struct make *make)
{
        gsize end = 0, groups = 1;
        if (make->digits + make->hex == make->digits + make->letters && make->dashes == MAC_BYTES - 1 && !make->colons && !make->others &&
            make->digits + make->hex == MAC_DIGITS)
                return true;
        while (end < n && (g_ascii_isxdigit(piece[end]) || piece[end] == ':' || piece[end] == '.')) {
                groups += piece[end] == ':';
                end++;
        }
        return groups >= 3 && end >= 3 && (end == n || piece[end] == '%' || piece[end] == '/') && make->digits > 0;
}

static bool is_mail_address(const char *piece, gsize n, const struct make *make)
{
        const char *at = make->ats == 1 ? memchr(piece, '@', n) : NULL;
        return at && at > piece && at + 1 < piece + n && make->slashes == 0;
}

static bool is_label(const char *label, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (!g_ascii_isalnum(label[i]) && label[i] != '-' && label[i] != '_')
                        return false;
        return n > 0;
}

static bool is_letters(const char *text, gsize n)
{
        for (gsize i = 0; i < n; i++)
                if (!g_ascii_isalpha(text[i]))
                        return false;
        return n >= 2;
}

/* The name without the port that is glued to it. */
static gsize without_port(const char *piece, gsize n)
{
        const char *colon = memchr(piece, ':', n);
        gsize name = colon ? (gsize)(colon - piece) : n;
        for (gsize i = name + 1; i < n; i++)
                if (!g_ascii_isdigit(piece[i]))
                        return n;
        return name + 1 == n ? n : name;
}

/* A host by its name: three labels or more, or two with a top domain that is sure, or any dotted name with a port. */
static bool is_host(const char *piece, gsize n, const struct make *make)
{
        gsize name = without_port(piece, n), at = 0, labels = 0, last = 0, first = 0;
        if (make->dots == 0 || make->letters == 0 || make->ats || make->others > name)
                return false;
        while (at < name) {
                const char *dot = memchr(piece + at, '.', name - at);
                last = dot ? (gsize)(dot - piece) - at : name - at;
                if (!is_label(piece + at, last))
                        return false;
                first = labels++ ? first : last;
                at += last + 1;
        }
        const char *end = piece + name - last;
        if (name < n && labels >= 2)
                return true;
        if (labels < 2 || !is_letters(end, last) || is_one_of(package_roots, G_N_ELEMENTS(package_roots), piece, first))
                return false;
        if (labels == 2)
                return !make->has_capital && is_one_of(top_domains, G_N_ELEMENTS(top_domains), end, last);
        return !make->has_capital || make->digits > 0;
}

static bool is_url(const char *piece, gsize n)
{
        return n > 3 && g_strstr_len(piece, (gssize)n, "://") != NULL;
}

bool mask_is_value(const char *piece, gsize n)
{
        if (n == 0)
                return false;
        struct make make = make_of(piece, n);
        if (make.digits == 0 && make.dots == 0 && make.ats == 0 && make.slashes == 0)
                return false;
        return is_numeric(piece, n, &make) || has_unit(piece, n) || is_hex(piece, n) || is_hex_groups(piece, n, &make) ||
               is_iso_time(piece, n, &make) || is_named_date(piece, n, &make) || is_half_day_time(piece, n, &make) || is_uuid(piece, n) ||
               is_queue_id(piece, n) || is_duration(piece, n) || is_mail_address(piece, n, &make) || is_url(piece, n) ||
               is_host(piece, n, &make);
}
