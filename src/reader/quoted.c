/* Headers of quoted mails, in the five languages of the mail programs around us.
 * In: lines. Out: struct quoted_header. */
#include "reader/quoted.h"

#include "data/mail.h"
#include "reader/when.h"
#include "reader/zone.h"

#include <string.h>

enum {
        HEADER_LINES = 16,     /* a header block is no longer, wrapped address lists included */
        ATTRIBUTION_LINES = 3, /* "On ... wrote:" may be wrapped */
        ATTRIBUTION_BYTES = 300,
};

enum quoted_field { QUOTED_NONE, QUOTED_FROM, QUOTED_SENT, QUOTED_SUBJECT, QUOTED_OTHER };

/* Words before a colon in a quoted header: English, German, French, Spanish, Portuguese. */
static const struct {
        const char *word;
        enum quoted_field kind;
} header_word[] = {
        {"from", QUOTED_FROM},       {"von", QUOTED_FROM},       {"de", QUOTED_FROM},         {"expéditeur", QUOTED_FROM},
        {"sent", QUOTED_SENT},       {"date", QUOTED_SENT},      {"gesendet", QUOTED_SENT},   {"datum", QUOTED_SENT},
        {"envoyé", QUOTED_SENT},     {"enviado", QUOTED_SENT},   {"enviado el", QUOTED_SENT}, {"enviada em", QUOTED_SENT},
        {"enviado em", QUOTED_SENT}, {"fecha", QUOTED_SENT},     {"data", QUOTED_SENT},       {"subject", QUOTED_SUBJECT},
        {"betreff", QUOTED_SUBJECT}, {"objet", QUOTED_SUBJECT},  {"asunto", QUOTED_SUBJECT},  {"assunto", QUOTED_SUBJECT},
        {"to", QUOTED_OTHER},        {"an", QUOTED_OTHER},       {"à", QUOTED_OTHER},         {"para", QUOTED_OTHER},
        {"cc", QUOTED_OTHER},        {"reply-to", QUOTED_OTHER},
};

/* How a line that introduces an answered mail begins, and its verb; it ends with a colon. */
static const struct {
        const char *start, *verb;
} attribution[] = {
        {"on ", "wrote"}, {"am ", "schrieb"}, {"le ", "a écrit"}, {"el ", "escribió"}, {"em ", "escreveu"},
};

bool quoted_line(const char *lines, gsize at, struct quoted_line *line)
{
        const char *start = lines + at, *text = start;

        if (!*start)
                return false;
        line->start = at;
        line->end = at + strcspn(start, "\n");
        line->next = line->end + (lines[line->end] == '\n');
        while (*text == '>' || (*text == ' ' && text > start))
                text++;
        line->is_quoted = text > start && !g_str_has_prefix(start, ">From "); /* so mailboxes escape a line of text */
        line->text = line->is_quoted ? (gsize)(text - lines) : at;
        return true;
}

const char *quoted_undecorated(const char *text, gsize length)
{
        const char *end = text + length;

        while (text < end && strchr("-_*= \t", *text))
                text++;
        return text;
}

bool quoted_may_begin(const char *text, const char *end, const char *words)
{
        for (; text < end && *words; text++, words++) {
                if ((guchar)*text >= 0x80 || (guchar)*words >= 0x80)
                        return true;
                if (g_ascii_tolower(*text) != *words)
                        return false;
        }
        return *words == '\0';
}

char *quoted_fold(const char *text, gsize length)
{
        const char *end = text + length;

        text = quoted_undecorated(text, length);
        while (end > text && strchr("-_*=: \t", end[-1]))
                end--;
        return g_utf8_casefold(text, end - text);
}

/* Which field of a quoted header a line is; *value is where its value begins. */
static enum quoted_field header_field(const char *lines, const struct quoted_line *line, gsize *value)
{
        const char *text = lines + line->text;
        const char *colon = memchr(text, ':', MIN(line->end - line->text, 24));
        const char *start = colon ? quoted_undecorated(text, (gsize)(colon - text)) : NULL;
        g_autofree char *word = NULL;

        for (gsize i = 0; colon && i < G_N_ELEMENTS(header_word); i++) {
                if (!quoted_may_begin(start, colon, header_word[i].word))
                        continue;
                if (!word)
                        word = quoted_fold(text, (gsize)(colon - text));
                if (!g_str_equal(word, header_word[i].word))
                        continue;
                *value = line->text + (gsize)(colon - text) + 1;
                while (*value < line->end && strchr("* \t", lines[*value]))
                        ++*value;
                return header_word[i].kind;
        }
        return QUOTED_NONE;
}

