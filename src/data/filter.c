/* A filter: one YAML file that knows one vendor, one sort of noise or one kind of root@ mail, as plain structs (FILTERS.md).
 * In: directories of filters. Out: all filters, and what is wrong with those that were refused. */
#include "data/filter.h"

#include "base/fail.h"
#include "data/expected.h"
#include "data/load.h"

#include <stdlib.h>
#include <string.h>

static const struct {
        const char *directory; /* holds many files; NULL: one file, `name`, in the top directory */
        const char *name;
        enum schema_file file;
} sorts[] = {
        {"vendor", NULL, SCHEMA_VENDOR},       {"noise", NULL, SCHEMA_NOISE},      {"root", NULL, SCHEMA_ROOT},
        {NULL, "generic.yaml", SCHEMA_VENDOR}, {NULL, "zones.yaml", SCHEMA_ZONES}, {NULL, "words.yaml", SCHEMA_WORDS},
};

static int by_name(gconstpointer a, gconstpointer b)
{
        g_autofree char *name_a = g_path_get_basename(*(const char *const *)a);
        g_autofree char *name_b = g_path_get_basename(*(const char *const *)b);

        return strcmp(name_a, name_b);
}

/* Append the files of one directory whose names are not in `seen`. */
static void list_directory(const char *top, const char *directory, GHashTable *seen, GPtrArray *files)
{
        g_autofree char *path = g_build_filename(top, directory, NULL);
        g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
        const char *name;

        while (dir && (name = g_dir_read_name(dir)))
                if (g_str_has_suffix(name, ".yaml") && name[0] != '.' && g_hash_table_add(seen, g_strdup(name)))
                        g_ptr_array_add(files, g_build_filename(path, name, NULL));
}

/* The first of the directories that has this file decides. */
static void list_single(const char *const *directories, const char *name, GPtrArray *files)
{
        for (guint i = 0; directories[i]; i++) {
                g_autofree char *path = g_build_filename(directories[i], name, NULL);
                if (g_file_test(path, G_FILE_TEST_EXISTS)) {
                        g_ptr_array_add(files, g_steal_pointer(&path));
                        return;
                }
        }
}

GPtrArray *filter_files(const char *const *directories)
{
        GPtrArray *files = g_ptr_array_new_with_free_func(g_free);

        for (guint sort = 0; sort < G_N_ELEMENTS(sorts); sort++) {
                if (!sorts[sort].directory) {
                        list_single(directories, sorts[sort].name, files);
                        continue;
                }
                g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
                guint first = files->len;
                for (guint i = 0; directories[i]; i++)
                        list_directory(directories[i], sorts[sort].directory, seen, files);
                if (files->len > first)
                        qsort(files->pdata + first, files->len - first, sizeof(gpointer), by_name);
        }
        return files;
}

GPtrArray *filter_places(const char *const *directories)
{
        GPtrArray *places = g_ptr_array_new_with_free_func(g_free);

        for (guint i = 0; directories[i]; i++)
                for (guint sort = 0; sort < G_N_ELEMENTS(sorts); sort++)
                        g_ptr_array_add(places, g_build_filename(directories[i],
                                                                 sorts[sort].directory ? sorts[sort].directory : sorts[sort].name, NULL));
        return places;
}

enum schema_file filter_schema(const char *path)
{
        g_autofree char *name = g_path_get_basename(path);
        g_autofree char *parent = g_path_get_dirname(path);
        g_autofree char *directory = g_path_get_basename(parent);

        for (guint i = 0; i < G_N_ELEMENTS(sorts); i++)
                if (g_strcmp0(sorts[i].directory, directory) == 0 || g_strcmp0(sorts[i].name, name) == 0)
                        return sorts[i].file;
        return SCHEMA_VENDOR;
}

static bool row_readers_are_whole(const struct row_readers *readers)
{
        for (unsigned i = 0; i < readers->n; i++) {
                const struct row_reader *reader = &readers->reader[i];
                if ((reader->each.n > 0) + (reader->table != NULL) + (reader->labels != NULL) != 1)
                        return false;
        }
        return true;
}

static bool scope_is_whole(const struct scope *scope)
{
        return row_readers_are_whole(&scope->windows) && row_readers_are_whole(&scope->circuits);
}

static bool vendor_is_whole(const void *data)
{
        const struct vendor_filter *vendor = data;

        for (unsigned i = 0; i < vendor->notices_n; i++)
                if (!scope_is_whole(&vendor->notices[i].scope))
                        return false;
        return scope_is_whole(&vendor->scope);
}

static bool noise_is_whole(const void *data)
{
        const struct noise_filter *noise = data;

        return noise->from.n || noise->list.n || noise->header.n || noise->subject.n || noise->says.n;
}

/* Whether texts that are more than texts are what they must be; place.c says which is not. */
static bool root_is_whole(const void *data)
{
        const struct root_filter *root = data;

        return (root->subject.n || root->from.n || root->says.n) && expected_is_count(root->open.after) &&
               expected_is_span(root->open.within) && expected_is_span(root->quiet) && expected_is_title(root->title);
}

static void vendor_free(struct vendor_filter *vendor)
{
        if (vendor)
                g_free(vendor->path);
        schema_free(SCHEMA_VENDOR, vendor);
}

