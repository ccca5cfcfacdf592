/* Text from mail for readers whom the mail was not meant for: without its secrets.
 * In: any text. Out: the text with "[redacted]" for each of them. */
#include "out/redact.h"

#include "base/limits.h"
#include "out/secret.h"

#include <string.h>

static const char placeholder[] = "[redacted]";

struct redactor {
        struct secrets *secrets;
};

/* The text as it may be read: each byte, and the one of the text that it comes from. */
struct view {
        GString *text;
        GArray *from; /* gsize */
        guint8 *hidden;
};

struct redactor *redactor_new(void)
{
        struct redactor *redactor = g_new0(struct redactor, 1);
        redactor->secrets = secrets_new();
        return redactor;
}

void redactor_free(struct redactor *redactor)
{
        if (!redactor)
                return;
        secrets_free(redactor->secrets);
        g_free(redactor);
}

/* What is found in a view hides all between its ends: line breaks, too. */
static void hide(gsize start, gsize end, void *data)
{
        struct view *view = data;
        if (start >= end)
                return;
        gsize first = g_array_index(view->from, gsize, start), last = g_array_index(view->from, gsize, end - 1);
        memset(view->hidden + first, 1, last - first + 1);
}

/* How long the line break at `at` is with what stands about it: blanks and marks of quoting. */
static gsize break_length(const char *at)
{
        gsize length = strspn(at, "\n");
        gsize indent = strspn(at + length, " \t>|");
        return length + indent;
}

/* Make a view without line breaks: `between` stands in their place, and a mark of continuation before them is dropped. */
static void join(struct view *view, const char *text, const char *marks, const char *between)
{
        g_string_truncate(view->text, 0);
        g_array_set_size(view->from, 0);
        for (gsize i = 0; text[i];) {
                bool is_marked = strchr(marks, text[i]) && text[i + 1] == '\n';
                gsize length = text[i] == '\n' || is_marked ? break_length(text + i + is_marked) + is_marked : 0;
                const char *from = length ? between : text + i;
                gsize n = length ? strlen(between) : 1;
                g_string_append_len(view->text, from, (gssize)n);
                for (gsize k = 0; k < n; k++)
                        g_array_append_val(view->from, i);
                i += MAX(length, 1);
        }
}

static void find_all(struct redactor *redactor, const char *text, guint8 *hidden)
{
        static const struct {
                const char *marks, *between;
        } ways[] = {{"\\", ""}, {"=\\", ""}, {"\\", " "}};
        struct view view = {g_string_new(text), g_array_new(FALSE, FALSE, sizeof(gsize)), hidden};
        for (gsize i = 0; i < view.text->len; i++)
                g_array_append_val(view.from, i);
        secrets_find(redactor->secrets, view.text->str, view.text->len, false, hide, &view);
        for (gsize i = 0; strchr(text, '\n') && i < G_N_ELEMENTS(ways); i++) {
                join(&view, text, ways[i].marks, ways[i].between);
                secrets_find(redactor->secrets, view.text->str, view.text->len, true, hide, &view);
        }
        g_string_free(view.text, TRUE);
        g_array_free(view.from, TRUE);
}

/* Valid, without controls, and short enough. A secret that is cut in two could not be told. */
static char *tidy(const char *text)
{
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        GString *tidy = g_string_new(NULL);
        for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
                gunichar c = g_utf8_get_char(p);
                if (c == '\n' || c == '\t' || !g_unichar_iscntrl(c))
                        g_string_append_unichar(tidy, c);
        }
        if (tidy->len >= LIMIT_RE_SUBJECT) {
                gsize end = LIMIT_RE_SUBJECT - 1;
                while (end && !g_ascii_isspace(tidy->str[end]))
                        end--;
                g_string_truncate(tidy, end);
        }
        return g_string_free(tidy, FALSE);
}

char *redact(struct redactor *redactor, const char *text)
{
        g_autofree char *whole = tidy(text ? text : "");
        gsize n = strlen(whole);
        g_autofree guint8 *hidden = g_malloc0(n + 1);
        GString *out = g_string_new(NULL);
        find_all(redactor, whole, hidden);
        for (gsize i = 0; i < n; i++)
                if (!hidden[i])
                        g_string_append_c(out, whole[i]);
                else if (!i || !hidden[i - 1])
                        g_string_append(out, placeholder);
        return g_string_free(out, FALSE);
}
