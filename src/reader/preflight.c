/* One pass over the lines of a message that follows its structure (RFC 2046 5.1) closely enough to count what is counted in limits.h.
 * In: bytes. Out: a copy in which no header block, address field, nesting or number of parts is over its limit. */
#include "reader/preflight.h"

#include "base/limits.h"
#include "reader/field.h"

#include <string.h>

struct scan {
        const char *at, *end; /* what is still to be read */
        GString *out;
        GPtrArray *notes;
        GPtrArray *open; /* char *: boundaries of the multiparts that we are in, outermost first; "" for an enclosed message */
        guint parts;
};

/* What the last Content-Type of a header block opens. */
enum entity { ENTITY_LEAF, ENTITY_MULTIPART, ENTITY_MESSAGE };

static void note_once(struct scan *scan, const char *note)
{
        if (!g_ptr_array_find_with_equal_func(scan->notes, note, g_str_equal, NULL))
                g_ptr_array_add(scan->notes, g_strdup(note));
}

static struct slice next_line(const struct scan *scan)
{
        return field_line(scan->at, scan->end);
}

static struct slice next_field(const struct scan *scan)
{
        return field_at(scan->at, scan->end);
}

/* The value of a field of this name, or NULL. Blanks before the colon are allowed, as GMime does. */
static const char *field_value(struct slice field, const char *name)
{
        gsize length = strlen(name);

        if (field.length <= length || g_ascii_strncasecmp(field.text, name, length) != 0)
                return NULL;
        while (length < field.length && (field.text[length] == ' ' || field.text[length] == '\t'))
                length++;
        return length < field.length && field.text[length] == ':' ? field.text + length + 1 : NULL;
}

/* The fields that GMime reads as address lists, by a function that calls itself for each group. */
static bool is_address_field(struct slice field)
{
        static const char *const names[] = {"From", "Sender", "Reply-To", "To", "Cc", "Bcc"};

        if (!field.length || !strchr("FSRTCBfsrtcb", *field.text)) /* this is asked of every line */
                return false;
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
                if (field_value(field, names[i]))
                        return true;
        return false;
}

/* Quoted or not: a colon counts, for which quotes GMime takes as closed is not ours to guess. */
static bool is_over_address_limit(struct slice field)
{
        guint colons = 0;

        if (field.length > LIMIT_ADDRESS_HEADER)
                return true;
        for (gsize i = 0; i < field.length; i++)
                colons += field.text[i] == ':';
        return colons > LIMIT_ADDRESS_GROUPS + 1;
}

/* A field, or a line of text that GMime might take for one, under a name that makes it harmless. No text is lost. */
static void copy_field(struct scan *scan, struct slice field)
{
        if (is_address_field(field) && is_over_address_limit(field)) {
                note_once(scan, "an address header of over 16 kB or 64 groups was not read as addresses");
                g_string_append(scan->out, "X-");
        }
        g_string_append_len(scan->out, field.text, (gssize)field.length);
        scan->at += field.length;
}

/* RFC 2046 5.1.1: "--boundary", or "--boundary--" for the last one, and blanks. */
static bool is_delimiter(struct slice line, const char *boundary, bool *is_close)
{
        gsize length = strlen(boundary);

        while (line.length && g_ascii_isspace(line.text[line.length - 1]))
                line.length--;
        if (!length || line.length < length + 2 || memcmp(line.text, "--", 2) != 0 || memcmp(line.text + 2, boundary, length) != 0)
                return false;
        *is_close = line.length == length + 4 && memcmp(line.text + 2 + length, "--", 2) == 0;
        return *is_close || line.length == length + 2;
}

/* The index of the open boundary that this line delimits, innermost first; -1 where it is none. */
static int delimited(const struct scan *scan, struct slice line, bool *is_close)
{
        if (line.length < 3 || line.text[0] != '-' || line.text[1] != '-')
                return -1;
        for (guint i = scan->open->len; i-- > 0;)
                if (is_delimiter(line, g_ptr_array_index(scan->open, i), is_close))
                        return (int)i;
        return -1;
}

/* The boundary parameter of a Content-Type; "" where there is none. Caller frees. */
static char *boundary_of(const char *type)
{
        const char *start = strcasestr(type, "boundary"), *end;

        if (!start)
                return g_strdup("");
        start += strlen("boundary");
        start += strspn(start, " \t\r\n");
        if (*start++ != '=')
                return g_strdup("");
        start += strspn(start, " \t\r\n");
        end = *start == '"' ? strchr(start + 1, '"') : start + strcspn(start, "; \t\r\n");
        if (!end) /* GMime takes an unended string for none */
                return g_strdup("");
        start += *start == '"';
        return g_strchomp(g_strndup(start, (gsize)(end - start)));
}

