/* What answers of Conduit mean, what our requests are, and, where the exchanges with a real server are at hand (beneath
 * $MAILCLINIC_SHARED), that each request of ours is the recorded one for the same act, and that each recorded answer is understood. */
#include "out/known.h"
#include "out/lookup.h"
#include "recorded.h"

#include <string.h>

/* ---- By hand. */

static const struct {
        int status;
        const char *body;
        enum heard heard;
} answers[] = {
        {200, "{\"result\":{\"phid\":\"x\"},\"error_code\":null,\"error_info\":null}", HEARD_OK},
        {200, "{\"result\":[],\"error_code\":null,\"error_info\":null}", HEARD_OK},
        {200, "{\"result\":{\"raw\":\"nul \\u0000 within\"},\"error_code\":null,\"error_info\":null}", HEARD_OK},
        {200, "{\"result\":null,\"error_code\":null,\"error_info\":null}", HEARD_NOTHING},
        {200, "{\"result\":{}}", HEARD_NOTHING},
        {200, "{\"error_code\":null}", HEARD_NOTHING},
        {200, "[]", HEARD_NOTHING},
        {200, "\"text\"", HEARD_NOTHING},
        {200, "", HEARD_NOTHING},
        {200, "<!DOCTYPE html><html>Authentication Failure</html>", HEARD_NOTHING},
        {200, "{\"result\":{\"object\"", HEARD_NOTHING},
        {200, "{\"result\":null,\"error_code\":\"ERR-INVALID-AUTH\",\"error_info\":\"API token \\\"" TOKEN "\\\" is not valid.\"}",
         HEARD_LOGIN},
        {200, "{\"result\":null,\"error_code\":\"ERR-INVALID-SESSION\",\"error_info\":\"Session key is not present.\"}", HEARD_LOGIN},
        {200, "{\"result\":null,\"error_code\":\"ERR-CONDUIT-CORE\",\"error_info\":\"Undefined array key 1 " TOKEN "\"}", HEARD_REFUSAL},
        {200, "{\"result\":null,\"error_code\":\"ERR-CONDUIT-CORE\",\"error_info\":\"this server is in read-only mode.\"}", HEARD_BUSY},
        {200, "{\"result\":null,\"error_code\":\"ERR-CONDUIT-CALL\",\"error_info\":null}", HEARD_REFUSAL},
        {429, "TOO MANY REQUESTS", HEARD_BUSY},
        {413, "<html>413</html>", HEARD_BUSY},
        {500, "<html>500</html>", HEARD_NOTHING},
        {502, "<html>502</html>", HEARD_NOTHING},
        {502, "{\"result\":{\"phid\":\"x\"},\"error_code\":null}", HEARD_NOTHING},
        {302, "", HEARD_NOTHING},
        {0, NULL, HEARD_NOTHING},
};

static void test_answers(void)
{
        struct redactor *redactor = redactor_new();
        for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
                struct server server = {.status = answers[i].status, .body = answers[i].body};
                struct conduit conduit = connect_to(&server, redactor);
                struct call call;
                conduit_call(&conduit, "user.whoami", json_object(), &call);
                if (call.heard != answers[i].heard)
                        g_test_message("%d %s: %s", answers[i].status, answers[i].body, call.why);
                g_assert_cmpint(call.heard, ==, answers[i].heard);
                g_assert_true((call.result != NULL) == (call.heard == HEARD_OK));
                g_assert_true((call.why != NULL) == (call.heard != HEARD_OK));
                g_assert_true(!call.why || !strstr(call.why, TOKEN));
                call_release(&call);
                server_clear(&server);
        }
        redactor_free(redactor);
}

static void test_request(void)
{
        struct redactor *redactor = redactor_new();
        struct server server = {.status = 429, .body = ""};
        struct conduit conduit = connect_to(&server, redactor);
        struct call call;
        conduit_call(&conduit, "maniphest.search", json_pack("{s:s}", "order", "a&b=c %ü"), &call);
        g_assert_cmpstr(server.url, ==, "http://127.0.0.1:1/api/maniphest.search");
        g_assert_cmpstr(server.sent->pdata[0], ==,
                        "params=%7B%22order%22%3A%22a%26b%3Dc%20%25%C3%BC%22%2C%22__conduit__%22%3A%7B%22token%22%3A%22" TOKEN
                        "%22%7D%7D&output=json&__conduit__=1");
        g_assert_true(g_str_has_prefix(server.agent, "User-Agent: mailclinic/"));
        g_assert_true(g_str_has_suffix(server.agent, " (noc@example.org)"));
        call_release(&call);
        server_clear(&server);
        redactor_free(redactor);
}

