/* The reading as JSON: the contract to the letter, the way back, and that nothing false comes back. */
#include "base/fail.h"
#include "base/limits.h"
#include "data/mail.h"
#include "data/reading.h"

/* The example of DESIGN.md "The reading as JSON", and one window that has a status and circuits of its own. */
static const char contract[] =
        "{\"message_id\":\"1@mail.example\",\"stream\":\"maint\",\"vendor\":\"tidewater\",\"kind\":\"reschedule\",\"emergency\":false,"
        "\"confidence\":\"high\",\"sender\":\"passed\",\"reasons\":[\"from noc@tidewater.example\",\"notice 2\"],"
        "\"notices\":[{\"maintenance_id\":\"TTN-0005432100\",\"account\":\"Example Inc.\",\"status\":\"RE-SCHEDULED\",\"summary\":null,"
        "\"windows\":[{\"start\":\"2021-11-14T08:01:00Z\",\"end\":null,\"role\":\"primary\",\"status\":null},"
        "{\"start\":\"2021-11-15T08:01:00Z\",\"end\":\"2021-11-15T13:00:00Z\",\"role\":\"backup\",\"status\":\"CANCELLED\","
        "\"circuits\":[{\"circuit_id\":\"B 2\",\"impact\":null}]}],"
        "\"circuits\":[{\"circuit_id\":\"/IPYX/100722/   /ZYO /\",\"impact\":\"OUTAGE\"}]}]}";

static struct notice *make_notice(void)
{
        struct notice *notice = notice_new();
        notice->maintenance_id = g_strdup("TTN-0005432100");
        notice->account = g_strdup("Example Inc.");
        notice->revision = g_strdup("3");
        notice->status = STATUS_RESCHEDULED;
        struct window *window = window_new();
        window->start = 1636876860; /* date -u -d '2021-11-14 08:01' +%s */
        g_ptr_array_add(notice->windows, window);
        window = window_new();
        window->start = 1636963260;
        window->end = 1636981200;
        window->role = ROLE_BACKUP;
        window->status = STATUS_CANCELLED;
        window->written = g_strdup("15 Nov 08:01 to 13:00");
        g_ptr_array_add(window->circuits, circuit_new("B 2", IMPACT_NONE));
        g_ptr_array_add(notice->windows, window);
        g_ptr_array_add(notice->circuits, circuit_new("/IPYX/100722/   /ZYO /", IMPACT_OUTAGE));
        return notice;
}

static struct reading *make_reading(void)
{
        struct reading *reading = reading_new();
        reading->message_id = g_strdup("1@mail.example");
        reading->vendor = g_strdup("tidewater");
        reading->kind = KIND_RESCHEDULE;
        reading->confidence = CONFIDENCE_HIGH;
        reading->sender = SENDER_PASSED;
        reading->needs_person = true;
        reading->subject = g_strdup("Works");
        reading->date = 1636800000;
        reading->is_by_words = true;
        reading->vendor_name = g_strdup("Tidewater Subsea");
        g_ptr_array_add(reading->thread.references, g_strdup("0@mail.example"));
        reading->thread.list_id = g_strdup("<works.example.com>");
        reading->thread.text_hash = g_strdup("00ff");
        reading->thread.calendar_sequence = 2;
        reading->thread.received = 1636800060;
        reading_reason(reading, "from %s", "noc@tidewater.example");
        reading_reason(reading, "notice %d", 2);
        g_ptr_array_add(reading->notices, make_notice());
        struct evidence *evidence = g_new0(struct evidence, 1);
        evidence->field = g_strdup("start");
        evidence->line = 12;
        g_ptr_array_add(reading->evidence, evidence);
        g_ptr_array_add(reading->tried, g_strdup("kestrel: no ref"));
        return reading;
}

static char *dump(json_t *json)
{
        char *text = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        return text;
}

