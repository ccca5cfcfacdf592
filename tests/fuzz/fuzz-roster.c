/* A roster of any bytes: its weeks stand in order, begin on Mondays, and what they say can be read again as lines apart by TABs. */
#include "reader/roster-text.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_order(const struct roster *roster)
{
        int last = 0;

        for (guint i = 0; i < roster->weeks->len; i++) {
                const struct week *week = roster->weeks->pdata[i];
                g_assert_cmpint(week->day, >, last);
                g_assert_true(roster_is_monday(week->day));
                g_assert_cmpuint(g_strv_length(week->names), <=, 2);
                g_assert_true(roster_week(roster, week->day) == week);
                last = week->day;
        }
}

static char *written(const struct roster *roster)
{
        GString *out = g_string_new(NULL);

        for (guint i = 0; i < roster->weeks->len; i++) {
                const struct week *week = roster->weeks->pdata[i];
                g_autofree char *day = roster_day_text(week->day), *names = g_strjoinv("/", week->names);
                g_string_append_printf(out, "%s\t%s\t%s\n", day, *names ? names : "No clinic duty this week", week->team ? week->team : "");
        }
        return g_string_free(out, FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static char *names[] = {"Ada Lovelace", "ada", "GRACE"};
        const struct words known = {.word = names, .n = G_N_ELEMENTS(names)};
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        struct roster *roster = roster_new("roster"), *again = roster_new("again");

        roster_read_text(roster, (const char *)data, size, &known, problems);
        check_order(roster);
        g_autofree char *text = written(roster);
        g_ptr_array_set_size(problems, 0);
        roster_read_text(again, text, strlen(text), &known, problems);
        g_assert_cmpuint(problems->len, ==, roster->weeks->len == 0);
        g_autofree char *second = written(again);
        g_assert_cmpstr(second, ==, text);
        roster_free(roster);
        roster_free(again);
        return 0;
}
