/* Comma-separated values: RFC 4180 quoting, and no cell that a spreadsheet would run. */
#include "out/csv.h"

static const struct {
        const char *cells[3];
        const char *row;
} rows[] = {
        {{"a", "b c", "d"}, "a,b c,d\r\n"},
        {{"", NULL, "x"}, ",,x\r\n"},
        {{"a,b", "say \"yes\"", "two\nlines"}, "\"a,b\",\"say \"\"yes\"\"\",\"two\nlines\"\r\n"},
        {{"=1+1", "+1", "-1"}, "'=1+1,'+1,'-1\r\n"},
        {{"@SUM(A1)", "\t=1", "\r=1"}, "'@SUM(A1),'\t=1,\"'\r=1\"\r\n"},
        {{"=HYPERLINK(\"http://example.com\",\"x\")", "a=1", "1-1"}, "\"'=HYPERLINK(\"\"http://example.com\"\",\"\"x\"\")\",a=1,1-1\r\n"},
        {{"Žižkov", "\"", ","}, "Žižkov,\"\"\"\",\",\"\r\n"},
};

static void test_rows(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *row = csv_row(rows[i].cells, G_N_ELEMENTS(rows[i].cells));
                g_assert_cmpstr(row, ==, rows[i].row);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/csv/rows", test_rows);
        return g_test_run();
}
