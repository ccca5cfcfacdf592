/* Signatures of any bytes, parted by lines of "--": what was grouped once is grouped so again, and can be saved and loaded. */
#include "decide/group.h"
#include "reader/mask.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *masked(const char *text)
{
        g_autoptr(GString) out = g_string_new(NULL);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (guint i = 0; lines[i]; i++) {
                gsize before = out->len;
                mask_line(lines[i], strlen(lines[i]), out);
                g_assert_null(strchr(out->str + before, '\n'));
                g_string_append_c(out, '\n');
        }
        return g_string_free(g_steal_pointer(&out), FALSE);
}

static void add_again(struct groups *groups, const char *signature, const char *name)
{
        g_autoptr(GError) error = NULL;
        g_autofree char *head = group_head(signature);
        struct groups *later = groups_new();
        json_t *saved = groups_save(groups, head);
        bool is_new;
        g_assert_nonnull(saved);
        g_assert_true(groups_load(later, head, saved, &error));
        g_assert_cmpstr(groups_add(groups, signature, &is_new, NULL), ==, name);
        g_assert_false(is_new);
        g_assert_nonnull(groups_add(later, signature, NULL, NULL));
        json_decref(saved);
        groups_free(later);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        g_autofree char *text = g_strndup((const char *)data, size);
        g_auto(GStrv) signatures = g_strsplit(text, "\n--\n", 16);
        struct groups *groups = groups_new();
        for (guint i = 0; signatures[i]; i++) {
                g_autofree char *signature = masked(signatures[i]);
                g_autofree char *name = g_strdup(groups_add(groups, signature, NULL, NULL));
                add_again(groups, signature, name);
        }
        groups_free(groups);
        return 0;
}
