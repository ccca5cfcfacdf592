/* The roster of clinic duty as people keep it: lines apart by TABs, or a table of a wiki pasted as text.
 * In: the bytes of a file. Out: weeks, and every line that is none with its place. */
#include "reader/roster-text.h"

#include "base/fail.h"
#include "reader/when.h"

#include <string.h>

#define NOBODY "no clinic duty"

enum { MOST_FAULTS = 100, DATE_WORDS = 5, LONGEST_SHOWN = 60 };

struct scan {
        struct roster *roster;
        const struct words *known;
        GPtrArray *problems;
        guint n_faults;
        int line;
        int last; /* the Monday of the line before; 0: none yet */
};

/* Part of a line, in bytes. */
struct span {
        gsize start, end;
};

/* `at` is a byte of the line. */
G_GNUC_PRINTF(5, 6) static void fault(struct scan *scan, const char *line, gsize at, const char *field, const char *format, ...)
{
        va_list arguments;

        if (scan->n_faults++ >= MOST_FAULTS)
                return;
        va_start(arguments, format);
        g_autofree char *what = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        g_ptr_array_add(scan->problems, g_error_new(FAIL, FAIL_DATA, "%s:%d:%ld: %s: %s", scan->roster->path, scan->line,
                                                    g_utf8_strlen(line, (gssize)at) + 1, field, what));
}

/* What pages put in for their own sake made plain: blanks of any width one sort, hyphens that do not break one, marks without width gone.
 */
static char *plain(const char *line)
{
        GString *out = g_string_new(NULL);

        for (const char *p = line; *p; p = g_utf8_next_char(p)) {
                gunichar c = g_utf8_get_char(p);
                if (c == '\t')
                        g_string_append_c(out, '\t');
                else if (g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR)
                        g_string_append_c(out, ' ');
                else if (c >= 0x2010 && c <= 0x2015)
                        g_string_append_c(out, '-');
                else if (!g_unichar_iscntrl(c) && g_unichar_type(c) != G_UNICODE_FORMAT)
                        g_string_append_unichar(out, c);
        }
        while (out->len && strchr(" \t", out->str[out->len - 1]))
                g_string_truncate(out, out->len - 1);
        return g_string_free(out, FALSE);
}

static gsize after_blanks(const char *text, gsize at)
{
        return at + strspn(text + at, " \t");
}

static bool says_nobody(const char *text)
{
        return g_ascii_strncasecmp(text, NOBODY, strlen(NOBODY)) == 0;
}

static int julian_of(const struct when *when)
{
        GDate date;

        g_date_clear(&date, 1);
        g_date_set_dmy(&date, (GDateDay)when->day, (GDateMonth)when->month, (GDateYear)when->year);
        return (int)g_date_get_julian(&date);
}

/* The date at the start of a line: the first words that are a whole one. Gives where it ends; 0 where there is none. */
static gsize read_date(const char *line, gsize start, int *day)
{
        gsize end = start;

        for (guint i = 0; i < DATE_WORDS && line[end]; i++) {
                struct when when;
                gsize word = after_blanks(line, end);
                end = word + strcspn(line + word, " \t");
                g_autofree char *text = g_strndup(line + start, end - start);
                g_strdelimit(text, "\t", ' ');
                if (when_read(text, NULL, &when) && when.year > 0 && when.hour < 0 && when.zone_start == when.zone_end) {
                        *day = julian_of(&when);
                        return end;
                }
        }
        return 0;
}

static void add_word(GArray *words, gsize start, gsize end)
{
        struct span word = {start, end};

        if (end > start)
                g_array_append_val(words, word);
}

/* Words, a slash being one of its own. */
static GArray *words_of(const char *text)
{
        GArray *words = g_array_new(FALSE, FALSE, sizeof(struct span));

        for (gsize i = after_blanks(text, 0); text[i];) {
                gsize length = text[i] == '/' ? 1 : strcspn(text + i, " \t/");
                add_word(words, i, i + length);
                i = after_blanks(text, i + length);
        }
        return words;
}

