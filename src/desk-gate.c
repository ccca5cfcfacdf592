/* Who may see the desk: a one-use token from the terminal becomes a cookie, and every form carries a word that only our pages know.
 * In: requests. Out: sessions; or why nothing is served. */
#include "desk-gate.h"

#include "base/fail.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

enum { SECRET_BYTES = 16, MOST_SESSIONS = 16 };

struct gate {
        char *name;          /* of the cookie: ports of one host share their cookies, so that each desk has one of its own */
        char *token;         /* NULL: it was used */
        GPtrArray *sessions; /* struct session */
};

static void session_free(gpointer data)
{
        struct session *session = data;
        g_free(session->cookie);
        g_free(session->form);
        g_free(session);
}

/* NULL and an error. Caller frees. */
static char *secret(GError **error)
{
        guchar bytes[SECRET_BYTES];
        if (getrandom(bytes, sizeof bytes, 0) != (gssize)sizeof bytes) {
                g_set_error(error, FAIL, FAIL_SYSTEM, "no random numbers can be had: %s", g_strerror(errno));
                return NULL;
        }
        GString *text = g_string_new(NULL);
        for (gsize i = 0; i < sizeof bytes; i++)
                g_string_append_printf(text, "%02x", bytes[i]);
        return g_string_free(text, FALSE);
}

/* How long it takes tells nothing of where they differ. */
static bool is_same(const char *one, const char *other)
{
        gsize n = one && other ? strlen(one) : 0;
        unsigned difference = n == 0 || strlen(other) != n;
        for (gsize i = 0; i < n && other[i]; i++)
                difference |= (unsigned)((guchar)one[i] ^ (guchar)other[i]);
        return difference == 0;
}

struct gate *gate_new(GError **error)
{
        g_autofree char *mark = secret(error);
        if (!mark)
                return NULL;
        struct gate *gate = g_new0(struct gate, 1);
        gate->name = g_strdup_printf("mailclinic-%.8s", mark);
        gate->sessions = g_ptr_array_new_with_free_func(session_free);
        return gate;
}

void gate_free(struct gate *gate)
{
        if (!gate)
                return;
        g_free(gate->name);
        g_free(gate->token);
        g_ptr_array_unref(gate->sessions);
        g_free(gate);
}

const char *gate_token(struct gate *gate, GError **error)
{
        char *token = secret(error);
        if (!token)
                return NULL;
        g_free(gate->token);
        gate->token = token;
        return token;
}

/* The name without its port, which `ssh -L` may have changed, is this machine's own. */
static bool is_own_host(const char *host)
{
        static const char *const own[] = {"127.0.0.1", "localhost", "[::1]"};
        for (gsize i = 0; host && i < G_N_ELEMENTS(own); i++) {
                gsize n = strlen(own[i]);
                if (g_ascii_strncasecmp(host, own[i], n) == 0 && (host[n] == '\0' || host[n] == ':') &&
                    strspn(host + n, ":0123456789") == strlen(host + n))
                        return true;
        }
        return false;
}

/* Browsers name the page that a request comes from: always where something is changed. */
static bool is_own_page(const struct request *request)
{
        g_autofree char *own = g_strconcat("http://", request->host, NULL);
        bool is_own_site = !request->fetch_site || strcmp(request->fetch_site, "same-origin") == 0 ||
                           (strcmp(request->fetch_site, "none") == 0 && !request->is_post);
        if (!request->origin)
                return is_own_site && !request->is_post;
        return is_own_site && g_ascii_strcasecmp(request->origin, own) == 0;
}

struct answer *gate_refuse(const struct request *request)
{
        if (request->is_other_user)
                return answer_text(403, "This desk is another user's.");
        if (!is_own_host(request->host))
                return answer_text(403, "This desk is reached as 127.0.0.1 or localhost alone.");
        if (!is_own_page(request))
                return answer_text(403, "This request was sent by a foreign page. Paste the address into the address bar instead.");
        return NULL;
}

struct answer *gate_open(struct gate *gate, const struct request *request)
{
        g_autofree char *cookie = secret(NULL), *form = secret(NULL);
        if (!is_same(gate->token, request_query(request, "token")) || !cookie || !form)
                return answer_text(403, "This address was used already, or never held. "
                                        "Press Enter where 'mailclinic review --web' runs: it prints a new one.");
        g_clear_pointer(&gate->token, g_free);
        if (gate->sessions->len == MOST_SESSIONS)
                g_ptr_array_remove_index(gate->sessions, 0);
        struct answer *answer = answer_elsewhere(g_strdup("/"));
        answer->cookie = g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Strict", gate->name, cookie);
        struct session *session = g_new0(struct session, 1);
        session->cookie = g_steal_pointer(&cookie);
        session->form = g_steal_pointer(&form);
        g_ptr_array_add(gate->sessions, session);
        return answer;
}

const struct session *gate_session(const struct gate *gate, const struct request *request)
{
        g_autofree char *start = g_strconcat(gate->name, "=", NULL);
        g_auto(GStrv) cookies = g_strsplit(request->cookie ? request->cookie : "", ";", -1);
        for (char **cookie = cookies; *cookie; cookie++) {
                const char *value = g_str_has_prefix(g_strstrip(*cookie), start) ? *cookie + strlen(start) : NULL;
                for (guint i = 0; value && i < gate->sessions->len; i++) {
                        const struct session *session = gate->sessions->pdata[i];
                        if (is_same(session->cookie, value))
                                return session;
                }
        }
        return NULL;
}

bool gate_is_own_form(const struct session *session, const struct request *request)
{
        return is_same(session->form, request_form(request, "form"));
}
