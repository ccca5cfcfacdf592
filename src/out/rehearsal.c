/* A dry run's exchange: requests are printed, and answered as by a calendar that is empty and takes everything.
 * In: requests. Out: their text, without secrets since none are in them. */
#include "out/rehearsal.h"

#include "out/paint.h"

#include <stdio.h>

static const struct {
        const char *method;
        int status;
        const char *body;
} answers[] = {
        {"PROPFIND", 207,
         "<multistatus xmlns=\"DAV:\"><response><href>/</href><propstat><prop><resourcetype><calendar/></resourcetype></prop></propstat>"
         "</response></multistatus>"},
        {"GET", 404, ""},
        {"PUT", 201, ""},
        {"DELETE", 204, ""},
};

static void print(FILE *out, const struct request *request)
{
        struct paint paint = paint_of(out);
        g_auto(GStrv) lines = g_strsplit(request->body ? request->body : "", "\r\n", -1);
        paint_print(&paint, STYLE_PLAIN, "%s %s\n", request->method, request->url);
        for (const char *const *header = request->headers; header && *header; header++)
                paint_print(&paint, STYLE_PLAIN, "%s\n", *header);
        fputc('\n', out);
        for (char **line = lines; *line; line++)
                if (**line)
                        paint_print(&paint, STYLE_PLAIN, "%s\n", *line);
        fputc('\n', out);
}

bool rehearse(void *out, const struct request *request, struct answer *answer, GError **error)
{
        if (!exchange_may(request->url, error))
                return false;
        print(out, request);
        *answer = (struct answer){.status = 204};
        for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
                if (g_str_equal(request->method, answers[i].method))
                        *answer = (struct answer){.status = answers[i].status, .body = g_strdup(answers[i].body)};
        if (!answer->body)
                answer->body = g_strdup("");
        answer->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        g_hash_table_insert(answer->headers, g_strdup("etag"), g_strdup("\"rehearsal\""));
        return true;
}
