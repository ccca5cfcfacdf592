/* The marks by which mail programs set off what they quote, in five languages.
 * In: lines. Out: where history begins, and its text. */
#include "reader/history.h"

#include "reader/address.h"

#include <string.h>

enum {
        COVER_BYTES = 400, /* "FYI", a greeting and a signature */
        COVER_LINES = 8,
        MARK_BYTES_LEAST = 12,
        MARK_BYTES_MOST = 200,
};

enum mark { MARK_NONE, MARK_QUOTE, MARK_ATTRIBUTION, MARK_ORIGINAL, MARK_HEADER, MARK_FORWARD };

/* Lines between dashes, or by themselves before a header. */
static const struct {
        const char *words;
        enum mark mark;
} mark_words[] = {
        {"original message", MARK_ORIGINAL},
        {"ursprüngliche nachricht", MARK_ORIGINAL},
        {"original-nachricht", MARK_ORIGINAL},
        {"message d'origine", MARK_ORIGINAL},
        {"message original", MARK_ORIGINAL},
        {"mensaje original", MARK_ORIGINAL},
        {"mensagem original", MARK_ORIGINAL},
        {"forwarded message", MARK_FORWARD},
        {"begin forwarded message", MARK_FORWARD},
        {"forwarded by ", MARK_FORWARD},
        {"weitergeleitete nachricht", MARK_FORWARD},
        {"anfang der weitergeleiteten nachricht", MARK_FORWARD},
        {"weitergeleitet von ", MARK_FORWARD},
        {"message transféré", MARK_FORWARD},
        {"début du message transféré", MARK_FORWARD},
        {"transféré par ", MARK_FORWARD},
        {"mensaje reenviado", MARK_FORWARD},
        {"inicio del mensaje reenviado", MARK_FORWARD},
        {"reenviado por ", MARK_FORWARD},
        {"mensagem encaminhada", MARK_FORWARD},
        {"início da mensagem encaminhada", MARK_FORWARD},
        {"encaminhado por ", MARK_FORWARD},
};

static const char *const forward_prefix[] = {"fwd", "fw", "wg", "tr", "rv", "enc"};

/* Between dashes, or alone on its line: words that are followed by a blank in the table go on with a name. */
static enum mark words_mark(const char *lines, const struct quoted_line *line)
{
        const char *text = lines + line->text;
        gsize length = line->end - line->text;
        const char *start = quoted_undecorated(text, length);
        g_autofree char *folded = NULL;

        if (length > MARK_BYTES_MOST || length < MARK_BYTES_LEAST)
                return MARK_NONE;
        for (gsize i = 0; i < G_N_ELEMENTS(mark_words); i++) {
                const char *words = mark_words[i].words;
                if (!quoted_may_begin(start, text + length, words))
                        continue;
                if (!folded)
                        folded = quoted_fold(text, length);
                if (g_str_equal(folded, words) || (g_str_has_suffix(words, " ") && *text == '-' && g_str_has_prefix(folded, words)))
                        return mark_words[i].mark;
        }
        return MARK_NONE;
}

/* A single line that begins with '>' is more often an arrow than a quotation. */
static bool is_quotation(const char *lines, const struct quoted_line *line)
{
        struct quoted_line after;

        if (!line->is_quoted)
                return false;
        return (line->start > 1 && lines[line->start - 2] == ':') || (quoted_line(lines, line->next, &after) && after.is_quoted);
}

/* What begins at this line; *next is set to where what it sets off begins. */
static enum mark line_mark(const char *lines, const struct quoted_line *line, gsize *next)
{
        enum mark mark = words_mark(lines, line);
        struct quoted_header header;

        *next = line->next;
        if (mark != MARK_NONE)
                return mark;
        if (quoted_header_read(lines, line, &header)) {
                g_free(header.from);
                g_free(header.subject);
                *next = header.end;
                return header.is_block ? MARK_HEADER : MARK_ATTRIBUTION;
        }
        return is_quotation(lines, line) ? MARK_QUOTE : MARK_NONE;
}

