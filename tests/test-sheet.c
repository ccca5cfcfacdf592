/* Workbooks as lines: strings, gaps, dates, the order of the sheets; and archives that are cut, or bombs.
 * In: workbooks made here, part by part. Out: TAP. */
#include "base/fail.h"
#include "base/limits.h"
#include "reader/serial.h"
#include "reader/sheet.h"

#include <stdbool.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#define TYPES                 "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define REL(id, type, target) "<Relationship Id='" id "' Type='" TYPES type "' Target='" target "'/>"
#define RELS(list)            "<?xml version='1.0' encoding='UTF-8'?><Relationships xmlns='x'>" list "</Relationships>"
#define SHEET(rows)           "<worksheet xmlns='x'><dimension ref='A1'/><sheetData>" rows "</sheetData></worksheet>"

struct entry {
        const char *name, *content;
};

/* Parts that most workbooks here share; a test replaces or adds some. */
static const struct entry ordinary[] = {
        {"_rels/.rels", RELS(REL("rId1", "officeDocument", "xl/workbook.xml"))},
        {"xl/workbook.xml", "<workbook xmlns='x' xmlns:r='y'><sheets><sheet name='One' sheetId='1' r:id='rId1'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml")
                                                    REL("rId2", "sharedStrings", "sharedStrings.xml") REL("rId3", "styles", "styles.xml"))},
        {"xl/sharedStrings.xml", "<sst xmlns='x'><si><t>Circuit</t></si><si><r><t>Im</t></r><r><t xml:space='preserve'>pact </t></r>"
                                 "<rPh sb='0' eb='1'><t>spoken</t></rPh></si><si><t>a&amp;b&#10;c</t></si><si/></sst>"},
        {"xl/styles.xml",
         "<styleSheet xmlns='x'><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd\\ hh:mm'/>"
         "<numFmt numFmtId='165' formatCode='0.0 \"days\"'/><numFmt numFmtId='20' formatCode='0'/></numFmts>"
         "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='14'/>"
         "<xf numFmtId='165'/><xf numFmtId='21'/><xf numFmtId='46'/><xf numFmtId='20'/></cellXfs></styleSheet>"},
        {"xl/worksheets/sheet1.xml", SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>")},
};

static void add_entry(struct archive *archive, const char *name, const char *content, gsize length)
{
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)length);
        g_assert_cmpint(archive_write_header(archive, entry), ==, ARCHIVE_OK);
        g_assert_cmpint(archive_write_data(archive, content, length), ==, (la_ssize_t)length);
        archive_entry_free(entry);
}

static const char *replaced(const struct entry *changes, gsize n, const char *name)
{
        for (gsize i = 0; i < n; i++)
                if (strcmp(changes[i].name, name) == 0)
                        return changes[i].content;
        return NULL;
}

static bool is_ordinary(const char *name)
{
        return replaced(ordinary, G_N_ELEMENTS(ordinary), name);
}

/* The ordinary workbook with some parts changed or added; content "" leaves one out. */
static GBytes *make_workbook(const struct entry *changes, gsize n)
{
        gsize size = 1024 * 1024, used = 0;
        for (gsize i = 0; i < n; i++)
                size += strlen(changes[i].content);
        char *buffer = g_malloc(size);
        struct archive *archive = archive_write_new();
        archive_write_set_format_zip(archive);
        archive_write_set_bytes_in_last_block(archive, 1);
        g_assert_cmpint(archive_write_open_memory(archive, buffer, size, &used), ==, ARCHIVE_OK);
        for (gsize i = 0; i < G_N_ELEMENTS(ordinary); i++) {
                const char *change = replaced(changes, n, ordinary[i].name), *content = change ? change : ordinary[i].content;
                if (*content)
                        add_entry(archive, ordinary[i].name, content, strlen(content));
        }
        for (gsize i = 0; i < n; i++)
                if (!is_ordinary(changes[i].name))
                        add_entry(archive, changes[i].name, changes[i].content, strlen(changes[i].content));
        g_assert_cmpint(archive_write_close(archive), ==, ARCHIVE_OK);
        archive_write_free(archive);
        return g_bytes_new_take(buffer, used);
}

