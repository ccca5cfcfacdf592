/* GMime behind one function: structure, transfer encodings, encoded words and parameters are its work, limits and charsets ours.
 * In: the bytes of one message. Out: a struct mail without lines. */
#include "reader/mime.h"

#include "base/limits.h"
#include "reader/charset.h"
#include "reader/field.h"
#include "reader/preflight.h"

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeFilter, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeObject, g_object_unref)

/* What is left of the limits, over a message and all that it encloses. */
struct budget {
        gsize text;
        guint parts;
        guint depth;
};

static void read_message(struct mail *mail, GBytes *bytes, struct budget *budget);
static void read_entity(struct mail *mail, GMimeObject *entity, struct budget *budget);

void mime_init(void)
{
        static const char *const charsets[] = {"utf-8", "windows-1252", NULL};

        g_mime_init();
        g_mime_parser_options_set_fallback_charsets(g_mime_parser_options_get_default(), (const char **)charsets);
}

static void note(struct mail *mail, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void note(struct mail *mail, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        g_autofree char *text = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        if (!g_ptr_array_find_with_equal_func(mail->notes, text, g_str_equal, NULL))
                g_ptr_array_add(mail->notes, g_steal_pointer(&text));
}

/* Fields whose grammar has no place for encoded words (RFC 2047 5): decoding them would let a sender write what our own server seems to
 * have written. */
static gboolean is_encoded_field(const char *name)
{
        static const char *const plain[] = {"Authentication-Results",
                                            "X-Original-Authentication-Results",
                                            "Received",
                                            "Return-Path",
                                            "Message-ID",
                                            "References",
                                            "In-Reply-To"};

        for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
                if (g_ascii_strcasecmp(name, plain[i]) == 0)
                        return FALSE;
        return g_ascii_strncasecmp(name, "ARC-", strlen("ARC-")) != 0;
}

/* What RFC 2047 encodes is ASCII with "=?" in it. */
static char *decode_words(const char *raw)
{
        g_autofree char *line = g_mime_utils_header_unfold(raw);

        if (g_str_is_ascii(line) && !strstr(line, "=?"))
                return g_steal_pointer(&line);
        return g_mime_utils_header_decode_text(NULL, line);
}

static char *header_value(const char *name, const char *raw)
{
        struct decoded decoded = {0};
        g_autofree char *value = NULL;

        if (is_encoded_field(name))
                decoded.text = decode_words(raw);
        else
                decoded = charset_decode(raw, strlen(raw), NULL, FALSE);
        value = field_one_line(decoded.text);
        decoded_release(&decoded);
        return g_steal_pointer(&value);
}

static void add_header(struct mail *mail, const char *name, const char *raw)
{
        struct header *header = g_new0(struct header, 1);

        header->name = field_one_line(name);
        header->value = header_value(name, raw);
        g_ptr_array_add(mail->headers, header);
}

static void read_headers(struct mail *mail, GMimeObject *object)
{
        GMimeHeaderList *fields = g_mime_object_get_header_list(object);

        for (int i = 0; i < g_mime_header_list_get_count(fields); i++) {
                GMimeHeader *field = g_mime_header_list_get_header_at(fields, i);
                add_header(mail, g_mime_header_get_name(field), g_mime_header_get_raw_value(field));
        }
}

/* Read the fields of a message that say nothing of its body, and write the rest of it: GMime makes an object of each field and watches it,
 * which takes it longer than all else it does. FALSE where no field begins the message, or it ends within the name of one. */
static gboolean read_fields(struct mail *mail, GBytes *bytes, GMimeStream *rest)
{
        gsize length = 0;
        const char *start = g_bytes_get_data(bytes, &length), *end = start + length, *at = start;

        if (!length)
                return FALSE;
        while (at < end && !field_is_blank(field_line(at, end))) {
                struct slice field = field_at(at, end);
                const char *colon = field_name_end(field);
                gboolean is_field = colon < end && *colon == ':';
                g_autofree char *name = g_strchomp(g_strndup(at, (gsize)(colon - at)));
                if (colon == end || (at == start && (!is_field || colon == at)))
                        return FALSE;
                at += field.length;
                if (is_field && g_ascii_strncasecmp(name, "Content-", strlen("Content-")) == 0) {
                        g_mime_stream_write(rest, field.text, field.length);
                } else if (is_field) {
                        g_autofree char *raw = g_strndup(colon + 1, (gsize)(at - colon) - 1);
                        add_header(mail, name, raw);
                }
        }
        if (at == end)
                g_mime_stream_write(rest, "\n", 1);
        g_mime_stream_write(rest, at, (gsize)(end - at));
        return TRUE;
}

/* Unix seconds of an RFC 5322 date; MAIL_NO_DATE where there is none, or one of a year in which no such mail was sent. */
static gint64 read_date(const char *text)
{
        g_autoptr(GDateTime) date = text && *text ? g_mime_utils_header_decode_date(text) : NULL;

        if (!date || g_date_time_get_year(date) < 1980 || g_date_time_get_year(date) > 2100)
                return MAIL_NO_DATE;
        return g_date_time_to_unix(date);
}

static gint64 read_received(const struct mail *mail)
{
        gint64 date = MAIL_NO_DATE;

        for (guint i = 0; i < mail->headers->len && date == MAIL_NO_DATE; i++) {
                const struct header *header = g_ptr_array_index(mail->headers, i);
                const char *semicolon = strrchr(header->value, ';');
                if (semicolon && g_ascii_strcasecmp(header->name, "Received") == 0)
                        date = read_date(semicolon + 1);
        }
        return date;
}

/* What stands between <>, or all of a value that has none. NULL where that is nothing. Caller frees. */
static char *read_message_id(const char *value)
{
        const char *open = value ? strchr(value, '<') : NULL;
        const char *start = open ? open + 1 : value;
        g_autofree char *id = start ? g_strstrip(g_strndup(start, strcspn(start, ">"))) : NULL;

        return id && *id ? g_steal_pointer(&id) : NULL;
}

static void read_facts(struct mail *mail)
{
        const char *subject = mail_header(mail, "Subject");

        mail->message_id = read_message_id(mail_header(mail, "Message-ID"));
        mail->subject = g_strdup(subject ? subject : "");
        mail->date = read_date(mail_header(mail, "Date"));
        mail->received = read_received(mail);
}

/* The content of a part as it was sent: GMime leaves it where it stands in the mail. */
static struct slice raw_content(GMimePart *part)
{
        GMimeDataWrapper *content = g_mime_part_get_content(part);
        GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;

        if (!stream)
                return (struct slice){"", 0};
        return (struct slice){(char *)g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream))->data + stream->bound_start,
                              (gsize)g_mime_stream_length(stream)};
}

