/* A block: lines that one reader of a filter is held to, and the searches in it.
 * In: the lines of a body or part, and patterns. Out: matches by byte offset, line numbers, sub-blocks. */
#include "reader/block.h"

#include <string.h>

struct known_text {
        const char *lines; /* borrowed */
        struct trigrams trigrams;
        GHashTable *missed; /* struct re * (borrowed) that were searched in all of lines[start, end) and are not there */
        gsize start, end;
};

static void known_text_free(struct known_text *text)
{
        g_hash_table_unref(text->missed);
        g_free(text);
}

static struct known_text *known_text(const struct search *search, const char *lines)
{
        for (guint i = 0; search->known && i < search->known->len; i++) {
                struct known_text *text = search->known->pdata[i];
                if (text->lines == lines)
                        return text;
        }
        return NULL;
}

void search_know(struct search *search, const char *lines)
{
        if (known_text(search, lines))
                return;
        struct known_text *text = g_new(struct known_text, 1);
        text->lines = lines;
        text->missed = g_hash_table_new(NULL, NULL);
        text->start = text->end = 0;
        trigrams_of_text(&text->trigrams, lines, strlen(lines));
        if (!search->known)
                search->known = g_ptr_array_new_with_free_func((GDestroyNotify)known_text_free);
        g_ptr_array_add(search->known, text);
}

void search_forget(struct search *search)
{
        g_clear_pointer(&search->known, g_ptr_array_unref);
}

static bool is_missed(const struct known_text *text, struct re *re, const struct block *block)
{
        return text->start == block->start && text->end == block->end && g_hash_table_contains(text->missed, re);
}

/* Several notices of a filter search the same block. */
static void note_missed(struct known_text *text, struct re *re, const struct block *block)
{
        if (text->start != block->start || text->end != block->end)
                g_hash_table_remove_all(text->missed);
        text->start = block->start;
        text->end = block->end;
        g_hash_table_add(text->missed, re);
}

struct block block_of(const char *where, const char *lines)
{
        return (struct block){.where = where, .lines = lines, .start = 0, .end = strlen(lines)};
}

int block_line(const struct block *block, gsize at)
{
        int line = 1;
        const char *p = block->lines, *stop = block->lines + at;
        while ((p = memchr(p, '\n', (gsize)(stop - p)))) {
                line++;
                p++;
        }
        return line;
}

/* The end of the line that begins at or before `at`, within the block. */
static gsize line_end(const struct block *block, gsize at)
{
        const char *newline = at < block->end ? memchr(block->lines + at, '\n', block->end - at) : NULL;
        return newline ? (gsize)(newline - block->lines) : block->end;
}

static gsize line_start(const struct block *block, gsize at)
{
        while (at > block->start && block->lines[at - 1] != '\n')
                at--;
        return at;
}

struct block block_line_at(const struct block *block, gsize at)
{
        struct block line = *block;
        line.start = line_start(block, MIN(at, block->end));
        line.end = line_end(block, line.start);
        return line;
}

bool block_next_line(const struct block *block, struct block *line)
{
        bool is_first = line->lines == NULL;
        if (!is_first && line->end >= block->end)
                return false;
        gsize start = is_first ? block->start : line->end + 1;
        *line = *block;
        line->start = start;
        line->end = line_end(block, start);
        return start < block->end || is_first;
}

static void fault(struct search *search, const char *pattern, const char *what)
{
        char *text = g_strdup_printf("pattern '%s' %s", pattern, what);
        if (g_ptr_array_find_with_equal_func(search->faults, text, g_str_equal, NULL))
                g_free(text);
        else
                g_ptr_array_add(search->faults, text);
}

/* Where a piece of the block that begins at `start` ends: at a line's end within LIMIT_RE_SUBJECT where there is one. */
static gsize piece_end(const struct block *block, gsize start)
{
        if (block->end - start <= LIMIT_RE_SUBJECT)
                return block->end;
        const char *newline = memrchr(block->lines + start, '\n', LIMIT_RE_SUBJECT);
        if (newline && newline > block->lines + start)
                return (gsize)(newline - block->lines);
        gsize end = start + LIMIT_RE_SUBJECT;
        while ((block->lines[end] & 0xC0) == 0x80)
                end--;
        return end;
}

static enum re_result search_piece(struct re *re, const struct block *block, gsize start, gsize end, gsize from, struct re_match *match)
{
        gsize skipped = from > start ? from - start : 0;
        enum re_result result = re_search(re, block->lines + start, end - start, skipped, match);
        if (result != RE_YES)
                return result;
        match->start += start;
        match->end += start;
        for (guint i = 0; i < match->n_named; i++) {
                match->named[i].start += start;
                match->named[i].end += start;
        }
        return RE_YES;
}

/* In a block of which nothing is known. */
static enum re_result search_block(struct re *re, const struct block *block, gsize from, struct re_match *match)
{
        gsize start = block->end - block->start <= LIMIT_RE_SUBJECT ? block->start : line_start(block, MAX(from, block->start));
        while (true) {
                gsize end = piece_end(block, start);
                enum re_result result = search_piece(re, block, start, end, from, match);
                if (result != RE_NO || end >= block->end)
                        return result;
                /* Pieces overlap by half, so that a match over several lines is not cut in two. */
                gsize next = line_start(block, start + (end - start) / 2);
                start = next > start ? next : end;
        }
}

/* In a block of a text of which that is known; NULL: nothing. */
static bool search_in(struct search *search, struct known_text *text, const struct block *block, const char *pattern, gsize from,
                      struct re_match *match)
{
        if (from > block->end || (text && !re_may_match(search->patterns, pattern, &text->trigrams)))
                return false;
        struct re *re = re_set_get_kept(search->patterns, pattern, NULL);
        if (!re) {
                fault(search, pattern, "cannot be compiled");
                return false;
        }
        if (text && is_missed(text, re, block))
                return false;
        enum re_result result = search_block(re, block, from, match);
        if (result == RE_LIMIT)
                fault(search, pattern, "gave up at a limit");
        else if (result == RE_NO && text && from <= block->start)
                note_missed(text, re, block);
        return result == RE_YES;
}

bool block_search(struct search *search, const struct block *block, const char *pattern, gsize from, struct re_match *match)
{
        return search_in(search, known_text(search, block->lines), block, pattern, from, match);
}

const char *block_search_any(struct search *search, const struct block *block, const struct words *patterns, struct re_match *match)
{
        struct re_match unused;
        struct known_text *text = patterns->n ? known_text(search, block->lines) : NULL;
        for (unsigned i = 0; i < patterns->n; i++)
                if (search_in(search, text, block, patterns->word[i], block->start, match ? match : &unused))
                        return patterns->word[i];
        return NULL;
}

bool block_cut(struct search *search, const struct block *block, const struct words *after, const struct words *before, struct block *cut)
{
        struct block part = *block;
        struct re_match match;
        if (after->n) {
                if (!block_search_any(search, block, after, &match))
                        return false;
                part.start = match.end;
        }
        for (unsigned i = 0; i < before->n; i++)
                if (block_search(search, block, before->word[i], part.start, &match))
                        part.end = MIN(part.end, match.start);
        *cut = part;
        return true;
}
