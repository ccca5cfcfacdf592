/* What stands in the tracker already: the task of an issue whose create was cut off, a task by its number, what was said on it.
 * In: a connection. Out: tasks. */
#include "out/lookup.h"

#include "out/task.h"

#include <string.h>

enum { MOST_MERGES = 8, CLOCK_SLACK = 3600 };

void seen_task_clear(struct seen_task *task)
{
        char *texts[] = {task->phid, task->title, task->status, task->priority, task->description, task->author};
        for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
                g_free(texts[i]);
        *task = (struct seen_task){0};
}

static const char *text_of(const json_t *object, const char *key)
{
        return json_string_value(json_object_get(object, key));
}

static struct seen_task task_of(const json_t *item, const struct known *known)
{
        const json_t *fields = json_object_get(item, "fields");
        const char *author = text_of(fields, "authorPHID");
        return (struct seen_task){
                .number = json_integer_value(json_object_get(item, "id")),
                .phid = g_strdup(text_of(item, "phid")),
                .title = g_strdup(text_of(fields, "name")),
                .status = g_strdup(text_of(json_object_get(fields, "status"), "value")),
                .priority = g_strdup(text_of(json_object_get(fields, "priority"), "name")),
                .description = g_strdup(text_of(json_object_get(fields, "description"), "raw")),
                .author = g_strdup(author),
                .created_at = json_integer_value(json_object_get(fields, "dateCreated")),
                .closed_at = json_integer_value(json_object_get(fields, "dateClosed")),
                .is_ours = author && known->bot && g_str_equal(author, known->bot),
        };
}

/* Tasks as they come in. */
struct tasks {
        const struct known *known;
        const char *fingerprint; /* NULL: any task */
        struct seen_task *best;
        lookup_each *each;
        void *data;
};

static bool take_marked(const json_t *item, void *data)
{
        struct tasks *tasks = data;
        struct seen_task task = task_of(item, tasks->known);
        bool is_it = task.is_ours && task.number > 0 && task.phid && task.description && task_is_of(task.description, tasks->fingerprint);
        if (is_it && (!tasks->best->number || task.number < tasks->best->number)) {
                seen_task_clear(tasks->best);
                *tasks->best = task;
        } else {
                seen_task_clear(&task);
        }
        return true;
}

void lookup_marked(struct conduit *conduit, const struct known *known, const char *fingerprint, gint64 since, struct seen_task *task,
                   struct call *call)
{
        struct tasks tasks = {.known = known, .fingerprint = fingerprint, .best = task};
        *task = (struct seen_task){0};
        json_t *ours = json_pack("{s:{s:[s], s:I}, s:s}", "constraints", "authorPHIDs", known->bot, "createdStart",
                                 (json_int_t)(since - CLOCK_SLACK), "order", "newest");
        conduit_search(conduit, "maniphest.search", ours, take_marked, &tasks, call);
        if (call->heard != HEARD_OK)
                return;
        call_release(call);
        json_t *subtasks = json_pack("{s:{s:[I]}, s:s}", "constraints", "parentIDs", (json_int_t)known->parent, "order", "newest");
        conduit_search(conduit, "maniphest.search", subtasks, take_marked, &tasks, call);
}

static bool take_one(const json_t *item, void *data)
{
        struct tasks *tasks = data;
        struct seen_task task = task_of(item, tasks->known);
        bool is_whole = task.number > 0 && task.phid && task.status;
        seen_task_clear(is_whole ? tasks->best : &task);
        if (is_whole)
                *tasks->best = task;
        return !is_whole;
}

static bool take_destination(const json_t *item, void *data)
{
        char **phid = data;
        *phid = g_strdup(text_of(item, "destinationPHID"));
        return false;
}

/* Where a task was merged into: its PHID; NULL. */
static char *merged_into(struct conduit *conduit, const char *phid, struct call *call)
{
        char *into = NULL;
        json_t *params = json_pack("{s:[s], s:[s]}", "sourcePHIDs", phid, "types", "task.duplicate");
        conduit_search(conduit, "edge.search", params, take_destination, &into, call);
        return into;
}

void lookup_task(struct conduit *conduit, const struct known *known, gint64 number, struct seen_task *task, struct call *call)
{
        struct tasks tasks = {.known = known, .best = task};
        json_t *params = json_pack("{s:{s:[I]}}", "constraints", "ids", (json_int_t)number);
        *task = (struct seen_task){0};
        conduit_search(conduit, "maniphest.search", params, take_one, &tasks, call);
        for (int merges = 0; merges < MOST_MERGES && call->heard == HEARD_OK && task->number; merges++) {
                bool is_merged = known->merged && g_str_equal(task->status, known->merged);
                g_autofree char *into = is_merged ? merged_into(conduit, task->phid, call) : NULL;
                if (!into || call->heard != HEARD_OK)
                        return;
                seen_task_clear(task);
                params = json_pack("{s:{s:[s]}}", "constraints", "phids", into);
                conduit_search(conduit, "maniphest.search", params, take_one, &tasks, call);
        }
}

/* Comments as they come in. */
struct comments {
        const char *bot;
        struct said *said;
};

static bool take_comments(const json_t *item, void *data)
{
        struct comments *comments = data;
        json_t *list = json_object_get(item, "comments"), *comment;
        const char *author = text_of(item, "authorPHID");
        size_t i;
        if (!author || g_strcmp0(author, comments->bot) != 0)
                return true;
        json_array_foreach(list, i, comment)
        {
                const char *raw = text_of(json_object_get(comment, "content"), "raw");
                if (!raw)
                        continue;
                comments->said->told_of = MAX(comments->said->told_of, task_told_of(raw));
                comments->said->is_said |= g_strcmp0(raw, comments->said->text) == 0;
        }
        return true;
}

void lookup_said(struct conduit *conduit, const struct known *known, gint64 number, struct said *said, struct call *call)
{
        struct comments comments = {known->bot, said};
        g_autofree char *name = g_strdup_printf("T%" G_GINT64_FORMAT, number);
        said->told_of = -1;
        said->is_said = false;
        conduit_search(conduit, "transaction.search", json_pack("{s:s}", "objectIdentifier", name), take_comments, &comments, call);
}

static bool take_subtask(const json_t *item, void *data)
{
        struct tasks *tasks = data;
        struct seen_task task = task_of(item, tasks->known);
        bool goes_on = tasks->each(&task, tasks->data);
        seen_task_clear(&task);
        return goes_on;
}

/* An unknown status would give an empty list without a word: the names are the tracker's own. */
static json_t *open_statuses(const struct known *known)
{
        json_t *list = json_array();
        for (guint i = 0; i < known->statuses->len; i++)
                if (!g_hash_table_contains(known->closed, known->statuses->pdata[i]))
                        json_array_append_new(list, json_string(known->statuses->pdata[i]));
        return list;
}

void lookup_subtasks(struct conduit *conduit, const struct known *known, bool only_open, lookup_each *each, void *data, struct call *call)
{
        struct tasks tasks = {.known = known, .each = each, .data = data};
        json_t *constraints = json_pack("{s:[I]}", "parentIDs", (json_int_t)known->parent);
        if (only_open)
                json_object_set_new(constraints, "statuses", open_statuses(known));
        json_t *params = json_pack("{s:o}", "constraints", constraints);
        conduit_search(conduit, "maniphest.search", params, take_subtask, &tasks, call);
}