static enum entity entity_of(struct slice field, char **boundary)
{
        static const char *const messages[] = {"message/rfc822", "message/global", "message/news"};
        const char *value = field_value(field, "Content-Type");
        g_autofree char *type = g_strchug(g_strndup(value, field.length - (gsize)(value - field.text)));

        if (g_ascii_strncasecmp(type, "multipart/", strlen("multipart/")) == 0) {
                g_free(*boundary);
                *boundary = boundary_of(type);
                return ENTITY_MULTIPART;
        }
        for (gsize i = 0; i < G_N_ELEMENTS(messages); i++)
                if (g_ascii_strncasecmp(type, messages[i], strlen(messages[i])) == 0)
                        return ENTITY_MESSAGE;
        return ENTITY_LEAF;
}

/* An enclosed message whose lines are no header to us, nor to GMime: it is decoded first. */
static bool is_encoded(struct slice field)
{
        const char *value = field_value(field, "Content-Transfer-Encoding");
        g_autofree char *encoding = value ? g_strndup(value, field.length - (gsize)(value - field.text)) : NULL;

        return encoding && (strcasestr(encoding, "base64") || strcasestr(encoding, "quoted-printable"));
}

static bool is_delimiter_ahead(const struct scan *scan, const char *boundary)
{
        g_autofree char *delimiter = g_strconcat("\n--", boundary, NULL);
        gsize ahead = MIN((gsize)(scan->end - scan->at), LIMIT_PART_TEXT);

        /* the line end before is that of the header's last field */
        return *boundary && memmem(scan->at - 1, ahead + 1, delimiter, strlen(delimiter));
}

/* The text of the first line "--..." that a "Content-..." field follows, up to the end of the multipart that we are in; NULL where there
 * is none. Caller frees. */
static char *guess_boundary(const struct scan *scan)
{
        const char *end = scan->at + MIN((gsize)(scan->end - scan->at), LIMIT_PART_TEXT);
        bool is_close;

        for (const char *at = scan->at - 1; (at = memmem(at, (gsize)(end - at), "\n--", 3));) {
                const char *start = ++at, *newline = memchr(start, '\n', (gsize)(end - start));
                if (!newline || delimited(scan, (struct slice){start, (gsize)(newline - start)}, &is_close) >= 0)
                        return NULL;
                if (end - newline > 8 && g_ascii_strncasecmp(newline + 1, "Content-", 8) == 0)
                        return g_strchomp(g_strndup(start + 2, (gsize)(newline - start) - 2));
        }
        return NULL;
}

/* Where no line delimits the parts of a multipart, GMime would find no part at all. It believes the last Content-Type: say there what
 * the parts are delimited by, or that the body is one text. */
static enum entity mend_multipart(struct scan *scan, char **boundary)
{
        char *guess;

        if (is_delimiter_ahead(scan, *boundary))
                return ENTITY_MULTIPART;
        guess = guess_boundary(scan);
        g_free(*boundary);
        *boundary = guess;
        if (!guess || !*guess || strchr(guess, '"')) {
                note_once(scan, "a multipart without parts was read as text");
                g_string_append(scan->out, "Content-Type: text/plain\n");
                return ENTITY_LEAF;
        }
        note_once(scan, "the boundary of a multipart is missing or wrong: it was guessed");
        g_string_append_printf(scan->out, "Content-Type: multipart/mixed; boundary=\"%s\"\n", guess);
        return ENTITY_MULTIPART;
}

/* A header block ends with an empty line; a delimiter that stands there without one ends it too. */
static bool is_header_end(struct scan *scan, const char *boundary)
{
        bool is_close;
        struct slice line = next_line(scan);

        if (field_is_blank(line))
                return true;
        if (!is_delimiter(line, boundary, &is_close) && delimited(scan, line, &is_close) < 0)
                return false;
        g_string_append_c(scan->out, '\n');
        return true;
}

/* What a header block opens, and its multipart's boundary: as GMime does, the last Content-Type is believed. */
struct kind {
        enum entity entity;
        char *boundary;
        bool is_encoded;
};

static void copy_header(struct scan *scan, struct slice field, struct kind *kind)
{
        if (field_value(field, "Content-Type"))
                kind->entity = entity_of(field, &kind->boundary);
        kind->is_encoded = kind->is_encoded || is_encoded(field);
        copy_field(scan, field);
}

/* Copy a header block up to and with its blank line, but nothing that is over a limit. */
static enum entity scan_headers(struct scan *scan, char **boundary)
{
        struct kind kind = {ENTITY_LEAF, g_strdup(""), false};