static void test_contract(void)
{
        struct reading *reading = make_reading();
        g_autofree char *text = dump(reading_to_json(reading));
        g_assert_cmpstr(text, ==, contract);
        reading_free(reading);
}

static struct reading *make_root(void)
{
        struct reading *reading = reading_new();
        reading->message_id = g_strdup("2@mail.example");
        reading->stream = STREAM_ROOT;
        reading->confidence = CONFIDENCE_HIGH;
        reading->root = root_new();
        reading->root->kind = g_strdup("cron");
        reading->root->field[ROOT_HOST] = g_strdup("web1");
        reading->root->field[ROOT_JOB] = g_strdup("/usr/bin/x 1");
        reading->root->title = g_strdup("cron: /usr/bin/x 1");
        reading->root->signature = g_strdup("cron\njob: /usr/bin/x <*>\n\nerror");
        reading->root->is_well = true;
        return reading;
}

static void test_root_contract(void)
{
        struct reading *reading = make_root();
        g_autofree char *text = dump(reading_to_json(reading));
        g_assert_cmpstr(text, ==,
                        "{\"message_id\":\"2@mail.example\",\"stream\":\"root\",\"vendor\":null,\"kind\":\"cron\",\"emergency\":false,"
                        "\"confidence\":\"high\",\"sender\":\"unchecked\",\"reasons\":[],\"root\":{\"kind\":\"cron\",\"host\":\"web1\","
                        "\"title\":\"cron: /usr/bin/x 1\",\"signature\":\"cron\\njob: /usr/bin/x <*>\\n\\nerror\","
                        "\"fields\":{\"host\":\"web1\",\"job\":\"/usr/bin/x 1\"}}}");
        g_assert_cmpstr(reading_kind(reading), ==, "cron");
        reading_free(reading);
}

static void test_root_way_back(void)
{
        g_autoptr(GError) error = NULL;
        struct reading *reading = make_root();
        json_t *line = reading_to_line(reading);
        struct reading *back = reading_from_line(line, &error);
        g_assert_no_error(error);
        g_autofree char *before = dump(line);
        g_autofree char *after = dump(reading_to_line(back));
        g_assert_cmpstr(before, ==, after);
        g_assert_true(back->root->is_well && !back->root->is_rest && !back->root->is_sensitive);
        g_assert_cmpstr(back->root->field[ROOT_JOB], ==, "/usr/bin/x 1");
        reading_free(back);
        reading_free(reading);
}

/* Each member of `root` set to something false. */
static void test_root_false_lines(void)
{
        static const struct {
                const char *member, *value, *says;
        } rows[] = {
                {"kind", "null", "root: 'kind'"},   {"title", "7", "root: 'title'"},          {"signature", "null", "root: 'signature'"},
                {"fields", "[]", "root: 'fields'"}, {"fields", "{\"job\":7}", "root: 'job'"}, {"is_well", "1", "root: 'is_well'"},
        };
        struct reading *reading = make_root();
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                json_t *line = reading_to_line(reading);
                json_object_set_new(json_object_get(line, "root"), rows[i].member, json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
                g_autoptr(GError) error = NULL;
                g_assert_null(reading_from_line(line, &error));
                g_assert_error(error, FAIL, FAIL_DATA);
                g_assert_nonnull(g_strstr_len(error->message, -1, rows[i].says));
                json_decref(line);
        }
        reading_free(reading);
}

static void test_empty(void)
{
        struct reading *reading = reading_failed(STREAM_ROOT, "reader failed: signal 11");
        g_autofree char *text = dump(reading_to_json(reading));
        g_assert_cmpstr(text, ==,
                        "{\"message_id\":null,\"stream\":\"root\",\"vendor\":null,\"kind\":\"other\",\"emergency\":false,"
                        "\"confidence\":\"low\",\"sender\":\"unchecked\",\"reasons\":[\"reader failed: signal 11\"],\"notices\":[]}");
        g_assert_true(reading->needs_person);
        reading_free(reading);
}

