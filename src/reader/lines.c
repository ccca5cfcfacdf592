/* Which reader makes lines of which part, and which parts make the bodies.
 * In: decoded parts. Out: lines, calendars, bodies; what could not be read, in the notes. */
#include "reader/lines.h"

#include "base/limits.h"
#include "reader/charset.h"
#include "reader/html.h"
#include "reader/ics.h"
#include "reader/sheet.h"
#include "reader/text.h"

enum form { FORM_NONE, FORM_TEXT, FORM_HTML, FORM_ICS, FORM_CSV, FORM_SHEET };

/* A part's form by its name's ending, where its type says nothing or too much ("application/octet-stream", "application/vnd.ms-excel"). */
static const struct {
        const char *ending;
        enum form form;
} by_name[] = {
        {".xlsx", FORM_SHEET}, {".xlsm", FORM_SHEET}, {".csv", FORM_CSV},  {".tsv", FORM_CSV},  {".ics", FORM_ICS},
        {".htm", FORM_HTML},   {".html", FORM_HTML},  {".txt", FORM_TEXT}, {".log", FORM_TEXT},
};

static const struct {
        const char *type;
        enum form form;
} by_type[] = {
        {"text/html", FORM_HTML},
        {"application/xhtml+xml", FORM_HTML},
        {"text/calendar", FORM_ICS},
        {"application/ics", FORM_ICS},
        {"text/csv", FORM_CSV},
        {"text/comma-separated-values", FORM_CSV},
        {"text/tab-separated-values", FORM_CSV},
        {"application/csv", FORM_CSV},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FORM_SHEET},
        {"message/delivery-status", FORM_TEXT},
        {"message/disposition-notification", FORM_TEXT},
};

static enum form form_by_name(const char *name)
{
        g_autofree char *lower = g_ascii_strdown(name, -1);

        for (gsize i = 0; i < G_N_ELEMENTS(by_name); i++)
                if (g_str_has_suffix(lower, by_name[i].ending))
                        return by_name[i].form;
        return FORM_NONE;
}

static enum form form_by_type(const char *type)
{
        for (gsize i = 0; i < G_N_ELEMENTS(by_type); i++)
                if (g_str_equal(type, by_type[i].type))
                        return by_type[i].form;
        return FORM_NONE;
}

/* The bytes tell iCalendar and HTML that claim to be plain; then the type, if it says more than "bytes" or "text", then the name. */
static enum form part_form(const struct part *part, const char *bytes, gsize length)
{
        enum form form = form_by_type(part->type), named = form_by_name(part->name);

        if (ics_is_calendar(bytes, length))
                return FORM_ICS;
        if (form == FORM_NONE && named != FORM_NONE && (!part->is_text || named != FORM_HTML))
                form = named;
        if (form == FORM_NONE && part->is_text)
                form = FORM_TEXT;
        return form == FORM_TEXT && html_is_html(bytes, length) ? FORM_HTML : form;
}

static void note(struct mail *mail, const struct part *part, const char *what)
{
        g_ptr_array_add(mail->notes, g_strdup_printf("%s: %s", *part->name ? part->name : part->type, what));
}

static char *read_sheet(struct mail *mail, const struct part *part)
{
        g_autoptr(GError) error = NULL;
        char *lines = sheet_lines(part->bytes, &error);

        if (!lines)
                note(mail, part, error->message);
        return lines;
}

static char *read_ics(struct mail *mail, struct part *part, const char *bytes, gsize length)
{
        g_autoptr(GError) error = NULL;

        part->calendar = ics_read(bytes, length, &error);
        if (!part->calendar)
                note(mail, part, error->message);
        return ics_lines(bytes, length);
}

static char *read_html(struct mail *mail, const struct part *part, const char *bytes, gsize length)
{
        gboolean is_cut = FALSE;
        char *lines = html_lines(bytes, length, &is_cut);

        mail->is_partial |= is_cut;
        if (is_cut)
                note(mail, part, "HTML was not read to its end: it is over 1 MB, or broken");
        return lines;
}

static char *read_form(struct mail *mail, struct part *part, enum form form, const char *bytes, gsize length)
{
        switch (form) {
        case FORM_ICS:
                return read_ics(mail, part, bytes, length);
        case FORM_HTML:
                return read_html(mail, part, bytes, length);
        case FORM_CSV:
                return text_csv_lines(bytes, length);
        case FORM_SHEET:
                return read_sheet(mail, part);
        case FORM_TEXT:
                return text_lines(bytes, length, part->is_flowed, part->is_delsp);
        case FORM_NONE:
                break;
        }
        return NULL;
}