/* One request a second is as many as may be sent. */
static void test_pause(void)
{
        struct redactor *redactor = redactor_new();
        struct server server = {.status = 429, .body = ""};
        struct conduit conduit = connect_to(&server, redactor);
        struct call call;
        gint64 begin = g_get_monotonic_time();
        conduit.pause = 100000;
        for (int i = 0; i < 3; i++) {
                conduit_call(&conduit, "conduit.ping", json_object(), &call);
                call_release(&call);
        }
        g_assert_cmpint(g_get_monotonic_time() - begin, >=, 200000);
        server_clear(&server);
        redactor_free(redactor);
}

static bool count(const json_t *item G_GNUC_UNUSED, void *n)
{
        ++*(guint *)n;
        return true;
}

/* A cursor that never ends, and a page that is none, are no end of a list. */
static void test_pages(void)
{
        static const char endless[] = "{\"result\":{\"data\":[{}],\"cursor\":{\"after\":\"7\"}},\"error_code\":null}";
        static const char last[] = "{\"result\":{\"data\":[{},{}],\"cursor\":{\"after\":null}},\"error_code\":null}";
        static const char none[] = "{\"result\":{\"data\":null},\"error_code\":null}";
        static const struct {
                const char *body;
                enum heard heard;
                guint n;
        } rows[] = {{endless, HEARD_NOTHING, 1000}, {last, HEARD_OK, 2}, {none, HEARD_NOTHING, 0}};
        struct redactor *redactor = redactor_new();
        for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
                struct server server = {.status = 200, .body = rows[i].body};
                struct conduit conduit = connect_to(&server, redactor);
                struct call call;
                guint n = 0;
                conduit_search(&conduit, "maniphest.search", json_object(), count, &n, &call);
                g_assert_cmpint(call.heard, ==, rows[i].heard);
                g_assert_cmpuint(n, ==, rows[i].n);
                call_release(&call);
                server_clear(&server);
        }
        redactor_free(redactor);
}

static void call_whoami(struct conduit *conduit, struct call *call)
{
        conduit_call(conduit, "user.whoami", json_object(), call);
        g_assert_cmpstr(json_string_value(json_object_get(call->result, "userName")), ==, "rootmail-bot");
}

static void test_recorded_whoami(void)
{
        if (recorded_skips())
                return;
        compare_with_recorded("003-", "003-", call_whoami);
        compare_with_recorded("004-", "004-", call_whoami);
}

/* What known_ask() and the look-ups need of a tracker beside the connection. */
static struct known known_of_recorded(void)
{
        struct known known = {.parent = 132324,
                              .parent_phid = (char *)"PHID-TASK-x",
                              .bot = (char *)"PHID-USER-bhsc223pcmmifdbigs2b",
                              .merged = (char *)"duplicate"};
        known.closed = g_hash_table_new(g_str_hash, g_str_equal);
        known.statuses = g_ptr_array_new();
        g_ptr_array_add(known.statuses, (gpointer) "open");
        g_ptr_array_add(known.statuses, (gpointer) "resolved");
        g_ptr_array_add(known.statuses, (gpointer) "stalled");
        g_hash_table_add(known.closed, (gpointer) "resolved");
        return known;
}

static void known_clear(struct known *known)
{
        g_hash_table_unref(known->closed);
        g_ptr_array_unref(known->statuses);
}

static void find_marked(struct conduit *conduit, struct call *call)
{
        struct known known = known_of_recorded();
        struct seen_task task;
        lookup_marked(conduit, &known, "rmf0123456789abcdef0123456789abcdef", 1700003600, &task, call);
        g_assert_cmpint(task.number, ==, 132325);
        seen_task_clear(&task);
        known_clear(&known);
}

