/* The parts of a workbook (Office Open XML, ECMA-376 part 1 clause 18): which sheets it has, its strings and formats, and a sheet's rows.
 * In: the XML of each part. Out: a struct workbook; the rows of sheets as TAB-joined lines. */
#include "reader/workbook.h"

#include "base/fail.h"
#include "base/limits.h"
#include "reader/serial.h"
#include "reader/text.h"
#include "reader/xml.h"

#include <string.h>

static void relation_free(gpointer data)
{
        struct relation *relation = data;
        g_free(relation->id);
        g_free(relation->type);
        g_free(relation->target);
        g_free(relation);
}

struct workbook *workbook_new(void)
{
        struct workbook *workbook = g_new0(struct workbook, 1);
        workbook->sheets = g_ptr_array_new_with_free_func(g_free);
        workbook->strings = g_ptr_array_new_with_free_func(g_free);
        workbook->codes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
        workbook->formats = g_array_new(FALSE, FALSE, sizeof(guint64));
        return workbook;
}

void workbook_free(struct workbook *workbook)
{
        if (!workbook)
                return;
        g_ptr_array_unref(workbook->sheets);
        g_ptr_array_unref(workbook->strings);
        g_hash_table_unref(workbook->codes);
        g_array_unref(workbook->formats);
        g_free(workbook);
}

static guint64 number(const char *text)
{
        return text ? g_ascii_strtoull(text, NULL, 10) : 0;
}

static bool is_true(const char *text)
{
        return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void start_relation(void *user, const char *name, const char *const *attributes)
{
        const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
        const char *target = xml_attribute(attributes, "Target");
        if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
                return;
        const char *slash = strrchr(type, '/');
        struct relation relation = {g_strdup(id), g_strdup(slash ? slash + 1 : type), g_strdup(target)};
        g_ptr_array_add(user, g_memdup2(&relation, sizeof(relation)));
}

GPtrArray *workbook_relations(GBytes *xml, GError **error)
{
        static const struct xml_events events = {.start = start_relation};
        g_autoptr(GPtrArray) relations = g_ptr_array_new_with_free_func(relation_free);
        return xml_read(xml, &events, relations, error) ? g_steal_pointer(&relations) : NULL;
}

static void start_in_main(void *user, const char *name, const char *const *attributes)
{
        struct workbook *workbook = user;
        const char *id = xml_attribute(attributes, "id");
        if (strcmp(name, "workbookPr") == 0)
                workbook->is_1904 = is_true(xml_attribute(attributes, "date1904"));
        else if (strcmp(name, "sheet") == 0 && id)
                g_ptr_array_add(workbook->sheets, g_strdup(id));
}

bool workbook_read_main(struct workbook *workbook, GBytes *xml, GError **error)
{
        static const struct xml_events events = {.start = start_in_main};
        return xml_read(xml, &events, workbook, error);
}

/* The text of the elements that hold some. */
struct strings {
        struct workbook *workbook;
        GString *text;
        bool in_text, in_phonetic; /* how a Japanese reader would say it is no part of the string */
};

static void start_in_strings(void *user, const char *name, const char *const *attributes G_GNUC_UNUSED)
{
        struct strings *strings = user;
        if (strcmp(name, "si") == 0)
                g_string_truncate(strings->text, 0);
        else if (strcmp(name, "rPh") == 0)
                strings->in_phonetic = true;
        else if (strcmp(name, "t") == 0)
                strings->in_text = !strings->in_phonetic;
}

static void end_in_strings(void *user, const char *name)
{
        struct strings *strings = user;
        if (strcmp(name, "si") == 0)
                g_ptr_array_add(strings->workbook->strings, g_strndup(strings->text->str, strings->text->len));
        else if (strcmp(name, "rPh") == 0)
                strings->in_phonetic = false;
        else if (strcmp(name, "t") == 0)
                strings->in_text = false;
}

static void text_in_strings(void *user, const char *text, gsize length)
{
        struct strings *strings = user;
        if (strings->in_text)
                g_string_append_len(strings->text, text, (gssize)length);
}

bool workbook_read_strings(struct workbook *workbook, GBytes *xml, GError **error)
{
        static const struct xml_events events = {start_in_strings, end_in_strings, text_in_strings};
        struct strings strings = {.workbook = workbook, .text = g_string_new(NULL)};
        bool is_read = xml_read(xml, &events, &strings, error);
        g_string_free(strings.text, TRUE);
        return is_read;
}

struct styles {
        struct workbook *workbook;
        bool in_formats; /* of cells; those of named styles look the same */
};

static void start_in_styles(void *user, const char *name, const char *const *attributes)
{
        struct styles *styles = user;
        guint64 id = number(xml_attribute(attributes, "numFmtId"));
        const char *code = xml_attribute(attributes, "formatCode");
        if (strcmp(name, "cellXfs") == 0)
                styles->in_formats = true;
        else if (strcmp(name, "xf") == 0 && styles->in_formats)
                g_array_append_val(styles->workbook->formats, id);
        else if (strcmp(name, "numFmt") == 0 && code)
                g_hash_table_insert(styles->workbook->codes, g_memdup2(&id, sizeof(id)), GUINT_TO_POINTER(serial_of_code(code)));
}

static void end_in_styles(void *user, const char *name)
{
        struct styles *styles = user;
        if (strcmp(name, "cellXfs") == 0)
                styles->in_formats = false;
}

bool workbook_read_styles(struct workbook *workbook, GBytes *xml, GError **error)
{
        static const struct xml_events events = {.start = start_in_styles, .end = end_in_styles};
        return xml_read(xml, &events, &(struct styles){.workbook = workbook}, error);
}

/* What a cell's number format shows (enum serial). */
static unsigned serial_of_format(const struct workbook *workbook, guint64 format)
{
        if (format >= workbook->formats->len)
                return 0;
        const guint64 *id = &g_array_index(workbook->formats, guint64, format);
        gpointer serial;
        bool is_own = g_hash_table_lookup_extended(workbook->codes, id, NULL, &serial);
        return is_own ? GPOINTER_TO_UINT(serial) : serial_of_builtin(*id);
}

enum cell_type { NUMBER, SHARED, BOOLEAN, AS_WRITTEN };

struct rows {
        const struct workbook *workbook;
        GString *out;
        GString *value;
        bool in_value, in_phonetic;
        enum cell_type type;
        guint64 format;
        guint column;      /* of the cell at hand, from 0 */
        guint next_column; /* where a cell without reference would stand */
        guint written;     /* columns of the row that are in `out` */
        const char *fault; /* what is wrong with the sheet */
};

static enum cell_type type_of(const char *t)
{
        if (!t || strcmp(t, "n") == 0)
                return NUMBER;
        if (strcmp(t, "s") == 0)
                return SHARED;
        return strcmp(t, "b") == 0 ? BOOLEAN : AS_WRITTEN;
}

/* The column of a reference ("B7": 1), or `otherwise`. */
static guint column_of(const char *reference, guint otherwise)
{
        guint column = 0;
        for (const char *p = reference; p && g_ascii_isupper(*p) && column <= LIMIT_TABLE_COLUMNS; p++)
                column = column * 26 + (guint)(*p - 'A' + 1);
        return column ? MAX(column - 1, otherwise) : otherwise;
}

static void start_in_sheet(void *user, const char *name, const char *const *attributes)
{
        struct rows *rows = user;
        if (strcmp(name, "row") == 0) {
                rows->next_column = rows->written = 0;
        } else if (strcmp(name, "c") == 0) {
                g_string_truncate(rows->value, 0);
                rows->type = type_of(xml_attribute(attributes, "t"));
                rows->format = number(xml_attribute(attributes, "s"));
                rows->column = column_of(xml_attribute(attributes, "r"), rows->next_column);
                rows->next_column = rows->column + 1;
        } else if (strcmp(name, "rPh") == 0) {
                rows->in_phonetic = true;
        } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
                rows->in_value = !rows->in_phonetic;
        }
}

