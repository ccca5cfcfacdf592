/* Fuzz target: a mail disguised is as long, has the same parts and encodings, and differs in letters and digits alone.
 * In: any bytes. Out: nothing, or an abort. */
#include "disguise/disguise.h"
#include "disguise/walk.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { MOST = 64 * 1024 }; /* more takes time and shows nothing new */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
        gsize n, end;
};

static void see(const struct leaf *leaf, void *data)
{
        struct seen *seen = data;
        g_assert_cmpuint(leaf->start, <=, leaf->end);
        g_assert_true((leaf->view == NULL) == (leaf->sort == LEAF_SEALED));
        seen->n++;
        seen->end = MAX(seen->end, leaf->end);
}

static struct seen look(const void *mail, gsize size)
{
        struct seen seen = {0};
        walk_mail(mail, size, see, &seen);
        g_assert_cmpuint(seen.end, <=, size);
        return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static struct re_set *patterns; /* compiling them takes longer than all else */
        static struct kept *kept;
        if (!patterns) {
                patterns = re_set_new(NULL);
                kept = kept_new();
        }
        g_autoptr(GPtrArray) facts = g_ptr_array_new();
        g_ptr_array_add(facts, (gpointer) "Example Networks");
        struct disguise disguise = {"key", kept, facts, patterns};
        struct pairs *pairs = NULL;
        guint sealed;
        g_autoptr(GBytes) mail = g_bytes_new_static(data, MIN(size, MOST));
        g_autoptr(GBytes) made = disguise_mail(&disguise, mail, &pairs, &sealed, NULL);
        if (made) {
                gsize n = g_bytes_get_size(mail);
                g_assert_cmpuint(g_bytes_get_size(made), ==, n);
                struct seen before = look(data, n), after = look(g_bytes_get_data(made, NULL), n);
                g_assert_cmpuint(before.n, ==, after.n);
                g_assert_cmpuint(before.end, ==, after.end);
        }
        pairs_free(pairs);
        return 0;
}
