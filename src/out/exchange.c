/* One HTTP request and its answer, and the call that makes the one into the other: libcurl (out/http.h), a dry run, or a test.
 * In: a request. Out: an answer. */
#include "out/exchange.h"

#include "base/fail.h"

void answer_release(struct answer *answer)
{
        g_clear_pointer(&answer->headers, g_hash_table_unref);
        g_clear_pointer(&answer->body, g_free);
}

const char *answer_header(const struct answer *answer, const char *name)
{
        return answer->headers ? g_hash_table_lookup(answer->headers, name) : NULL;
}

bool exchange_may(const char *url, GError **error)
{
        g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
        bool is_plain = uri && g_str_equal(g_uri_get_scheme(uri), "http");
        bool is_local = uri && g_strcmp0(g_uri_get_host(uri), "127.0.0.1") == 0;
        if (!uri || !g_uri_get_host(uri) || !*g_uri_get_host(uri) || g_uri_get_userinfo(uri))
                g_set_error(error, FAIL, FAIL_CONFIG, "'%s' is no URL of a host, without user and password", url);
        else if (!g_str_equal(g_uri_get_scheme(uri), "https") && !(is_plain && is_local))
                g_set_error(error, FAIL, FAIL_CONFIG, "'%s' is not https; http is for 127.0.0.1 alone", url);
        else
                return true;
        return false;
}
