/* The stretches of a mail that hold text, found without undoing anything: header fields, encoded words, and the parts (RFC 5322,
 * 2045-2047). In: raw bytes. Out: views of them, one after the other. */
#include "disguise/walk.h"

#include "base/limits.h"
#include "disguise/field.h"

#include <string.h>

struct walk {
        const char *mail;
        walk_each *each;
        void *data;
};

/* What the header of a part says of its body. */
struct about {
        char *type, *charset, *boundary, *coding, *name; /* NULL where it does not say; in small letters but the boundary */
};

static void about_clear(struct about *about)
{
        g_free(about->type);
        g_free(about->charset);
        g_free(about->boundary);
        g_free(about->coding);
        g_free(about->name);
}

static void give(const struct walk *walk, struct leaf leaf, enum coding coding)
{
        leaf.view = leaf.sort == LEAF_SEALED ? NULL : view_new(walk->mail, leaf.start, leaf.end, coding);
        walk->each(&leaf, walk->data);
        view_free(leaf.view);
}

/* After the line break of the line that begins here. */
static gsize next_line(const char *mail, gsize at, gsize end)
{
        const char *found = memchr(mail + at, '\n', end - at);
        return found ? (gsize)(found - mail) + 1 : end;
}

static bool is_empty_line(const char *mail, gsize at, gsize end)
{
        return mail[at] == '\n' || (mail[at] == '\r' && at + 1 < end && mail[at + 1] == '\n');
}

/* The end of the field that begins here, with the lines that it is continued on. */
static gsize field_end(const char *mail, gsize at, gsize end)
{
        at = next_line(mail, at, end);
        while (at < end && (mail[at] == ' ' || mail[at] == '\t'))
                at = next_line(mail, at, end);
        return at;
}

static void set(char **place, char *value)
{
        g_free(*place);
        *place = value;
}

static void note_field(struct about *about, const struct field *field)
{
        if (strcmp(field->name, "content-type") == 0) {
                set(&about->type, field_first(field));
                set(&about->charset, field_parameter(field, "charset", true));
                set(&about->boundary, field_parameter(field, "boundary", false));
        } else if (strcmp(field->name, "content-transfer-encoding") == 0) {
                set(&about->coding, field_first(field));
        }
        if (g_str_has_prefix(field->name, "content-") && !about->name)
                about->name = field_parameter(field, "name", true);
        if (strcmp(field->name, "content-disposition") == 0)
                set(&about->name, field_parameter(field, "filename", true));
}

struct wording {
        const struct walk *walk;
        const char *field;
};

static void give_word(gsize start, gsize end, enum coding coding, const char *charset, void *data)
{
        const struct wording *wording = data;
        struct leaf leaf = {.sort = LEAF_FIELD, .field = wording->field, .charset = charset, .start = start, .end = end};
        give(wording->walk, leaf, coding);
}

static void give_field(const struct walk *walk, const struct field *field)
{
        struct wording wording = {walk, field->name};
        struct leaf leaf = {.sort = LEAF_FIELD, .field = field->name, .charset = "", .start = field->start, .end = field->end};
        if (field_is_seal(field)) {
                leaf.sort = LEAF_SEALED;
                give(walk, leaf, CODING_NONE);
                return;
        }
        leaf.view = view_new(walk->mail, leaf.start, leaf.end, CODING_NONE);
        field_mark(field, leaf.view);
        view_unfold(leaf.view, false);
        walk->each(&leaf, walk->data);
        view_free(leaf.view);
        field_words(field, give_word, &wording);
}

/* Go through a header; gives where its body begins. A line that is no field may be anything. */
static gsize walk_header(const struct walk *walk, gsize at, gsize end, struct about *about)
{
        while (at < end && !is_empty_line(walk->mail, at, end)) {
                gsize next = field_end(walk->mail, at, end);
                struct field field;
                if (field_init(&field, walk->mail, at, next)) {
                        note_field(about, &field);
                        give_field(walk, &field);
                        field_clear(&field);
                } else {
                        give(walk, (struct leaf){.sort = LEAF_TEXT, .charset = "", .start = at, .end = next}, CODING_NONE);
                }
                at = next;
        }
        return at < end ? next_line(walk->mail, at, end) : end;
}

