/* Conduit, the protocol of Phabricator and Phorge (TRACKER.md "Protocol"): a call and what its answer means.
 * In: a method and its parameters. Out: the result, or what is wrong, in words that hold no token. */
#include "config.h"

#include "out/conduit.h"

#include "base/fail.h"

#include <string.h>

enum { PAGE = 100, MOST_PAGES = 1000, MOST_WHY = 300 };

void call_release(struct call *call)
{
        json_decref(call->result);
        g_free(call->why);
        *call = (struct call){0};
}

/* The server's words hold what we sent, the token among it. */
static void end(const struct conduit *conduit, struct call *call, const char *method, enum heard heard, const char *why)
{
        g_autoptr(GString) words = g_string_new(why);
        if (*conduit->token)
                g_string_replace(words, conduit->token, "(token)", 0);
        g_autofree char *shown = redact(conduit->redactor, words->str);
        g_autofree char *start = g_utf8_strlen(shown, -1) > MOST_WHY ? g_utf8_substring(shown, 0, MOST_WHY) : g_strdup(shown);
        call->heard = heard;
        g_free(call->why);
        call->why = g_strdup_printf("%s: %s", method, start);
}

/* form-urlencoded: JSON can say null and [], form fields cannot. */
static char *body_of(const struct conduit *conduit, json_t *params)
{
        json_object_set_new(params, "__conduit__", json_pack("{s:s}", "token", conduit->token));
        char *json = json_dumps(params, JSON_COMPACT);
        g_autofree char *escaped = g_uri_escape_string(json, NULL, FALSE);
        free(json);
        return g_strdup_printf("params=%s&output=json&__conduit__=1", escaped);
}

static void wait_for_turn(struct conduit *conduit)
{
        gint64 wait = conduit->last ? conduit->last + conduit->pause - g_get_monotonic_time() : 0;
        if (wait > 0)
                g_usleep((gulong)wait);
        conduit->last = g_get_monotonic_time();
}

static bool post(struct conduit *conduit, const char *method, json_t *params, struct answer *answer, GError **error)
{
        bool is_open = g_str_has_suffix(conduit->url, "/");
        g_autofree char *url = g_strconcat(conduit->url, is_open ? "" : "/", "api/", method, NULL);
        g_autofree char *body = body_of(conduit, params);
        g_autofree char *agent = g_strdup_printf("User-Agent: mailclinic/%s%s%s%s", PACKAGE_VERSION, conduit->contact ? " (" : "",
                                                 conduit->contact ? conduit->contact : "", conduit->contact ? ")" : "");
        const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded", "Accept: application/json", agent, NULL};
        const struct request request = {
                .method = "POST", .url = url, .headers = headers, .body = body, .is_once = g_str_has_suffix(method, ".edit")};
        wait_for_turn(conduit);
        return conduit->send(conduit->sender, &request, answer, error);
}

static enum heard meaning(const char *code, const char *info)
{
        if (g_str_equal(code, "ERR-INVALID-AUTH") || g_str_equal(code, "ERR-INVALID-SESSION"))
                return HEARD_LOGIN;
        return strstr(info, "read-only mode") ? HEARD_BUSY : HEARD_REFUSAL;
}

/* An answer is Conduit's if it is status 200, JSON, and an object with error_code; \u0000 stands in descriptions. */
static void take(const struct conduit *conduit, const char *method, const struct answer *answer, struct call *call)
{
        json_t *all = answer->status == 200 ? json_loads(answer->body, JSON_ALLOW_NUL, NULL) : NULL;
        const json_t *code = json_object_get(all, "error_code");
        const char *info = json_string_value(json_object_get(all, "error_info"));
        json_t *result = json_object_get(all, "result");
        if (json_is_string(code)) {
                g_autofree char *why = g_strdup_printf("%s: %s", json_string_value(code), info ? info : "no word of why");
                end(conduit, call, method, meaning(json_string_value(code), info ? info : ""), why);
        } else if (json_is_null(code) && result && !json_is_null(result)) {
                call->heard = HEARD_OK;
                call->result = json_incref(result);
        } else {
                g_autofree char *why = g_strdup_printf("HTTP %d, and no answer of Conduit", answer->status);
                bool is_certain = answer->status == 429 || answer->status == 413;
                end(conduit, call, method, is_certain ? HEARD_BUSY : HEARD_NOTHING, why);
        }
        json_decref(all);
}

void conduit_call(struct conduit *conduit, const char *method, json_t *params, struct call *call)
{
        struct answer answer = {0};
        g_autoptr(GError) error = NULL;
        *call = (struct call){0};
        if (!post(conduit, method, params, &answer, &error))
                end(conduit, call, method, g_error_matches(error, FAIL, FAIL_CONFIG) ? HEARD_LOGIN : HEARD_NOTHING, error->message);
        else
                take(conduit, method, &answer, call);
        json_decref(params);
        answer_release(&answer);
}

/* Hand the members over. false: no more are wanted, or the result is no page. */
static bool take_page(const json_t *result, conduit_each *each, void *data, bool *is_page)
{
        json_t *items = json_object_get(result, "data"), *item;
        size_t i;
        *is_page = json_is_array(items);
        json_array_foreach(items, i, item) if (!each(item, data)) return false;
        return *is_page;
}

/* The cursor is text, or a number in some versions; NULL after the last page. */
static json_t *next_page(const json_t *result)
{
        json_t *after = json_object_get(json_object_get(result, "cursor"), "after");
        return json_is_string(after) || json_is_integer(after) ? json_incref(after) : NULL;
}

/* One page. Whether there is another one, which begins at *after. */
static bool turn_page(struct conduit *conduit, const char *method, json_t *params, json_t **after, conduit_each *each, void *data,
                      struct call *call)
{
        bool is_page = true, is_wanted;
        json_t *page = json_copy(params);
        if (*after)
                json_object_set_new(page, "after", g_steal_pointer(after));
        conduit_call(conduit, method, page, call);
        is_wanted = call->heard == HEARD_OK && take_page(call->result, each, data, &is_page);
        if (is_wanted)
                *after = next_page(call->result);
        if (call->heard == HEARD_OK && !is_page)
                end(conduit, call, method, HEARD_NOTHING, "the result is no list");
        g_clear_pointer(&call->result, json_decref);
        return *after != NULL;
}

void conduit_search(struct conduit *conduit, const char *method, json_t *params, conduit_each *each, void *data, struct call *call)
{
        json_t *after = NULL;
        bool goes_on = true;
        json_object_set_new(params, "limit", json_integer(PAGE));
        for (int pages = 0; goes_on && pages < MOST_PAGES; pages++)
                goes_on = turn_page(conduit, method, params, &after, each, data, call);
        if (goes_on)
                end(conduit, call, method, HEARD_NOTHING, "more pages than can be looked through");
        json_decref(after);
        json_decref(params);
}