/* Words from..to, one blank between them. Caller frees. */
static char *joined(const char *text, const GArray *words, guint from, guint to)
{
        g_autoptr(GString) out = g_string_new(NULL);

        for (guint i = from; i < to; i++) {
                const struct span *word = &g_array_index(words, struct span, i);
                if (i > from && word->start > word[-1].end)
                        g_string_append_c(out, ' ');
                g_string_append_len(out, text + word->start, (gssize)(word->end - word->start));
        }
        return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool is_slash(const char *text, const GArray *words, guint i)
{
        return i < words->len && text[g_array_index(words, struct span, i).start] == '/';
}

static bool is_known(const struct words *known, const char *name)
{
        g_autofree char *folded = roster_fold(name);

        for (unsigned i = 0; i < known->n; i++) {
                g_autofree char *other = roster_fold(known->word[i]);
                if (g_str_equal(folded, other))
                        return true;
        }
        return false;
}

/* How many words from `from` on are a name: the most that are one that is known, else one. `whole`: all up to the slash or the end are. */
static guint name_length(const struct scan *scan, const char *text, const GArray *words, guint from, bool whole)
{
        guint most = 0;

        while (from + most < words->len && !is_slash(text, words, from + most))
                most++;
        for (guint n = whole ? 0 : most; n > 1; n--) {
                g_autofree char *name = joined(text, words, from, from + n);
                if (is_known(scan->known, name))
                        return n;
        }
        return whole ? most : MIN(most, 1);
}

/* One name, or two with a slash; all of them are known or not. Gives how many words they are; 0 where they are none. */
static guint take_names(const struct scan *scan, const char *text, const GArray *words, bool whole, GPtrArray *names, bool *all_known)
{
        guint at = 0;

        g_ptr_array_set_size(names, 0);
        *all_known = true;
        do {
                guint n = name_length(scan, text, words, at, whole);
                char *name = joined(text, words, at, at + n);
                g_ptr_array_add(names, name);
                if (n == 0 || names->len > 2)
                        return 0;
                *all_known = *all_known && is_known(scan->known, name);
                at += n;
        } while (is_slash(text, words, at++));
        return at - 1;
}

/* Where the first column ends by its own: at a TAB, else at a gap of two blanks, none of them beside a slash; 0 where at neither. */
static gsize column_end(const char *text)
{
        const char *mark = strchr(text, '\t') ? "\t" : "  ";

        for (const char *gap = strstr(text, mark); gap; gap = strstr(gap + strspn(gap, " \t"), mark)) {
                const char *before = gap, *after = gap + strspn(gap, " \t");
                while (before > text && strchr(" \t", before[-1]))
                        before--;
                if (before > text && before[-1] != '/' && *after != '/')
                        return (gsize)(before - text);
        }
        return 0;
}

/* The names of a line and how many words they are: names that are known say where they end; else a column does; else each is a word. */
static guint find_names(const struct scan *scan, const char *text, const GArray *words, GPtrArray *names)
{
        gsize column = column_end(text);
        bool all_known;
        guint n = take_names(scan, text, words, false, names, &all_known);

        if (column == 0 || (all_known && n > 0 && !strchr(text, '\t')))
                return n;
        g_autofree char *first = g_strndup(text, column);
        g_autoptr(GArray) own = words_of(first);
        n = take_names(scan, first, own, true, names, &all_known);
        return n == own->len ? n : 0;
}

/* What follows the date, from its byte `at` on; false where it is nothing that is understood. */
static bool read_people(struct scan *scan, const char *line, gsize at, struct week *week)
{
        const char *text = line + at;
        g_autoptr(GArray) words = words_of(text);
        g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
        guint n = says_nobody(text) ? 0 : find_names(scan, text, words, names);

        if (n == 0 && !says_nobody(text)) {
                g_autofree char *shown = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), LONGEST_SHOWN));
                fault(scan, line, at, "names", "'%s'; expected is one name, two with a slash, or 'No clinic duty this week'", shown);
                return false;
        }
        g_autofree char *team = n ? joined(text, words, n, words->len) : NULL;
        if (n == 0)
                g_ptr_array_set_size(names, 0);
        g_ptr_array_add(names, NULL);
        week->names = g_strdupv((char **)names->pdata);
        week->team = team && *team ? g_steal_pointer(&team) : NULL;
        return true;
}

static void add_week(struct scan *scan, const char *line, gsize at, int day)
{
        struct week *week = g_new0(struct week, 1);

        scan->last = day;
        week->day = day;
        week->line = scan->line;
        if (read_people(scan, line, after_blanks(line, at), week))
                roster_add(scan->roster, week, scan->problems);
        else
                g_free(week);
}

static bool is_in_range(int day)
{
        int first = 0, last = 0;

        return roster_day("2000-01-01", &first) && roster_day("2100-12-31", &last) && day >= first && day <= last;
}

static void read_line(struct scan *scan, const char *line)
{
        gsize start = after_blanks(line, 0);
        int day = 0;
        gsize end = read_date(line, start, &day);

        if (line[start] == '\0' || line[start] == '#')
                return;
        if (end && (!is_in_range(day) || !roster_is_monday(day))) {
                g_autofree char *shown = g_strndup(line + start, end - start);
                fault(scan, line, start, "week", "'%s' is no Monday of the years 2000 to 2100; weeks begin on Mondays", shown);
        } else if (end) {
                add_week(scan, line, end, day);
        } else if (says_nobody(line + start) && scan->last) {
                add_week(scan, line, start, scan->last + 7);
        } else if (scan->last || g_ascii_isdigit(line[start]) || says_nobody(line + start)) {
                g_autofree char *shown = g_strndup(line + start, strcspn(line + start, " \t"));
                fault(scan, line, start, "week", "'%s' begins no date; expected is a Monday such as 2026-11-23", shown);
        }
}

void roster_read_text(struct roster *roster, const char *bytes, gsize length, const struct words *known, GPtrArray *problems)
{
        struct scan scan = {.roster = roster, .known = known, .problems = problems};
        guint before = problems->len;
        const char *end = bytes + length;

        for (const char *at = bytes; at < end;) {
                gsize n = 0;
                while (at + n < end && at[n] != '\n' && at[n] != '\r')
                        n++;
                scan.line++;
                if (g_utf8_validate_len(at, n, NULL)) {
                        g_autofree char *raw = g_strndup(at, n);
                        g_autofree char *line = plain(raw);
                        read_line(&scan, line);
                } else {
                        fault(&scan, "", 0, "week", "bytes that are no text in UTF-8");
                }
                at += n;
                at += end - at > 1 && at[0] == '\r' && at[1] == '\n' ? 2 : 1;
        }
        if (roster->weeks->len == 0 && problems->len == before)
                g_ptr_array_add(
                        problems,
                        g_error_new(FAIL, FAIL_DATA, "%s: holds no week; expected are lines such as '2026-11-23 NAME TEAM'", roster->path));
}