/* Text that was sent as bytes is decoded as text parts are, and counts towards the same limits. */
static struct decoded decode(struct mail *mail, const struct part *part, enum form form, gsize *left)
{
        gsize length = 0;
        const char *bytes = g_bytes_get_data(part->bytes, &length);
        struct decoded decoded;

        mail->is_partial |= length > MIN(LIMIT_PART_TEXT, *left);
        if (length > MIN(LIMIT_PART_TEXT, *left))
                note(mail, part, "a text of over 1 MB, or over 4 MB in all, was cut");
        decoded = charset_decode(bytes, MIN(length, MIN(LIMIT_PART_TEXT, *left)), NULL, form == FORM_HTML);
        *left -= MIN(*left, decoded.length);
        return decoded;
}

static enum form read_part(struct mail *mail, struct part *part, gsize *left)
{
        gsize length = 0;
        const char *bytes = g_bytes_get_data(part->bytes, &length);
        enum form form = part_form(part, length ? bytes : "", length);
        struct decoded decoded = {0};

        if (!length)
                return FORM_NONE;
        if (!part->is_text && form != FORM_SHEET && form != FORM_NONE) {
                decoded = decode(mail, part, form, left);
                bytes = decoded.text;
                length = decoded.length;
        }
        part->lines = read_form(mail, part, form, bytes, length);
        decoded_release(&decoded);
        return form;
}

static enum body form_body(enum form form)
{
        return form == FORM_HTML ? BODY_HTML : form == FORM_TEXT ? BODY_TEXT : form == FORM_ICS ? BODY_ICS : BODY_COUNT;
}

static void add_lines(GString *body, const char *lines)
{
        if (body->len && *lines && body->str[body->len - 1] != '\n')
                g_string_append_c(body, '\n');
        g_string_append(body, lines);
}

/* Bytes are text by their name only, and no body whatever their disposition. */
static bool is_inline(const struct part *part)
{
        return part->is_text && !part->is_attachment;
}

/* Every calendar makes the calendar body; the same one is often sent twice, as an alternative and attached. */
static void add_calendars(GString *body, const struct mail *mail, const enum form *forms)
{
        g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

        for (guint i = 0; i < mail->parts->len; i++) {
                const struct part *part = g_ptr_array_index(mail->parts, i);
                if (forms[i] == FORM_ICS && part->lines && g_hash_table_add(seen, part->lines))
                        add_lines(body, part->lines);
        }
}

/* Inline text in the order of the mail; where is_attached, the first attached one of each form instead. */
static void add_text(GString **body, const struct mail *mail, const enum form *forms, bool is_attached)
{
        for (guint i = 0; i < mail->parts->len; i++) {
                const struct part *part = g_ptr_array_index(mail->parts, i);
                enum body to = form_body(forms[i]);
                if (to == BODY_COUNT || to == BODY_ICS || !part->lines || is_inline(part) == is_attached)
                        continue;
                if (!is_attached || !body[to]->len)
                        add_lines(body[to], part->lines);
        }
}

static void make_bodies(struct mail *mail, const enum form *forms)
{
        GString *body[BODY_COUNT];

        for (int i = 0; i < BODY_COUNT; i++)
                body[i] = g_string_new(NULL);
        add_calendars(body[BODY_ICS], mail, forms);
        add_text(body, mail, forms, false);
        if (!body[BODY_HTML]->len && !body[BODY_TEXT]->len)
                add_text(body, mail, forms, true);
        for (int i = 0; i < BODY_COUNT; i++)
                mail->body[i] = g_string_free(body[i], body[i]->len == 0);
}

static void read_mail(struct mail *mail, gsize *left)
{
        g_autofree enum form *forms = g_new0(enum form, mail->parts->len + 1);

        for (guint i = 0; i < mail->parts->len; i++) {
                struct part *part = g_ptr_array_index(mail->parts, i);
                forms[i] = read_part(mail, part, left);
                if (part->calendar && !mail->calendar)
                        mail->calendar = part->calendar;
        }
        make_bodies(mail, forms);
        for (guint i = 0; i < mail->enclosed->len; i++)
                read_mail(g_ptr_array_index(mail->enclosed, i), left);
}

void lines_read(struct mail *mail)
{
        gsize left = LIMIT_MAIL_TEXT;

        read_mail(mail, &left);
}
