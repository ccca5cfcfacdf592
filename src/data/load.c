/* Reading one YAML file of the program: libcyaml's struct, or every fault of the file with its place.
 * In: a path. Out: structs of data/schema.h, places and faults of data/place.h. */
#include "data/load.h"

#include "base/fail.h"
#include "base/limits.h"
#include "data/place.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

bool load_bytes(const char *path, char **bytes, gsize *length, GError **error)
{
        GStatBuf about = {0};

        if (g_stat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: not a regular file", path);
                return false;
        }
        if (about.st_size > LIMIT_FILTER_FILE) {
                g_set_error(error, FAIL, FAIL_CONFIG, "%s: larger than %d bytes", path, LIMIT_FILTER_FILE);
                return false;
        }
        g_autoptr(GError) cause = NULL;
        if (!g_file_get_contents(path, bytes, length, &cause)) {
                g_set_error(error, FAIL, FAIL_INPUT, "%s: cannot be read: %s", path, cause->message);
                return false;
        }
        return true;
}

static void add_problem(GPtrArray *problems, GError *problem)
{
        if (problems)
                g_ptr_array_add(problems, problem);
        else
                g_error_free(problem);
}

/* A file begins with many words for people, which libyaml would look at letter by letter. */
static const char *after_comment(const char *bytes)
{
        while (*bytes == '#' && strchr(bytes, '\n'))
                bytes = strchr(bytes, '\n') + 1;
        return bytes;
}

void *load_file(const char *path, enum schema_file file, load_is_whole *is_whole, GPtrArray *problems)
{
        g_autofree char *bytes = NULL;
        g_autoptr(GError) error = NULL;
        gsize length;
        guint before = problems->len;

        if (!load_bytes(path, &bytes, &length, &error)) {
                g_ptr_array_add(problems, g_steal_pointer(&error));
                return NULL;
        }
        const char *begin = after_comment(bytes);
        void *data = schema_load(file, begin, length - (gsize)(begin - bytes), &error);
        if (data && (!is_whole || is_whole(data)))
                return data;
        schema_free(file, data);
        /* libcyaml names the event before the fault, often in the wrong line: the place is libyaml's. */
        place_read(path, bytes, length, schema_of(file), NULL, problems);
        if (problems->len == before)
                g_ptr_array_add(problems, g_error_new(FAIL, FAIL_CONFIG, "%s: refused: %s", path, error ? error->message : "incomplete"));
        return NULL;
}

void load_places(const char *path, enum schema_file file, GPtrArray *places, GPtrArray *problems)
{
        g_autofree char *bytes = NULL;
        g_autoptr(GError) error = NULL;
        gsize length;

        if (load_bytes(path, &bytes, &length, &error))
                place_read(path, bytes, length, schema_of(file), places, problems);
        else
                add_problem(problems, g_steal_pointer(&error));
}
