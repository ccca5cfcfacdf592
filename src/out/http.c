/* HTTP by libcurl; in mailclinic-flush alone, since starting with libcurl costs more than reading a mail.
 * In: a request and who we are. Out: an answer. */
#include "out/http.h"

#include "base/fail.h"
#include "base/limits.h"

#include <string.h>

#include <curl/curl.h>

enum { CONNECT_SECONDS = 10, ALL_SECONDS = 30 };

struct http {
        CURL *curl;
        const struct login *login;
        gsize limit; /* of an answer */
};

/* An answer while it comes in. */
struct incoming {
        GHashTable *headers;
        GString *body;
        gsize limit;
};

struct http *http_new(const struct login *login)
{
        curl_global_init(CURL_GLOBAL_DEFAULT);
        struct http *http = g_new0(struct http, 1);
        http->curl = curl_easy_init();
        http->login = login;
        http->limit = LIMIT_ANSWER;
        g_assert(http->curl);
        return http;
}

void http_set_limit(struct http *http, gsize bytes)
{
        http->limit = bytes;
}

void http_free(struct http *http)
{
        if (!http)
                return;
        curl_easy_cleanup(http->curl);
        curl_global_cleanup();
        g_free(http);
}

/* A login that is asked for, or "100 Continue", gives several blocks of headers: the last one counts. */
static size_t take_header(char *bytes, size_t size, size_t n, void *data)
{
        struct incoming *incoming = data;
        g_autofree char *line = g_strndup(bytes, size * n);
        char *colon = strchr(line, ':');
        if (g_str_has_prefix(line, "HTTP/")) {
                g_hash_table_remove_all(incoming->headers);
                g_string_truncate(incoming->body, 0);
        } else if (colon) {
                *colon = '\0';
                g_hash_table_insert(incoming->headers, g_ascii_strdown(line, -1), g_strdup(g_strstrip(colon + 1)));
        }
        return size * n;
}

static size_t take_body(char *bytes, size_t size, size_t n, void *data)
{
        struct incoming *incoming = data;
        if (incoming->body->len + size * n > incoming->limit)
                return 0;
        g_string_append_len(incoming->body, bytes, (gssize)(size * n));
        return size * n;
}

static void set_login(CURL *curl, const struct login *login)
{
        if (login && login->token) {
                curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
                curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, login->token);
        } else if (login && login->user) {
                curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
                curl_easy_setopt(curl, CURLOPT_USERNAME, login->user);
                curl_easy_setopt(curl, CURLOPT_PASSWORD, login->password);
        }
}

static void set_ways(CURL *curl, const char *url)
{
        bool is_plain = g_str_has_prefix(url, "http:");
        curl_easy_setopt(curl, CURLOPT_URL, url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_plain ? "http" : "https");
        if (is_plain)
                curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ALL_SECONDS);
        curl_easy_setopt(curl, CURLOPT_USERAGENT, "mailclinic");
}

static struct curl_slist *header_list(const struct request *request)
{
        struct curl_slist *list = curl_slist_append(NULL, "Expect:");
        for (const char *const *header = request->headers; header && *header; header++)
                list = curl_slist_append(list, *header);
        return list;
}

static CURLcode perform(struct http *http, const struct request *request, struct incoming *incoming)
{
        CURL *curl = http->curl;
        struct curl_slist *headers = header_list(request);
        curl_easy_reset(curl);
        set_ways(curl, request->url);
        set_login(curl, http->login);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
        curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);
        /* libcurl sends a request again if a connection that was used before breaks. */
        curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, request->is_once ? 1L : 0L);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        if (request->body) {
                curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
                curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(request->body));
        }
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, incoming);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, incoming);
        CURLcode code = curl_easy_perform(curl);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, NULL);
        curl_slist_free_all(headers);
        return code;
}

bool http_send(void *sender, const struct request *request, struct answer *answer, GError **error)
{
        struct http *http = sender;
        if (!exchange_may(request->url, error))
                return false;
        struct incoming incoming = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free), g_string_new(NULL), http->limit};
        CURLcode code = perform(http, request, &incoming);
        long status = 0;
        curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK) {
                g_set_error(error, FAIL, FAIL_IO, "%s %s: %s", request->method, request->url, curl_easy_strerror(code));
                g_hash_table_unref(incoming.headers);
                g_string_free(incoming.body, TRUE);
                return false;
        }
        *answer = (struct answer){(int)status, incoming.headers, g_string_free(incoming.body, FALSE)};
        return true;
}