static void find_resolved(struct conduit *conduit, struct call *call)
{
        struct known known = known_of_recorded();
        struct seen_task task;
        lookup_task(conduit, &known, 132325, &task, call);
        g_assert_cmpint(task.number, ==, 132325);
        g_assert_cmpstr(task.status, ==, "resolved");
        g_assert_cmpint(task.closed_at, ==, 1795374758);
        g_assert_true(task.is_ours);
        seen_task_clear(&task);
        known_clear(&known);
}

static void find_said(struct conduit *conduit, struct call *call)
{
        struct known known = known_of_recorded();
        struct said said = {.text = "The mail came back; reopening."};
        lookup_said(conduit, &known, 132325, &said, call);
        g_assert_true(said.is_said);
        g_assert_cmpint(said.told_of, ==, -1);
        known_clear(&known);
}

static bool count_task(const struct seen_task *task, void *n)
{
        g_assert_cmpint(task->number, >, 132324);
        ++*(guint *)n;
        return true;
}

static void list_open(struct conduit *conduit, struct call *call)
{
        struct known known = known_of_recorded();
        guint n = 0;
        lookup_subtasks(conduit, &known, true, count_task, &n, call);
        g_assert_cmpuint(n, ==, 2);
        known_clear(&known);
}

static void ask_statuses(struct conduit *conduit, struct call *call)
{
        conduit_call(conduit, "maniphest.status.search", json_object(), call);
}

static void ask_priorities(struct conduit *conduit, struct call *call)
{
        conduit_call(conduit, "maniphest.priority.search", json_object(), call);
}

static void test_recorded_lookups(void)
{
        if (recorded_skips())
                return;
        compare_with_recorded("022-", "022-", find_marked);
        compare_with_recorded("087-", "022-", find_marked); /* the one of its two searches, and the other */
        compare_with_recorded("029-", "029-", find_resolved);
        compare_with_recorded("034-", "034-", find_said);
        compare_with_recorded("023-", "023-", list_open);
        compare_with_recorded("015-", "015-", ask_statuses);
        compare_with_recorded("016-", "016-", ask_priorities);
}

/* Every recorded answer: success or failure as its index says, and no word with the token in it. */
static void test_recorded_answers(void)
{
        struct redactor *redactor = redactor_new();
        guint n = 0;
        if (!recorded_skips())
                for (int i = 1; i <= 123; i++) {
                        g_autofree char *name = g_strdup_printf("%03d-", i);
                        json_t *entry = recorded(name);
                        const char *body = recorded_member(entry, "response", "body");
                        json_t *response = json_object_get(entry, "response");
                        struct server server = {.status = (int)json_integer_value(json_object_get(response, "status")), .body = body};
                        bool is_ok = server.status == 200 && strstr(body, "\"error_code\":null") && !strstr(body, "\"result\":null");
                        bool is_login = strstr(body, "ERR-INVALID-AUTH") || strstr(body, "ERR-INVALID-SESSION");
                        struct conduit conduit = connect_to(&server, redactor);
                        struct call call;
                        conduit_call(&conduit, "conduit.ping", json_object(), &call);
                        if ((call.heard == HEARD_OK) != is_ok)
                                g_test_message("%s: %d %s", name, call.heard, call.why);
                        g_assert_true((call.heard == HEARD_OK) == is_ok);
                        g_assert_true((call.heard == HEARD_LOGIN) == is_login);
                        g_assert_true(!call.why || !strstr(call.why, "api-x"));
                        call_release(&call);
                        server_clear(&server);
                        json_decref(entry);
                        n++;
                }
        g_test_message("%u recorded answers", n);
        redactor_free(redactor);
}

int main(int argc, char **argv)
{
        g_test_init(&argc, &argv, NULL);
        g_test_add_func("/conduit/answers", test_answers);
        g_test_add_func("/conduit/request", test_request);
        g_test_add_func("/conduit/pause", test_pause);
        g_test_add_func("/conduit/pages", test_pages);
        g_test_add_func("/conduit/recorded/whoami", test_recorded_whoami);
        g_test_add_func("/conduit/recorded/lookups", test_recorded_lookups);
        g_test_add_func("/conduit/recorded/answers", test_recorded_answers);
        return g_test_run();
}
