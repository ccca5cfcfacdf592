/* Which bytes of a decoded text are for people, and which are HTML's or a character set's own.
 * In: a view. Out: its marks. */
#include "disguise/mark.h"

#include <string.h>

enum { LONGEST_REFERENCE = 32 };

static bool begins(const struct view *view, gsize at, const char *text)
{
        gsize n = strlen(text);
        return view->length - at >= n && g_ascii_strncasecmp(view->text + at, text, n) == 0;
}

static gsize find(const struct view *view, gsize at, const char *text)
{
        while (at < view->length && !begins(view, at, text))
                at++;
        return at;
}

static void mark(struct view *view, gsize start, gsize end, enum mark mark)
{
        memset(view->marks + start, (int)mark, MIN(end, view->length) - start);
}

static bool is_place(const struct view *view, gsize at)
{
        static const char *const names[] = {"href", "src", "alt", "title", "content", "action"};
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
                gsize n = strlen(names[i]);
                if (at > n && g_ascii_isspace(view->text[at - n - 1]) && begins(view, at - n, names[i]))
                        return true;
        }
        return false;
}

/* To after the '>' of a tag; a '>' within quotes is none. */
static gsize mark_tag(struct view *view, gsize at)
{
        gsize start = at, end;
        for (; at < view->length && view->text[at] != '>'; at++) {
                char quote = view->text[at] == '=' && at + 1 < view->length ? view->text[at + 1] : '\0';
                if (quote != '"' && quote != '\'')
                        continue;
                for (end = at + 2; end < view->length && view->text[end] != quote;)
                        end++;
                mark(view, start, at + 2, MARK_CODE);
                mark(view, at + 2, end, is_place(view, at) ? MARK_VALUE : MARK_CODE);
                at = start = end;
                if (at >= view->length)
                        return view->length;
        }
        end = MIN(at + 1, view->length);
        mark(view, start, end, MARK_CODE);
        return end;
}

static gsize mark_to(struct view *view, gsize at, const char *last)
{
        gsize end = MIN(find(view, at, last) + strlen(last), view->length);
        mark(view, at, end, MARK_CODE);
        return end;
}

static gsize mark_reference(struct view *view, gsize at)
{
        static const char *const blanks[] = {"&nbsp;", "&#160;", "&#xa0;", "&ensp;", "&emsp;", "&thinsp;"};
        gsize end = at + 1;
        while (end < view->length && end < at + LONGEST_REFERENCE && (g_ascii_isalnum(view->text[end]) || view->text[end] == '#'))
                end++;
        if (end >= view->length || view->text[end] != ';')
                return at + 1;
        mark(view, at, end + 1, MARK_FIXED);
        for (gsize i = 0; i < G_N_ELEMENTS(blanks); i++)
                if (begins(view, at, blanks[i]))
                        mark(view, at, end + 1, MARK_BLANK);
        return end + 1;
}

void mark_html(struct view *view)
{
        for (gsize at = 0; at < view->length;) {
                bool is_tag = view->text[at] == '<' && at + 1 < view->length && strchr("!/?", view->text[at + 1]);
                is_tag |= view->text[at] == '<' && at + 1 < view->length && g_ascii_isalpha(view->text[at + 1]);
                if (begins(view, at, "<!--"))
                        at = mark_to(view, at, "-->");
                else if (begins(view, at, "<style"))
                        at = mark_to(view, at, "</style");
                else if (begins(view, at, "<script"))
                        at = mark_to(view, at, "</script");
                else if (is_tag)
                        at = mark_tag(view, at);
                else if (view->text[at] == '&')
                        at = mark_reference(view, at);
                else
                        at++;
        }
}

static bool has_twins(const char *charset)
{
        static const char *const prefixes[] = {"gb",          "big5",        "shift", "sjis", "ms_kanji", "windows-31j",
                                               "windows-936", "windows-950", "cp9",   "ks_c", "johab",    "uhc"};
        for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
                if (g_str_has_prefix(charset, prefixes[i]))
                        return true;
        return false;
}

void mark_charset(struct view *view, const char *charset)
{
        bool is_twin = has_twins(charset), is_utf8 = !*charset || g_str_has_prefix(charset, "utf");
        for (gsize at = 0; at < view->length; at++) {
                guchar c = (guchar)view->text[at];
                bool is_second = at > 0 && (guchar)view->text[at - 1] == 0xC2;
                if (c < 0x80)
                        continue;
                if (c == 0xA0 && !is_twin && (!is_utf8 || is_second))
                        mark(view, at - (is_utf8 && is_second), at + 1, MARK_BLANK);
                if (!is_twin)
                        continue;
                mark(view, at, at + 2, MARK_FIXED);
                at++;
        }
}

/* What a tag does to the line. */
static char break_of(const struct view *view, gsize at)
{
        static const char *const breaks[] = {"<br", "<p",    "<div", "<tr",  "<li",     "<table", "<h",
                                             "</p", "</div", "</tr", "</li", "</table", "</h"};
        if (begins(view, at, "<td") || begins(view, at, "<th"))
                return '\t';
        for (gsize i = 0; i < G_N_ELEMENTS(breaks); i++)
                if (begins(view, at, breaks[i]))
                        return '\n';
        return ' ';
}

char *mark_copy(const struct view *view, enum mark mark)
{
        char *copy = g_malloc(view->length + 1);
        for (gsize at = 0; at < view->length; at++) {
                char c = view->text[at];
                if (view->marks[at] == mark)
                        copy[at] = (guchar)c >= 0x80 ? '_' : c ? c : ' ';
                else
                        copy[at] = view->marks[at] == MARK_CODE && c == '<' ? break_of(view, at) : ' ';
        }
        copy[view->length] = '\0';
        return copy;
}