static void assert_lines(const struct entry *changes, gsize n, const char *expected)
{
        g_autoptr(GBytes) workbook = make_workbook(changes, n);
        g_autoptr(GError) error = NULL;
        g_autofree char *lines = sheet_lines(workbook, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(lines, ==, expected);
}

/* `words` are those of the message that tell what is wrong. */
static void assert_fails(const struct entry *changes, gsize n, const char *words)
{
        g_autoptr(GBytes) workbook = make_workbook(changes, n);
        g_autoptr(GError) error = NULL;
        g_autofree char *lines = sheet_lines(workbook, &error);
        g_assert_null(lines);
        g_assert_error(error, FAIL, FAIL_DATA);
        if (!strstr(error->message, words))
                g_error("'%s' does not say '%s'", error->message, words);
}

static void assert_sheet(const char *xml, const char *expected)
{
        assert_lines(&(struct entry){"xl/worksheets/sheet1.xml", xml}, 1, expected);
}

static void test_strings(void)
{
        assert_lines(NULL, 0, "Circuit\tImpact\n");
        assert_sheet(SHEET("<row><c t='s'><v>2</v></c><c t='inlineStr'><is><t>in</t><r><t>line</t></r><rPh><t>spoken</t></rPh></is></c><c "
                           "t='str'><f>A1</f><v>by "
                           "formula</v></c></row>"),
                     "a&b\vc\tinline\tby formula\n");
}

static void test_gaps(void)
{
        assert_sheet(
                SHEET("<row r='1'><c r='B1' t='s'><v>0</v></c><c r='C1'/><c r='E1' t='s'><v>1</v></c><c r='F1' t='s'><v>3</v></c></row>"
                      "<row r='3'/><row r='4'><c r='A4' s='2'/></row><row r='5'><c><v>1</v></c><c r='AA5'><v>2</v></c></row>"),
                "\tCircuit\t\t\tImpact\n1\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t2\n");
}

static void test_values(void)
{
        assert_sheet(SHEET("<row><c><v>0.10</v></c><c t='n' s='0'><v>44514.5</v></c><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c "
                           "t='e'><v>#N/A</v></c>"
                           "<c t='d'><v>2021-11-14T08:01:00Z</v></c><c s='99'><v>7</v></c></row>"),
                     "0.10\t44514.5\tTRUE\tFALSE\t#N/A\t2021-11-14T08:01:00Z\t7\n");
}

/* 44514 is 2021-11-14: counted from 1899-12-30 by the calendar. */
static void test_dates(void)
{
        assert_sheet(SHEET("<row><c s='1'><v>44514.334027777775</v></c><c s='2'><v>44514.9</v></c><c s='3'><v>2.5</v></c><c "
                           "s='4'><v>0.75</v></c>"
                           "<c s='5'><v>1.25</v></c><c s='6'><v>44514</v></c><c s='1'><v>x</v></c><c s='1' t='str'><v>44514</v></c></row>"),
                     "2021-11-14T08:01:00\t2021-11-14\t2.5\t18:00:00\t30:00:00\t44514\tx\t44514\n");
}

static void test_1904(void)
{
        const struct entry changes[] = {
                {"xl/workbook.xml", "<workbook xmlns:r='y'><workbookPr date1904='1'/><sheets><sheet r:id='rId1'/></sheets></workbook>"},
                {"xl/worksheets/sheet1.xml", SHEET("<row><c s='2'><v>43052</v></c><c s='1'><v>0</v></c></row>")},
        };
        assert_lines(changes, G_N_ELEMENTS(changes), "2021-11-14\t1904-01-01T00:00:00\n");
}

/* The order is that of the tabs, not of the archive; targets may be absolute, and an empty sheet leaves no line. */
static void test_sheets(void)
{
        const struct entry changes[] = {
                {"xl/workbook.xml", "<x:workbook xmlns:x='x' xmlns:r='y'><x:sheets><x:sheet r:id='b'/><x:sheet r:id='c'/><x:sheet "
                                    "r:id='a'/></x:sheets></x:workbook>"},
                {"xl/_rels/workbook.xml.rels", RELS(REL("a", "worksheet", "worksheets/sheet1.xml") REL("b", "worksheet", "/xl/Other.xml")
                                                            REL("c", "worksheet", "../empty.xml"))},
                {"xl/worksheets/sheet1.xml",
                 "<x:worksheet xmlns:x='x'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"},
                {"xl/other.xml", SHEET("<row><c><v>2</v></c></row><row><c><v>3</v></c></row>")},
                {"empty.xml", SHEET("")},
                {"xl/media/image1.png", "not read"},
        };
        assert_lines(changes, G_N_ELEMENTS(changes), "2\n3\n\n1\n");
}

static void test_not_a_workbook(void)
{
        static const struct {
                struct entry change;
                const char *words;
        } rows[] = {
                {{"_rels/.rels", ""}, "no part /_rels/.rels"},
                {{"_rels/.rels", RELS(REL("rId1", "image", "a.png"))}, "no main part"},
                {{"xl/workbook.xml", ""}, "no part /xl/workbook.xml"},
                {{"xl/workbook.xml", "<document/>"}, "no workbook"},
                {{"xl/_rels/workbook.xml.rels", ""}, "no part /xl/_rels/workbook.xml.rels"},
                {{"xl/_rels/workbook.xml.rels", RELS("")}, "sheet 1 has no part"},
                {{"_rels/.rels", "<Relationships>"}, "/_rels/.rels: the XML"},
                {{"xl/styles.xml", "<styleSheet"}, "/xl/styles.xml: the XML"},
                {{"xl/sharedStrings.xml", ""}, "no part /xl/sharedStrings.xml"},
                {{"xl/sharedStrings.xml", "<sst/>"}, "a string that is missing"},
                {{"xl/worksheets/sheet1.xml", ""}, "no part /xl/worksheets/sheet1.xml"},
                {{"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v></c></row>"},
                 "/xl/worksheets/sheet1.xml: the XML is not well-formed"},
                {{"xl/worksheets/sheet1.xml", "<worksheet><row></worksheet>"}, "not well-formed"},
                {{"xl/worksheets/sheet1.xml", "<worksheet>\xFF</worksheet>"}, "not UTF-8"},
                {{"xl/worksheets/sheet1.xml", "<!DOCTYPE w [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>"}, "document type"},
                {{"xl/worksheets/sheet1.xml", "<?xml version='1.0' encoding='UTF-8'?><!-- a < b --><w a='>'>&nosuch;</w>"},
                 "not well-formed"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
                assert_fails(&rows[i].change, 1, rows[i].words);
}

static void test_no_archive(void)
{
        static const char *const files[] = {"", "PK", "PK\x03\x04 and no more", "<html>not packed</html>",
                                            "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"};
        for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
                g_autoptr(GBytes) bytes = g_bytes_new(files[i], strlen(files[i]));
                g_autoptr(GError) error = NULL;
                g_assert_null(sheet_lines(bytes, &error));
                g_assert_error(error, FAIL, FAIL_DATA);
        }
}

/* Wherever the archive is cut, the answer is an error or the whole. */
static void test_cut(void)
{
        g_autoptr(GBytes) whole = make_workbook(NULL, 0);
        gsize size = g_bytes_get_size(whole), failed = 0;
        for (gsize n = 0; n < size; n += 7) {
                g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, n);
                g_autoptr(GError) error = NULL;
                g_autofree char *lines = sheet_lines(cut, &error);
                g_assert_true(lines || error);
                if (lines)
                        g_assert_cmpstr(lines, ==, "Circuit\tImpact\n");
                else
                        failed++;
        }
        g_assert_cmpuint(failed, >, size / 14);
}

static char *many(const char *head, const char *unit, gsize length, const char *tail)
{
        GString *text = g_string_sized_new(length + 64);
        g_string_append(text, head);
        while (text->len < length)
                g_string_append(text, unit);
        g_string_append(text, tail);
        return g_string_free(text, FALSE);
}

static void test_limits(void)
{
        const char *sheet = "xl/worksheets/sheet1.xml", *end = "</sheetData></worksheet>";
        g_autofree char *long_part = many("<worksheet><sheetData>", "<row/>", LIMIT_SHEET_PART + 1, end);
        assert_fails(&(struct entry){sheet, long_part}, 1, "times its size");
        g_autofree char *big_text = many("<worksheet><sheetData>", "<row><c><v>1234567890123456</v></c></row>", 3 * LIMIT_PART_TEXT, end);
        assert_fails(&(struct entry){sheet, big_text}, 1, "times its size");
        g_autofree char *attributes = many("<worksheet ", "a='' ", 5 * (LIMIT_XML_ATTRIBUTES + 4), "/>");
        assert_fails(&(struct entry){sheet, attributes}, 1, "attributes");
        assert_fails(&(struct entry){sheet, SHEET("<row><c r='XFD1'><v>1</v></c></row>")}, 1, "too many columns");
        assert_fails(&(struct entry){sheet, SHEET("<row><c r='GS1'><v>1</v></c></row>")}, 1, "too many columns"); /* 201 */
}

/* Text that hardly packs, so that the limits behind that of the ratio are met. */
static char *noise(const char *before, const char *after, gsize length, const char *head, const char *tail)
{
        g_autoptr(GRand) rand = g_rand_new_with_seed(7);
        GString *text = g_string_sized_new(length + 1024);
        g_string_append(text, head);
        while (text->len < length)
                g_string_append_printf(text, "%s%08x%08x%08x%s", before, g_rand_int(rand), g_rand_int(rand), g_rand_int(rand), after);
        g_string_append(text, tail);
        return g_string_free(text, FALSE);
}

static void test_size_limits(void)
{
        const char *sheet = "xl/worksheets/sheet1.xml", *end = "</sheetData></worksheet>";
        g_autofree char *long_part = noise("<row><c><v>", "</v></c></row>", LIMIT_SHEET_PART + 1, "<worksheet><sheetData>", end);
        assert_fails(&(struct entry){sheet, long_part}, 1, "too long");
        g_autofree char *big_text = noise("<row><c><v>", "</v></c></row>", 3 * LIMIT_PART_TEXT, "<worksheet><sheetData>", end);
        assert_fails(&(struct entry){sheet, big_text}, 1, "too much text");
        struct entry parts[] = {{"xl/1.xml", long_part}, {"xl/2.xml", long_part}, {"xl/3.xml", long_part}, {"xl/4.xml", long_part}};
        assert_fails(parts, G_N_ELEMENTS(parts), "unpacked it is over");
        assert_lines(parts, 1, "Circuit\tImpact\n"); /* a part that is not needed may be long */
}

static void test_codes(void)
{
        static const struct {
                const char *code;
                unsigned serial;
        } rows[] = {
                {"General", 0},
                {"0.00", 0},
                {"@", 0},
                {"0.00E+00", 0},
                {"#,##0\\ \"days\"", 0},
                {"[Red]0;[Blue]-0", 0},
                {"0;m", 0},
                {"m/d/yyyy", SERIAL_DATE},
                {"mmm", SERIAL_DATE},
                {"[$-409]d\\-mmm\\-yy;@", SERIAL_DATE},
                {"h:mm AM/PM", SERIAL_TIME},
                {"mm:ss.0", SERIAL_TIME},
                {"dd.mm.yyyy hh:mm", SERIAL_DATE | SERIAL_TIME},
                {"[$-F400]h:mm:ss", SERIAL_TIME},
                {"MMM D HH:MM", SERIAL_DATE | SERIAL_TIME},
                {"[h]:mm:ss", SERIAL_LENGTH},
                {"[mm]:ss", SERIAL_LENGTH},
                {"\"open", 0},
                {"[open", 0},
                {"\\", 0},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
                g_assert_cmpuint(serial_of_code(rows[i].code), ==, rows[i].serial);
        g_assert_cmpuint(serial_of_builtin(22), ==, SERIAL_DATE | SERIAL_TIME);
        g_assert_cmpuint(serial_of_builtin(44), ==, 0);
}

static void test_serials(void)
{
        static const struct {
                const char *number, *text;
        } rows[] = {
                {"1", "1900-01-01T00:00:00"},
                {"59", "1900-02-28T00:00:00"},
                {"60", NULL},
                {"61", "1900-03-01T00:00:00"},
                {"36526.5", "2000-01-01T12:00:00"},
                {"45351.999999", "2024-03-01T00:00:00"}, /* a tenth of a second before midnight after a leap day */
                {"4.4514334027777775E4", "2021-11-14T08:01:00"},
                {"2958465", "9999-12-31T00:00:00"},
                {"2958466", NULL},
                {"0", NULL},
                {"-1", NULL},
                {"1e300", NULL},
                {"nan", NULL},
                {"", NULL},
                {"12x", NULL},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *text = serial_text(rows[i].number, SERIAL_DATE | SERIAL_TIME, false);
                g_assert_cmpstr(text, ==, rows[i].text);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/sheet/strings", test_strings);
        g_test_add_func("/sheet/gaps", test_gaps);
        g_test_add_func("/sheet/values", test_values);
        g_test_add_func("/sheet/dates", test_dates);
        g_test_add_func("/sheet/1904", test_1904);
        g_test_add_func("/sheet/order", test_sheets);
        g_test_add_func("/sheet/not a workbook", test_not_a_workbook);
        g_test_add_func("/sheet/no archive", test_no_archive);
        g_test_add_func("/sheet/cut", test_cut);
        g_test_add_func("/sheet/limits", test_limits);
        g_test_add_func("/sheet/size limits", test_size_limits);
        g_test_add_func("/sheet/format codes", test_codes);
        g_test_add_func("/sheet/serials", test_serials);
        return g_test_run();
}