static void test_not_utf8(void)
{
        struct reading *reading = reading_new();
        reading->vendor = g_strdup("caf\xE9");
        json_t *json = reading_to_json(reading);
        g_assert_cmpstr(json_string_value(json_object_get(json, "vendor")), ==, "caf\xEF\xBF\xBD");
        json_decref(json);
        reading_free(reading);
}

static void test_way_back(void)
{
        g_autoptr(GError) error = NULL;
        struct reading *reading = make_reading();
        json_t *line = reading_to_line(reading);
        struct reading *back = reading_from_line(line, &error);
        g_assert_no_error(error);
        g_autofree char *before = dump(line);
        g_autofree char *after = dump(reading_to_line(back));
        g_assert_cmpstr(before, ==, after);
        const struct notice *notice = g_ptr_array_index(back->notices, 0);
        const struct window *window = g_ptr_array_index(notice->windows, 1);
        const struct evidence *evidence = g_ptr_array_index(back->evidence, 0);
        g_assert_cmpstr(notice->revision, ==, "3");
        g_assert_cmpint(window->start, ==, 1636963260);
        g_assert_cmpint(window->status, ==, STATUS_CANCELLED);
        g_assert_cmpstr(window->written, ==, "15 Nov 08:01 to 13:00");
        g_assert_cmpint(evidence->line, ==, 12);
        g_assert_cmpint(back->date, ==, 1636800000);
        g_assert_cmpstr(back->vendor_name, ==, "Tidewater Subsea");
        g_assert_cmpstr(back->thread.references->pdata[0], ==, "0@mail.example");
        g_assert_cmpstr(back->thread.list_id, ==, "<works.example.com>");
        g_assert_null(back->thread.list_post);
        g_assert_cmpint(back->thread.calendar_sequence, ==, 2);
        g_assert_cmpint(back->thread.received, ==, 1636800060);
        g_assert_true(back->is_by_words);
        g_assert_true(back->needs_person && !back->is_noise && !back->is_test && !back->emergency);
        reading_free(back);
        reading_free(reading);
}

/* Each path of the line set to something false: refused, and the member named. */
static void test_false_lines(void)
{
        static const struct {
                const char *member; /* of the line; with '/', of the first element of a list in it */
                const char *value;
                const char *says;
        } rows[] = {
                {"stream", "null", "'stream'"},
                {"stream", "\"other\"", "'stream'"},
                {"kind", "7", "'kind'"},
                {"message_id", "7", "'message_id'"},
                {"vendor", "\"a\\u0000b\"", "'vendor'"},
                {"emergency", "\"true\"", "'emergency'"},
                {"needs_person", "null", "'needs_person'"},
                {"reasons", "[\"a\",null]", "reasons[1]"},
                {"reasons", "{}", "'reasons'"},
                {"date", "\"2021-11-14\"", "'date'"},
                {"date", "\"2021-11-31T08:01:00Z\"", "'date'"},
                {"date", "12", "'date'"},
                {"notices", "[[]]", "notices[0]"},
                {"notices/status", "\"FINE\"", "notices[0]: 'status'"},
                {"notices/windows", "[{}]", "notices[0]: windows[0]: 'start'"},
                {"notices/circuits", "[{\"circuit_id\":null,\"impact\":null}]", "notices[0]: circuits[0]: 'circuit_id'"},
                {"evidence/line", "-1", "evidence[0]: 'line'"},
                {"thread", "null", "thread: 'references'"},
                {"thread", "{\"references\":[7]}", "thread: references[0]"},
                {"is_by_words", "1", "'is_by_words'"},
                {"evidence/line", "4294967296", "evidence[0]: 'line'"},
        };
        struct reading *reading = make_reading();
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_auto(GStrv) path = g_strsplit(rows[i].member, "/", 2);
                json_t *line = reading_to_line(reading);
                json_t *object = path[1] ? json_array_get(json_object_get(line, path[0]), 0) : line;
                json_object_set_new(object, path[path[1] ? 1 : 0], json_loads(rows[i].value, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL));
                g_autoptr(GError) error = NULL;
                g_assert_null(reading_from_line(line, &error));
                g_assert_error(error, FAIL, FAIL_DATA);
                if (!g_strstr_len(error->message, -1, rows[i].says))
                        g_error("%s: %s", rows[i].member, error->message);
                json_decref(line);
        }
        reading_free(reading);
}

