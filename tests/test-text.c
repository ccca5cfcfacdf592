/* Plain text, format=flowed (RFC 3676) and separated values (RFC 4180) as lines.
 * In: made-up text. Out: TAP. */
#include "reader/text.h"

#include <string.h>

struct sample {
        const char *name, *text, *lines;
};

static const struct sample plain[] = {
        {"trimmed", "  a  b \n\n \t\n c\t d \r\n", "a b\nc\td"},
        {"line ends", "a\r\nb\rc\n\nd", "a\nb\nc\nd"},
        {"tabs", "\tid\t\tend \t x\t", "id\t\tend\tx"},
        {"blanks",
         "a\xC2\xA0\xC2\xA0"
         "b\xE2\x80\x8B"
         "c\xE3\x80\x80"
         "d\vx",
         "a bc d x"},
        {"quotes", "> a\n>> b\n>\n", "> a\n>> b\n>"},
        {"nothing", "", ""},
        {"blank only", " \n\xC2\xA0\n", ""},
};

static const struct sample flowed[] = {
        {"soft and hard", "The work \nbegins \nat ten.\nEnd", "The work begins at ten.\nEnd"},
        {"quoted", "> a \n> b\n>> c \n> d\n", "> a b\n>> c\n> d"},
        {"quote depth differs", "> a \n>> b \nc\n", "> a\n>> b\nc"},
        {"space-stuffed", " From here\n >no quote\n  x\n", "From here\n>no quote\nx"},
        {"signature", "a \n-- \nName \nMore", "a\n--\nName More"},
        {"quoted signature", "> a \n> -- \n> b", "> a\n> --\n> b"},
        {"empty line ends a paragraph", "a \n\nb", "a\nb"},
        {"word across a break", "10:00 \n-11:00", "10:00 -11:00"},
        {"soft at the end", "a \r\nb ", "a b"},
};

static const struct sample delsp[] = {
        {"blank dropped", "https://example.net/a \nb\nc  \nd", "https://example.net/ab\nc d"},
};

static const struct sample csv[] = {
        {"comma", "a,b,c\r\n1,2,3\r\n", "a\tb\tc\n1\t2\t3"},
        {"semicolon, comma in numbers", "Port;Rate;Unit\nA1;1,5;G\nA2;2,5;G", "Port\tRate\tUnit\nA1\t1,5\tG\nA2\t2,5\tG"},
        {"tab", "a\tb, c\n1\t2, 3\n", "a\tb, c\n1\t2, 3"},
        {"comma beats one odd semicolon", "Note; read,x,y\n1,2,3\n4,5,6", "Note; read\tx\ty\n1\t2\t3\n4\t5\t6"},
        {"quoted", "\"a,1\",\"say \"\"hi\"\"\",\"\"\n", "a,1\tsay \"hi\"\t"},
        {"line end in a cell", "\"a\r\nb\",\"c\n\nd\"\ne,f", "a\vb\tc\vd\ne\tf"},
        {"tab in a cell", "\"a\tb\",c,d", "a\vb\tc\td"},
        {"quote that never ends", "a,\"b,c\nd,e,f\ng,h,i", "a\t\"b\tc\nd\te\tf\ng\th\ti"},
        {"quote inside", "5\" rack,b\nc,d", "5\" rack\tb\nc\td"},
        {"text after a quote", "\"a\"b,c", "ab\tc"},
        {"empty cells", ",b,,d,\n,,\n\nx,y", "\tb\t\td\t\nx\ty"},
        {"blanks", " a ,  b  c \n", "a\tb c"},
        {"byte order mark", "\xEF\xBB\xBF\"a\",b", "a\tb"},
        {"separator named", "sep=;\r\na;b,c\r\n", "a\tb,c"},
        {"one column", "a\nb\n", "a\nb"},
        {"nothing", "", ""},
};

static void test_plain(gconstpointer data)
{
        const struct sample *sample = data;
        g_autofree char *lines = text_lines(sample->text, strlen(sample->text), false, false);
        g_assert_cmpstr(lines, ==, sample->lines);
}

static void test_flowed(gconstpointer data)
{
        const struct sample *sample = data;
        g_autofree char *lines = text_lines(sample->text, strlen(sample->text), true, false);
        g_assert_cmpstr(lines, ==, sample->lines);
}

static void test_delsp(gconstpointer data)
{
        const struct sample *sample = data;
        g_autofree char *lines = text_lines(sample->text, strlen(sample->text), true, true);
        g_assert_cmpstr(lines, ==, sample->lines);
}

static void test_csv(gconstpointer data)
{
        const struct sample *sample = data;
        g_autofree char *lines = text_csv_lines(sample->text, strlen(sample->text));
        g_assert_cmpstr(lines, ==, sample->lines);
}

static void test_append_cell(void)
{
        g_autoptr(GString) line = g_string_new("x\t");
        text_append_cell(line, "\r\n a  b \n\t\nc\n ", 14);
        g_assert_cmpstr(line->str, ==, "x\ta b\vc");
        text_append_cell(line, "", 0);
        g_assert_cmpstr(line->str, ==, "x\ta b\vc");
}

/* Doubled quotes, and quotes that are opened again and again, cost no more than other text. */
static void test_many_quotes(void)
{
        g_autofree char *quotes = g_strnfill(1000 * 1000, '"');
        g_autofree char *lines = text_csv_lines(quotes, strlen(quotes));
        g_assert_cmpuint(strlen(lines), ==, 499999);
        g_autoptr(GString) open = g_string_new(NULL);
        for (int i = 0; i < 200 * 1000; i++)
                g_string_append(open, "\"x\",\"\n");
        g_autofree char *more = text_csv_lines(open->str, open->len);
        g_assert_cmpuint(strlen(more), >, 0);
}

static void add(const char *group, const struct sample *samples, gsize n, GTestDataFunc test)
{
        for (gsize i = 0; i < n; i++) {
                g_autofree char *path = g_strdup_printf("/text/%s/%s", group, samples[i].name);
                g_test_add_data_func(path, &samples[i], test);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        add("plain", plain, G_N_ELEMENTS(plain), test_plain);
        add("flowed", flowed, G_N_ELEMENTS(flowed), test_flowed);
        add("delsp", delsp, G_N_ELEMENTS(delsp), test_delsp);
        add("csv", csv, G_N_ELEMENTS(csv), test_csv);
        g_test_add_func("/text/append cell", test_append_cell);
        g_test_add_func("/text/many quotes", test_many_quotes);
        return g_test_run();
}
