/* One field of a header as it stands in the mail: its name, its parameters, and what in it belongs to the mail's structure.
 * In: raw bytes. Out: texts, marks. */
#include "disguise/field.h"

#include <string.h>

enum { LONGEST_NAME = 200 };

bool field_init(struct field *field, const char *mail, gsize start, gsize end)
{
        const char *colon = memchr(mail + start, ':', MIN(end - start, LONGEST_NAME));
        if (!colon || colon == mail + start)
                return false;
        for (const char *at = mail + start; at < colon; at++)
                if (!g_ascii_isgraph(*at))
                        return false;
        field->mail = mail;
        field->name = g_ascii_strdown(mail + start, colon - mail - (gssize)start);
        field->start = (gsize)(colon - mail) + 1;
        field->end = end;
        return true;
}

void field_clear(struct field *field)
{
        g_clear_pointer(&field->name, g_free);
}

char *field_first(const struct field *field)
{
        gsize at = field->start, end;
        while (at < field->end && g_ascii_isspace(field->mail[at]))
                at++;
        for (end = at; end < field->end && g_ascii_isgraph(field->mail[end]) && field->mail[end] != ';';)
                end++;
        return g_ascii_strdown(field->mail + at, (gssize)(end - at));
}

/* Where the value of a parameter stands; false: there is none after `from`. */
static bool find_parameter(const struct field *field, const char *name, gsize from, gsize *start, gsize *end)
{
        gsize n = strlen(name);
        for (gsize at = MAX(from, field->start + 1); at + n < field->end; at++) {
                bool is_start = strchr("; \t\n", field->mail[at - 1]) && g_ascii_strncasecmp(field->mail + at, name, n) == 0;
                gsize equals = at + n;
                while (is_start && equals < field->end && strchr("*0123456789 \t", field->mail[equals]))
                        equals++;
                if (!is_start || equals >= field->end || field->mail[equals] != '=')
                        continue;
                for (*start = equals + 1; *start < field->end && (field->mail[*start] == ' ' || field->mail[*start] == '\t');)
                        (*start)++;
                bool is_quoted = *start < field->end && field->mail[*start] == '"';
                *start += is_quoted;
                for (*end = *start; *end < field->end && !strchr(is_quoted ? "\"" : "; \t\r\n", field->mail[*end]);)
                        (*end)++;
                return true;
        }
        return false;
}

char *field_parameter(const struct field *field, const char *name, bool is_small)
{
        gsize start, end;
        if (!find_parameter(field, name, 0, &start, &end))
                return NULL;
        char *value = g_strndup(field->mail + start, end - start);
        for (char *at = value; is_small && *at; at++)
                *at = g_ascii_tolower(*at);
        return value;
}

bool field_is_seal(const struct field *field)
{
        static const char *const seals[] = {"dkim-signature", "domainkey-signature", "arc-seal", "arc-message-signature",
                                            "x-gm-message-state"};
        for (gsize i = 0; i < G_N_ELEMENTS(seals); i++)
                if (g_str_has_suffix(field->name, seals[i]))
                        return true;
        return false;
}

static void mark(struct view *view, gsize start, gsize end, enum mark mark)
{
        for (gsize i = 0; i < view->length; i++)
                if (view->at[i] >= start && view->at[i] < end)
                        view->marks[i] = (guint8)mark;
}

static void free_names(const struct field *field, struct view *view)
{
        static const char *const names[] = {"name", "filename"};
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
                for (gsize from = 0, start, end; find_parameter(field, names[i], from, &start, &end); from = end)
                        mark(view, start, end, MARK_TEXT);
}

static void fix_word(gsize start, gsize end, G_GNUC_UNUSED enum coding coding, const char *charset, void *data)
{
        gsize head = strlen(charset) + strlen("=??Q?");
        mark(data, start - head, end + strlen("?="), MARK_FIXED);
}

void field_mark(const struct field *field, struct view *view)
{
        static const char *const structure[] = {"content-type",     "content-disposition", "content-transfer-encoding",
                                                "content-language", "mime-version",        "date"};
        for (gsize i = 0; i < G_N_ELEMENTS(structure); i++)
                if (strcmp(field->name, structure[i]) == 0)
                        mark(view, field->start, field->end, MARK_FIXED);
        const char *semicolon = memrchr(field->mail + field->start, ';', field->end - field->start);
        if (semicolon && strcmp(field->name, "received") == 0)
                mark(view, (gsize)(semicolon - field->mail), field->end, MARK_FIXED);
        if (strcmp(field->name, structure[0]) == 0 || strcmp(field->name, structure[1]) == 0)
                free_names(field, view);
        field_words(field, fix_word, view);
}

/* The end of the piece before the next '?'; 0: there is none on this line. */
static gsize piece_end(const struct field *field, gsize at)
{
        while (at < field->end && field->mail[at] != '?' && g_ascii_isgraph(field->mail[at]))
                at++;
        return at < field->end && field->mail[at] == '?' ? at : 0;
}

void field_words(const struct field *field, field_each *each, void *data)
{
        for (gsize at = field->start; at + 2 < field->end; at++) {
                if (field->mail[at] != '=' || field->mail[at + 1] != '?')
                        continue;
                gsize charset = piece_end(field, at + 2), coding = charset ? piece_end(field, charset + 1) : 0;
                gsize end = coding == charset + 2 ? piece_end(field, coding + 1) : 0;
                if (!end || end + 1 >= field->end || field->mail[end + 1] != '=')
                        continue;
                g_autofree char *name = g_ascii_strdown(field->mail + at + 2, (gssize)(charset - at - 2));
                bool is_base64 = g_ascii_tolower(field->mail[charset + 1]) == 'b';
                each(coding + 1, end, is_base64 ? CODING_BASE64 : CODING_Q, name, data);
                at = end + 1;
        }
}
