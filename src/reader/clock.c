/* The clock of one vendor's mail: what its zone words mean.
 * In: zone texts as mails print them. Out: zones. */
#include "reader/clock.h"

#include <string.h>

enum { ZONES_KEPT = 1000 }; /* texts of one filter */

struct zone_set {
        GHashTable *filters; /* const struct vendor_filter *, or NULL for tz names, to GHashTable of text to struct zone or NULL */
};

struct zone_set *zone_set_new(void)
{
        struct zone_set *set = g_new0(struct zone_set, 1);
        set->filters = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
        return set;
}

void zone_set_free(struct zone_set *set)
{
        if (!set)
                return;
        g_hash_table_unref(set->filters);
        g_free(set);
}

static gboolean is_large(gpointer filter, gpointer texts, gpointer unused)
{
        (void)filter;
        (void)unused;
        return g_hash_table_size(texts) > ZONES_KEPT;
}

void zone_set_trim(struct zone_set *set, bool is_doubtful)
{
        if (is_doubtful)
                g_hash_table_remove_all(set->filters);
        else
                g_hash_table_foreach_remove(set->filters, is_large, NULL);
}

static GHashTable *texts_of(struct zone_set *set, const struct vendor_filter *filter)
{
        GHashTable *texts = g_hash_table_lookup(set->filters, filter);
        if (!texts) {
                texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)zone_free);
                g_hash_table_insert(set->filters, (gpointer)filter, texts);
        }
        return texts;
}

static struct zone *zone_of_words(struct search *search, const struct zone_word *words, unsigned n, const char *text)
{
        struct block block = block_of("zone", text);
        struct re_match match;
        for (unsigned i = 0; i < n; i++)
                if (block_search(search, &block, words[i].text, 0, &match))
                        return zone_from_name(words[i].is);
        return NULL;
}

static struct zone *zone_of_text(const struct clock *clock, struct search *search, const char *text, gsize length)
{
        g_autofree char *copy = g_strndup(text, length);
        g_strstrip(g_strdelimit(copy, "()[]*", ' '));
        struct zone *zone = zone_of_words(search, clock->vendor->zones, clock->vendor->zones_n, copy);
        if (!zone && clock->zones)
                zone = zone_of_words(search, clock->zones->zones, clock->zones->zones_n, copy);
        return zone ? zone : zone_from_text(copy);
}

/* "GMT (Greenwich Mean Time)" is known if either is. */
static struct zone *find_zone(const struct clock *clock, struct search *search, const char *text, gsize length)
{
        struct zone *zone = zone_of_text(clock, search, text, length);
        const char *bracket = memchr(text, '(', length);
        if (!zone && bracket && bracket > text)
                zone = zone_of_text(clock, search, text, (gsize)(bracket - text));
        if (!zone && bracket && bracket > text)
                zone = zone_of_text(clock, search, bracket, (gsize)(text + length - bracket));
        return zone;
}

const struct zone *clock_zone(const struct clock *clock, struct search *search, const char *text, gsize length)
{
        GHashTable *texts = texts_of(search->zones, clock->vendor);
        g_autofree char *key = g_strndup(text, length);
        gpointer zone;
        if (!g_hash_table_lookup_extended(texts, key, NULL, &zone)) {
                zone = find_zone(clock, search, text, length);
                g_hash_table_insert(texts, g_steal_pointer(&key), zone);
        }
        return zone;
}

const struct zone *clock_own_zone(const struct clock *clock, struct search *search)
{
        GHashTable *names = texts_of(search->zones, NULL);
        gpointer zone;
        if (!clock->zone)
                return NULL;
        if (!g_hash_table_lookup_extended(names, clock->zone, NULL, &zone)) {
                zone = zone_from_name(clock->zone);
                g_hash_table_insert(names, g_strdup(clock->zone), zone);
        }
        return zone;
}
