/* The built-in masks: each sort of value in the forms it is written in, and what is none. */
#include "reader/mask.h"

#include <string.h>

static const struct {
        const char *line, *masked;
} rows[] = {
        /* times */
        {"at 2021-11-14 08:01:30 it", "at <*> it"},
        {"at 2021-11-14T08:01:30.123Z it", "at <*> it"},
        {"at 20211114T080130+0200 it", "at <*> it"},
        {"at Sun Nov 14 08:01:30 UTC 2021 it", "at <*> it"},
        {"at Sun, 14 Nov 2021 08:01:30 +0000 it", "at <*> it"},
        {"at 14/Nov/2021:08:01:30 it", "at <*> it"},
        {"at 14-Nov-2021 08:01 it", "at <*> it"},
        {"at 11/14/21 8:01pm it", "at <*> it"},
        {"Nov 14 08:01:30 failed", "<*> failed"},
        {"it may fail in May", "it may fail in May"},
        /* durations, sizes, numbers */
        {"took 1d2h30m or 20.5s or 3 hours", "took <*> or <*> or <*>"},
        {"wrote 512MB, 1,024 bytes (1.0 KB) sent", "wrote <*> sent"},
        {"load 0.25 of -3 at 42%", "load <*> of <*> at <*>"},
        /* addresses and names */
        {"from 192.0.2.7:8080 to [2001:db8::1]:25 ok", "from <*> to [<*>]:<*> ok"},
        {"via fe80::1%eth0 on 52:54:00:12:ab:cd", "via <*> on <*>"},
        {"MAC 52-54-00-12-ab-cd seen", "MAC <*> seen"},
        {"host web-1.example.org is down", "host <*> is down"},
        {"to ops@example.org failed", "to <*> failed"},
        {"see https://example.org/x?token=1&a=b now", "see <*> now"},
        {"org.example.Thing failed in main.c", "org.example.Thing failed in main.c"},
        /* ids */
        {"id 0d1e2f30-1111-2222-3333-444455556666 gone", "id <*> gone"},
        {"at 0xdeadbeef and d41d8cd98f00b204e9800998ecf8427e", "at <*> and <*>"},
        {"the defaced facade decade", "the defaced facade decade"},
        {"cron[1234]: child 77 died", "cron[<*>]: child <*> died"},
        {"pid=1234 uid=0 tty=pts/1", "pid=<*> uid=<*> tty=pts/<*>"},
        {"disk sda1 of node12 is full", "disk sda<*> of node<*> is full"},
        {"open /var/log/app-20211114/x.1.gz: gone", "open /var/log/app<*>/x.<*>.gz: gone"},
        {"user alice is not allowed", "user <*> is not allowed"},
        {"user is not allowed", "user is not allowed"},
        {"package 'libfoo' and \"bar\" but 'two words' stay", "package '<*>' and \"<*>\" but 'two words' stay"},
        {"tag=\"two words\" stays", "tag=\"<*>\" stays"},
        /* lists become one */
        {"ask blk_12 blk_13 blk_14 now", "ask blk_<*> now"},
        {"  folded \t blanks ", "folded blanks"},
        {"", ""},
        {"Größe 12 überschritten", "Größe <*> überschritten"},
};

static void test_rows(void)
{
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autoptr(GString) out = g_string_new(NULL);
                mask_line(rows[i].line, strlen(rows[i].line), out);
                g_assert_cmpstr(out->str, ==, rows[i].masked);
        }
}

/* A line that only adds up slowly is still read in one pass: twice the length, about twice the time. */
static void test_linear(void)
{
        static const char *const pieces[] = {"a.", "1", "a:", "\"", "='", "0a", "[", "user ", "Jan ", "1-", "/", "::"};
        for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
                g_autoptr(GString) line = g_string_new(NULL), out = g_string_new(NULL);
                while (line->len < 64 * 1024)
                        g_string_append(line, pieces[i]);
                gint64 began = g_get_monotonic_time();
                mask_line(line->str, line->len, out);
                if (g_get_monotonic_time() - began > G_USEC_PER_SEC / 2)
                        g_error("64 kB of '%s' took over half a second", pieces[i]);
        }
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/mask/rows", test_rows);
        g_test_add_func("/mask/linear", test_linear);
        return g_test_run();
}