static void text_in_sheet(void *user, const char *text, gsize length)
{
        struct rows *rows = user;
        if (rows->in_value)
                g_string_append_len(rows->value, text, (gssize)length);
}

static void write_cell(struct rows *rows, const char *text)
{
        if (rows->column >= LIMIT_TABLE_COLUMNS)
                rows->fault = "a row has too many columns";
        if (rows->fault)
                return;
        gsize before = rows->out->len;
        for (guint i = rows->written; i <= rows->column; i++)
                if (i > 0)
                        g_string_append_c(rows->out, '\t');
        gsize start = rows->out->len;
        text_append_cell(rows->out, text, strlen(text));
        if (rows->out->len == start)
                g_string_truncate(rows->out, before);
        else
                rows->written = rows->column + 1;
        if (rows->out->len > LIMIT_PART_TEXT)
                rows->fault = "it holds too much text";
}

static void end_cell(struct rows *rows)
{
        const char *value = rows->value->str;
        if (!*value)
                return;
        if (rows->type == SHARED) {
                guint64 i = number(value);
                if (i < rows->workbook->strings->len)
                        write_cell(rows, g_ptr_array_index(rows->workbook->strings, i));
                else
                        rows->fault = "it names a string that is missing";
        } else if (rows->type == BOOLEAN) {
                write_cell(rows, is_true(value) ? "TRUE" : "FALSE");
        } else {
                unsigned serial = rows->type == NUMBER ? serial_of_format(rows->workbook, rows->format) : 0;
                g_autofree char *date = serial ? serial_text(value, serial, rows->workbook->is_1904) : NULL;
                write_cell(rows, date ? date : value);
        }
}

static void end_in_sheet(void *user, const char *name)
{
        struct rows *rows = user;
        if (strcmp(name, "c") == 0)
                end_cell(rows);
        else if (strcmp(name, "rPh") == 0)
                rows->in_phonetic = false;
        else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
                rows->in_value = false;
        else if (strcmp(name, "row") == 0 && rows->written)
                g_string_append_c(rows->out, '\n');
}

bool workbook_read_sheet(const struct workbook *workbook, GBytes *xml, GString *out, GError **error)
{
        static const struct xml_events events = {start_in_sheet, end_in_sheet, text_in_sheet};
        struct rows rows = {.workbook = workbook, .out = out, .value = g_string_new(NULL)};
        bool is_read = xml_read(xml, &events, &rows, error);
        g_string_free(rows.value, TRUE);
        if (is_read && rows.fault)
                g_set_error_literal(error, FAIL, FAIL_DATA, rows.fault);
        return is_read && !rows.fault;
}