static void test_missing_members(void)
{
        struct reading *reading = make_reading();
        json_t *whole = reading_to_line(reading);
        const char *name = NULL;
        json_t *value = NULL;
        json_object_foreach(whole, name, value)
        {
                json_t *line = json_copy(whole);
                json_object_del(line, name);
                g_autoptr(GError) error = NULL;
                g_assert_null(reading_from_line(line, &error));
                g_assert_nonnull(g_strstr_len(error->message, -1, name));
                json_decref(line);
        }
        json_decref(whole);
        reading_free(reading);
}

static void test_too_many_windows(void)
{
        struct reading *reading = make_reading();
        const struct notice *notice = g_ptr_array_index(reading->notices, 0);
        while (notice->windows->len <= LIMIT_WINDOWS)
                g_ptr_array_add(notice->windows, window_new());
        json_t *line = reading_to_line(reading);
        g_autoptr(GError) error = NULL;
        g_assert_null(reading_from_line(line, &error));
        g_assert_nonnull(g_strstr_len(error->message, -1, "windows"));
        json_decref(line);
        reading_free(reading);
}

static void test_instant(void)
{
        static const struct {
                gint64 at;
                const char *text;
        } rows[] = {
                {0, "1970-01-01T00:00:00Z"},  {951782400, "2000-02-29T00:00:00Z"},
                {-1, "1969-12-31T23:59:59Z"}, {253402300799, "9999-12-31T23:59:59Z"},
                {253402300800, NULL},         {READING_NO_TIME, NULL},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                g_autofree char *text = instant_text(rows[i].at);
                g_assert_cmpstr(text, ==, rows[i].text);
        }
}

static void test_mail(void)
{
        struct mail *mail = mail_new();
        struct header *header = g_new0(struct header, 1);
        header->name = g_strdup("List-ID");
        header->value = g_strdup("<a.example>");
        g_ptr_array_add(mail->headers, header);
        g_ptr_array_add(mail->parts, part_new());
        g_ptr_array_add(mail->enclosed, mail_new());
        g_assert_cmpstr(mail_header(mail, "list-id"), ==, "<a.example>");
        g_assert_null(mail_header(mail, "List"));
        g_assert_true(mail_written(mail) == MAIL_NO_DATE);
        mail->received = 0; /* the epoch is a date */
        g_assert_cmpint(mail_written(mail), ==, 0);
        mail->date = 60;
        g_assert_cmpint(mail_written(mail), ==, 60);
        mail_free(mail);
        mail_free(NULL);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/reading/contract", test_contract);
        g_test_add_func("/reading/empty", test_empty);
        g_test_add_func("/reading/not-utf8", test_not_utf8);
        g_test_add_func("/reading/way-back", test_way_back);
        g_test_add_func("/reading/false-lines", test_false_lines);
        g_test_add_func("/reading/missing-members", test_missing_members);
        g_test_add_func("/reading/too-many-windows", test_too_many_windows);
        g_test_add_func("/reading/instant", test_instant);
        g_test_add_func("/reading/mail", test_mail);
        g_test_add_func("/reading/root/contract", test_root_contract);
        g_test_add_func("/reading/root/way-back", test_root_way_back);
        g_test_add_func("/reading/root/false-lines", test_root_false_lines);
        return g_test_run();
}
