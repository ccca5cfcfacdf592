/* What people see: hostile text made visible, its width, colour only on terminals, tables, the progress bar. */
#include <pty.h>
#include <string.h>
#include <unistd.h>

#include "base/visible.h"
#include "out/columns.h"
#include "out/paint.h"
#include "out/progress.h"

static void test_visible(void)
{
        static const char *const rows[][2] = {
                {"plain Ärger 日本 e\xCC\x81 €", "plain Ärger 日本 e\xCC\x81 €"},
                {"\033[2J\a", "<U+001B>[2J<U+0007>"},
                {"a\nb\tc\vd\x7F", "a<U+000A>b<U+0009>c<U+000B>d<U+007F>"},
                {"\xC2\x9B"
                 "31m",
                 "<U+009B>31m"}, /* C1 CSI */
                {"\xE2\x80\xAE"
                 "fdp.exe",
                 "<U+202E>fdp.exe"},                                /* right-to-left override */
                {"\xE2\x81\xA6x\xE2\x81\xA9", "<U+2066>x<U+2069>"}, /* bidi isolates */
                {"\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD", "<U+200B><U+FEFF><U+00AD>"},
                {"\xE2\x80\xA8\xE2\x80\xA9", "<U+2028><U+2029>"},
                {"\xF3\xA0\x81\xA1", "<U+E0061>"},                /* tag letter a */
                {"\xE3\x85\xA4\xEF\xB8\x8F", "<U+3164><U+FE0F>"}, /* Hangul filler, variation selector */
                {"\xEE\x80\x80", "<U+E000>"},                     /* private use */
                {"caf\xE9", "caf<0xE9>"},
                {"\xE2\x82", "<0xE2><0x82>"},                               /* cut short */
                {"\xC0\x80\xED\xA0\x80", "<0xC0><0x80><0xED><0xA0><0x80>"}, /* overlong, surrogate */
                {NULL, ""},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *text = visible_text(rows[i][0]);
                g_assert_cmpstr(text, ==, rows[i][1]);
                g_autofree char *again = visible_text(text);
                g_assert_cmpstr(again, ==, text);
        }
}

/* The controls are the 65 of the Unicode standard (C0, DEL, C1); no escape of theirs may survive. */
static void test_no_control_survives(void)
{
        for (gunichar c = 1; c < 0x3000; c++) {
                char bytes[7] = {0};
                g_unichar_to_utf8(c, bytes);
                g_autofree char *text = visible_text(bytes);
                bool is_bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
                if (c < 0x20 || (c >= 0x7F && c < 0xA0) || is_bidi)
                        g_assert_true(g_str_has_prefix(text, "<U+"));
        }
}

