/* The exchanges with a real tracker that are at hand beneath $MAILCLINIC_SHARED, and a server of one answer.
 * In: names of exchanges. Out: requests to compare ours with, answers to be understood. */
#include "recorded.h"

#include "base/fail.h"

#include <string.h>

bool serve(void *data, const struct request *request, struct answer *answer, GError **error)
{
        struct server *server = data;
        g_free(server->url);
        g_free(server->agent);
        g_assert_cmpstr(request->method, ==, "POST");
        if (!server->sent)
                server->sent = g_ptr_array_new_with_free_func(g_free);
        server->url = g_strdup(request->url);
        server->agent = g_strdup(request->headers[2]);
        g_ptr_array_add(server->sent, g_strdup(request->body));
        if (!server->status) {
                g_set_error(error, FAIL, FAIL_IO, "POST %s: broken, sent %s", request->url, request->body);
                return false;
        }
        *answer = (struct answer){.status = server->status, .body = g_strdup(server->body)};
        return true;
}

void server_clear(struct server *server)
{
        g_free(server->url);
        g_free(server->agent);
        if (server->sent)
                g_ptr_array_unref(server->sent);
}

struct conduit connect_to(struct server *server, struct redactor *redactor)
{
        return (struct conduit){.send = serve,
                                .sender = server,
                                .url = "http://127.0.0.1:1",
                                .contact = "noc@example.org",
                                .token = TOKEN,
                                .redactor = redactor};
}

static const char *recordings(void)
{
        static const char usual[] = "../shared";
        const char *shared = g_getenv("MAILCLINIC_SHARED");
        return shared && *shared ? shared : usual;
}

json_t *recorded(const char *name)
{
        g_autofree char *directory = g_build_filename(recordings(), "conduit", NULL);
        g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
        const char *file;
        while (dir && (file = g_dir_read_name(dir)))
                if (g_str_has_prefix(file, name)) {
                        g_autofree char *path = g_build_filename(directory, file, NULL);
                        return json_load_file(path, JSON_ALLOW_NUL, NULL);
                }
        return NULL;
}

const char *recorded_member(const json_t *entry, const char *side, const char *key)
{
        return json_string_value(json_object_get(json_object_get(entry, side), key));
}

/* Form fields as the JSON that they stand for: "a[b][0]=x" is {"a":{"b":["x"]}}; an index counts as a key. */
static void put_field(json_t *into, const char *name, const char *value)
{
        g_auto(GStrv) keys = g_strsplit_set(name, "[]", -1);
        char *key = NULL;
        for (char **next = keys; *next; next++) {
                if (!**next)
                        continue;
                if (key) {
                        if (!json_object_get(into, key))
                                json_object_set_new(into, key, json_object());
                        into = json_object_get(into, key);
                }
                key = *next;
        }
        json_object_set_new(into, key, json_string(value));
}

/* What a change says is its own; that and of what type it is compared. */
static bool is_text(const json_t *change, const char *key)
{
        static const char *const types[] = {"title", "description", "comment", NULL};
        const char *type = json_string_value(json_object_get(change, "type"));
        return type && g_str_equal(key, "value") && g_strv_contains(types, type);
}

/* Lists as objects of their indices, numbers and true as text, so that both encodings can be compared; names that stand for no act are
 * put in order: PHIDs as "PHID-TASK". The token and the limit, which is the server's own unless it is given, are left out. */
static json_t *plain(const json_t *value)
{
        const char *key;
        json_t *member_value, *all = json_object();
        size_t i;
        if (json_is_string(value)) {
                const char *text = json_string_value(value);
                json_decref(all);
                return g_str_has_prefix(text, "PHID-") ? json_stringn(text, strlen("PHID-TASK")) : json_string(text);
        }
        if (json_is_integer(value)) {
                g_autofree char *text = g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
                json_decref(all);
                return json_string(text);
        }
        json_object_foreach((json_t *)value, key, member_value) if (!g_str_equal(key, "__conduit__") && !g_str_equal(key, "api.token") &&
                                                                    !g_str_equal(key, "limit"))
                json_object_set_new(all, key, is_text(value, key) ? json_string("text") : plain(member_value));
        json_array_foreach(value, i, member_value)
        {
                g_autofree char *index = g_strdup_printf("%zu", i);
                json_object_set_new(all, index, plain(member_value));
        }
        return all;
}

static json_t *params_of(const char *body)
{
        g_auto(GStrv) fields = g_strsplit(body, "&", -1);
        json_t *fields_read = json_object();
        for (char **field = fields; *field && **field; field++) {
                g_strdelimit(*field, "+", ' ');
                char *value = strchr(*field, '=');
                *value++ = '\0';
                g_autofree char *name = g_uri_unescape_string(*field, NULL), *text = g_uri_unescape_string(value, NULL);
                put_field(fields_read, name, text);
        }
        json_t *params = json_object_get(fields_read, "params");
        json_t *all = params ? json_loads(json_string_value(params), JSON_ALLOW_NUL, NULL) : json_incref(fields_read);
        json_t *compared = plain(all);
        json_decref(fields_read);
        json_decref(all);
        return compared;
}

bool is_same_request(const char *sent, const char *wanted)
{
        json_t *ours = params_of(sent), *theirs = params_of(wanted);
        bool is_same = json_equal(ours, theirs);
        if (!is_same) {
                char *a = json_dumps(ours, JSON_SORT_KEYS), *b = json_dumps(theirs, JSON_SORT_KEYS);
                g_test_message("ours %s\nrecorded %s", a, b);
                free(a);
                free(b);
        }
        json_decref(ours);
        json_decref(theirs);
        return is_same;
}

void compare_with_recorded(const char *name, const char *answer, act_of_ours *act)
{
        json_t *entry = recorded(name), *answered = recorded(answer);
        struct redactor *redactor = redactor_new();
        g_assert_true(entry && answered);
        struct server server = {.status = 200, .body = recorded_member(answered, "response", "body")};
        struct conduit conduit = connect_to(&server, redactor);
        struct call call = {0};
        bool is_same = false;
        act(&conduit, &call);
        g_assert_cmpint(call.heard, ==, HEARD_OK);
        g_assert_true(g_str_has_suffix(server.url, recorded_member(entry, "request", "path")));
        for (guint i = 0; i < server.sent->len; i++)
                is_same |= is_same_request(server.sent->pdata[i], recorded_member(entry, "request", "body"));
        if (!is_same)
                g_test_message("%s: no request of ours is that one", name);
        g_assert_true(is_same);
        call_release(&call);
        server_clear(&server);
        redactor_free(redactor);
        json_decref(entry);
        json_decref(answered);
}

bool recorded_skips(void)
{
        json_t *entry = recorded("001-");
        bool is_there = entry != NULL;
        json_decref(entry);
        if (!is_there)
                g_test_skip("the recorded exchanges are not here");
        return !is_there;
}