/* Text that claims to be base64 and has words in it is the text itself. */
static gboolean is_false_base64(GMimePart *part, struct slice raw)
{
        g_autofree char *head = NULL;

        if (!GMIME_IS_TEXT_PART(part) || g_mime_part_get_content_encoding(part) != GMIME_CONTENT_ENCODING_BASE64)
                return FALSE;
        head = g_strstrip(g_strndup(raw.text, MIN(raw.length, 512)));
        return strchr(head, ' ') != NULL;
}

/* The content of a part with its transfer encoding undone. Caller unrefs. */
static GBytes *part_content(struct mail *mail, GMimePart *part)
{
        struct slice raw = raw_content(part);
        g_autoptr(GMimeFilter) filter = g_mime_filter_basic_new(g_mime_part_get_content_encoding(part), FALSE);
        gsize unused;

        if (is_false_base64(part, raw))
                note(mail, "a part is said to be base64, and is not");
        else
                g_mime_filter_filter(filter, (char *)raw.text, raw.length, 0, (char **)&raw.text, &raw.length, &unused);
        return g_bytes_new(raw.text, raw.length);
}

/* Cut a text at a limit, between letters. */
static gsize cut(const char *text, gsize length, gsize limit)
{
        if (length <= limit)
                return length;
        return (gsize)(g_utf8_find_prev_char(text, text + limit + 1) - text);
}

/* The bytes of a text part in UTF-8, as far as the limits allow. */
static void decode_text(struct mail *mail, struct part *part, const char *declared, struct budget *budget)
{
        gsize length = 0, kept;
        const char *bytes = g_bytes_get_data(part->bytes, &length);
        struct decoded decoded = charset_decode(bytes, length, declared, g_str_equal(part->type, "text/html"));

        if (decoded.lost)
                note(mail, "%zu letters of a %s part could not be read as %s", decoded.lost, part->type, decoded.charset);
        if (decoded.lost && declared && !decoded.is_declared)
                note(mail, "a %s part is said to be %s, and is not", part->type, declared);
        if (decoded_is_binary(&decoded, length))
                note(mail, "a %s part is no text", part->type);
        kept = cut(decoded.text, decoded.length, LIMIT_PART_TEXT);
        if (kept < decoded.length)
                note(mail, "a text of over 1 MB was cut");
        if (kept > budget->text)
                note(mail, "over 4 MB of text: the rest was not read");
        kept = cut(decoded.text, kept, budget->text);
        mail->is_partial |= kept < decoded.length || decoded_is_binary(&decoded, length);
        budget->text -= kept;
        g_bytes_unref(part->bytes);
        part->bytes = g_bytes_new_take(g_steal_pointer(&decoded.text), kept);
        decoded_release(&decoded);
}

static gboolean has_parameter(GMimeContentType *type, const char *name, const char *value)
{
        const char *found = g_mime_content_type_get_parameter(type, name);

        return found && g_ascii_strcasecmp(found, value) == 0;
}

/* Lower case; "text/plain" for what GMime takes for text because the mail says nothing, or nothing that is a type. Caller frees. */
static char *part_type(GMimePart *leaf)
{
        GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(leaf));
        g_autofree char *mime_type = g_mime_content_type_get_mime_type(type);
        g_autofree char *lower = g_ascii_strdown(mime_type, -1);

        if (GMIME_IS_TEXT_PART(leaf) && (!g_str_has_prefix(lower, "text/") || !g_mime_content_type_get_media_subtype(type)))
                return g_strdup("text/plain");
        return g_steal_pointer(&lower);
}

