/* The line of the confined child: that all comes back, and that nothing false does. */
#include "base/fail.h"
#include "base/limits.h"
#include "data/reading-cells.h"

#include <string.h>

static const char odd[] = "tab\there\nnext \\N \\t caf\xc3\xa9 ";

static struct notice *make_notice(void)
{
        struct notice *notice = notice_new();
        notice->maintenance_id = g_strdup("TTN-0005432100");
        notice->summary = g_strdup(odd);
        notice->status = STATUS_RESCHEDULED;
        struct window *window = window_new();
        window->start = 1636876860;
        window->role = ROLE_BACKUP;
        window->written = g_strdup("\\N");
        g_ptr_array_add(window->circuits, circuit_new("B 2", IMPACT_NO_IMPACT));
        g_ptr_array_add(notice->windows, window);
        g_ptr_array_add(notice->circuits, circuit_new("", IMPACT_NONE));
        return notice;
}

static struct reading *make_reading(void)
{
        struct reading *reading = reading_new();
        reading->message_id = g_strdup("1@mail.example");
        reading->stream = STREAM_ROOT;
        reading->kind = KIND_OTHER;
        reading->other = g_strdup("");
        reading->confidence = CONFIDENCE_HIGH;
        reading->sender = SENDER_FAILED;
        reading->needs_person = true;
        reading->date = -1;
        reading_reason(reading, "%s", odd);
        g_ptr_array_add(reading->notices, make_notice());
        reading->root = root_new();
        reading->root->kind = g_strdup("cron");
        reading->root->field[ROOT_ADDRESS] = g_strdup("192.0.2.1");
        reading->root->title = g_strdup("cron");
        reading->root->signature = g_strdup("cron\n\nerror");
        reading->root->is_rest = true;
        struct evidence *evidence = g_new0(struct evidence, 1);
        evidence->line = 12;
        g_ptr_array_add(reading->evidence, evidence);
        g_ptr_array_add(reading->tried, g_strdup("kestrel: no ref"));
        g_ptr_array_add(reading->thread.references, g_strdup("0@mail.example"));
        reading->thread.received = 253402300799;
        return reading;
}

static char *cells_of(const struct reading *reading)
{
        GString *line = g_string_new(NULL);
        reading_to_cells(reading, line);
        return g_string_free(line, FALSE);
}

static char *json_of(const struct reading *reading)
{
        json_t *json = reading_to_line(reading);
        char *text = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        return text;
}

static void test_way_back(void)
{
        g_autoptr(GError) error = NULL;
        struct reading *reading = make_reading();
        g_autofree char *line = cells_of(reading), *before = json_of(reading);
        g_assert_null(strchr(line, '\n'));
        struct reading *back = reading_from_cells(line, &error);
        g_assert_no_error(error);
        g_autofree char *after = json_of(back);
        g_assert_cmpstr(before, ==, after);
        reading_free(back);
        reading_free(reading);
}

/* What JSON cannot hold does not come through either: the ledger keeps readings as JSON. */
static void test_mended(void)
{
        struct reading *reading = reading_new();
        reading->subject = g_strdup("caf\xE9");
        reading->date = 253402300800; /* of the year 10000 */
        g_autofree char *line = cells_of(reading);
        struct reading *back = reading_from_cells(line, NULL);
        g_assert_cmpstr(back->subject, ==, "caf\xEF\xBF\xBD");
        g_assert_true(back->date == READING_NO_TIME);
        reading_free(back);
        reading_free(reading);
}

static void assert_refused(const char *line)
{
        g_autoptr(GError) error = NULL;
        g_assert_null(reading_from_cells(line, &error));
        g_assert_error(error, FAIL, FAIL_DATA);
}

static void test_cut(void)
{
        struct reading *reading = make_reading();
        g_autofree char *line = cells_of(reading), *longer = g_strconcat(line, "\t", NULL);
        assert_refused(longer);
        for (gsize length = strlen(line); length-- > 0;) {
                line[length] = '\0';
                assert_refused(line);
        }
        reading_free(reading);
}

/* A false byte is refused, or makes another reading that can be handed on as well as any. */
static void test_false_bytes(void)
{
        struct reading *reading = make_reading();
        g_autofree char *line = cells_of(reading);
        for (char *at = line; *at; at++)
                for (const char *letter = "\t\\ 9z-N.\xff"; *letter; letter++) {
                        char right = *at;
                        *at = *letter;
                        struct reading *found = reading_from_cells(line, NULL);
                        g_autofree char *again = found ? cells_of(found) : NULL;
                        struct reading *back = found ? reading_from_cells(again, NULL) : NULL;
                        g_assert_true(!found == !back);
                        reading_free(back);
                        reading_free(found);
                        *at = right;
                }
        reading_free(reading);
}

static void test_false_cells(void)
{
        static const struct {
                guint cell;
                const char *value;
        } rows[] = {
                {0, "caf\xE9"}, {0, "\\x"},
                {0, "\\"},      {1, "c"}, /* there are two streams */
                {1, ""},        {1, "aa"},
                {4, "0"}, /* a flag is a or b */
                {12, "-1"},     {12, "999999999999"},
                {12, "1x"},     {13, "\\N"}, /* a reason is a text */
        };
        struct reading *reading = make_reading();
        g_autofree char *line = cells_of(reading);
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_auto(GStrv) cells = g_strsplit(line, "\t", -1);
                g_free(cells[rows[i].cell]);
                cells[rows[i].cell] = g_strdup(rows[i].value);
                g_autofree char *changed = g_strjoinv("\t", cells);
                assert_refused(changed);
        }
        reading_free(reading);
}

static void test_too_many_windows(void)
{
        struct reading *reading = make_reading();
        const struct notice *notice = g_ptr_array_index(reading->notices, 0);
        while (notice->windows->len <= LIMIT_WINDOWS)
                g_ptr_array_add(notice->windows, window_new());
        g_autofree char *line = cells_of(reading);
        assert_refused(line);
        reading_free(reading);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/reading-cells/way-back", test_way_back);
        g_test_add_func("/reading-cells/mended", test_mended);
        g_test_add_func("/reading-cells/cut", test_cut);
        g_test_add_func("/reading-cells/false-bytes", test_false_bytes);
        g_test_add_func("/reading-cells/false-cells", test_false_cells);
        g_test_add_func("/reading-cells/too-many-windows", test_too_many_windows);
        return g_test_run();
}