static void noise_free(struct noise_filter *noise)
{
        if (noise)
                g_free(noise->path);
        schema_free(SCHEMA_NOISE, noise);
}

static void root_free(struct root_filter *root)
{
        if (root)
                g_free(root->path);
        schema_free(SCHEMA_ROOT, root);
}

static bool is_generic(const char *path)
{
        const char *name = strrchr(path, '/');

        return g_str_equal(name ? name + 1 : path, "generic.yaml");
}

char **filter_path(const struct filter_piece *piece)
{
        switch (piece->file) {
        case SCHEMA_VENDOR:
                return &((struct vendor_filter *)piece->data)->path;
        case SCHEMA_NOISE:
                return &((struct noise_filter *)piece->data)->path;
        case SCHEMA_ROOT:
                return &((struct root_filter *)piece->data)->path;
        default:
                return NULL;
        }
}

static void add_piece(struct filters *filters, const struct filter_piece *piece)
{
        switch (piece->file) {
        case SCHEMA_NOISE:
                g_ptr_array_add(filters->noise, piece->data);
                break;
        case SCHEMA_ROOT:
                g_ptr_array_add(filters->root, piece->data);
                break;
        case SCHEMA_ZONES:
                filters->zones = piece->data;
                break;
        case SCHEMA_WORDS:
                filters->words = piece->data;
                break;
        default:
                if (is_generic(*filter_path(piece)))
                        filters->generic = piece->data;
                else
                        g_ptr_array_add(filters->vendors, piece->data);
        }
}

static void add_file(struct filters *filters, const char *path, GPtrArray *problems)
{
        static load_is_whole *const is_whole[SCHEMA_COUNT] = {
                [SCHEMA_VENDOR] = vendor_is_whole, [SCHEMA_NOISE] = noise_is_whole, [SCHEMA_ROOT] = root_is_whole};
        enum schema_file file = filter_schema(path);
        struct filter_piece piece = {load_file(path, file, is_whole[file], problems), file};
        char **place = piece.data ? filter_path(&piece) : NULL;

        if (place)
                *place = g_strdup(path);
        if (piece.data)
                add_piece(filters, &piece);
}

static struct filters *filters_new(bool is_own)
{
        struct filters *filters = g_new0(struct filters, 1);

        filters->vendors = g_ptr_array_new_with_free_func(is_own ? (GDestroyNotify)vendor_free : NULL);
        filters->noise = g_ptr_array_new_with_free_func(is_own ? (GDestroyNotify)noise_free : NULL);
        filters->root = g_ptr_array_new_with_free_func(is_own ? (GDestroyNotify)root_free : NULL);
        return filters;
}

static bool can_open_any(const char *const *directories, GError **error)
{
        for (guint i = 0; directories[i]; i++)
                if (g_file_test(directories[i], G_FILE_TEST_IS_DIR))
                        return true;
        g_autofree char *all = g_strjoinv(", ", (char **)directories);
        g_set_error(error, FAIL, FAIL_INPUT, "no directory of filters: %s", all);
        return false;
}

struct filters *filters_load(const char *const *directories, GPtrArray *problems, GError **error)
{
        if (!can_open_any(directories, error))
                return NULL;
        struct filters *filters = filters_new(true);
        g_autoptr(GPtrArray) files = filter_files(directories);

        for (guint i = 0; i < files->len; i++)
                add_file(filters, g_ptr_array_index(files, i), problems);
        return filters;
}

void filters_free(struct filters *filters)
{
        if (!filters)
                return;
        g_ptr_array_unref(filters->vendors);
        g_ptr_array_unref(filters->noise);
        g_ptr_array_unref(filters->root);
        if (filters->memory) {
                filters->free_memory(filters->memory);
        } else {
                vendor_free(filters->generic);
                schema_free(SCHEMA_ZONES, filters->zones);
                schema_free(SCHEMA_WORDS, filters->words);
        }
        g_free(filters);
}

static void note_piece(GArray *pieces, enum schema_file file, void *data)
{
        struct filter_piece piece = {data, file};

        if (data)
                g_array_append_val(pieces, piece);
}

GArray *filters_pieces(const struct filters *filters)
{
        GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct filter_piece));

        for (guint i = 0; i < filters->vendors->len; i++)
                note_piece(pieces, SCHEMA_VENDOR, filters->vendors->pdata[i]);
        for (guint i = 0; i < filters->noise->len; i++)
                note_piece(pieces, SCHEMA_NOISE, filters->noise->pdata[i]);
        for (guint i = 0; i < filters->root->len; i++)
                note_piece(pieces, SCHEMA_ROOT, filters->root->pdata[i]);
        note_piece(pieces, SCHEMA_VENDOR, filters->generic);
        note_piece(pieces, SCHEMA_ZONES, filters->zones);
        note_piece(pieces, SCHEMA_WORDS, filters->words);
        return pieces;
}

struct filters *filters_of_pieces(const struct filter_piece *pieces, gsize n, gpointer memory, GDestroyNotify free_memory)
{
        struct filters *filters = filters_new(false);

        for (gsize i = 0; i < n; i++)
                add_piece(filters, &pieces[i]);
        filters->memory = memory;
        filters->free_memory = free_memory;
        return filters;
}
