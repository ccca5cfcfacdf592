/* White space as filters see it: blanks folded to one, the ends trimmed, what has no width left out.
 * In: pieces of UTF-8 text. Out: one line or cell, appended to a string. */
#include "reader/fold.h"

/* Characters that nobody sees. They stand in ids and times of real mail, put there against auto-linking or by word processors. */
static const struct {
        gunichar first, last;
} unseen[] = {
        {0x00AD, 0x00AD}, /* soft hyphen */
        {0x034F, 0x034F}, /* combining grapheme joiner, a filler of preview texts */
        {0x200B, 0x200F}, /* zero-width space and joiners, direction marks */
        {0x202A, 0x202E}, /* bidi embeddings */
        {0x2060, 0x206F}, /* word joiner, bidi isolates */
        {0xFEFF, 0xFEFF}, /* BOM */
};

void fold_start(struct fold *fold, GString *out, bool keeps_tabs)
{
        *fold = (struct fold){.out = out, .start = out->len, .keeps_tabs = keeps_tabs};
}

bool fold_is_empty(const struct fold *fold)
{
        return fold->out->len == fold->start;
}

static void add_ink(struct fold *fold, const char *text, gsize length)
{
        bool is_first = fold_is_empty(fold);
        for (; fold->owed_tabs && !is_first; fold->owed_tabs--, fold->owes_blank = false)
                g_string_append_c(fold->out, '\t');
        if (fold->owes_blank && !is_first)
                g_string_append_c(fold->out, ' ');
        fold->owes_blank = false;
        fold->owed_tabs = 0;
        g_string_append_len(fold->out, text, (gssize)length);
}

static bool is_ascii_ink(char c)
{
        return c > ' ' && c < 0x7F;
}

static bool is_unseen(gunichar c)
{
        for (gsize i = 0; i < G_N_ELEMENTS(unseen); i++)
                if (c >= unseen[i].first && c <= unseen[i].last)
                        return true;
        return false;
}

static bool is_blank(gunichar c)
{
        return c < 0x80 || g_unichar_isspace(c) || g_unichar_iscntrl(c);
}

void fold_add(struct fold *fold, const char *text, gsize length)
{
        const char *end = text + length;
        while (text < end) {
                const char *run = text;
                while (text < end && is_ascii_ink(*text))
                        text++;
                if (text > run) {
                        add_ink(fold, run, (gsize)(text - run));
                        continue;
                }
                text = MIN(g_utf8_next_char(run), end);
                gunichar c = g_utf8_get_char(run);
                if (c == '\t' && fold->keeps_tabs)
                        fold->owed_tabs++;
                else if (is_blank(c))
                        fold->owes_blank = true;
                else if (!is_unseen(c))
                        add_ink(fold, run, (gsize)(text - run));
        }
}
