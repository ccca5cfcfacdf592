/* The outline of a signature: its lines as templates, and how much each of them tells of the problem.
 * In: the body of a signature. Out: a set of lines, and how far two of them agree. */
#include "decide/outline.h"

#include <string.h>

/* What lines weigh: one that tells of a fault more than a screen of others. */
enum { WEIGHT_FAULT = 40, WEIGHT_LINE = 4, WEIGHT_INDENTED = 1, LINES_AT_MOST = 500, FEW_LINES = 16, SHOWN_LINES = 60 };

struct line {
        guint id;
        guint weight;
        bool is_trace; /* of a shell: "+ command" */
};

struct outline {
        GArray *lines; /* struct line */
        guint traces;
};

/* Beginnings of words that tell of a fault, in lower case. */
static const char *const faults[] = {
        "abort",      "alert",      "bad ",          "can't",      "cann't",       "conflict",  "corrupt",  "could not",
        "couldn't",   "crash",      "crit",          "denied",     "degraded",     "deprecat",  "disabled", "does not exist",
        "emerg",      "err ",       "error",         "exceeded",   "exception",    "exhaust",   "expir",    "fail",
        "fatal",      "forbidden",  "fault",         "full",       "illegal",      "incorrect", "insecure", "invalid",
        "killed",     "lost",       "mismatch",      "missing",    "must ",        "no route",  "no space", "no such",
        "not ",       "offline",    "out of memory", "panic",      "refused",      "reject",    "segfault", "segmentation",
        "stale",      "terminated", "timed out",     "timeout",    "too ",         "unable",    "unbound",  "undefined",
        "unexpected", "unknown",    "unreachable",   "unreadable", "unrecognized", "violation", "warn",     "wrong",
};

/* "IOError", "SomeException": names made of words. */
static bool names_error(const char *line)
{
        static const char *const ends[] = {"Error", "Exception", "Failure", "Timeout"};
        for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
                const char *end = strstr(line, ends[i]);
                if (end > line && g_ascii_isalpha(end[-1]) && !g_ascii_isalpha(end[strlen(ends[i])]))
                        return true;
        }
        return false;
}

static bool tells_fault(const char *line)
{
        g_autofree char *lower = g_ascii_strdown(line, -1);
        for (const char *at = lower; *at; at++) {
                if (at > lower && (g_ascii_isalpha(at[-1]) || at[-1] == '/'))
                        continue;
                for (gsize i = 0; i < G_N_ELEMENTS(faults); i++)
                        if (*at == *faults[i] && g_str_has_prefix(at, faults[i]))
                                return true;
        }
        return names_error(line);
}

static bool is_trace(const char *line)
{
        const char *end = line + strspn(line, "+");
        return end > line && *end == ' ';
}

static bool has_line(const struct outline *outline, guint id, const struct templates *templates)
{
        for (guint i = 0; i < outline->lines->len; i++)
                if (templates_root(templates, g_array_index(outline->lines, struct line, i).id) == id)
                        return true;
        return false;
}

static void add_line(struct outline *outline, struct templates *templates, const char *text)
{
        bool is_indented = *text == ' ';
        text += is_indented;
        struct line line = {
                .id = templates_add(templates, text),
                .weight = tells_fault(text) ? WEIGHT_FAULT
                          : is_indented     ? WEIGHT_INDENTED
                                            : WEIGHT_LINE,
                .is_trace = is_trace(text),
        };
        if (has_line(outline, templates_root(templates, line.id), templates))
                return;
        g_array_append_val(outline->lines, line);
        outline->traces += line.is_trace;
}

struct outline *outline_new(struct templates *templates, const char *body)
{
        struct outline *outline = g_new0(struct outline, 1);
        outline->lines = g_array_new(FALSE, FALSE, sizeof(struct line));
        g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
        for (guint i = 0; lines[i] && outline->lines->len < LINES_AT_MOST; i++)
                if (*lines[i])
                        add_line(outline, templates, lines[i]);
        return outline;
}

void outline_free(struct outline *outline)
{
        if (!outline)
                return;
        g_array_unref(outline->lines);
        g_free(outline);
}