static void test_cut(void)
{
        static const struct {
                const char *text;
                int full, width;
                const char *cut;
        } rows[] = {
                {"abcdef", 6, 6, "abcdef"},
                {"abcdef", 6, 5, "abcd…"},
                {"abc", 3, 1, "…"},
                {"abc", 3, 0, ""},
                {"日本語", 6, 5, "日本…"},
                {"日本語", 6, 4, "日…"},
                {"", 0, 0, ""},
                {"abc", 3, -4, ""},
                {"e\xCC\x81xyz", 4, 3, "e\xCC\x81x…"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_assert_cmpint(visible_width(rows[i].text), ==, rows[i].full);
                g_autofree char *cut = visible_cut(rows[i].text, rows[i].width);
                g_assert_cmpstr(cut, ==, rows[i].cut);
        }
}

/* A terminal of our own: what is printed on `out` is read from `master`. */
struct terminal {
        int master;
        FILE *out;
};

static void terminal_open(struct terminal *terminal, unsigned short width)
{
        int slave = -1;
        struct winsize size = {.ws_row = 24, .ws_col = width};
        g_assert_cmpint(openpty(&terminal->master, &slave, NULL, NULL, &size), ==, 0);
        terminal->out = fdopen(slave, "w");
}

/* All that was printed since; the line discipline's CR LF is undone. Caller frees. */
static char *terminal_read(struct terminal *terminal)
{
        char buffer[4096];
        fputs("\x04", terminal->out); /* an end mark of our own */
        fflush(terminal->out);
        GString *all = g_string_new(NULL);
        while (!strchr(all->str, '\x04')) {
                ssize_t n = read(terminal->master, buffer, sizeof buffer);
                g_assert_cmpint(n, >, 0);
                g_string_append_len(all, buffer, n);
        }
        g_string_truncate(all, all->len - 1);
        g_string_replace(all, "\r\n", "\n", 0);
        return g_string_free(all, FALSE);
}

static void terminal_close(struct terminal *terminal)
{
        fclose(terminal->out);
        close(terminal->master);
}

static void set_variable(const char *name, const char *value)
{
        if (value)
                g_setenv(name, value, TRUE);
        else
                g_unsetenv(name);
}

static void test_terminal(void)
{
        static const struct {
                const char *term, *no_color, *columns;
                unsigned short size;
                bool has_colour;
                int width;
        } rows[] = {
                {"xterm", NULL, NULL, 100, true, 100}, {"dumb", NULL, NULL, 100, false, 100}, {NULL, NULL, NULL, 100, false, 100},
                {"xterm", "1", NULL, 100, false, 100}, {"xterm", "", "60", 100, true, 100},   {"xterm", NULL, "60", 0, true, 60},
                {"xterm", NULL, "wide", 0, true, 80},  {"xterm", NULL, NULL, 0, true, 80},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                static const char *const names[] = {"TERM", "NO_COLOR", "COLUMNS"};
                const char *const values[] = {rows[i].term, rows[i].no_color, rows[i].columns};
                for (gsize j = 0; j < G_N_ELEMENTS(names); j++)
                        set_variable(names[j], values[j]);
                struct terminal terminal;
                terminal_open(&terminal, rows[i].size);
                struct paint paint = paint_of(terminal.out);
                g_assert_true(paint.is_terminal);
                g_assert_cmpint(paint.has_colour, ==, rows[i].has_colour);
                g_assert_cmpint(paint.width, ==, rows[i].width);
                terminal_close(&terminal);
        }
}

static void test_print(void)
{
        struct terminal terminal;
        terminal_open(&terminal, 80);
        struct paint paint = {.out = terminal.out, .is_terminal = true, .has_colour = true, .width = 80};
        paint_print(&paint, STYLE_RED, "%s\n", "no\033[0m\n");
        paint_print(&paint, STYLE_PLAIN, "a\n");
        paint_print(&paint, STYLE_BOLD, "%s", "");
        paint.has_colour = false;
        paint_print(&paint, STYLE_GREEN, "b\n\n");
        g_autofree char *text = terminal_read(&terminal);
        g_assert_cmpstr(text, ==, "\033[31mno<U+001B>[0m<U+000A>\033[0m\na\nb\n\n");
        terminal_close(&terminal);
}

/* Print a table of two rows into memory as on a terminal of this width (0: none). Caller frees. */
static char *print_table(const struct column *column, int width, bool has_colour)
{
        char *text = NULL;
        gsize size = 0;
        struct paint paint = {.out = open_memstream(&text, &size), .is_terminal = width > 0, .has_colour = has_colour, .width = width};
        struct columns *columns = columns_new(column, 4);
        columns_print(columns, &paint, 0); /* without rows: nothing */
        columns_add(columns,
                    (struct cell[]){{.text = "日本"}, {.text = "7", .style = STYLE_RED}, {.text = NULL}, {.text = "one long summary"}});
        columns_add(columns, (struct cell[]){{.text = "a"}, {.text = "1234"}, {.text = "xyz\n"}, {.text = ""}});
        columns_print(columns, &paint, 1);
        columns_free(columns);
        fclose(paint.out);
        return text;
}

static void test_columns(void)
{
        static const struct column heads[] = {
                {.head = "id"}, {.head = "n", .is_number = true}, {.head = "x", .widest = 4}, {.head = "what"}};
        static const struct column bare[] = {{0}, {.is_number = true}, {.widest = 4}, {0}};
        g_autofree char *file = print_table(heads, 0, false);
        g_assert_cmpstr(file, ==,
                        " id       n  x            what\n"
                        " 日本     7               one long summary\n"
                        " a     1234  xyz<U+000A>\n");
        /* 1 + 4 + 2 + 4 + 2 + 4 + 2 leaves 11 of 30 for the last column */
        g_autofree char *narrow = print_table(bare, 30, false);
        g_assert_cmpstr(narrow, ==,
                        " 日本     7        one long s…\n"
                        " a     1234  xyz…\n");
        g_autofree char *colour = print_table(bare, 80, true);
        g_assert_true(g_str_has_prefix(colour, " 日本     \033[31m7\033[0m        one long summary\n"));
}

static void test_progress_line(void)
{
        static const struct {
                guint64 bytes, total, mails;
                double seconds;
                int width;
                const char *line;
        } rows[] = {
                {0, 1000, 0, 0, 99, "mbox [>                       ]   0%  0 bytes of 1.0 kB  0 mails"},
                {500, 1000, 30, 10, 99, "mbox [============>           ]  50%  500 bytes of 1.0 kB  30 mails  3 mails/s  0:10 left"},
                {1000, 1000, 30, 10, 99, "mbox [========================] 100%  1.0 kB of 1.0 kB  30 mails  3 mails/s"},
                {2000, 1000, 30, 10, 99, "mbox [========================] 100%  2.0 kB of 1.0 kB  30 mails  3 mails/s"},
                {1, 7201, 1, 1, 99, "mbox [>                       ]   0%  1 byte of 7.2 kB  1 mails  1 mails/s  2:00:00 left"},
                {500, 0, 30, 10, 99, "mbox  500 bytes  30 mails  3 mails/s"},
                {500, 0, 30, 10, 10, "mbox  500…"},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *line = progress_line("mbox", rows[i].bytes, rows[i].total, rows[i].mails, rows[i].seconds, rows[i].width);
                g_autoptr(GString) blanks = g_string_new(line);
                g_string_replace(blanks, "\xC2\xA0", " ", 0); /* GLib puts no-break spaces before units */
                g_assert_cmpstr(blanks->str, ==, rows[i].line);
        }
}

/* On a terminal: no more than ten drawings a second, and nothing is left when it is over. */
static void test_progress(void)
{
        struct terminal terminal;
        terminal_open(&terminal, 40);
        int stderr_kept = dup(STDERR_FILENO);
        dup2(fileno(terminal.out), STDERR_FILENO);
        struct progress *progress = progress_new("mbox");
        gint64 end = g_get_monotonic_time() + 350 * 1000;
        for (guint64 i = 0; g_get_monotonic_time() < end; i++)
                progress_show(progress, i, 0, i);
        progress_free(progress);
        dup2(stderr_kept, STDERR_FILENO);
        close(stderr_kept);
        g_autofree char *text = terminal_read(&terminal);
        g_auto(GStrv) drawn = g_strsplit(text, "\r", -1);
        guint n = g_strv_length(drawn); /* "", the drawings, the wiping, "" */
        g_assert_cmpuint(n, >=, 4);
        g_assert_cmpuint(n, <=, 3 + 3);
        g_assert_true(g_str_has_prefix(drawn[1], "mbox  "));
        g_assert_cmpint(visible_width(drawn[1]), ==, 39);
        g_assert_cmpstr(g_strstrip(drawn[n - 2]), ==, "");
        terminal_close(&terminal);
}

static void test_no_progress(void)
{
        if (isatty(STDERR_FILENO)) {
                g_test_skip("stderr is a terminal");
                return;
        }
        struct progress *progress = progress_new("mbox");
        g_assert_null(progress);
        progress_show(progress, 1, 2, 3);
        progress_hide(progress);
        progress_free(progress);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/paint/visible", test_visible);
        g_test_add_func("/paint/no-control-survives", test_no_control_survives);
        g_test_add_func("/paint/cut", test_cut);
        g_test_add_func("/paint/terminal", test_terminal);
        g_test_add_func("/paint/print", test_print);
        g_test_add_func("/paint/columns", test_columns);
        g_test_add_func("/paint/progress-line", test_progress_line);
        g_test_add_func("/paint/progress", test_progress);
        g_test_add_func("/paint/no-progress", test_no_progress);
        return g_test_run();
}
