/* What a maintenance is known by and where it links to; and that it comes back from JSON as it was, or not at all. */
#include "decide/identity.h"
#include "decide/link.h"
#include "history.h"

#include <string.h>

/* RFC 9562 appendix A.4; the others are from Python's uuid module. */
static void test_uuid(void)
{
        static const guint8 dns[16] = {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
        g_autofree char *example = uuid5(dns, "www.example.com", 15);
        g_autofree char *ours = uuid5(dns, "mailclinic", 10);
        g_autofree char *event = event_uid("tidewater:TW1", 1);
        g_assert_cmpstr(example, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
        g_assert_cmpstr(ours, ==, "916244f8-d905-588c-a9f7-13f61e901140");
        g_assert_cmpstr(event, ==, "3b029db7-cfa8-5a61-b96a-9330d6588c9b");
}

static void test_key(void)
{
        static const char *const same[] = {"TW1-a", " tw1-A ", "#TW1-A", "# tw1-a"};
        for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
                g_autofree char *key = maintenance_key("tidewater", same[i]);
                g_assert_cmpstr(key, ==, "tidewater:TW1-A");
        }
}

static void test_links(void)
{
        static const struct {
                const char *archive, *post, *id, *link_template, *message_id, *link;
        } rows[] = {
                {"<https://groups.google.com/group/works/", "<https://groups.google.com/group/works/post>, <mailto:works@googlegroups.com>",
                 NULL, NULL, "a+b%c@mail.example", "https://groups.google.com/d/msgid/works/a%2Bb%25c%40mail.example"},
                {"<https://groups.google.com/a/lists.example.net/group/usb-storage/>", NULL, NULL, NULL, "ZJSL/4xaYB75d@mail.example",
                 "https://groups.google.com/a/lists.example.net/d/msgid/usb-storage/ZJSL/4xaYB75d%40mail.example"},
                {NULL, "<http://groups.google.com/a/example.com/group/noc/post>, <mailto:noc@example.com>", NULL, NULL, "a-b._~c@x",
                 "https://groups.google.com/a/example.com/d/msgid/noc/a-b._~c%40x"},
                {"<https://groups.google.com/d/forum/works>", NULL, NULL, NULL, "1@x", "https://groups.google.com/d/msgid/works/1%40x"},
                {NULL, NULL, "Works <works.googlegroups.com>", NULL, "1@x", "https://groups.google.com/d/msgid/works/1%40x"},
                {"<https://groups.google.com/group/works>", NULL, NULL, "https://a.example/{msgid}/", "1@x",
                 "https://groups.google.com/d/msgid/works/1%40x"},
                {NULL, NULL, "<works.example.com>", "https://a.example/{msgid}/", "1$=!@x", "https://a.example/1%24%3D%21%40x/"},
                {NULL, NULL, "<works.example.com>", NULL, "1@x", NULL},
                {"<https://lists.example/archive/works>", NULL, NULL, NULL, "1@x", NULL},
                {"<https://groups.google.com/group/../evil\">", NULL, NULL, NULL, "1@x", NULL},
                {"<https://groups.google.com/a//group/x>", NULL, NULL, NULL, "1@x", NULL},
                {"<https://groups.google.com/group/works>", NULL, NULL, NULL, NULL, NULL},
        };
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct thread thread = {
                        .list_archive = (char *)rows[i].archive, .list_post = (char *)rows[i].post, .list_id = (char *)rows[i].id};
                g_autofree char *link = link_to_post(&thread, rows[i].message_id, rows[i].link_template);
                g_assert_cmpstr(link, ==, rows[i].link);
        }
}

/* A maintenance with something in every member. */
static struct maintenance *make_full(void)
{
        struct history *history = history_new();
        struct reading *reading = make_reading(KIND_NEW, STATUS_CONFIRMED, NIGHT - 9 * DAY);
        struct notice *notice = notice_in(reading);
        notice->account = g_strdup("Example, Inc.; \"quoted\"");
        notice->summary = g_strdup("fibre \xE2\x80\x93 works");
        notice->location = g_strdup("Halifax");
        reading->emergency = true;
        reading->thread.list_id = g_strdup("<works.googlegroups.com>");
        reading->thread.calendar_uid = g_strdup("77@tidewater.example");
        reading->thread.calendar_sequence = 2;
        add_circuit(reading, "A1");
        add_window(reading, NIGHT)->written = g_strdup("1 March, 00:00 to 04:00");
        struct window *window = add_window(reading, NIGHT + DAY);
        window->role = ROLE_BACKUP;
        g_ptr_array_add(window->circuits, circuit_new("B2", IMPACT_DEGRADED));
        history_expect(history, reading, RESOLUTION_CALENDAR);
        struct maintenance *maintenance = maintenance_copy(history_find(history, "tidewater:TW1"));
        history_free(history);
        return maintenance;
}