/* The instant of the first date and time in a text; UTC where it names no zone that is known. */
static gint64 read_instant(const char *text)
{
        struct when when;
        struct civil civil;
        g_autofree char *name = NULL;
        struct zone *zone;
        bool is_ambiguous, is_known;
        gint64 at = MAIL_NO_DATE;

        if (!when_find(text, 0, NULL, &when) || !when.year)
                return MAIL_NO_DATE;
        civil = (struct civil){when.year, when.month, when.day, when.hour, when.minute, when.second};
        name = g_strndup(text + when.zone_start, when.zone_end - when.zone_start);
        zone = zone_from_text(name);
        if (!zone)
                zone = zone_from_offset(0);
        is_known = zone_to_utc(zone, &civil, &at, &is_ambiguous);
        zone_free(zone);
        return is_known ? at : MAIL_NO_DATE;
}

static void keep_field(struct quoted_header *header, enum quoted_field kind, char *value)
{
        if (kind == QUOTED_FROM && !header->from)
                header->from = g_steal_pointer(&value);
        else if (kind == QUOTED_SUBJECT && !header->subject)
                header->subject = g_steal_pointer(&value);
        else if (kind == QUOTED_SENT && header->date == MAIL_NO_DATE)
                header->date = read_instant(value);
        g_free(value);
}

/* A header block that begins with this line: From first, and both a date and a subject soon after it ("From:" and "To:" alone are
 * more often the ends of a window). false, and *header untouched, where there is none. Caller releases. */
static bool read_block(const char *lines, const struct quoted_line *first, struct quoted_header *header)
{
        struct quoted_header found = {.date = MAIL_NO_DATE, .start = first->start, .is_block = true};
        struct quoted_line line = *first;
        bool has[QUOTED_OTHER + 1] = {false};
        gsize value = 0;

        if (header_field(lines, first, &value) != QUOTED_FROM)
                return false;
        for (int i = 0, gap = 0; i < HEADER_LINES && gap < 4; i++) {
                enum quoted_field kind = header_field(lines, &line, &value);
                gap = kind == QUOTED_NONE ? gap + 1 : 0;
                if (kind == QUOTED_FROM && i > 0)
                        break;
                has[kind] = true;
                if (kind != QUOTED_NONE) {
                        keep_field(&found, kind, g_strchomp(g_strndup(lines + value, line.end - value)));
                        found.end = line.next;
                }
                if (!quoted_line(lines, line.next, &line))
                        break;
        }
        if (!has[QUOTED_SENT] || !has[QUOTED_SUBJECT]) {
                g_free(found.from);
                g_free(found.subject);
                return false;
        }
        *header = found;
        return true;
}

/* A line, and those that it is wrapped to, up to the first that ends with a colon. NULL where none does. Caller frees. */
static char *join_to_colon(const char *lines, const struct quoted_line *first, gsize *next)
{
        g_autoptr(GString) joined = g_string_new(NULL);
        struct quoted_line line = *first;

        for (int i = 0; i < ATTRIBUTION_LINES && joined->len < ATTRIBUTION_BYTES; i++) {
                if (joined->len)
                        g_string_append_c(joined, ' ');
                g_string_append_len(joined, lines + line.text, (gssize)(line.end - line.text));
                *next = line.next;
                if (joined->len && joined->str[joined->len - 1] == ':')
                        return g_strdup(joined->str);
                if (!quoted_line(lines, line.next, &line))
                        break;
        }
        return NULL;
}

/* The name in "On DATE, NAME <ADDRESS> wrote:": the address where there is one, else what stands behind the last comma. Caller frees. */
static char *attribution_name(const char *text)
{
        const char *open = strchr(text, '<'), *comma = strrchr(text, ',');

        if (open)
                return g_strstrip(g_strndup(open + 1, strcspn(open + 1, ">")));
        return comma ? g_strstrip(g_strndup(comma + 1, strcspn(comma + 1, ":"))) : NULL;
}

/* "On ... wrote:", with a number in it, beginning with this line. */
static bool read_attribution(const char *lines, const struct quoted_line *first, struct quoted_header *header)
{
        gsize next = 0, length = MIN(first->end - first->text, 8);
        const char *text = lines + first->text, *start = quoted_undecorated(text, length);
        g_autofree char *folded = NULL, *joined = NULL, *sentence = NULL;

        for (gsize i = 0; i < G_N_ELEMENTS(attribution) && length == 8; i++) {
                if (!quoted_may_begin(start, text + length, attribution[i].start))
                        continue;
                if (!folded)
                        folded = quoted_fold(text, length);
                if (!g_str_has_prefix(folded, attribution[i].start))
                        continue;
                joined = join_to_colon(lines, first, &next);
                sentence = joined ? g_utf8_casefold(joined, -1) : NULL;
                if (!sentence || !strstr(sentence, attribution[i].verb) || !strpbrk(sentence, "0123456789"))
                        return false;
                *header = (struct quoted_header){attribution_name(joined), NULL, read_instant(joined), first->start, next, false};
                return true;
        }
        return false;
}

bool quoted_header_read(const char *lines, const struct quoted_line *line, struct quoted_header *header)
{
        return read_block(lines, line, header) || read_attribution(lines, line, header);
}

void quoted_header_free(struct quoted_header *header)
{
        if (!header)
                return;
        g_free(header->from);
        g_free(header->subject);
        g_free(header);
}
