/* A request to the desk, and what is answered.
 * In: filled by desk-serve.c; the answer by the pages. Out: plain structs. */
#include "desk-request.h"

#include <string.h>

static void pair_free(gpointer data)
{
        struct pair *pair = data;
        g_free(pair->name);
        g_free(pair->value);
        g_free(pair);
}

static const char *find(const GPtrArray *pairs, const char *name)
{
        for (guint i = 0; pairs && i < pairs->len; i++) {
                const struct pair *pair = pairs->pdata[i];
                if (g_strcmp0(pair->name, name) == 0)
                        return pair->value;
        }
        return NULL;
}

const char *request_query(const struct request *request, const char *name)
{
        return find(request->query, name);
}

const char *request_form(const struct request *request, const char *name)
{
        return find(request->form, name);
}

gint64 request_number(const struct request *request, const char *name)
{
        guint64 number = 0;
        const char *text = request_query(request, name);
        return text && g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &number, NULL) ? (gint64)number : 0;
}

GPtrArray *pairs_of(const char *text, gsize length)
{
        GPtrArray *pairs = g_ptr_array_new_with_free_func(pair_free);
        GUriParamsIter iter;
        char *name, *value;
        g_uri_params_iter_init(&iter, text, (gssize)length, "&", G_URI_PARAMS_WWW_FORM);
        while (g_uri_params_iter_next(&iter, &name, &value, NULL)) {
                struct pair *pair = g_new0(struct pair, 1);
                pair->name = name;
                pair->value = value;
                g_ptr_array_add(pairs, pair);
        }
        return pairs;
}

struct answer *answer_bytes(unsigned status, const char *type, GBytes *body)
{
        struct answer *answer = g_new0(struct answer, 1);
        answer->status = status;
        answer->type = type;
        answer->body = body;
        return answer;
}

struct answer *answer_text(unsigned status, const char *text)
{
        g_autofree char *line = g_strconcat(text, "\n", NULL);
        return answer_bytes(status, "text/plain; charset=utf-8", g_bytes_new(line, strlen(line)));
}

struct answer *answer_elsewhere(char *location)
{
        struct answer *answer = answer_text(303, "See there.");
        answer->location = location;
        return answer;
}

void answer_free(struct answer *answer)
{
        if (!answer)
                return;
        g_free(answer->location);
        g_free(answer->cookie);
        g_bytes_unref(answer->body);
        g_free(answer);
}