static bool is_forward_subject(const char *subject)
{
        while (subject && (*subject == '[' || *subject == ' ')) {
                const char *close = *subject == '[' ? strchr(subject, ']') : subject;
                subject = close ? close + 1 : NULL;
        }
        for (gsize i = 0; subject && i < G_N_ELEMENTS(forward_prefix); i++) {
                gsize length = strlen(forward_prefix[i]);
                if (g_ascii_strncasecmp(subject, forward_prefix[i], length) == 0 && subject[length] == ':')
                        return true;
        }
        return false;
}

/* Nothing of worth: a few words without a time of day. */
static bool is_cover(const char *text, gsize length)
{
        guint n_lines = 0;

        for (gsize i = 0; i < length && length <= COVER_BYTES; i++) {
                n_lines += text[i] == '\n';
                if (text[i] == ':' && i > 0 && i + 1 < length && g_ascii_isdigit(text[i - 1]) && g_ascii_isdigit(text[i + 1]))
                        return false;
        }
        return length <= COVER_BYTES && n_lines <= COVER_LINES;
}

/* Whether a mark, with this text above it, sets off a mail that is passed on rather than answered. */
static bool is_forward(enum mark mark, const char *above, gsize length, const char *subject)
{
        switch (mark) {
        case MARK_FORWARD:
                return is_cover(above, length);
        case MARK_ORIGINAL:
        case MARK_HEADER:
                return length == 0 || (is_forward_subject(subject) && is_cover(above, length));
        case MARK_NONE:
        case MARK_QUOTE:
        case MARK_ATTRIBUTION:
                break;
        }
        return false;
}

gsize history_start(const char *lines, const char *subject)
{
        gsize text = 0, at = 0, next;
        struct quoted_line line;

        while (quoted_line(lines, at, &line)) {
                enum mark mark = line_mark(lines, &line, &next);
                if (mark != MARK_NONE && !is_forward(mark, lines + text, line.start - text, subject))
                        return line.start;
                if (mark != MARK_NONE)
                        text = next;
                at = next;
        }
        return at;
}

char *history_quoted(const char *lines, gsize start)
{
        GString *text = g_string_new(NULL);
        struct quoted_line line;

        for (gsize at = start; quoted_line(lines, at, &line); at = line.next)
                if (line.end > line.text || !line.is_quoted)
                        g_string_append_len(text, lines + line.text, (gssize)(line.next - line.text));
        return g_string_free(text, FALSE);
}

GPtrArray *history_headers(const char *lines)
{
        GPtrArray *headers = g_ptr_array_new_with_free_func((GDestroyNotify)quoted_header_free);
        struct quoted_line line;
        struct quoted_header header;

        for (gsize at = 0; quoted_line(lines, at, &line);) {
                at = line.next;
                if (!quoted_header_read(lines, &line, &header))
                        continue;
                g_ptr_array_add(headers, g_memdup2(&header, sizeof header));
                at = header.end;
        }
        return headers;
}

/* Whether the subject is the quoted one with a word of its own before it: "COMPLETED - Works at X" is for "Works at X", "Re:" is none. */
static bool follows(const char *subject, const char *quoted)
{
        static const char *const answer[] = {"re", "aw", "antw", "sv", "res", "rif", "fw", "fwd", "wg", "tr", "rv", "enc", NULL};
        g_autofree char *whole = quoted_fold(subject, strlen(subject)), *end = quoted_fold(quoted, strlen(quoted));

        if (!*end || !g_str_has_suffix(whole, end))
                return false;
        g_autofree char *word = quoted_fold(whole, strlen(whole) - strlen(end));
        const char *last = strrchr(word, ' ');
        return *word && !g_str_has_suffix(word, "]") && !g_strv_contains(answer, last ? last + 1 : word);
}

bool history_is_own(const char *quoted, const char *subject, const char *sender)
{
        g_autoptr(GPtrArray) headers = history_headers(quoted);
        const struct quoted_header *header = headers->len == 1 ? headers->pdata[0] : NULL;

        if (!header || header->start > 0 || !header->from || !header->subject || !subject || !follows(subject, header->subject))
                return false;
        g_autoptr(GPtrArray) from = address_list(header->from);
        return from->len == 1 && g_str_equal(from->pdata[0], sender);
}
