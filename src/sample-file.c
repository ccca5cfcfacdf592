/* A sample as two files, and the key of their disguises.
 * In: a disguised mail, its expectation. Out: SAMPLES/VENDOR/CASE.eml and CASE.expect. */
#include "sample-file.h"

#include "base/fail.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <glib/gstdio.h>

enum { KEY = 32, SHORT_HASH = 8 };

static char *draw_key(GError **error)
{
        guint8 bytes[KEY];
        if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
                g_set_error(error, FAIL, FAIL_SYSTEM, "no random bytes for a key: %s", g_strerror(errno));
                return NULL;
        }
        GString *key = g_string_new(NULL);
        for (gsize i = 0; i < sizeof bytes; i++)
                g_string_append_printf(key, "%02x", bytes[i]);
        return g_string_free(key, FALSE);
}

bool sample_key(const char *directory, char **key, GError **error)
{
        g_autofree char *path = g_build_filename(directory, "sample.key", NULL), *text = NULL;
        if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
                g_autofree char *drawn = draw_key(error);
                if (!drawn || !g_file_set_contents_full(path, drawn, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
                        return false;
        }
        if (!g_file_get_contents(path, &text, NULL, error))
                return false;
        *key = g_strstrip(g_steal_pointer(&text));
        return true;
}

static const char *word(const json_t *json, const char *name, const char *otherwise)
{
        const char *text = json_string_value(json_object_get(json, name));
        return text && *text ? text : otherwise;
}

char *sample_path(const char *samples, GBytes *mail, const json_t *expectation)
{
        g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, mail);
        const json_t *root = json_object_get(expectation, "root");
        g_autofree char *name = root ? g_strdup_printf("%.*s.eml", SHORT_HASH, hash)
                                     : g_strdup_printf("%s-%.*s.eml", word(expectation, "kind", "none"), SHORT_HASH, hash);
        if (root)
                return g_build_filename(samples ? samples : ".", "root", word(root, "kind", "unknown"), name, NULL);
        return g_build_filename(samples ? samples : ".", word(expectation, "vendor", "unknown"), name, NULL);
}

static char *text_of(const json_t *expectation)
{
        char *dumped = json_dumps(expectation, JSON_INDENT(2)), *text = g_strconcat(dumped, "\n", NULL);
        free(dumped);
        return text;
}

/* Unless it is there and the same. */
static bool put(const char *path, const char *bytes, gsize length, GError **error)
{
        g_autofree char *there = NULL;
        gsize n;
        if (g_file_get_contents(path, &there, &n, NULL)) {
                if (n == length && memcmp(there, bytes, n) == 0)
                        return true;
                g_set_error(error, FAIL, FAIL_INPUT, "%s is there and says something else", path);
                return false;
        }
        g_autoptr(GError) wrong = NULL;
        if (g_file_set_contents_full(path, bytes, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &wrong))
                return true;
        g_set_error(error, FAIL, FAIL_IO, "%s", wrong->message);
        return false;
}

bool sample_write(const char *path, GBytes *mail, const json_t *expectation, GError **error)
{
        g_autofree char *directory = g_path_get_dirname(path);
        g_autofree char *stem = g_strndup(path, strlen(path) - strlen(".eml")), *expect = g_strconcat(stem, ".expect", NULL);
        g_autofree char *text = text_of(expectation);
        gsize length;
        const char *bytes = g_bytes_get_data(mail, &length);
        bool was_there = g_file_test(path, G_FILE_TEST_EXISTS);
        if (g_mkdir_with_parents(directory, 0755) != 0) {
                g_set_error(error, FAIL, FAIL_IO, "%s cannot be made: %s", directory, g_strerror(errno));
                return false;
        }
        if (!put(path, bytes, length, error))
                return false;
        if (put(expect, text, strlen(text), error))
                return true;
        if (!was_there)
                g_unlink(path);
        return false;
}