static void test_made(void)
{
        struct maintenance *maintenance = make_full();
        const struct event *event = maintenance->events->pdata[0], *backup = maintenance->events->pdata[1];
        const struct post *post = maintenance->posts->pdata[0];
        static const char *const aliases[] = {"id:tidewater:TW1", "uid:tidewater:77@tidewater.example"};
        g_assert_cmpstr(maintenance->vendor_name, ==, "Tidewater Subsea");
        g_assert_cmpint(maintenance->impact, ==, IMPACT_OUTAGE);
        g_assert_cmpint(maintenance->vendor_sequence, ==, 2);
        g_assert_cmpuint(maintenance->posts->len, ==, 1);
        g_assert_cmpint(post->ordinal, ==, 0);
        g_assert_cmpstr(post->change, ==, "announced");
        g_assert_true(g_str_has_prefix(post->link, "https://groups.google.com/d/msgid/works/"));
        g_assert_cmpstr(event->uid, ==, "3b029db7-cfa8-5a61-b96a-9330d6588c9b");
        g_assert_cmpstr(event->written, ==, "1 March, 00:00 to 04:00");
        g_assert_cmpint(backup->state, ==, STATE_TENTATIVE);
        g_assert_cmpuint(backup->circuits->len, ==, 1);
        for (gsize i = 0; i < G_N_ELEMENTS(aliases); i++)
                g_assert_true(g_ptr_array_find_with_equal_func(maintenance->aliases, aliases[i], g_str_equal, NULL));
        maintenance_free(maintenance);
}

static void test_way_back(void)
{
        g_autoptr(GError) error = NULL;
        struct maintenance *maintenance = make_full();
        json_t *json = maintenance_to_json(maintenance);
        struct maintenance *back = maintenance_from_json(json, &error);
        g_assert_no_error(error);
        json_t *again = maintenance_to_json(back);
        g_assert_true(json_equal(json, again));
        g_assert_true(maintenance_same(maintenance, back));
        g_assert_true(event_same(maintenance->events->pdata[1], back->events->pdata[1]));
        g_assert_cmpint(back->applied, ==, NIGHT - 9 * DAY);
        json_decref(again);
        json_decref(json);
        maintenance_free(back);
        maintenance_free(maintenance);
}

static void refuse_member(json_t *whole, json_t *object, const char *member, const char *within)
{
        json_t *good = json_incref(json_object_get(object, member));
        g_autofree char *named = g_strdup_printf("'%s'", member);
        for (int is_missing = 0; is_missing < 2; is_missing++) {
                g_autoptr(GError) error = NULL;
                if (is_missing)
                        json_object_del(object, member);
                else
                        json_object_set_new(object, member, json_real(1.5));
                g_assert_null(maintenance_from_json(whole, &error));
                g_assert_nonnull(error);
                if (!strstr(error->message, named) || !strstr(error->message, within))
                        g_test_message("%s: %s", member, error->message);
                g_assert_nonnull(strstr(error->message, named));
                g_assert_nonnull(strstr(error->message, within));
                json_object_set(object, member, good);
        }
        json_decref(good);
}

/* Every member of the maintenance, its events and its posts set to what it cannot be, and left out: refused, and named. */
static void refuse(json_t *whole, json_t *object, const char *within)
{
        g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func(g_free);
        const char *name;
        json_t *value;
        json_object_foreach(object, name, value) g_ptr_array_add(members, g_strdup(name));
        for (guint i = 0; i < members->len; i++)
                refuse_member(whole, object, members->pdata[i], within);
}

static void test_false_json(void)
{
        struct maintenance *maintenance = make_full();
        json_t *json = maintenance_to_json(maintenance);
        refuse(json, json, "");
        refuse(json, json_array_get(json_object_get(json, "events"), 1), "events[1]");
        refuse(json, json_array_get(json_object_get(json, "posts"), 0), "posts[0]");
        g_autoptr(GError) error = NULL;
        g_assert_null(maintenance_from_json(NULL, &error));
        json_decref(json);
        maintenance_free(maintenance);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/maintenance/uuid", test_uuid);
        g_test_add_func("/maintenance/key", test_key);
        g_test_add_func("/maintenance/links", test_links);
        g_test_add_func("/maintenance/made", test_made);
        g_test_add_func("/maintenance/way-back", test_way_back);
        g_test_add_func("/maintenance/false-json", test_false_json);
        return g_test_run();
}