static void read_part(struct mail *mail, GMimePart *leaf, GBytes *bytes, struct budget *budget)
{
        GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(leaf));
        const char *disposition = g_mime_object_get_disposition(GMIME_OBJECT(leaf));
        const char *name = g_mime_part_get_filename(leaf);
        struct part *part = part_new();

        part->type = part_type(leaf);
        part->name = field_one_line(name ? name : "");
        part->is_attachment = disposition && g_ascii_strcasecmp(disposition, "attachment") == 0;
        part->is_text = g_str_has_prefix(part->type, "text/");
        part->is_flowed = has_parameter(type, "format", "flowed");
        part->is_delsp = has_parameter(type, "delsp", "yes");
        part->bytes = g_bytes_ref(bytes);
        if (part->is_text)
                decode_text(mail, part, g_mime_content_type_get_parameter(type, "charset"), budget);
        g_ptr_array_add(mail->parts, part);
}

/* A message that GMime did not look into, because it is encoded. */
static void read_encoded_message(struct mail *mail, GBytes *bytes, struct budget *budget)
{
        struct mail *enclosed = mail_new();

        g_ptr_array_add(mail->enclosed, enclosed);
        read_message(enclosed, bytes, budget);
}

static void read_leaf(struct mail *mail, GMimePart *leaf, struct budget *budget)
{
        GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(leaf));
        g_autoptr(GBytes) bytes = part_content(mail, leaf);

        if (g_mime_content_type_is_type(type, "message", "rfc822") || g_mime_content_type_is_type(type, "message", "global"))
                read_encoded_message(mail, bytes, budget);
        else
                read_part(mail, leaf, bytes, budget);
}

static void read_body(struct mail *mail, GMimeObject *body, struct budget *budget)
{
        if (body)
                read_headers(mail, body);
        read_facts(mail);
        if (body)
                read_entity(mail, body, budget);
}

/* GMime keeps the fields of a message that another encloses and those of its body (Content-...) apart: these come last. */
static void read_enclosed(struct mail *mail, GMimeMessagePart *part, struct budget *budget)
{
        GMimeMessage *message = g_mime_message_part_get_message(part);
        struct mail *enclosed;

        if (!message)
                return;
        enclosed = mail_new();
        g_ptr_array_add(mail->enclosed, enclosed);
        read_headers(enclosed, GMIME_OBJECT(message));
        read_body(enclosed, g_mime_message_get_mime_part(message), budget);
}

/* Walk the tree that GMime built. preflight() has bounded it, unless GMime and it see a structure differently. */
static void read_entity(struct mail *mail, GMimeObject *entity, struct budget *budget)
{
        if (!budget->depth || !budget->parts) {
                note(mail, "nested deeper than 32 or over 1000 parts: the rest was not read");
                mail->is_partial = true;
                return;
        }
        budget->depth--;
        if (GMIME_IS_MESSAGE_PART(entity)) {
                read_enclosed(mail, GMIME_MESSAGE_PART(entity), budget);
        } else if (GMIME_IS_MULTIPART(entity)) {
                for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(entity)); i++)
                        read_entity(mail, g_mime_multipart_get_part(GMIME_MULTIPART(entity), i), budget);
        } else if (GMIME_IS_PART(entity)) {
                budget->parts--;
                read_leaf(mail, GMIME_PART(entity), budget);
        }
        budget->depth++;
}

/* What GMime sees no message in: text without a header. */
static void read_headerless(struct mail *mail, GBytes *bytes, struct budget *budget)
{
        struct part *part = part_new();
        g_ptr_array_set_size(mail->headers, 0);
        mail->subject = g_strdup("");
        part->type = g_strdup("text/plain");
        part->name = g_strdup("");
        part->is_text = true;
        part->bytes = g_bytes_ref(bytes);
        decode_text(mail, part, NULL, budget);
        g_ptr_array_add(mail->parts, part);
        note(mail, "no header: read as text");
        mail->is_partial = true;
}

static void read_message(struct mail *mail, GBytes *bytes, struct budget *budget)
{
        g_autoptr(GBytes) checked = preflight(bytes, mail->notes);
        g_autoptr(GMimeStream) rest = g_mime_stream_mem_new();
        gboolean is_mail = read_fields(mail, checked, rest) && g_mime_stream_reset(rest) == 0;
        g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(rest);
        g_autoptr(GMimeObject) body = is_mail ? g_mime_parser_construct_part(parser, NULL) : NULL;
        mail->is_partial = mail->notes->len > 0;

        if (body)
                read_body(mail, body, budget);
        else
                read_headerless(mail, checked, budget);
}

struct mail *mime_read(GBytes *bytes)
{
        struct budget budget = {.text = LIMIT_MAIL_TEXT, .parts = LIMIT_PARTS, .depth = LIMIT_MIME_DEPTH + 1};
        struct mail *mail = mail_new();

        read_message(mail, bytes, &budget);
        return mail;
}