        for (gsize bytes = 0, fields = 1; scan->at < scan->end && !is_header_end(scan, kind.boundary); fields++) {
                struct slice field = next_field(scan);
                bytes += field.length;
                if (bytes <= LIMIT_HEADERS && fields <= LIMIT_HEADER_FIELDS) {
                        copy_header(scan, field, &kind);
                        continue;
                }
                note_once(scan, "headers of over 256 kB or 1000 fields: the rest was not read");
                scan->at += field.length;
        }
        if (kind.entity == ENTITY_MULTIPART)
                kind.entity = mend_multipart(scan, &kind.boundary);
        if (scan->at < scan->end && field_is_blank(next_line(scan)))
                copy_field(scan, next_line(scan));
        g_free(*boundary);
        *boundary = kind.boundary;
        return kind.entity == ENTITY_MESSAGE && kind.is_encoded ? ENTITY_LEAF : kind.entity;
}

/* Copy text up to the next delimiter that begins a part, closing what it closes. false at the end of the mail. */
static bool scan_body(struct scan *scan)
{
        bool is_close = false;

        while (scan->at < scan->end) {
                struct slice line = next_line(scan);
                int i = delimited(scan, line, &is_close);
                if (i < 0) {
                        copy_field(scan, is_address_field(line) ? next_field(scan) : line);
                        continue;
                }
                g_ptr_array_set_size(scan->open, is_close ? i : i + 1);
                if (!is_close && ++scan->parts > LIMIT_PARTS) {
                        note_once(scan, "over 1000 parts: the rest was not read");
                        return false;
                }
                g_string_append_len(scan->out, line.text, (gssize)line.length);
                scan->at += line.length;
                if (!is_close)
                        return true;
        }
        return false;
}

static bool is_field(struct slice line)
{
        gsize i = 0;

        while (i < line.length && line.text[i] > ' ' && line.text[i] < 0x7f && line.text[i] != ':')
                i++;
        while (i && i < line.length && line.text[i] == ' ')
                i++;
        return i && i < line.length && line.text[i] == ':';
}

/* A part that begins without header and without the blank line that ends one: GMime would take its text for a broken header. */
static bool is_headerless(const struct scan *scan)
{
        bool is_close;
        struct slice line = next_line(scan);

        return line.length && !field_is_blank(line) && !is_field(line) && delimited(scan, line, &is_close) < 0;
}

/* A header block, and that of the message it may enclose at once. false past the nesting limit. */
static bool scan_entity(struct scan *scan)
{
        g_autofree char *boundary = NULL;
        enum entity entity;

        do {
                entity = scan_headers(scan, &boundary);
                if (entity == ENTITY_LEAF)
                        return true;
                g_ptr_array_add(scan->open, entity == ENTITY_MULTIPART ? g_steal_pointer(&boundary) : g_strdup(""));
                if (scan->open->len > LIMIT_MIME_DEPTH) {
                        note_once(scan, "nested deeper than 32: the rest was not read");
                        return false;
                }
        } while (entity == ENTITY_MESSAGE);
        return true;
}

static void scan_mail(struct scan *scan)
{
        if (!scan_entity(scan))
                return;
        while (scan_body(scan)) {
                if (is_headerless(scan))
                        g_string_append_c(scan->out, '\n');
                else if (!scan_entity(scan))
                        return;
        }
}

/* An empty line before the header, or one in which mailboxes and Exim give the envelope sender. */
static bool is_before_header(struct slice line)
{
        static const char *const starts[] = {"From ", ">From "};

        for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
                if (line.length >= strlen(starts[i]) && memcmp(line.text, starts[i], strlen(starts[i])) == 0)
                        return true;
        return field_is_blank(line);
}

/* GMime takes such lines for a broken header, in which it sees no mail. */
static void skip_envelope(struct scan *scan)
{
        if (scan->end - scan->at >= 3 && memcmp(scan->at, "\xef\xbb\xbf", 3) == 0)
                scan->at += 3;
        while (scan->at < scan->end && is_before_header(next_line(scan)))
                scan->at += next_line(scan).length;
}

GBytes *preflight(GBytes *mail, GPtrArray *notes)
{
        gsize length = 0;
        const char *text = g_bytes_get_data(mail, &length);
        g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);
        struct scan scan = {.notes = notes, .open = open};

        if (!length)
                return g_bytes_ref(mail);
        scan.at = text;
        scan.end = text + length;
        scan.out = g_string_sized_new(MIN(length, LIMIT_MAIL) + 1);
        skip_envelope(&scan);
        if (length > LIMIT_MAIL) {
                g_autofree char *boundary = NULL;
                note_once(&scan, "over 25 MB: only the headers were read");
                scan_headers(&scan, &boundary);
        } else {
                scan_mail(&scan);
        }
        return g_string_free_to_bytes(scan.out);
}
