/* A dry run's exchange with a tracker: requests are printed without the token, and answered as by a tracker that takes everything.
 * In: requests. Out: their text. */
#include "out/rehearsal-tracker.h"

#include "out/paint.h"

#include <string.h>

#include <jansson.h>

#define BOT "PHID-USER-rehearsal"

enum { FIRST_TASK = 900000001 };

/* The parameters of a call, without the token. */
static json_t *params_of(const struct request *request)
{
        g_auto(GStrv) fields = g_strsplit(request->body ? request->body : "", "&", -1);
        g_autofree char *json = NULL;
        for (char **field = fields; *field && !json; field++)
                if (g_str_has_prefix(*field, "params="))
                        json = g_uri_unescape_string(*field + strlen("params="), NULL);
        json_t *params = json ? json_loads(json, 0, NULL) : NULL;
        json_object_del(params, "__conduit__");
        return params ? params : json_object();
}

static void print_lines(FILE *out, const char *text)
{
        struct paint paint = paint_of(out);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (char **line = lines; *line; line++)
                paint_print(&paint, STYLE_PLAIN, "%s\n", *line);
}

static void print(FILE *out, const struct request *request, const json_t *params)
{
        char *json = json_dumps(params, JSON_INDENT(2));
        g_autofree char *first = g_strdup_printf("%s %s", request->method, request->url);
        print_lines(out, first);
        for (const char *const *header = request->headers; header && *header; header++)
                print_lines(out, *header);
        fputc('\n', out);
        print_lines(out, json);
        fputc('\n', out);
        free(json);
}

/* One answer for each name that is asked for. */
static json_t *slugs(const json_t *asked)
{
        json_t *map = json_object(), *slug;
        size_t i;
        json_array_foreach(asked, i, slug)
        {
                g_autofree char *phid = g_strdup_printf("PHID-PROJ-%s", json_string_value(slug));
                json_object_set_new(map, json_string_value(slug), json_pack("{s:s}", "projectPHID", phid));
        }
        return json_pack("{s:[], s:{s:o}}", "data", "maps", "slugMap", map);
}

static json_t *users(const json_t *asked)
{
        json_t *list = json_array(), *name;
        size_t i;
        json_array_foreach(asked, i, name)
        {
                g_autofree char *phid = g_strdup_printf("PHID-USER-%s", json_string_value(name));
                json_array_append_new(list, json_pack("{s:s, s:{s:O}}", "phid", phid, "fields", "username", name));
        }
        return json_pack("{s:o}", "data", list);
}

static json_t *tasks(const json_t *asked)
{
        json_t *list = json_array(), *number;
        size_t i;
        json_array_foreach(asked, i, number)
                json_array_append_new(list, json_pack("{s:O, s:s, s:{s:s, s:{s:s}}}", "id", number, "phid", "PHID-TASK-rehearsal", "fields",
                                                      "authorPHID", BOT, "status", "value", "open"));
        return json_pack("{s:o}", "data", list);
}

static json_t *result_of(struct tracker_rehearsal *rehearsal, const char *method, const json_t *params)
{
        static const char statuses[] = "{\"data\":[{\"value\":\"open\",\"special\":\"default\",\"closed\":false},"
                                       "{\"value\":\"resolved\",\"special\":\"closed\",\"closed\":true},"
                                       "{\"value\":\"duplicate\",\"special\":\"duplicate\",\"closed\":true}]}";
        static const char priorities[] =
                "{\"data\":[{\"keywords\":[\"unbreak\",\"triage\",\"high\",\"normal\",\"medium\",\"low\",\"lowest\"]}]}";
        const json_t *constraints = json_object_get(params, "constraints");
        if (g_str_equal(method, "user.whoami"))
                return json_pack("{s:s}", "phid", BOT);
        if (g_str_equal(method, "maniphest.status.search"))
                return json_loads(statuses, 0, NULL);
        if (g_str_equal(method, "maniphest.priority.search"))
                return json_loads(priorities, 0, NULL);
        if (g_str_equal(method, "project.search"))
                return slugs(json_object_get(constraints, "slugs"));
        if (g_str_equal(method, "user.search"))
                return users(json_object_get(constraints, "usernames"));
        if (!g_str_equal(method, "maniphest.edit"))
                return tasks(json_object_get(constraints, "ids"));
        return json_pack("{s:{s:I, s:s}, s:[]}", "object", "id", (json_int_t)(FIRST_TASK + rehearsal->tasks++), "phid",
                         "PHID-TASK-rehearsal", "transactions");
}

bool rehearse_tracker(void *sender, const struct request *request, struct answer *answer, GError **error)
{
        struct tracker_rehearsal *rehearsal = sender;
        if (!exchange_may(request->url, error))
                return false;
        const char *method = strrchr(request->url, '/') + 1;
        json_t *params = params_of(request);
        print(rehearsal->out, request, params);
        json_t *all = json_pack("{s:o, s:n, s:n}", "result", result_of(rehearsal, method, params), "error_code", "error_info");
        char *text = json_dumps(all, JSON_COMPACT);
        *answer = (struct answer){.status = 200, .body = g_strdup(text)};
        free(text);
        json_decref(all);
        json_decref(params);
        return true;
}
