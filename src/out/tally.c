/* How many mails there were of each sort.
 * In: replayed mails. Out: tables for people. */
#include "out/tally.h"

#include "out/columns.h"

enum { RESOLUTIONS = RESOLUTION_REVIEW + 1, CONFIDENCES = CONFIDENCE_HIGH + 1 };

struct counts {
        char *name;
        guint mails, resolution[RESOLUTIONS], confidence[CONFIDENCES];
};

struct tally {
        GHashTable *vendors, *kinds; /* struct counts by their name */
        struct counts all;
        bool is_root; /* there is root@ mail: what else is a vendor is a host */
};

static void counts_free(gpointer data)
{
        struct counts *counts = data;
        g_free(counts->name);
        g_free(counts);
}

struct tally *tally_new(void)
{
        struct tally *tally = g_new0(struct tally, 1);
        tally->vendors = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, counts_free);
        tally->kinds = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, counts_free);
        tally->all.name = g_strdup("all");
        return tally;
}

void tally_free(struct tally *tally)
{
        if (!tally)
                return;
        g_hash_table_unref(tally->vendors);
        g_hash_table_unref(tally->kinds);
        g_free(tally->all.name);
        g_free(tally);
}

static struct counts *counts_of(GHashTable *table, const char *name)
{
        struct counts *counts = g_hash_table_lookup(table, name);
        if (counts)
                return counts;
        counts = g_new0(struct counts, 1);
        counts->name = g_strdup(name);
        g_hash_table_insert(table, counts->name, counts);
        return counts;
}

static void count(struct counts *counts, const struct replayed *mail)
{
        counts->mails++;
        counts->resolution[mail->resolution]++;
        counts->confidence[mail->reading->confidence]++;
}

void tally_add(struct tally *tally, const struct replayed *mail)
{
        const char *kind = reading_kind(mail->reading);
        const struct root *root = mail->reading->root;
        const char *sender = root ? root->field[ROOT_HOST] : mail->reading->vendor;
        tally->is_root |= root != NULL;
        count(&tally->all, mail);
        count(counts_of(tally->vendors, sender ? sender : "(unknown)"), mail);
        count(counts_of(tally->kinds, kind ? kind : "(none)"), mail);
}

static void add_row(struct columns *columns, const struct counts *counts, enum style style)
{
        const guint numbers[] = {counts->mails,
                                 counts->resolution[RESOLUTION_CALENDAR],
                                 counts->resolution[RESOLUTION_NONE],
                                 counts->resolution[RESOLUTION_REVIEW],
                                 counts->confidence[CONFIDENCE_HIGH],
                                 counts->confidence[CONFIDENCE_MEDIUM],
                                 counts->confidence[CONFIDENCE_LOW]};
        struct cell cells[1 + G_N_ELEMENTS(numbers)] = {{.text = counts->name, .style = style}};
        char text[G_N_ELEMENTS(numbers)][16];
        for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
                g_snprintf(text[i], sizeof text[i], "%u", numbers[i]);
                cells[1 + i] = (struct cell){.text = text[i], .style = style};
        }
        columns_add(columns, cells);
}

static int by_frequency(const void *a, const void *b)
{
        const struct counts *left = a, *right = b;
        if (left->mails != right->mails)
                return left->mails > right->mails ? -1 : 1;
        return g_strcmp0(left->name, right->name);
}

static void print_table(const struct paint *paint, const char *head, GHashTable *table, const struct counts *all)
{
        const struct column heads[] = {{.head = head, .widest = 20},
                                       {.head = "mails", .is_number = true},
                                       {.head = resolution_word(RESOLUTION_CALENDAR), .is_number = true},
                                       {.head = resolution_word(RESOLUTION_NONE), .is_number = true},
                                       {.head = resolution_word(RESOLUTION_REVIEW), .is_number = true},
                                       {.head = confidence_word(CONFIDENCE_HIGH), .is_number = true},
                                       {.head = confidence_word(CONFIDENCE_MEDIUM), .is_number = true},
                                       {.head = confidence_word(CONFIDENCE_LOW), .is_number = true}};
        struct columns *columns = columns_new(heads, G_N_ELEMENTS(heads));
        GList *rows = g_list_sort(g_hash_table_get_values(table), by_frequency);
        for (const GList *row = rows; row; row = row->next)
                add_row(columns, row->data, STYLE_PLAIN);
        if (all)
                add_row(columns, all, STYLE_BOLD);
        columns_print(columns, paint, 0);
        g_list_free(rows);
        columns_free(columns);
}

void tally_print(const struct tally *tally, const struct paint *paint)
{
        if (tally->all.mails == 0)
                return;
        print_table(paint, tally->is_root ? "host" : "vendor", tally->vendors, NULL);
        paint_print(paint, STYLE_PLAIN, "\n");
        print_table(paint, "kind", tally->kinds, &tally->all);
}
