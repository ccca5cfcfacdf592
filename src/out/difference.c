/* What would stand otherwise in the ledger: a mail read or decided in another way, or a maintenance with other facts.
 * In: phrases. Out: text for people. */
#include "out/difference.h"

struct difference *difference_new(char *about, GPtrArray *changes)
{
        struct difference *difference = g_new0(struct difference, 1);
        difference->about = about;
        difference->changes = changes;
        return difference;
}

void difference_free(struct difference *difference)
{
        if (!difference)
                return;
        g_free(difference->about);
        g_ptr_array_unref(difference->changes);
        g_free(difference);
}

static void print(const struct paint *paint, const struct difference *difference)
{
        paint_print(paint, STYLE_BOLD, "  %s", difference->about);
        paint_print(paint, STYLE_YELLOW, "%s\n", difference->is_new ? "  not in the ledger" : "");
        for (guint i = 0; i < difference->changes->len; i++)
                paint_print(paint, STYLE_PLAIN, "    %s\n", (char *)difference->changes->pdata[i]);
}

void differences_print(const struct paint *paint, const GPtrArray *differences)
{
        paint_print(paint, STYLE_PLAIN, "\n");
        if (differences->len == 0) {
                paint_print(paint, STYLE_GREEN, "All as the ledger has it.\n");
                return;
        }
        paint_print(paint, STYLE_BOLD, "Otherwise than in the ledger\n");
        for (guint i = 0; i < differences->len; i++)
                print(paint, differences->pdata[i]);
}