bool outline_tells(const struct outline *outline)
{
        for (guint i = 0; i < outline->lines->len; i++)
                if (g_array_index(outline->lines, struct line, i).weight == WEIGHT_FAULT)
                        return true;
        return false;
}

/* What a shell traces says what was done; all its lines weigh alike. */
static bool is_traced(const struct outline *outline)
{
        return outline->lines->len > 2 && outline->traces * 2 >= outline->lines->len;
}

static GHashTable *roots_of(const struct outline *outline, const struct templates *templates)
{
        GHashTable *roots = g_hash_table_new(NULL, NULL);
        for (guint i = 0; i < outline->lines->len; i++)
                g_hash_table_add(roots, GUINT_TO_POINTER(templates_root(templates, g_array_index(outline->lines, struct line, i).id)));
        return roots;
}

/* The weight of the lines that the other has too, and of those that it lacks. */
static void weigh(const struct outline *one, const struct outline *other, const struct templates *templates, bool is_flat, guint *both,
                  guint *rest)
{
        g_autoptr(GHashTable) roots = other->lines->len > FEW_LINES ? roots_of(other, templates) : NULL;
        *both = *rest = 0;
        for (guint i = 0; i < one->lines->len; i++) {
                const struct line *line = &g_array_index(one->lines, struct line, i);
                guint root = templates_root(templates, line->id);
                bool is_shared = roots ? g_hash_table_contains(roots, GUINT_TO_POINTER(root)) : has_line(other, root, templates);
                *(is_shared ? both : rest) += is_flat ? WEIGHT_LINE : line->weight;
        }
}

double outline_agreement(const struct outline *one, const struct outline *other, const struct templates *templates)
{
        bool is_flat = is_traced(one) && is_traced(other);
        guint both, rest, both_there, rest_there;
        if (one->lines->len == 0 && other->lines->len == 0)
                return 1;
        if (!is_flat && outline_tells(one) != outline_tells(other))
                return 0;
        weigh(one, other, templates, is_flat, &both, &rest);
        weigh(other, one, templates, is_flat, &both_there, &rest_there);
        return both == 0 ? 0 : (double)both / (double)(both + MIN(rest, rest_there));
}

char *outline_only(const struct outline *outline, const struct outline *other, const struct templates *templates)
{
        const struct line *best = NULL;
        for (guint i = 0; i < outline->lines->len; i++) {
                const struct line *line = &g_array_index(outline->lines, struct line, i);
                if (!has_line(other, templates_root(templates, line->id), templates) && (!best || line->weight > best->weight))
                        best = line;
        }
        return best ? templates_text(templates, best->id) : NULL;
}

char *outline_text(const struct outline *outline, const struct templates *templates)
{
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < MIN(outline->lines->len, SHOWN_LINES); i++) {
                g_autofree char *line = templates_text(templates, g_array_index(outline->lines, struct line, i).id);
                g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", line);
        }
        return g_string_free(g_steal_pointer(&text), FALSE);
}

json_t *outline_to_json(const struct outline *outline)
{
        json_t *list = json_array();
        for (guint i = 0; i < outline->lines->len; i++) {
                const struct line *line = &g_array_index(outline->lines, struct line, i);
                json_array_append_new(list, json_pack("[i, i, b]", (int)line->id, (int)line->weight, (int)line->is_trace));
        }
        return list;
}

struct outline *outline_from_json(const json_t *json, const struct templates *templates)
{
        struct outline *outline = g_new0(struct outline, 1);
        outline->lines = g_array_new(FALSE, FALSE, sizeof(struct line));
        for (gsize i = 0; i < json_array_size(json); i++) {
                int id, weight, traced;
                if (json_unpack((json_t *)json_array_get(json, i), "[i, i, b]", &id, &weight, &traced) != 0 || id < 0 || weight < 0 ||
                    (guint)id >= templates_count(templates)) {
                        outline_free(outline);
                        return NULL;
                }
                struct line line = {.id = (guint)id, .weight = (guint)weight, .is_trace = traced};
                g_array_append_val(outline->lines, line);
                outline->traces += line.is_trace;
        }
        return outline;
}