static bool is_type(const struct about *about, const char *type)
{
        return g_strcmp0(about->type, type) == 0;
}

static bool is_named(const struct about *about, const char *suffix)
{
        return about->name && g_str_has_suffix(about->name, suffix);
}

static enum leaf_sort sort_of(const struct about *about)
{
        if (is_type(about, "text/html"))
                return LEAF_HTML;
        if (is_type(about, "text/calendar") || is_type(about, "application/ics") || is_named(about, ".ics"))
                return LEAF_CALENDAR;
        bool is_text = !about->type || !*about->type || g_str_has_prefix(about->type, "text/") || g_str_has_prefix(about->type, "message/");
        return is_text || is_named(about, ".csv") || is_named(about, ".txt") ? LEAF_TEXT : LEAF_SEALED;
}

/* Character sets in which a byte of ASCII can be part of another character, or in which there is none. */
static bool is_opaque(const char *charset)
{
        static const char *const prefixes[] = {"utf-16", "utf16",    "utf-32", "utf32", "utf-7", "utf7",
                                               "ucs",    "iso-2022", "hz-",    "ibm",   "ebcdic"};
        for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
                if (g_str_has_prefix(charset, prefixes[i]))
                        return true;
        return false;
}

static void give_body(const struct walk *walk, gsize at, gsize end, const struct about *about)
{
        const char *coding = about->coding ? about->coding : "", *charset = about->charset ? about->charset : "";
        struct leaf leaf = {.sort = sort_of(about), .charset = charset, .start = at, .end = end};
        if (is_opaque(charset) || g_str_has_prefix(coding, "x-"))
                leaf.sort = LEAF_SEALED;
        give(walk, leaf,
             strcmp(coding, "base64") == 0             ? CODING_BASE64
             : strcmp(coding, "quoted-printable") == 0 ? CODING_QUOTED
                                                       : CODING_NONE);
}

static bool is_delimiter(const char *mail, gsize at, gsize end, const char *boundary)
{
        gsize n = strlen(boundary);
        return end - at >= n + 2 && mail[at] == '-' && mail[at + 1] == '-' && memcmp(mail + at + 2, boundary, n) == 0;
}

static void walk_entity(const struct walk *walk, gsize at, gsize end, int depth);

/* What is before the first delimiter and after the last is text. */
static void walk_parts(const struct walk *walk, gsize at, gsize end, const char *boundary, int depth)
{
        gsize start = at;
        bool is_part = false;
        for (gsize next; at < end || start < end; at = next) {
                next = at < end ? next_line(walk->mail, at, end) : end;
                if (at < end && !is_delimiter(walk->mail, at, end, boundary))
                        continue;
                if (is_part && start < at)
                        walk_entity(walk, start, at, depth + 1);
                else if (start < at)
                        give(walk, (struct leaf){.sort = LEAF_TEXT, .charset = "", .start = start, .end = at}, CODING_NONE);
                gsize tail = at + strlen("--") + strlen(boundary);
                is_part = !(tail + 1 < end && walk->mail[tail] == '-' && walk->mail[tail + 1] == '-');
                start = next;
        }
}

static void walk_entity(const struct walk *walk, gsize at, gsize end, int depth)
{
        struct about about = {0};
        if (depth > LIMIT_MIME_DEPTH) {
                give(walk, (struct leaf){.sort = LEAF_SEALED, .charset = "", .start = at, .end = end}, CODING_NONE);
                return;
        }
        gsize body = walk_header(walk, at, end, &about);
        bool is_encoded = about.coding && (strcmp(about.coding, "base64") == 0 || strcmp(about.coding, "quoted-printable") == 0);
        if (about.boundary && *about.boundary && about.type && g_str_has_prefix(about.type, "multipart/"))
                walk_parts(walk, body, end, about.boundary, depth);
        else if (is_type(&about, "message/rfc822") && !is_encoded)
                walk_entity(walk, body, end, depth + 1);
        else if (body < end)
                give_body(walk, body, end, &about);
        about_clear(&about);
}

void walk_mail(const char *mail, gsize length, walk_each *each, void *data)
{
        struct walk walk = {mail, each, data};
        walk_entity(&walk, 0, length, 0);
}
